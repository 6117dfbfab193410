"""The evidence of a folder → items that stand approved. Loading again doubles nothing and undoes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from accounts.audit import record
from accounts.models import AuditEvent, LocalArea, Organisation, User
from evidence.domain.revisions import State
from evidence.indexing import index_evidence
from evidence.models import DeidentificationCheck, Evidence, EvidenceRevision, LensLink, PointLink
from evidence.publishing import what_is_checked
from evidence.readers.folder import EVIDENCE_FILE, EvidenceWords, SpeaksTo
from framework.models import CriterionPoint, LensStatement
from framework.readers.lines import Fault, UnusableFile

FACTS = ("title", "kind", "shows", "covers_from_on", "covers_to_on", "collected_on", "review_by_on", "marking")


@dataclass(slots=True)
class EvidenceLoad:
    """What loading did."""

    items: int = 0
    new: int = 0
    kept: int = 0

    def __str__(self) -> str:
        return f"Evidence: {self.items} items, {self.new} new; {self.kept} were edited here and left as they are."


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What a folder's items may speak to."""

    points: Mapping[str, CriterionPoint]
    statements: Mapping[str, LensStatement]


def numbers_by_key() -> dict[str, int]:
    """The number in the log of each item that came with a folder, by its key there: [E:key] → [E12]."""
    return dict(Evidence.objects.exclude(key="").values_list("key", "number"))


def codes_of(items: Sequence[EvidenceWords], framework_code: str) -> Codes:
    """What the items name. Raises UnusableFile with the unknown codes: ask before writing."""
    points = CriterionPoint.objects.filter(framework__code=framework_code, is_archived=False)
    statements = LensStatement.objects.filter(framework__code=framework_code, is_archived=False)
    codes = Codes(points={row.code: row for row in points}, statements={row.code: row for row in statements})
    faults = [
        *_unknown("point", framework_code, codes.points, (each for item in items for each in item.points)),
        *_unknown("statement", framework_code, codes.statements, (each for item in items for each in item.statements)),
    ]
    if faults:
        raise UnusableFile(faults)
    return codes


def _unknown(noun: str, framework_code: str, known: Mapping[str, object], named: Iterable[SpeaksTo]) -> list[Fault]:
    return [
        Fault(EVIDENCE_FILE, each.line, f"“{each.code}” is no {noun} of the framework {framework_code}.")
        for each in named
        if each.code not in known
    ]


@transaction.atomic
def load_evidence(*, at: datetime, items: Sequence[EvidenceWords], framework_code: str) -> EvidenceLoad:
    """Every item of the file, in one transaction; load the rulebook, people and organisations first.

    An item that somebody changed, revised or put away here is left alone.
    """
    load, codes = EvidenceLoad(items=len(items)), codes_of(items, framework_code)
    area = LocalArea.objects.select_for_update().filter(pk=1).first()
    last: int = Evidence.objects.aggregate(last=models.Max("number"))["last"] or 0
    organisations = {row.name: row for row in Organisation.objects.all()}
    for words in items:
        evidence = Evidence.objects.filter(key=words.key).first()
        if evidence is None:
            last += 1
            load.new += 1
            evidence = Evidence(key=words.key, number=last, added_at=at, changed_at=at)
        elif _is_touched(evidence):
            load.kept += 1
            continue
        for name in FACTS:
            setattr(evidence, name, getattr(words, name))
        evidence.organisation = organisations.get(words.organisation)
        evidence.save()
        revision = _revision(evidence, words, at)
        _speak(evidence, words, codes, at)
        _check(evidence, revision, words, at)
        index_evidence(evidence)
    if area is not None and items:
        record(by=None, at=at, action="evidence.loaded", thing=area, text=str(load))
    return load


def _is_touched(evidence: Evidence) -> bool:
    """Whether a person changed the item, revised it or tied it to something else since it was loaded."""
    events = AuditEvent.objects.filter(thing_type=Evidence._meta.label_lower, thing_id=str(evidence.pk))
    return bool(evidence.version) or events.exists()


def _revision(evidence: Evidence, words: EvidenceWords, at: datetime) -> EvidenceRevision:
    revision, _ = EvidenceRevision.objects.update_or_create(
        evidence=evidence,
        number=1,
        defaults={"text": words.text, "link": words.link, "state": State.APPROVED.value},
        create_defaults={
            "text": words.text,
            "link": words.link,
            "state": State.APPROVED.value,
            "made_at": at,
            "changed_at": at,
            "submitted_at": at,
            "decided_at": at,
        },
    )
    return revision


def _speak(evidence: Evidence, words: EvidenceWords, codes: Codes, at: datetime) -> None:
    for each in words.points:
        defaults = {"relevance": each.relevance, "added_at": at}
        PointLink.objects.update_or_create(evidence=evidence, point=codes.points[each.code], defaults=defaults)
    for each in words.statements:
        defaults = {"relevance": each.relevance, "added_at": at}
        LensLink.objects.update_or_create(evidence=evidence, statement=codes.statements[each.code], defaults=defaults)
    evidence.point_links.exclude(point__code__in=[each.code for each in words.points]).delete()
    evidence.lens_links.exclude(statement__code__in=[each.code for each in words.statements]).delete()


def _check(evidence: Evidence, revision: EvidenceRevision, words: EvidenceWords, at: datetime) -> None:
    if not words.checked_by:
        return
    fingerprint = what_is_checked(evidence, revision)
    checker = User.objects.get(email__iexact=words.checked_by)
    if not revision.deidentification_checks.filter(fingerprint=fingerprint).exists():
        DeidentificationCheck.objects.create(
            revision=revision, is_clear=True, fingerprint=fingerprint, checked_by=checker, checked_at=at
        )
