"""Evidence items: added, changed, put away, tied to points of the criteria."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import models, transaction

from accounts.audit import record
from accounts.models import LocalArea, Organisation, User
from accounts.permissions import NotAllowed
from evidence.indexing import index_evidence
from evidence.models import Evidence, EvidenceRevision, LensLink, PointLink
from evidence.permissions import can_approve, check_can_add, check_can_change
from evidence.rows import check_standing, locked
from framework.models import CriterionPoint, LensStatement


class Conflict(Exception):
    """Somebody else saved first. Nothing was saved; `theirs` is what stands now."""

    sentence = "Somebody else saved this while you were writing. Both texts stand below: nothing is lost."

    def __init__(self, theirs: Evidence) -> None:
        super().__init__(self.sentence)
        self.theirs = theirs


class Settled(Exception):
    """A revision stands approved: what the item is changes only with those who approve."""

    sentence = "It is approved: ask the SEND team to change what it is."

    def __init__(self) -> None:
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a form says about an item."""

    kind: str
    organisation: Organisation | None
    title: str
    shows: str
    covers_from_on: date | None
    covers_to_on: date | None
    collected_on: date | None
    review_by_on: date | None
    marking: str
    owner: User | None


FACT_NAMES = tuple(field.name for field in fields(Facts))
# What an approval rests on; the kind decides besides whether a second person has to look for children.
APPROVED_NAMES = frozenset({"kind", "title", "shows", "covers_from_on", "covers_to_on", "organisation", "marking"})


def add_evidence(*, by: User, at: datetime, facts: Facts) -> EvidenceRevision:
    """A new item with its number, and an empty draft as its first revision; gives the draft."""
    check_can_add(by)
    with transaction.atomic():
        # Numbers are given one at a time: whoever adds at the same moment waits here.
        LocalArea.objects.select_for_update().filter(pk=1).first()
        last: int = Evidence.objects.aggregate(last=models.Max("number"))["last"] or 0
        values = {name: getattr(facts, name) for name in FACT_NAMES}
        evidence = Evidence.objects.create(
            number=last + 1, added_by=by, added_at=at, changed_by=by, changed_at=at, **values
        )
        record(by=by, at=at, action="evidence.added", thing=evidence)
        index_evidence(evidence)
        return EvidenceRevision.objects.create(
            evidence=evidence, number=1, made_by=by, made_at=at, changed_by=by, changed_at=at
        )


def change_evidence(*, by: User, at: datetime, evidence: Evidence, version: int, facts: Facts) -> Evidence:
    """Raises Conflict when somebody saved since `version`, Settled where only those who approve may change it."""
    with transaction.atomic():
        row = locked(evidence)
        check_can_change(by, row)
        check_standing(row)
        if row.version != version:
            raise Conflict(row)
        values = {name: getattr(facts, name) for name in FACT_NAMES}
        if _words(row.shows) == _words(facts.shows):
            values["shows"] = row.shows
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        if not changed:
            return row
        if APPROVED_NAMES & set(changed) and row.revisions.approved().exists() and not can_approve(by, row):
            raise Settled
        for name in changed:
            setattr(row, name, values[name])
        _save(row, by, at)
        record(by=by, at=at, action="evidence.changed", thing=row, fields=changed)
        index_evidence(row)
        return row


def archive_evidence(*, by: User, at: datetime, evidence: Evidence) -> Evidence:
    """Puts an item away: it shows nothing any more, until it is taken out again."""
    with transaction.atomic():
        row = locked(evidence)
        check_can_change(by, row)
        check_standing(row)
        row.archived_at, row.archived_by = at, by
        _save(row, by, at)
        record(by=by, at=at, action="evidence.archived", thing=row)
        return row


def restore_evidence(*, by: User, at: datetime, evidence: Evidence) -> Evidence:
    """Takes an item out of the archive, as it was."""
    with transaction.atomic():
        row = locked(evidence)
        check_can_change(by, row)
        if row.archived_at is None:
            raise NotAllowed("This evidence is not in the archive.")
        row.archived_at, row.archived_by = None, None
        _save(row, by, at)
        record(by=by, at=at, action="evidence.restored", thing=row)
        return row


def link_point(*, by: User, at: datetime, evidence: Evidence, point: CriterionPoint, relevance: str) -> PointLink:
    """Says that the item speaks to a point, and how; said again, the newer sentence stands."""
    with transaction.atomic():
        row = locked(evidence)
        check_can_change(by, row)
        check_standing(row)
        link, _ = PointLink.objects.update_or_create(
            evidence=row, point=point, defaults={"relevance": relevance, "added_by": by, "added_at": at}
        )
        record(by=by, at=at, action="evidence.linked", thing=row, text=f"To point {point.code}.")
        return link


def link_statement(*, by: User, at: datetime, evidence: Evidence, statement: LensStatement, relevance: str) -> LensLink:
    """Says that the item speaks to a statement of a lens, and how; said again, the newer sentence stands."""
    with transaction.atomic():
        row = locked(evidence)
        check_can_change(by, row)
        check_standing(row)
        link, _ = LensLink.objects.update_or_create(
            evidence=row, statement=statement, defaults={"relevance": relevance, "added_by": by, "added_at": at}
        )
        record(by=by, at=at, action="evidence.linked", thing=row, text=f"To statement {statement.code}.")
        return link


def unlink_statement(*, by: User, at: datetime, link: LensLink) -> Evidence:
    with transaction.atomic():
        row = locked(link.evidence)
        check_can_change(by, row)
        record(by=by, at=at, action="evidence.unlinked", thing=row, text=f"From statement {link.statement.code}.")
        LensLink.objects.filter(pk=link.pk).delete()
        return row


def unlink_point(*, by: User, at: datetime, link: PointLink) -> Evidence:
    with transaction.atomic():
        row = locked(link.evidence)
        check_can_change(by, row)
        record(by=by, at=at, action="evidence.unlinked", thing=row, text=f"From point {link.point.code}.")
        PointLink.objects.filter(pk=link.pk).delete()
        return row


def _words(text: str) -> list[str]:
    """Browsers send their own ends of lines: they are no change."""
    return text.splitlines()


def _save(row: Evidence, by: User, at: datetime) -> None:
    row.version += 1
    row.changed_by, row.changed_at = by, at
    row.save()
