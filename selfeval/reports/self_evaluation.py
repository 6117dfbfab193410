"""The report of a frozen version: PDF, Word, workbook. Everything in it comes from the one document."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import Http404

from accounts.models import User
from accounts.permissions import NotAllowed
from documents.exports import Params
from documents.press.sections import Contents, Figure, Heading, Paragraph, Report, Section, Table
from documents.reports import ReportKind
from selfeval.domain.freezing import day_in_words
from selfeval.domain.published import Document
from selfeval.domain.published_json import UnreadableDocument, from_json
from selfeval.models import PublishedVersion
from selfeval.reports.parts import parts_of
from selfeval.version_permissions import check_can_read_version


@dataclass(frozen=True, slots=True)
class VersionInputs:
    document: Document
    marking: str
    as_at: datetime
    fingerprint: str


def version_of(params: Params) -> PublishedVersion:
    row = _version(params)
    if row is None:
        raise Http404
    return row


def _version(params: Params) -> PublishedVersion | None:
    rows = PublishedVersion.objects.select_related("self_evaluation")
    return rows.filter(pk=int(params.get("of") or 0)).first()


def check(user: User, params: Params) -> None:
    check_can_read_version(user, version_of(params))


def gather(params: Params) -> VersionInputs:
    version = version_of(params)
    try:
        document = from_json(version.document)
    except UnreadableDocument as refused:
        raise NotAllowed(str(refused)) from refused
    return VersionInputs(
        document=document, marking=document.marking, as_at=version.frozen_at, fingerprint=fingerprint(params)
    )


def fingerprint(params: Params) -> str:
    """A version never changes; withdrawing it does not change what it says either."""
    version = _version(params)
    held = [dict(params), version.sha256 if version else ""]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def build(inputs: VersionInputs) -> Report:
    document = inputs.document
    return Report(
        title=f"{document.title}: {document.area}" if document.area else document.title,
        as_at=day_in_words(document.as_at_on or document.frozen_on),
        sections=tuple(_sections(document)),
        watermark=document.watermark,
    )


def standing_words(document: Document) -> str:
    """What this version is: who signed it off and when, or that nobody has."""
    if document.is_consultation:
        return f"{document.name}, frozen on {day_in_words(document.frozen_on)}. It is not signed off."
    signed = f" by {document.signed_off_by}" if document.signed_off_by else ""
    return f"{document.name}, signed off{signed} on {day_in_words(document.signed_off_on or document.frozen_on)}."


def _sections(document: Document) -> Iterator[Section]:
    yield Paragraph(standing_words(document), is_lead=True)
    yield Paragraph(
        f"By the criteria of: {document.framework}. The judgements are the partnership’s own. A number in small type "
        "stands for a note at the foot of the page: the evidence or the published figure that a sentence rests on.",
        is_quiet=True,
    )
    yield Contents()
    group, drawn = "", dict[Figure, str]()
    for part in parts_of(document):
        if part.group != group:
            group = part.group
            yield Heading(group, level=2, starts_page=True)
        if part.title != group:
            yield Heading(part.title, level=3)
        for section in once_drawn(part.sections, drawn, part.title):
            yield _lower(section)


def once_drawn(sections: Sequence[Section], drawn: dict[Figure, str], title: str) -> Iterator[Section]:
    """A figure that several parts cite is drawn in the first of them; the others say where it stands."""
    table_of = ""
    for section in sections:
        if isinstance(section, Figure):
            table_of = drawn.setdefault(section, title)
            if table_of != title:
                name = section.sentence.split(". ", 1)[0]
                yield Paragraph(f"{name}: see the chart and its table under “{table_of}”.", is_quiet=True)
                continue
        elif isinstance(section, Table) and table_of and table_of != title:
            table_of = ""
            continue
        else:
            table_of = ""
        yield section


def _lower(section: Section) -> Section:
    """Headings within a part come one level further down."""
    return replace(section, level=section.level + 1) if isinstance(section, Heading) else section


def subject(params: Params) -> str:
    version = _version(params)
    return str(version) if version else "A version that is no longer there"


def _standing(on: date) -> Params:
    """The newest version that stands: a published one before a consultation version."""
    standing = PublishedVersion.objects.filter(withdrawn_at=None)
    version = (
        standing.filter(kind="published").order_by("-frozen_at", "-pk").first()
        or standing.order_by("-frozen_at", "-pk").first()
    )
    if version is None:
        raise NotAllowed("No version is frozen yet. Freeze one on the page Self-evaluation, Versions.")
    return {"of": version.pk}


def _file_name(params: Params) -> str:
    version = _version(params)
    kind = "consultation" if version and version.kind == "consultation" else "version"
    return f"self-evaluation-{kind}-{version.number if version else 0}-{params.get('of')}"


SELF_EVALUATION = ReportKind(
    code="self-evaluation",
    title="The self-evaluation",
    sentence="A frozen version with footnotes, charts with their tables, and what evidence lies under each point.",
    check=check,
    gather=gather,
    build=build,
    fingerprint_now=fingerprint,
    subject=subject,
    file_name=_file_name,
    standing_params=_standing,
)
