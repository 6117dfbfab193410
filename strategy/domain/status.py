"""How an action stands on any day, computed from dates, reports and approved evidence of impact; with the reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActionState(StrEnum):
    NOT_STARTED = "not_started"
    BEHIND = "behind"
    ON_TARGET = "on_target"
    COMPLETED = "completed"


STATE_NAMES: Mapping[ActionState, str] = {
    ActionState.NOT_STARTED: "Not started",
    ActionState.BEHIND: "Under way, behind",
    ActionState.ON_TARGET: "Under way, on target",
    ActionState.COMPLETED: "Completed",
}
NEEDS_IMPACT = "Completed needs approved evidence of impact: something that shows that the action made a difference."


@dataclass(frozen=True, slots=True)
class MilestoneDay:
    title: str
    due_on: date
    reached_on: date | None = None

    def is_missed(self, day: date) -> bool:
        return self.due_on < day and (self.reached_on is None or self.reached_on > day)


@dataclass(frozen=True, slots=True)
class Report:
    """An update that was not withdrawn."""

    reported_on: date
    progress: ActionState


@dataclass(frozen=True, slots=True)
class Override:
    """A state set by hand. From `withdrawn_on` on it no longer counts."""

    state: ActionState
    reason: str
    from_on: date
    until_on: date | None = None
    withdrawn_on: date | None = None

    def is_in_force(self, day: date) -> bool:
        is_begun = self.from_on <= day and (self.until_on is None or day <= self.until_on)
        return is_begun and (self.withdrawn_on is None or day < self.withdrawn_on)


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that decides how an action stands. `reports` and `overrides`: the newest first.

    `impact_since_on` is the day since which approved evidence of impact stands; None while there is none.
    """

    starts_on: date | None
    due_on: date | None
    milestones: Sequence[MilestoneDay] = ()
    reports: Sequence[Report] = ()
    overrides: Sequence[Override] = ()
    impact_since_on: date | None = None

    def has_impact(self, day: date) -> bool:
        return self.impact_since_on is not None and self.impact_since_on <= day

    def last_report(self, day: date) -> Report | None:
        return next((report for report in self.reports if report.reported_on <= day), None)


@dataclass(frozen=True, slots=True)
class Status:
    """`computed` is what would stand without the override; the same as `state` where there is none."""

    state: ActionState
    reason: str
    computed: ActionState
    is_overridden: bool = False
    is_overdue: bool = False


def status_on(day: date, course: Course) -> Status:
    """How the action stands on `day`: what somebody set by hand, else what dates and reports say."""
    state, reason = _computed(day, course)
    override = next((each for each in course.overrides if each.is_in_force(day)), None)
    if override is None:
        return Status(state, reason, state, is_overdue=_is_overdue(day, course, state))
    if override.state is ActionState.COMPLETED and not course.has_impact(day):
        reason = f"Somebody set it to completed, but no approved evidence shows the impact. {reason}"
        return Status(state, reason, state, is_overdue=_is_overdue(day, course, state))
    reason = f"Set by hand since {_words(override.from_on)}: {override.reason}"
    is_overdue = _is_overdue(day, course, override.state)
    return Status(override.state, reason, state, is_overridden=True, is_overdue=is_overdue)


def _is_overdue(day: date, course: Course, state: ActionState) -> bool:
    return state is not ActionState.COMPLETED and course.due_on is not None and course.due_on < day


def _computed(day: date, course: Course) -> tuple[ActionState, str]:
    last = course.last_report(day)
    if last is not None and last.progress is ActionState.COMPLETED:
        return _reported_complete(day, course, last)
    if course.due_on is not None and course.due_on < day:
        return ActionState.BEHIND, f"It was due on {_words(course.due_on)} and is not completed."
    missed = next((milestone for milestone in course.milestones if milestone.is_missed(day)), None)
    if missed is not None:
        sentence = f"The milestone “{missed.title}” was due on {_words(missed.due_on)} and is not reached."
        return ActionState.BEHIND, sentence
    return _under_way(day, course, last)


def _reported_complete(day: date, course: Course, last: Report) -> tuple[ActionState, str]:
    said = f"Reported as completed on {_words(last.reported_on)}"
    if course.has_impact(day):
        return ActionState.COMPLETED, f"{said}, and approved evidence shows the impact."
    lacking = f"{said}, but no approved evidence shows the impact yet"
    if course.due_on is not None and course.due_on < day:
        return ActionState.BEHIND, f"{lacking}, and it was due on {_words(course.due_on)}."
    return ActionState.ON_TARGET, f"{lacking}."


def _under_way(day: date, course: Course, last: Report | None) -> tuple[ActionState, str]:
    starts = course.starts_on
    is_begun = last is not None and last.progress is not ActionState.NOT_STARTED
    if starts is not None and starts > day and not is_begun:
        return ActionState.NOT_STARTED, f"It starts on {_words(starts)}."
    if last is None and starts is None:
        return ActionState.NOT_STARTED, "It has no start date, and nobody has reported on it."
    if last is None:
        return ActionState.NOT_STARTED, f"It was to start on {_words(starts)}; nobody has reported that it did."
    said = f"on {_words(last.reported_on)}"
    if starts is not None and starts > day:
        said += f", before its start on {_words(starts)}"
    sentences = {
        ActionState.NOT_STARTED: f"Reported {said} as not started.",
        ActionState.BEHIND: f"Reported as behind {said}.",
        ActionState.ON_TARGET: f"Reported as on target {said}.",
    }
    return last.progress, sentences[last.progress]


def _words(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def count_states(states: Iterable[ActionState]) -> dict[ActionState, int]:
    """How many stand in each of the four states, in their order."""
    counts = dict.fromkeys(ActionState, 0)
    for state in states:
        counts[state] += 1
    return counts


def month_ends(day: date, months: int) -> tuple[date, ...]:
    """The last days of the months before the month of `day`, the oldest first."""
    first = day.replace(day=1)
    ends = []
    for _ in range(months):
        last = date.fromordinal(first.toordinal() - 1)
        ends.append(last)
        first = last.replace(day=1)
    return tuple(reversed(ends))


def add_months(day: date, months: int) -> date:
    """The same day some months on; the last day of the month where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    next_first = date(year + month // 12, month % 12 + 1, 1)
    last = date.fromordinal(next_first.toordinal() - 1).day
    return date(year, month, min(day.day, last))
