"""Deadlines in words: when, how far off, and what state they are in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from inspection.domain.calendar import WorkingCalendar
from inspection.domain.clock import LONDON, VisitDays, visit_strip
from inspection.domain.deadlines import DeadlineFact, DeadlineState, away_in_words
from inspection.domain.owners import Owner

STATE_TAGS: dict[DeadlineState, tuple[str, str]] = {
    DeadlineState.DROPPED: ("Not asked for", "grey"),
    DeadlineState.MET: ("Met", "green"),
    DeadlineState.WAITING: ("No day yet", "grey"),
    DeadlineState.MISSED: ("Missed", "red"),
    DeadlineState.PASSED: ("Passed, not marked", "orange"),
    DeadlineState.UNDER_WAY: ("Under way", "blue"),
    DeadlineState.TODAY: ("Today", "magenta"),
    DeadlineState.AHEAD: ("Ahead", "blue"),
}


def short_day(day: date) -> str:
    """Fri 26 April 2024."""
    return f"{day:%a} {day.day} {day:%B %Y}"


def due_words(fact: DeadlineFact) -> str:
    """Tue 24 November 2026, by 12:00 · Mon 7 December 2026, 12:00 to 13:30 · Mon 7 to Fri 11 December 2026."""
    first, last = fact.day, fact.last_day
    if first is None or last is None:
        return "No day yet"
    if first != last:
        start = f"{first:%a} {first.day}" + (f" {first:%B}" if first.month != last.month else "")
        return f"{start} to {short_day(last)}"
    if fact.at_time and fact.ends_at_time:
        return f"{short_day(first)}, {fact.at_time:%H:%M} to {fact.ends_at_time:%H:%M}"
    if fact.at_time:
        return f"{short_day(first)}, {'by ' if fact.batch else ''}{fact.at_time:%H:%M}"
    return short_day(first)


def away_words(fact: DeadlineFact, at: datetime, calendar: WorkingCalendar) -> str:
    """How far off it is, from its last day once it has begun."""
    today = at.astimezone(LONDON).date()
    first, last = fact.day, fact.last_day
    if first is None or last is None:
        return ""
    if first <= today <= last and first != last:
        return f"ends {away_in_words(last, today, calendar)}"
    return away_in_words(first if today < first else last, today, calendar)


def certainty(fact: DeadlineFact) -> tuple[str, str]:
    """Whether the letter, the rulebook or only our default says so: a word and a colour."""
    if fact.is_confirmed:
        return ("In the letter", "green")
    return ("Published", "teal") if fact.is_rule_confirmed else ("Default", "yellow")


def owner_words(owner: Owner) -> str:
    if not owner.person:
        return "Nobody"
    away = " (on leave)" if owner.is_away else ""
    deputy = f", deputy {owner.deputy}{' (on leave)' if owner.is_deputy_away else ''}" if owner.deputy else ""
    return f"{owner.person}{away}{deputy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One deadline on the strip, as `_timeline.html` reads it."""

    title: str
    time: time | None = None
    url: str = ""
    word: str = ""
    colour: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StripDay:
    """One working day of the visit, as `_timeline.html` reads it."""

    day: date
    number: int
    is_today: bool
    is_past: bool
    marks: tuple[Mark, ...] = field(default_factory=tuple)


def make_strip(
    facts: Iterable[DeadlineFact],
    days: VisitDays,
    at: datetime,
    calendar: WorkingCalendar,
    urls: dict[str, str] | None = None,
) -> tuple[StripDay, ...]:
    """The fifteen working days with what falls due on each; what lasts stands on its first day.

    `urls` gives the page of a deadline by its code. A mark has a tag only where its state is news.
    """
    today = at.astimezone(LONDON).date()
    strip = visit_strip(days, calendar)
    marks: dict[date, list[Mark]] = {day: [] for day in strip}
    for fact in sorted(facts, key=lambda one: one.due_at is None or one.due_at.timestamp()):
        if fact.day in marks and not fact.is_dropped:
            marks[fact.day].append(_mark(fact, at, (urls or {}).get(fact.code, "")))
    return tuple(
        StripDay(
            day=day,
            number=number,
            is_today=day == today,
            is_past=day < today,
            marks=tuple(marks[day]),
        )
        for number, day in enumerate(strip)
    )


def _mark(fact: DeadlineFact, at: datetime, url: str) -> Mark:
    state = fact.state(at)
    word, colour = STATE_TAGS[state]
    if state is DeadlineState.AHEAD:
        word, colour = "", ""
    return Mark(
        title=fact.title,
        time=fact.at_time,
        url=url,
        word=word,
        colour=colour,
        is_late=state is DeadlineState.MISSED,
    )
