"""The answers of a folder → submissions, through the same actions that people use."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import User
from accounts.permissions import NotAllowed
from documents.intake import Refused
from framework.models import Framework, RequestItem
from framework.readers.lines import Fault, UnusableFile
from inspection.actions.decisions import approve, return_version
from inspection.actions.items import CannotAttach, Incomplete, Words, attach_file, save_draft, start_version, submit
from inspection.actions.owners import assign_owner
from inspection.domain.submissions import Answer
from inspection.models import ItemOwner, ItemSubmission
from sendready.areas.papers import hand_in
from sendready.areas.reading import AREA_FILE, ITEMS_FILE
from sendready.areas.values import AreaFolder, ItemWords


@dataclass(slots=True)
class AnswersLoad:
    """How many items got an owner and an answer, and how many had one already."""

    owners: int = 0
    answers: int = 0
    kept: int = 0


def load_answers(*, at: datetime, folder: AreaFolder) -> AnswersLoad:
    """Owners and answers for the request items, each item whole or not at all; load the people first.

    An item that has an owner or an answer already keeps it. Raises UnusableFile with the line of what can't be done.
    """
    load = AnswersLoad()
    if not folder.items:
        return load
    items = request_items(folder)
    people = {user.email: user for user in User.objects.filter(email__in=[p.email for p in folder.people])}
    officer = _officer(folder, people)
    owned = set(ItemOwner.objects.filter(item__in=items.values()).values_list("item_id", flat=True))
    answered = set(ItemSubmission.objects.filter(item__in=items.values()).values_list("item_id", flat=True))
    for words in folder.items:
        item = items[words.item]
        if item.is_archived:
            continue
        try:
            with transaction.atomic():
                if item.pk not in owned:
                    assign_owner(by=officer, at=at, item=item, owner=people[words.owner])
                    load.owners += 1
                if words.state and item.pk not in answered:
                    _answer(words, item, people, at, marking=folder.area.marking)
                    load.answers += 1
                else:
                    load.kept += bool(words.state)
        except (NotAllowed, Refused, CannotAttach, Incomplete) as refusal:
            raise UnusableFile([Fault(ITEMS_FILE, words.line, f"{words.item}: {_reason(refusal)}")]) from None
    return load


def _reason(refusal: NotAllowed | Refused | CannotAttach | Incomplete) -> str:
    return refusal.reason if isinstance(refusal, NotAllowed) else str(refusal)


def request_items(folder: AreaFolder) -> dict[str, RequestItem]:
    """The rows that the folder answers, by code. Raises UnusableFile when one is missing: ask before writing."""
    framework = Framework.objects.filter(code=folder.framework).first()
    if framework is None:
        raise UnusableFile(
            [
                Fault(
                    AREA_FILE,
                    1,
                    f"The framework “{folder.framework}” isn't loaded. Run load_framework on its file first.",
                )
            ]
        )
    rows = RequestItem.objects.filter(framework=framework).select_related("deadline")
    items = {item.code: item for item in rows}
    unknown = [
        Fault(ITEMS_FILE, words.line, f"“{words.item}” is no request item of {framework}.")
        for words in folder.items
        if words.item not in items
    ]
    if unknown:
        raise UnusableFile(unknown)
    return items


def _officer(folder: AreaFolder, people: dict[str, User]) -> User:
    """The LANO of the folder, who says who answers for what."""
    for person in folder.people:
        if Role.LANO in person.roles and not person.deputy_for:
            return people[person.email]
    raise UnusableFile([Fault(ITEMS_FILE, 1, "Items need a person with the role lano in people.yaml.")])


def _answer(words: ItemWords, item: RequestItem, people: dict[str, User], at: datetime, *, marking: str) -> None:
    owner, today = people[words.owner], timezone.localdate(at)
    draft = start_version(by=owner, at=at, item=item)
    answer = Answer.FILES if words.documents else Answer.LINK if words.link else Answer.NONE
    said = Words(
        answer=answer,
        link=words.link,
        none_reason=words.none_reason,
        note=words.note,
        as_at_on=words.as_at.seen_from(today) if words.as_at else None,
        review_by_on=words.review_by.seen_from(today) if words.review_by else None,
    )
    draft = save_draft(by=owner, at=at, submission=draft, lock=draft.lock, words=said).submission
    for document in words.documents:
        upload = hand_in(document, marking=marking)
        attach_file(by=owner, at=at, submission=draft, upload=upload, title=document.title)
    if words.state == "draft":
        return
    submitted = submit(by=owner, at=at, submission=draft)
    if words.state == "approved":
        approve(by=people[words.approver], at=at, submission=submitted)
    elif words.state == "returned":
        return_version(by=people[words.approver], at=at, submission=submitted, reason=words.return_reason)
