"""School holidays as most of England has them: a suggestion to be typed over, never a fact about an area."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Holiday:
    name: str
    starts_on: date
    ends_on: date


def typical_holidays(today: date) -> tuple[Holiday, ...]:
    """The holidays of the school year that holds `today` and of the next, those that are over left out."""
    first = today.year if today.month >= 9 else today.year - 1
    both = [*_school_year(first), *_school_year(first + 1)]
    return tuple(holiday for holiday in both if holiday.ends_on >= today)


def _school_year(year: int) -> list[Holiday]:
    """From September of `year` to August of the next."""
    after = year + 1
    october = _monday_on_or_before(date(year, 10, 31) - timedelta(days=4))
    christmas = _monday_on_or_before(date(year, 12, 23))
    february = _monday_on_or_before(date(after, 2, 18))
    easter = easter_sunday(after) - timedelta(days=6)
    may = _monday_on_or_before(date(after, 5, 31))
    summer = _monday_on_or_before(date(after, 7, 25))
    return [
        Holiday(f"Autumn half-term {year}", october, october + timedelta(days=4)),
        Holiday(f"Christmas {year}", christmas, christmas + timedelta(days=11)),
        Holiday(f"Spring half-term {after}", february, february + timedelta(days=4)),
        Holiday(f"Easter {after}", easter, easter + timedelta(days=11)),
        Holiday(f"Summer half-term {after}", may, may + timedelta(days=4)),
        Holiday(f"Summer {after}", summer, date(after, 8, 31)),
    ]


def _monday_on_or_before(day: date) -> date:
    return day - timedelta(days=day.weekday())


def easter_sunday(year: int) -> date:
    """Gregorian Easter by the anonymous algorithm (Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)
