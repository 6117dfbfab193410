"""Request items and their versions in page words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import reason_not_to
from framework.models import RequestItem, RequestKind
from inspection.domain.submissions import ANSWER_NAMES, STATE_NAMES, Answer, Move, State, can_move
from inspection.gather.due import own_due_words
from inspection.gather.items import EMPTY, ItemDetail, ItemLine, ItemsPage
from inspection.models import ItemEvidence, ItemSubmission
from inspection.permissions.items import (
    check_can_approve,
    check_can_archive,
    check_can_assign,
    check_can_supply,
)

STATE_COLOURS = {
    EMPTY: "red",
    State.DRAFT: "grey",
    State.SUBMITTED: "blue",
    State.APPROVED: "green",
    State.RETURNED: "yellow",
    State.SUPERSEDED: "grey",
}
BATCH_TITLES = {
    "lists": "Person-level lists",
    "six": "Case information for the six",
    "annex-a": "Annex A documents",
    "": "Not handed over with Annex A: papers to have ready",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    words: str
    colour: str


def tag_of(state: str) -> Tag:
    if state == EMPTY:
        return Tag(words="Nothing yet", colour=STATE_COLOURS[EMPTY])
    return Tag(words=STATE_NAMES[State(state)], colour=STATE_COLOURS[State(state)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list page."""

    url: str
    title: str
    code: str
    tag: Tag | None
    detail: str
    owner: str
    has_left: bool
    as_at: date | None
    review_by: date | None
    is_health: bool
    is_changed: bool
    is_dropped: bool
    own_due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The lines of one deadline."""

    title: str
    when: str
    rows: tuple[Row, ...]


def groups(page: ItemsPage, due_words: dict[str, str]) -> tuple[Group, ...]:
    """The lines under the deadline that each belongs to; `due_words` says when, by batch."""
    found: dict[tuple[str, str], list[Row]] = {}
    for line in page.lines:
        batch = line.item.deadline.batch
        title = BATCH_TITLES[batch]
        found.setdefault((title, due_words.get(batch, "")), []).append(_row(line))
    return tuple(Group(title=title, when=when, rows=tuple(rows)) for (title, when), rows in found.items())


def _row(line: ItemLine) -> Row:
    newest = line.newest
    is_document = line.item.kind == RequestKind.DOCUMENT
    return Row(
        url=reverse("inspection:item-show", args=[line.item.code]),
        title=line.visit_item.title if line.visit_item else line.item.title,
        code=line.item.code,
        tag=tag_of(newest.state if newest else EMPTY) if is_document else None,
        detail=_detail(line),
        owner=line.owner.name if line.owner else "",
        has_left=bool(line.owner and not line.owner.is_active),
        as_at=line.approved.as_at_on if line.approved else newest.as_at_on if newest else None,
        review_by=line.approved.review_by_on if line.approved else newest.review_by_on if newest else None,
        is_health=line.item.is_health_item,
        is_changed=line.has_changed,
        is_dropped=bool(line.visit_item and line.visit_item.is_dropped),
        own_due=own_due_words(line.visit_item),
    )


def _detail(line: ItemLine) -> str:
    """The words beside the state: what the newest version holds, and which one a pack would take."""
    if line.item.kind == RequestKind.LIST:
        return "On the page of the lists"
    if line.item.kind == RequestKind.CASE:
        return "Once inspectors have named the six"
    if line.newest is None:
        return ""
    answer = Answer(line.newest.answer)
    words = {
        Answer.FILES: "1 file" if line.file_count == 1 else f"{line.file_count} files",
        Answer.LINK: "Only a link" if not line.file_count else "A link and its file",
        Answer.NONE: "None, with a reason",
    }[answer]
    if line.approved and line.approved.pk != line.newest.pk:
        words += f"; version {line.approved.version} stands approved"
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionCard:
    """One version on the page of its item, with the buttons that this person has."""

    version: ItemSubmission
    tag: Tag
    answer: Answer
    edit_url: str
    url: str
    can_submit: bool
    can_take_back: bool
    can_decide: bool
    can_return: bool
    can_archive: bool
    taken: tuple[ItemEvidence, ...]

    @property
    def is_link(self) -> bool:
        return bool(self.version.link)

    @property
    def is_none(self) -> bool:
        return self.answer is Answer.NONE


def card(version: ItemSubmission, user: User, owner_id: int | None) -> VersionCard:
    """`version` with what it has taken, prefetched by `gather.evidence.taken`."""
    state = State(version.state)
    stands = version.archived_at is None
    may_supply = not reason_not_to(check_can_supply, user, version.item, owner_id)
    may_approve = not reason_not_to(check_can_approve, user, version.item)
    args = [version.item.code, version.version]
    return VersionCard(
        version=version,
        tag=tag_of(state) if stands else Tag(words="In the archive", colour="grey"),
        answer=Answer(version.answer),
        edit_url=reverse("inspection:submission-edit", args=args),
        url=reverse("inspection:submission-show", args=args),
        can_submit=stands and may_supply and can_move(Move.SUBMIT, state),
        can_take_back=stands and may_supply and can_move(Move.TAKE_BACK, state),
        can_decide=stands and may_approve and can_move(Move.APPROVE, state),
        can_return=stands and may_approve and can_move(Move.RETURN, state),
        can_archive=not reason_not_to(check_can_archive, user, version, owner_id),
        taken=tuple(version.evidence_links.all()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """The page of one item."""

    item: RequestItem
    title: str
    owner: User | None
    current: tuple[VersionCard, ...]
    older: tuple[VersionCard, ...]
    archived: tuple[VersionCard, ...]
    is_document: bool
    is_list: bool
    supply_reason: str
    approve_reason: str
    assign_reason: str
    can_start: bool
    can_see_lists: bool
    approver: str
    renamed_from: str
    is_dropped: bool
    due: str


def item_page(detail: ItemDetail, user: User, due: str) -> ItemPage:
    owner_id = detail.owner.pk if detail.owner else None
    current = (detail.draft, detail.submitted, detail.returned, detail.approved)
    supply_reason = reason_not_to(check_can_supply, user, detail.item, owner_id)
    visit_item = detail.visit_item
    return ItemPage(
        item=detail.item,
        title=visit_item.title if visit_item else detail.item.title,
        owner=detail.owner,
        current=_cards((version for version in current if version), user, owner_id),
        older=_cards(detail.older, user, owner_id),
        archived=_cards(detail.archived, user, owner_id),
        is_document=detail.item.kind == RequestKind.DOCUMENT,
        is_list=detail.item.kind == RequestKind.LIST,
        supply_reason=supply_reason,
        approve_reason=reason_not_to(check_can_approve, user, detail.item),
        assign_reason=reason_not_to(check_can_assign, user, detail.item),
        can_start=not supply_reason and detail.draft is None and detail.submitted is None,
        can_see_lists=bool(user.permissions & {Permission.READ_LIST_TOTALS, Permission.READ_CHILD_ROWS}),
        approver="the health lead or the LANO" if detail.item.is_health_item else "the LANO",
        renamed_from=detail.item.title if visit_item and visit_item.title != detail.item.title else "",
        is_dropped=bool(visit_item and visit_item.is_dropped),
        due=own_due_words(visit_item) or due,
    )


def _cards(versions: Iterable[ItemSubmission], user: User, owner_id: int | None) -> tuple[VersionCard, ...]:
    return tuple(card(version, user, owner_id) for version in versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class BothTexts:
    """One field of a version that two people saved."""

    label: str
    theirs: str
    yours: str


def differing_fields(theirs: ItemSubmission, form: forms.Form) -> tuple[BothTexts, ...]:
    """The fields of which the saved text is not the text in the form."""
    found = []
    for name, label in CONFLICT_LABELS.items():
        saved, typed = _words(getattr(theirs, name)), _words(form[name].value())
        if saved != typed:
            found.append(BothTexts(label=label, theirs=saved, yours=typed))
    return tuple(found)


CONFLICT_LABELS = {
    "answer": "What answers this item",
    "link": "Link",
    "none_reason": "None, because …",
    "as_at_on": "As at",
    "review_by_on": "Review by",
    "note": "Note",
}


def _words(value: object) -> str:
    """A value of a form or a row as one line, days as people type them."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    words = str(value or "").strip()
    return {answer.value: name for answer, name in ANSWER_NAMES.items()}.get(words, words)


def is_approver(user: User) -> bool:
    return bool(user.permissions & {Permission.APPROVE_ITEMS, Permission.APPROVE_HEALTH_ITEMS})
