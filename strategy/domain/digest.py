"""What the Monday mail says: due, overdue, unowned. Words of actions alone, no update and nothing about a child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# This week and the next.
AHEAD_DAYS = 13
LONGEST = 110
MOST_LINES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One action or milestone. `lead` is empty where nobody leads it."""

    text: str
    due_on: date | None
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    due: tuple[DigestLine, ...] = ()
    overdue: tuple[DigestLine, ...] = ()
    unowned: tuple[DigestLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.overdue or self.unowned)

    @property
    def counts(self) -> str:
        """ "2 overdue, 3 due, 1 unowned"; what there is none of is left out."""
        parts = ((self.overdue, "overdue"), (self.due, "due"), (self.unowned, "unowned"))
        return ", ".join(f"{len(lines)} {word}" for lines, word in parts if lines)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_due(due_on: date | None, day: date) -> bool:
    """Whether a day falls into this week's rest or the next week."""
    return due_on is not None and day <= due_on <= monday_of(day) + timedelta(days=AHEAD_DAYS)


def subject_of(digest: Digest) -> str:
    return f"Your plans this week: {digest.counts}"


def body_of(digest: Digest, *, name: str, site_url: str, has_all: bool) -> str:
    """The mail as plain text."""
    about = "the plans of the partnership" if has_all else "the actions that you lead"
    parts = [f"Good morning, {name}.", f"This is how {about} stand this Monday."]
    for title, lines in (
        ("Overdue", digest.overdue),
        ("Due this week and next", digest.due),
        ("Nobody leads these", digest.unowned),
    ):
        if lines:
            parts.append("\n".join([f"{title} ({len(lines)})", *_listed(lines, has_all=has_all)]))
    where = f"{site_url}/strategy/actions/" + ("" if has_all else "?mine=true")
    parts.append(f"Say how they go, and add what shows it: {where}")
    parts.append("You can switch this mail off under “Your notifications”.")
    return "\n\n".join(parts)


def _listed(lines: Sequence[DigestLine], *, has_all: bool) -> list[str]:
    listed = []
    for line in lines[:MOST_LINES]:
        text = line.text if len(line.text) <= LONGEST else f"{line.text[: LONGEST - 1].rstrip()}…"
        notes = [f"due {line.due_on.day} {line.due_on:%B %Y}"] if line.due_on else []
        notes += [line.lead] if has_all and line.lead else []
        listed.append(f"- {text}" + (f" ({', '.join(notes)})" if notes else ""))
    if len(lines) > MOST_LINES:
        listed.append(f"- and {len(lines) - MOST_LINES} more")
    return listed
