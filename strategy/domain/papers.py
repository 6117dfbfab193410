"""The paper of a board's meeting, as sections: the page, the PDF, Word and the workbook all read the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from strategy.domain.status import STATE_NAMES, ActionState

# A paper names so many delays of a priority; the rest are counted.
MOST_DELAYS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFact:
    """An action as it stood on the day of the paper."""

    ref: str
    text: str
    lead: str
    due_on: date | None
    state: ActionState
    reason: str
    is_overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact:
    pk: int
    text: str
    owner: str
    due_on: date | None
    state: str
    is_open: bool
    outcome: str = ""
    decided_on: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFact:
    """An agenda item as it is stored. `actions`: those of its priority, none for an item without one."""

    pk: int
    title: str
    lead: str
    note: str
    delays: str
    minutes: str
    priority: int | None = None
    actions: tuple[ActionFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact:
    title: str
    board: str
    chair: str
    held_on: date
    place: str
    state: str
    day: date
    items: tuple[ItemFact, ...]
    carried: tuple[DecisionFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One item of the paper. `counts`: words and numbers, in the order of the states; `delays`: sentences."""

    pk: int
    number: int
    title: str
    lead: str
    priority: int | None
    counts: tuple[tuple[ActionState, str, int], ...]
    count_sentence: str
    delays: tuple[str, ...]
    more_delays: int
    said_of_delays: str
    note: str
    minutes: str
    decisions: tuple[DecisionFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    title: str
    board: str
    chair: str
    held_on: date
    place: str
    state: str
    day: date
    carried: tuple[DecisionFact, ...]
    sections: tuple[Section, ...]


def build_paper(meeting: MeetingFact) -> Paper:
    """The paper of a meeting: what stands open, then each item with how its actions stand."""
    return Paper(
        title=meeting.title,
        board=meeting.board,
        chair=meeting.chair,
        held_on=meeting.held_on,
        place=meeting.place,
        state=meeting.state,
        day=meeting.day,
        carried=meeting.carried,
        sections=tuple(_section(number, item) for number, item in enumerate(meeting.items, 1)),
    )


def _section(number: int, item: ItemFact) -> Section:
    late = sorted(_delayed(item.actions), key=lambda action: (action.due_on or date.max, action.ref))
    return Section(
        pk=item.pk,
        number=number,
        title=item.title,
        lead=item.lead,
        priority=item.priority,
        counts=_counts(item.actions),
        count_sentence=_count_sentence(item),
        delays=tuple(_sentence(action) for action in late[:MOST_DELAYS]),
        more_delays=max(0, len(late) - MOST_DELAYS),
        said_of_delays=item.delays,
        note=item.note,
        minutes=item.minutes,
        decisions=item.decisions,
    )


def _delayed(actions: Sequence[ActionFact]) -> list[ActionFact]:
    return [action for action in actions if action.is_overdue or action.state is ActionState.BEHIND]


def count_states(actions: Sequence[ActionFact]) -> Mapping[ActionState, int]:
    return {state: sum(action.state is state for action in actions) for state in ActionState}


def _counts(actions: Sequence[ActionFact]) -> tuple[tuple[ActionState, str, int], ...]:
    return tuple((state, STATE_NAMES[state], count) for state, count in count_states(actions).items() if count)


def _count_sentence(item: ItemFact) -> str:
    if item.priority is None:
        return ""
    if not item.actions:
        return "No action stands under this priority yet."
    total = "1 action" if len(item.actions) == 1 else f"{len(item.actions)} actions"
    parts = ", ".join(f"{count} {name[0].lower()}{name[1:]}" for _, name, count in _counts(item.actions))
    return f"{total}: {parts}."


def _sentence(action: ActionFact) -> str:
    due = f"due {action.due_on:%-d %B %Y}" if action.due_on else "no date"
    ref = f"{action.ref} " if action.ref else ""
    return f"{ref}{action.text} ({action.lead or 'no lead'}, {due}): {action.reason}"
