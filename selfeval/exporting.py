"""A working copy of the drafts in Word: real headings, so that people go on writing and read it back in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.http import Http404
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import LocalArea, User
from accounts.permissions import NotAllowed, check_permission
from documents.exports import ExportKind, Making, Params
from documents.intake import DOCX
from documents.press.sections import Heading, Paragraph, Report, Section
from documents.reports import write_report
from selfeval.domain.word_copy import TextPlace, fingerprint_of
from selfeval.gather.word_copy import text_places
from selfeval.models import SelfEvaluation
from selfeval.permissions import evaluations_for

NOTE = (
    "A working copy. Write beneath the headings and leave them as they are, and the markers such as [E12] with them; "
    "then read the file back in on the page that it came from. Never a child's name."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyInputs:
    title: str
    places: tuple[TextPlace, ...]
    marking: str
    as_at: datetime
    fingerprint: str


def _key(params: Params, name: str) -> int | None:
    value = params.get(name)
    return value if isinstance(value, int) else None


def check(user: User, params: Params) -> None:
    """Who reads drafts, or the system lead of the one criterion that is asked for."""
    if Permission.READ_DRAFTS in user.permissions:
        return
    check_permission(user, Permission.EDIT_OWN_CRITERION)
    if not evaluations_for(user).filter(pk=_key(params, "criterion") or 0).exists():
        raise NotAllowed("Only the system lead of this criterion and those who read all drafts can take it out.")


def _cycle(params: Params) -> SelfEvaluation:
    cycle = SelfEvaluation.objects.filter(pk=_key(params, "of") or 0).first()
    if cycle is None:
        raise Http404
    return cycle


def gather(params: Params) -> CopyInputs:
    cycle = _cycle(params)
    places = text_places(cycle, evaluation=_key(params, "criterion"))
    area = LocalArea.objects.first()
    return CopyInputs(
        title=cycle.title,
        places=places,
        marking=area.marking if area else "OFFICIAL-SENSITIVE",
        as_at=timezone.now(),
        fingerprint=fingerprint_of(places),
    )


def build(inputs: CopyInputs) -> Report:
    """Each part under a heading of its own, each question under one beneath it."""
    day = f"{timezone.localtime(inputs.as_at):%-d %B %Y}"
    return Report(title=inputs.title, as_at=day, sections=(Paragraph(NOTE, is_quiet=True), *_sections(inputs.places)))


def _sections(places: tuple[TextPlace, ...]) -> Iterator[Section]:
    heading = ""
    for place in places:
        if place.heading != heading:
            heading = place.heading
            yield Heading(heading)
        if place.under:
            yield Heading(place.under, level=3)
        for line in place.text.splitlines():
            if line.strip():
                yield Paragraph(line)


def write(inputs: CopyInputs, out: Path, beat: Making) -> None:
    beat(30, "Writing")
    write_report(build(inputs), "docx", out, marking=inputs.marking)


def fingerprint_now(params: Params) -> str:
    return fingerprint_of(text_places(_cycle(params), evaluation=_key(params, "criterion")))


def subject(params: Params) -> str:
    cycle = SelfEvaluation.objects.filter(pk=_key(params, "of") or 0).first()
    return f"Working copy: {cycle.title if cycle else 'a cycle that is no longer there'}"


SELF_EVALUATION_COPY = ExportKind(
    code="self-evaluation-copy",
    title="Working copy of the self-evaluation (Word)",
    sentence="Every text of a cycle, or of one criterion; it can be written on in Word and read back in.",
    extension=DOCX.extension,
    content_type=DOCX.content_type,
    check=check,
    gather=gather,
    write=write,
    fingerprint_now=fingerprint_now,
    subject=subject,
)
