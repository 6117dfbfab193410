"""Cells that hold several rows, one on each line: the former names of a board, the plans that an action stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.domain.typed_days import Unreadable, read_day

LONGEST_NAME, LONGEST_THEME = 160, 120


class Wrong(Exception):
    """A cell that can't be read: the reason and the way to mend it."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.reason, self.fix = reason, fix


@dataclass(frozen=True, slots=True, kw_only=True)
class OldName:
    """A name that a board had; None leaves that end open."""

    name: str
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    plan: str
    theme: str = ""


def text_of_names(names: Iterable[OldName]) -> str:
    """ "SEND Forum; 2022-04-01; 2023-03-29" on a line each, the oldest first; days only where one is known."""
    ordered = sorted(names, key=lambda each: (each.from_on or date.min, each.to_on or date.max, each.name))
    return "\n".join(_name_line(each) for each in ordered)


def _name_line(old: OldName) -> str:
    if not old.from_on and not old.to_on:
        return old.name
    return f"{old.name}; {old.from_on or ''}; {old.to_on or ''}".rstrip("; ")


def names_of(text: str) -> tuple[OldName, ...]:
    """The other way. The last parts are days where they can be read so: a name may hold a semicolon. Raises Wrong."""
    return tuple(_old_name(line) for line in text.split("\n") if line.strip())


def _old_name(line: str) -> OldName:
    parts = [part.strip() for part in line.split(";")]
    days: list[date | None] = []
    while len(parts) > 1 and len(days) < 2 and (not parts[-1] or _day(parts[-1])):
        days.insert(0, _day(parts.pop()))
    from_on, to_on = [*days, None, None][:2]
    name = "; ".join(parts)
    if not name or len(name) > LONGEST_NAME:
        raise Wrong(f"“{line[:60]}” isn't a former name.", f"Write a name of {LONGEST_NAME} characters at most first.")
    if from_on and to_on and to_on < from_on:
        raise Wrong(f"“{name[:60]}” ended before it started.", "Correct one of the two days.")
    return OldName(name=name, from_on=from_on, to_on=to_on)


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except Unreadable:
        return None


def text_of_plans(memberships: Iterable[Membership]) -> str:
    """ "Improvement plan | Waits" on a line each; without a theme the title alone."""
    return "\n".join(f"{each.plan} | {each.theme}" if each.theme else each.plan for each in memberships)


def plans_of(text: str, known: Collection[str]) -> tuple[Membership, ...]:
    """The other way; a title may hold a bar. Raises Wrong."""
    return tuple(_membership(line.strip(), known) for line in text.split("\n") if line.strip())


def _membership(line: str, known: Collection[str]) -> Membership:
    title, _, theme = (part.strip() for part in line.rpartition("|"))
    if line in known or not title:
        title, theme = line, ""
    if title not in known:
        raise Wrong(f"No plan is called “{title[:80]}”.", "Write its title as on the page of the plans.")
    if len(theme) > LONGEST_THEME:
        raise Wrong(f"The theme has {len(theme)} characters.", f"Say it in {LONGEST_THEME} at most.")
    return Membership(plan=title, theme=theme)
