"""Deadlines as an iCalendar file (RFC 5545): what a calendar program may know, which is nothing that was typed by hand.

A title that somebody changed or added could name a child; the entry then carries the rulebook's title, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from inspection.domain.clock import LONDON


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One deadline for a calendar. `title` is the rulebook's. `is_yours`: the reader of the feed answers for it."""

    uid: str
    title: str
    is_rehearsal: bool
    is_yours: bool
    is_met: bool
    is_certain: bool
    owner: str
    url: str
    sequence: int
    stamped_at: datetime
    due_at: datetime
    ends_at: datetime | None
    has_time: bool
    ends_at_time: bool


def write_feed(name: str, entries: Sequence[FeedEntry]) -> bytes:
    """The same bytes for the same entries: nothing in it comes from the present moment."""
    calendar = Calendar()
    calendar.add("prodid", "-//sendready//visit deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: FeedEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    words = [entry.title]
    if entry.is_rehearsal:
        words.insert(0, "REHEARSAL:")
    if entry.is_yours:
        words.append("(yours)")
    if entry.is_met:
        words.append("– met")
    event.add("summary", " ".join(words))
    start, end = _span(entry)
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    lines = [
        "A rehearsal: nobody has called." if entry.is_rehearsal else "",
        f"Owner: {entry.owner}." if entry.owner else "Nobody owns this deadline.",
        "Confirmed by the notification letter." if entry.is_certain else "Not confirmed by the letter yet.",
        entry.url,
    ]
    event.add("description", "\n".join(line for line in lines if line))
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    return event


def _span(entry: FeedEntry) -> tuple[date | datetime, date | datetime | None]:
    """Times in UTC; what has no time of day becomes whole days, whose end the format counts exclusively."""
    if entry.has_time and (entry.ends_at is None or entry.ends_at_time):
        end = entry.ends_at or entry.due_at
        return entry.due_at.astimezone(UTC), end.astimezone(UTC) if end > entry.due_at else None
    first = entry.due_at.astimezone(LONDON).date()
    last = (entry.ends_at or entry.due_at).astimezone(LONDON).date()
    return first, last + timedelta(days=1)
