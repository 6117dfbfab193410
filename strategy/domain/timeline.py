"""Where a stretch of days lies on a scale of months or quarters: whole columns, so no inline style is needed."""

from dataclasses import dataclass
from datetime import date

MOST_COLUMNS = 24
QUARTER = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One month or quarter. `label`: "Sep"; `year` stands where a year begins on the scale, else it is empty."""

    from_on: date
    label: str
    year: str


@dataclass(frozen=True, slots=True)
class Scale:
    columns: tuple[Column, ...]
    step: int

    @property
    def noun(self) -> str:
        return "quarter" if self.step == QUARTER else "month" if self.step == 1 else "half-year"


@dataclass(frozen=True, slots=True)
class Bar:
    """From which column over how many; columns count from 1. `is_cut`: it goes on beyond the scale."""

    column: int
    span: int
    is_cut: bool = False


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def scale_of(starts: date, ends: date) -> Scale:
    """Months where 24 are enough, else quarters, else half-years; at most 24 columns."""
    for step in (1, QUARTER, 2 * QUARTER):
        first = _month_number(starts) // step * step
        count = (_month_number(ends) - first) // step + 1
        if count <= MOST_COLUMNS:
            break
    count = min(count, MOST_COLUMNS)
    days = [_first_of(first + step * place) for place in range(count)]
    years = [str(day.year) if place == 0 or day.year != days[place - 1].year else "" for place, day in enumerate(days)]
    return Scale(
        columns=tuple(Column(day, f"{day:%b}", year) for day, year in zip(days, years, strict=True)), step=step
    )


def bar_of(scale: Scale, starts: date | None, ends: date | None) -> Bar | None:
    """The columns of a stretch; a day alone takes one. None where no day is known or it lies outside."""
    first_day, last_day = starts or ends, ends or starts
    if first_day is None or last_day is None:
        return None
    origin = _month_number(scale.columns[0].from_on)
    first = (_month_number(first_day) - origin) // scale.step
    last = (_month_number(last_day) - origin) // scale.step
    most = len(scale.columns) - 1
    if last < 0 or first > most:
        return None
    shown_first, shown_last = max(first, 0), min(last, most)
    return Bar(shown_first + 1, shown_last - shown_first + 1, is_cut=first < 0 or last > most)
