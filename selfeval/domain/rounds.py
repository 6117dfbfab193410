"""When a round asks, and which days before an election it touches. Days are arguments; nothing here knows today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RoundState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


STATE_WORDS: dict[RoundState, tuple[str, str]] = {
    RoundState.PLANNED: ("Not open yet", "grey"),
    RoundState.OPEN: ("Open", "green"),
    RoundState.CLOSED: ("Closed", "blue"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Named days, both ends among them."""

    name: str
    from_on: date
    to_on: date

    def touches(self, from_on: date, to_on: date) -> bool:
        return self.from_on <= to_on and from_on <= self.to_on


def state_on(day: date, *, opens_on: date, closes_on: date, is_closed_early: bool = False) -> RoundState:
    """A round asks from its first to its last day, both among them; closed early it asks no more."""
    if is_closed_early or day > closes_on:
        return RoundState.CLOSED
    return RoundState.PLANNED if day < opens_on else RoundState.OPEN


def touched(periods: Iterable[Span], *, opens_on: date, closes_on: date) -> tuple[Span, ...]:
    """The periods before an election that a round would run in, the earliest first."""
    return tuple(sorted((one for one in periods if one.touches(opens_on, closes_on)), key=lambda one: one.from_on))


def say_touched(periods: Iterable[Span]) -> str:
    """Which periods, in a sentence; empty where there are none."""
    said = [f"{one.name} ({_say(one.from_on)} to {_say(one.to_on)})" for one in periods]
    return f"It runs in days before an election: {'; '.join(said)}." if said else ""


def questions_of(text: str) -> tuple[str, ...]:
    """One question on each line."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def groups_of(text: str) -> tuple[str, ...]:
    """One group on each line."""
    return questions_of(text)


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
