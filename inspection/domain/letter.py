"""Working through the notification letter: what an edit of one line amounts to, and what it must say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from inspection.domain.clock import say


class Standing(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class LineChange(StrEnum):
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    RENAMED = "renamed"
    REDATED = "redated"
    DROPPED = "dropped"


# A change of these kinds says why.
ASKS_REASON = frozenset({LineChange.RENAMED, LineChange.REDATED, LineChange.DROPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the letter page shows and takes for one item or deadline. Times are local."""

    title: str
    due_on: date | None
    due_time: time | None = None
    standing: Standing = Standing.OPEN


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a line's history."""

    change: LineChange
    before: str = ""
    after: str = ""


def settle_line(before: Line, wanted: Line) -> Line:
    """What is stored: a line whose name or day was taken from the letter counts as confirmed by it."""
    is_edited = (wanted.title, wanted.due_on, wanted.due_time) != (before.title, before.due_on, before.due_time)
    if is_edited and wanted.standing is Standing.OPEN:
        return replace(wanted, standing=Standing.CONFIRMED)
    return wanted


def list_steps(before: Line, after: Line) -> tuple[Step, ...]:
    """The history that turns one into the other; empty when nothing changed."""
    return tuple(_steps(before, after))


def _steps(before: Line, after: Line) -> Iterator[Step]:
    if after.title != before.title:
        yield Step(LineChange.RENAMED, before.title, after.title)
    if (after.due_on, after.due_time) != (before.due_on, before.due_time):
        yield Step(LineChange.REDATED, say_due(before), say_due(after))
    if after.standing is not before.standing:
        yield Step(
            {
                Standing.CONFIRMED: LineChange.CONFIRMED,
                Standing.DROPPED: LineChange.DROPPED,
                Standing.OPEN: LineChange.UNCONFIRMED,
            }[after.standing]
        )


def find_problem(steps: tuple[Step, ...], reason: str) -> str:
    """The instruction that the officer gets for an edit that can't be kept; empty when it can."""
    asking = [step.change for step in steps if step.change in ASKS_REASON]
    if asking and not reason.strip():
        words = {
            LineChange.RENAMED: "another name",
            LineChange.REDATED: "another day or time",
            LineChange.DROPPED: "dropping it",
        }
        return f"Say why: {' and '.join(words[change] for change in asking)} needs a reason."
    return ""


def say_due(line: Line) -> str:
    if line.due_on is None:
        return "no day"
    return f"{say(line.due_on)}, {line.due_time:%H:%M}" if line.due_time else say(line.due_on)
