"""Request items, their owners and their versions."""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from framework.models import RequestItem
from inspection.actions import decisions, owners
from inspection.actions import items as actions
from inspection.actions.items import Words
from inspection.domain.submissions import Answer
from inspection.models import ItemSubmission

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def make_words(**fields: object) -> Words:
    given = {
        "answer": Answer.FILES,
        "link": "",
        "none_reason": "",
        "note": "",
        "as_at_on": date(2026, 10, 31),
        "review_by_on": date(2027, 10, 31),
    }
    return Words(**(given | fields))


def make_upload(
    *, name: str = "Plan.txt", content: bytes = b"A plan of the partnership, for a test.\n"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def make_draft(
    *, by: User, item: RequestItem, at: datetime = AT, upload: SimpleUploadedFile | None = None, **fields: object
) -> ItemSubmission:
    """A draft with its words and one file."""
    draft = actions.start_version(by=by, at=at, item=item)
    saved = actions.save_draft(
        by=by,
        at=at,
        submission=draft,
        lock=draft.lock,
        words=make_words(**fields),
        uploads=[upload or make_upload()] if fields.get("answer", Answer.FILES) is Answer.FILES else [],
    )
    return saved.submission


def make_submitted(*, by: User, item: RequestItem, at: datetime = AT, **fields: object) -> ItemSubmission:
    return actions.submit(by=by, at=at, submission=make_draft(by=by, item=item, at=at, **fields))


def make_approved(
    *, by: User, item: RequestItem, approver: User | None = None, at: datetime = AT, **fields: object
) -> ItemSubmission:
    submitted = make_submitted(by=by, item=item, at=at, **fields)
    return decisions.approve(by=approver or by, at=at, submission=submitted)


def make_owner(*, by: User, item: RequestItem, owner: User, at: datetime = AT) -> None:
    owners.assign_owner(by=by, at=at, item=item, owner=owner)
