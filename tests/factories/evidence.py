"""Evidence items and their revisions."""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organisation, User
from evidence.actions import items, revisions
from evidence.actions.items import Facts
from evidence.actions.revisions import Words
from evidence.models import Evidence, EvidenceKind, EvidenceRevision, Marking

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def make_facts(
    *,
    title: str = "Survey of families",
    kind: str = EvidenceKind.LIVED_EXPERIENCE,
    shows: str = "Two thirds say that they were listened to.",
    organisation: Organisation | None = None,
    covers_from_on: date | None = date(2025, 9, 1),
    covers_to_on: date | None = date(2026, 8, 31),
    collected_on: date | None = date(2026, 9, 15),
    review_by_on: date | None = None,
    marking: str = Marking.PARTNERSHIP,
    owner: User | None = None,
) -> Facts:
    return Facts(
        kind=kind,
        organisation=organisation,
        title=title,
        shows=shows,
        covers_from_on=covers_from_on,
        covers_to_on=covers_to_on,
        collected_on=collected_on,
        review_by_on=review_by_on,
        marking=marking,
        owner=owner,
    )


def make_upload(
    *, name: str = "Survey.txt", content: bytes = b"What families said, in numbers.\n"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def make_draft(
    *,
    by: User,
    at: datetime = AT,
    text: str = "Of 300 families that answered, 200 were listened to.",
    link: str = "",
    upload: SimpleUploadedFile | None = None,
    **facts: object,
) -> EvidenceRevision:
    """An item with a draft of its first revision."""
    draft = items.add_evidence(by=by, at=at, facts=make_facts(**({"owner": by} | facts)))
    return revisions.save_revision(
        by=by,
        at=at,
        revision=draft,
        lock=draft.lock,
        words=Words(text=text, link=link),
        uploads=[upload] if upload else [],
    ).revision


def make_submitted(*, by: User, at: datetime = AT, **fields: object) -> EvidenceRevision:
    return revisions.submit(by=by, at=at, revision=make_draft(by=by, at=at, **fields))


def make_approved(*, by: User, approver: User | None = None, at: datetime = AT, **fields: object) -> Evidence:
    submitted = make_submitted(by=by, at=at, **fields)
    return revisions.approve(by=approver or by, at=at, revision=submitted).evidence
