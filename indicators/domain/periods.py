"""The time a figure stands for: a kind with a first and a last day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    CALENDAR = "calendar"
    ACADEMIC = "academic"
    FINANCIAL = "financial"
    SNAPSHOT = "snapshot"
    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    OTHER = "other"


# Stretches of the same months may differ by the 29th of February.
LEAP_DAYS = 1
# Kinds of which there is one each year: only of these can a missing one be named.
YEARLY = frozenset({PeriodKind.CALENDAR, PeriodKind.ACADEMIC, PeriodKind.FINANCIAL, PeriodKind.SNAPSHOT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """`label` is what people call it: "2024", "2024/25", "March 2025"."""

    kind: PeriodKind
    starts_on: date
    ends_on: date
    label: str

    @property
    def year(self) -> int:
        """The year in which it ends: what forecasts and figures of other sources are matched by."""
        return self.ends_on.year

    def is_years_before(self, other: "Period", years: int) -> bool:
        """Whether this is the same stretch of time, so many years earlier."""
        return (
            self.kind == other.kind
            and other.ends_on.year - self.ends_on.year == years
            and other.ends_on.month == self.ends_on.month
            and abs((other.ends_on - other.starts_on).days - (self.ends_on - self.starts_on).days) <= LEAP_DAYS
        )


def without_gaps(periods: Sequence[Period]) -> tuple[Period, ...]:
    """The same yearly periods, the oldest first, with the years that are missing between them put in.

    So a chart keeps its scale, and its line breaks where nothing is published. Other kinds come back as they are.
    """
    found: list[Period] = []
    for period in periods:
        while found and period.kind in YEARLY and found[-1].kind == period.kind and period.year - found[-1].year > 1:
            found.append(_a_year_on(found[-1]))
        found.append(period)
    return tuple(found)


def _a_year_on(period: Period) -> Period:
    return replace(
        period,
        starts_on=_later(period.starts_on),
        ends_on=_later(period.ends_on),
        label=re.sub(r"(\d{4})(?:([/-])(\d{2})(?!\d))?", _next_years, period.label),
    )


def _later(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def _next_years(label: re.Match[str]) -> str:
    """ "2021" → "2022", "2021/22" → "2022/23"."""
    year = int(label[1]) + 1
    return f"{year}{label[2]}{(int(label[3]) + 1) % 100:02}" if label[2] else str(year)
