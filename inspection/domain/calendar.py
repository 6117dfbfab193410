"""Working days of England: what a day offset skips, and what blocks a week.

Two calendars that are never mixed. A day offset skips weekends and bank holidays. School holidays never shift an
offset; they only say which weeks can hold a visit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MONDAY = 0
SATURDAY = 5


class OutsideCalendar(Exception):
    """A day for which no bank holidays are known: counting on would be wrong without saying so."""

    def __init__(self, day: date) -> None:
        super().__init__(f"The calendar does not reach {day:%-d %B %Y}.")
        self.sentence = f"The bank holidays of {day:%Y} are not known. Give a date nearer to today."


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from a day to a day, both included, with a name."""

    name: str
    starts_on: date
    ends_on: date

    def touches(self, first: date, last: date) -> bool:
        return self.starts_on <= last and first <= self.ends_on


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """What is known about days, between two days.

    `bank_holidays` maps a day to its name; a holiday that falls on a weekend changes nothing.
    """

    from_on: date
    to_on: date
    bank_holidays: Mapping[date, str]
    school_holidays: tuple[Stretch, ...] = ()

    def is_working(self, day: date) -> bool:
        if not self.from_on <= day <= self.to_on:
            raise OutsideCalendar(day)
        return day.weekday() < SATURDAY and day not in self.bank_holidays

    def bank_holiday_on(self, day: date) -> str:
        """The name of the bank holiday, or nothing."""
        return self.bank_holidays.get(day, "") if day.weekday() < SATURDAY else ""

    def bank_holidays_between(self, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """Bank holidays on weekdays from `first` to `last`, both included, in order."""
        return tuple(
            (day, name)
            for day, name in sorted(self.bank_holidays.items())
            if first <= day <= last and day.weekday() < SATURDAY
        )

    def school_holiday_between(self, first: date, last: date) -> str:
        """The name of the first school holiday that touches the days, or nothing."""
        touching = [holiday for holiday in self.school_holidays if holiday.touches(first, last)]
        return min(touching, key=lambda holiday: holiday.starts_on).name if touching else ""

    @property
    def term_dates_reach(self) -> date | None:
        """The last day about which the school holidays say anything."""
        return max((holiday.ends_on for holiday in self.school_holidays), default=None)

    def shift(self, day: date, working_days: int) -> date:
        """The day that lies so many working days after `day` (before it, when negative).

        `day` itself counts as day 0, whatever kind of day it is: 0 gives it back, and 1 after a Sunday is the Monday.
        """
        step = timedelta(days=1 if working_days >= 0 else -1)
        left = abs(working_days)
        while left:
            day += step
            if self.is_working(day):
                left -= 1
        return day

    def count(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when `last` lies before `first`.

        For two working days this is the inverse of `shift`.
        """
        if last < first:
            days = (last + timedelta(days=n) for n in range((first - last).days))
            return -sum(self.is_working(day) for day in days)
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    def on_or_after(self, day: date) -> date:
        """`day` if it is a working day, else the next one."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day


def monday_of(day: date) -> date:
    """The Monday of the week in which `day` lies (a Sunday belongs to the week before)."""
    return day - timedelta(days=day.weekday())
