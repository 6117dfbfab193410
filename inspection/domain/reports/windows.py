"""When the next visit to an area is to be expected: a window with its basis, never a date.

Two methods that know nothing of each other. *Announced*: each report says within about how many months the next visit
comes; counted from the last day on site and from the day of publication, because reports don't say from which. *One a
term*: some regions expect one visit per school term, in the order of the visits before; shown with what came true.
"""

import calendar
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A published visit to an area. Unknown days are None; so is `next_months` where nothing was announced."""

    area: str
    started_on: date | None = None
    ended_on: date | None = None
    published_on: date | None = None
    next_months: int | None = None

    @property
    def known_on(self) -> date | None:
        """The day by which visits of an area stand in order: on site, else the publication."""
        return self.started_on or self.ended_on or self.published_on


class Standing(StrEnum):
    AHEAD = "ahead"
    OPEN = "open"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """First and last day of the window, where it stands today, and the sentence that says what it rests on."""

    first: date
    last: date
    standing: Standing
    basis: str


def announced_window(visit: Visit, *, today: date) -> Window | None:
    """The window that the visit's report announced; None where it announced none or no day of the visit is known."""
    days = [day for day in (visit.ended_on or visit.started_on, visit.published_on) if day]
    if not visit.next_months or not days:
        return None
    first, last = (months_later(day, visit.next_months) for day in (min(days), max(days)))
    from_what = " and from its publication on ".join(f"{day:%-d %B %Y}" for day in sorted(days))
    what = "the last day on site, " if visit.ended_on or visit.started_on else "its publication on "
    return Window(
        first=first,
        last=last,
        standing=_standing(first, last, today),
        basis=f"The report says within about {in_words(visit.next_months)}: counted from {what}{from_what}.",
    )


def in_words(months: int) -> str:
    """18 months; 3 years."""
    return f"{months // 12} years" if months > 12 and months % 12 == 0 else f"{months} months"


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _standing(first: date, last: date, today: date) -> Standing:
    if today < first:
        return Standing.AHEAD
    return Standing.OPEN if today <= last else Standing.PAST


# -- what came true


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An area whose next full visit came after a window was announced. `months_off` is 0 inside the window, below it
    the months too early (negative), beyond it the months too late.
    """

    area: str
    window: Window
    came_on: date
    months_off: float


def announced_record(visits: Sequence[Visit]) -> tuple[Kept, ...]:
    """Each pair of successive visits of one area of which the first announced a window, by the day of the second."""
    found = []
    by_area: dict[str, list[tuple[date, Visit]]] = {}
    for visit in visits:
        if visit.known_on:
            by_area.setdefault(visit.area, []).append((visit.known_on, visit))
    for area, dated in by_area.items():
        ordered = sorted(dated, key=lambda pair: pair[0])
        for (_, before), (came_on, _) in itertools.pairwise(ordered):
            window = announced_window(before, today=came_on)
            if window:
                off = _months_off(window, came_on)
                found.append(Kept(area=area, window=window, came_on=came_on, months_off=off))
    return tuple(sorted(found, key=lambda kept: (kept.came_on, kept.area)))


def _months_off(window: Window, day: date) -> float:
    if day < window.first:
        return -round((window.first - day).days / 30.4375, 1)
    return round(max(0, (day - window.last).days) / 30.4375, 1)


# -- one a term


class TermName(StrEnum):
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"


TERM_ORDER = (TermName.SPRING, TermName.SUMMER, TermName.AUTUMN)
# First month of each term, roughly: a visit in April counts to the summer term, one in August to it as well.
TERM_STARTS = {TermName.SPRING: 1, TermName.SUMMER: 4, TermName.AUTUMN: 9}


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A school term of a calendar year, ordered by time."""

    number: int

    @classmethod
    def of(cls, year: int, name: TermName) -> "Term":
        return cls(year * 3 + TERM_ORDER.index(name))

    @classmethod
    def at(cls, day: date) -> "Term":
        name = next(name for name in reversed(TERM_ORDER) if day.month >= TERM_STARTS[name])
        return cls.of(day.year, name)

    @property
    def first_day(self) -> date:
        year, place = divmod(self.number, 3)
        return date(year, TERM_STARTS[TERM_ORDER[place]], 1)

    @property
    def last_day(self) -> date:
        return date.fromordinal(Term(self.number + 1).first_day.toordinal() - 1)

    def __str__(self) -> str:
        year, place = divmod(self.number, 3)
        return f"{TERM_ORDER[place].capitalize()} term {year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One line of a region's pattern: the term in which an area was expected."""

    area: str
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Outturn:
    """What became of a line: `came_on` None where no visit since is known; `terms_off` negative where it came early."""

    area: str
    expected: Term
    came_on: date | None = None
    terms_off: int | None = None
    is_overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRecord:
    """A region's pattern against what happened. `sentence` says how far it can be trusted."""

    outturns: tuple[Outturn, ...]
    sentence: str


def term_record(pattern: Sequence[Expected], visits: Sequence[Visit], *, made_on: date, today: date) -> PatternRecord:
    """Compares each line with the first visit of its area after the pattern was made."""
    came: dict[str, date] = {}
    for visit in visits:
        day = visit.known_on
        if day and day >= made_on and (visit.area not in came or day < came[visit.area]):
            came[visit.area] = day
    outturns = tuple(
        Outturn(
            area=line.area,
            expected=line.term,
            came_on=came.get(line.area),
            terms_off=Term.at(came[line.area]).number - line.term.number if line.area in came else None,
            is_overdue=line.area not in came and today > line.term.last_day,
        )
        for line in sorted(pattern, key=lambda line: (line.term, line.area))
    )
    return PatternRecord(outturns=outturns, sentence=_trust(outturns))


def _trust(outturns: Sequence[Outturn]) -> str:
    off = [one.terms_off for one in outturns if one.terms_off is not None]
    overdue = sum(one.is_overdue for one in outturns)
    if not off and not overdue:
        return "Nothing of this pattern has come to its time yet."
    hit = sum(one == 0 for one in off)
    middle = f" The middle distance is {median(abs(one) for one in off):g} terms." if off else ""
    late = f" {overdue} expected since {'has' if overdue == 1 else 'have'} not come." if overdue else ""
    return f"{hit} of {len(off)} visits came in the term that the pattern gave.{middle}{late}"


def term_window(pattern: Sequence[Expected], area: str, *, today: date, record: PatternRecord) -> Window | None:
    """The term in which the pattern expects the area; None where it doesn't name the area or its visit has come."""
    line = next((line for line in pattern if line.area == area), None)
    outturn = next((one for one in record.outturns if one.area == area), None)
    if line is None or outturn is None or outturn.came_on:
        return None
    first, last = line.term.first_day, line.term.last_day
    return Window(
        first=first,
        last=last,
        standing=_standing(first, last, today),
        basis=f"One visit a term, in the order of the visits before: {line.term}. {record.sentence}",
    )
