"""Evidence in page words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from accounts.domain.history import HistoryLine, history_lines
from accounts.models import Organisation, User
from accounts.permissions import reason_not_to
from documents.domain.texts import OUTCOME_WORDS, Outcome
from documents.models import StoredFile
from documents.responses import PICTURES
from evidence.domain.deidentification import needs_check
from evidence.domain.history import FIELDS, VERBS
from evidence.domain.revisions import STATE_NAMES, Move, State, can_move, is_stale
from evidence.forms import CheckForm
from evidence.gather import FIRST_LOOK, EvidenceDetail
from evidence.models import DeidentificationCheck, Evidence, EvidenceKind, EvidenceRevision, FileText, Marking
from evidence.permissions import check_can_approve, check_can_change, check_can_check
from evidence.publishing import what_is_checked
from evidence.search import Hit

STATE_COLOURS = {
    State.DRAFT: "grey",
    State.SUBMITTED: "blue",
    State.APPROVED: "green",
    State.RETURNED: "yellow",
    State.SUPERSEDED: "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    word: str
    colour: str


def tag_of(state: str) -> Tag:
    return Tag(word=STATE_NAMES[State(state)], colour=STATE_COLOURS[State(state)])


def state_tag(evidence: Evidence) -> Tag:
    """Of an item annotated by `with_states`: what stands approved counts before what is being worked on."""
    if evidence.archived_at:
        return Tag(word="In the archive", colour="grey")
    annotated: Any = evidence
    return tag_of(State.APPROVED if annotated.has_approved else annotated.newest_state or State.DRAFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One line of the log. `is_revised`: a newer revision than the approved one is on its way."""

    evidence: Evidence
    tag: Tag
    is_stale: bool
    is_revised: bool
    hit: Hit | None = None


def log_rows(items: Iterable[Any], today: date, hits: Mapping[int, Hit] | None = None) -> tuple[LogRow, ...]:
    """Of items annotated by `with_states`; `hits` by primary key, where words were looked for."""
    return tuple(
        LogRow(
            evidence=item,
            tag=state_tag(item),
            is_stale=is_stale(item.review_by_on, today),
            is_revised=item.has_approved and item.newest_state != State.APPROVED,
            hit=(hits or {}).get(item.pk),
        )
        for item in items
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionCard:
    """One revision on the page of its item, with the buttons that this person has."""

    revision: EvidenceRevision
    tag: Tag
    can_edit: bool
    can_take_back: bool
    can_approve: bool
    can_return: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCard:
    """Whether anybody can be recognised in a revision. `check` is the latest that was made of what stands there."""

    revision: EvidenceRevision
    check: DeidentificationCheck | None
    form: CheckForm
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePage:
    """The page of one item."""

    detail: EvidenceDetail
    current: tuple[RevisionCard, ...]
    older: tuple[RevisionCard, ...]
    is_stale: bool
    change_reason: str
    approve_reason: str
    can_revise: bool
    is_awaiting: bool
    checks: tuple[CheckCard, ...]
    history: tuple[HistoryLine, ...]


def evidence_page(detail: EvidenceDetail, user: User, today: date) -> EvidencePage:
    evidence = detail.evidence
    change_reason = reason_not_to(check_can_change, user, evidence)
    approve_reason = reason_not_to(check_can_approve, user, evidence)
    stands = evidence.archived_at is None
    cards = tuple(_card(each, stands and not change_reason, stands and not approve_reason) for each in detail.revisions)
    states = {State(each.state) for each in detail.revisions}
    return EvidencePage(
        detail=detail,
        current=tuple(card for card in cards if card.revision.state != State.SUPERSEDED),
        older=tuple(card for card in cards if card.revision.state == State.SUPERSEDED),
        is_stale=is_stale(evidence.review_by_on, today),
        change_reason=change_reason,
        approve_reason=approve_reason,
        can_revise=stands and not change_reason and not states & {State.DRAFT, State.SUBMITTED},
        is_awaiting=State.SUBMITTED in states,
        checks=_check_cards(detail, user),
        history=history_lines(detail.history, verbs=VERBS, fields=FIELDS),
    )


def _check_cards(detail: EvidenceDetail, user: User) -> tuple[CheckCard, ...]:
    """One for what awaits approval, one for what stands approved; none where nothing is told about people."""
    evidence = detail.evidence
    if not needs_check(evidence.kind) or evidence.archived_at:
        return ()
    cards = []
    for revision in detail.revisions:
        if revision.state not in (State.SUBMITTED, State.APPROVED):
            continue
        seen = what_is_checked(evidence, revision)
        made = [check for check in revision.deidentification_checks.all() if check.fingerprint == seen]
        reason = reason_not_to(check_can_check, user, evidence, revision)
        form = CheckForm(initial={"seen": seen}, auto_id=f"id_check_{revision.number}_%s")
        cards.append(CheckCard(revision=revision, check=made[0] if made else None, form=form, reason=reason))
    return tuple(cards)


def _card(revision: EvidenceRevision, may_change: bool, may_approve: bool) -> RevisionCard:
    state = State(revision.state)
    return RevisionCard(
        revision=revision,
        tag=tag_of(state),
        can_edit=may_change and state is State.DRAFT,
        can_take_back=may_change and can_move(Move.TAKE_BACK, state),
        can_approve=may_approve and can_move(Move.APPROVE, state),
        can_return=may_approve and can_move(Move.RETURN, state),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BothTexts:
    """One field that two people saved."""

    label: str
    theirs: str
    yours: str


def differing_fields(theirs: Evidence | EvidenceRevision, form: forms.Form) -> tuple[BothTexts, ...]:
    """The fields of which the saved text is not the text in the form."""
    found = []
    for bound in form.visible_fields():
        if not hasattr(theirs, bound.name):
            continue
        typed = form.cleaned_data.get(bound.name) if form.is_bound else bound.value()
        saved, yours = _words(getattr(theirs, bound.name)), _words(typed)
        if saved != yours:
            found.append(BothTexts(label=str(bound.label), theirs=saved, yours=yours))
    return tuple(found)


def _words(value: object) -> str:
    """A value of a form or a row as one line, days as people type them."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Organisation | User):
        return value.name
    words = str(value or "").strip()
    return dict([*EvidenceKind.choices, *Marking.choices]).get(words, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLook:
    """A first look at a file: the picture, or the first lines, or a sentence why there are none."""

    is_picture: bool = False
    lines: tuple[str, ...] = ()
    is_more: bool = False
    sentence: str = ""


LINES_SHOWN = 60


def file_look(stored: StoredFile, found: FileText | None) -> FileLook:
    """`found` from `gather.first_look`."""
    if stored.erased_at is not None:
        return FileLook(sentence="This file was erased and can't be opened any more.")
    if stored.content_type in PICTURES:
        return FileLook(is_picture=True)
    if found is None or stored.is_vaulted:
        return FileLook(sentence="There is no first look at this file. Download it to see what it holds.")
    if found.is_unfinished:
        return FileLook(sentence="The file is being read. Look again in a moment, or download it.")
    beginning: str = getattr(found, "beginning", "")
    lines = tuple(line for line in beginning.split("\n") if line.strip())
    if not lines:
        words = OUTCOME_WORDS.get(found.outcome, OUTCOME_WORDS[Outcome.UNREADABLE])
        return FileLook(sentence=f"{words}. Download the file to see what it holds; search finds only its name.")
    is_more = len(lines) > LINES_SHOWN or len(beginning) >= FIRST_LOOK
    return FileLook(lines=lines[:LINES_SHOWN], is_more=is_more)
