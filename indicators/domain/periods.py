"""The time a figure stands for: a kind with a first and a last day."""

from dataclasses import dataclass
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
        )
