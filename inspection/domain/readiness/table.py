"""The shape of every readiness check: a code, what it looks at, and a function from facts to findings."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Generic, TypeVar

from accounts.domain.findings import Finding

Facts = TypeVar("Facts")

# The deadlines of week 1 that a finding can threaten, in the order in which they fall (DOMAIN 4); "" is standing.
THREATENS = ("call", "lists", "six", "annex-a", "on-site", "")
# What the letter asks for on a day that is no batch's has a code of its own, which names that day.
_OWN_DAY = "own-%Y-%m-%d"
_OWN_MOMENT = "own-%Y-%m-%d-%H%M"


def own_day(due_at: datetime, *, has_time: bool) -> str:
    """The code of a day that an item has to itself; `due_at` in local time. Codes sort as their days do."""
    return due_at.strftime(_OWN_MOMENT if has_time else _OWN_DAY)


def read_own_day(code: str) -> tuple[date, time | None] | None:
    """The day that a code names, and the time where it has one; None for the code of a batch."""
    if not code.startswith("own-"):
        return None
    has_time = len(code) > len("own-2026-11-25")
    moment = datetime.strptime(code, _OWN_MOMENT if has_time else _OWN_DAY)  # noqa: DTZ007  # local, as it was made
    return moment.date(), moment.time() if has_time else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Generic[Facts]):
    """One check. `code` is kebab-case, never reused; each finding that it yields carries the same code.

    `title` heads the group of its findings on the page ("Nothing supplied yet"); `basis` says why it matters.
    """

    code: str
    title: str
    basis: str
    find: Callable[[Facts], Iterable[Finding]]


def run(checks: tuple[Check[Facts], ...], facts: Facts) -> Iterator[Finding]:
    """Every finding of one table, in the table's order."""
    for check in checks:
        yield from check.find(facts)
