"""The publisher's two columns of time → a period.

`time_period` is 2024 or 202425, `time_identifier` says of what: a calendar, academic or financial year, a term, month,
quarter, week … (Department for Education, explore education statistics; confirmed November 2026.)
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from indicators.domain.periods import Period, PeriodKind

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# First month and day of each kind of year.
_YEARS = {"academic": (9, 1), "calendar": (1, 1), "financial": (4, 1), "tax": (4, 6)}
# Months after September in which a stretch of the school year starts, and how many it takes. The publisher gives no
# days for terms: these are the usual ones, and only order the figures.
_TERMS = {
    "autumn term": (0, 4),
    "spring term": (4, 3),
    "summer term": (7, 5),
    "autumn and spring term": (0, 7),
    "spring and summer term": (4, 8),
    "five half terms": (0, 9),
    "six half terms": (0, 12),
}
_EARLIEST, _LATEST = 1980, 2100


class NoPeriod(Exception):
    """What stands in the two columns is no time that sendready knows."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@lru_cache(maxsize=4096)
def read_period(time_period: str, time_identifier: str) -> Period:
    """Raises NoPeriod with a sentence."""
    word = " ".join(time_identifier.split()).casefold()
    year, is_double = _year(time_period.strip(), word)
    if word == "":
        if is_double:
            raise NoPeriod(
                f"“{time_period}” may be an academic or a financial year: the file has no time_identifier that says so."
            )
        word = "calendar year"
    for read in _READERS:
        if (period := read(year, is_double, word)) is not None:
            return period
    raise NoPeriod(
        f"The time_identifier “{time_identifier.strip()[:40]}” with “{time_period.strip()[:20]}” isn't known."
    )


def _year(text: str, word: str) -> tuple[int, bool]:
    """The first year, and whether two are written. 202425, 2024/25, 2024-25 and 2024/2025 are the same."""
    match = re.fullmatch(r"(\d{4})(?:[/–-]?(\d{2}|\d{4}))?", text, re.ASCII)
    if match is None or not _EARLIEST <= int(match[1]) <= _LATEST:
        raise NoPeriod(f"“{text[:20]}” is no year: it should look like 2024 or 202425.")
    first, second = int(match[1]), match[2]
    if second is None:
        return first, False
    if int(second) % 100 != (first + 1) % 100 or (len(second) == 4 and int(second) != first + 1):
        raise NoPeriod(f"“{text[:20]}” is no pair of years that follow each other, such as 202425.")
    return first, True


def _whole_year(year: int, is_double: bool, word: str) -> Period | None:
    name = word.removesuffix(" year")
    if name == "reporting":
        return _period(PeriodKind.OTHER, year, 1, 12, f"{_double(year, '-') if is_double else year} reporting year")
    if name not in _YEARS or not word.endswith(" year") or is_double == (name == "calendar"):
        return None
    month, day = _YEARS[name]
    kind = PeriodKind.OTHER if name == "tax" else PeriodKind(name)
    label = {
        "calendar": f"{year}",
        "academic": _double(year, "/"),
        "financial": _double(year, "-"),
        "tax": f"{_double(year, '-')} tax year",
    }[name]
    return _period(kind, year, month, 12, label, day=day)


def _quarter(year: int, is_double: bool, word: str) -> Period | None:
    match = re.fullmatch(r"(academic|calendar|financial|tax) year q([1-4])(?:\s?[-–]\s?q([1-4]))?", word)
    if match is None or is_double == (match[1] == "calendar"):
        return None
    first, last = int(match[2]), int(match[3] or match[2])
    if last < first:
        return None
    month, day = _YEARS[match[1]]
    shown = f"{year}" if match[1] == "calendar" else _double(year, "/" if match[1] == "academic" else "-")
    label = f"{shown} Q{first}" + (f"–Q{last}" if last > first else "")
    if match[1] == "tax":
        label += " (tax year)"
    starts = _months_on(year, month, 3 * (first - 1))
    kind = PeriodKind.QUARTER if first == last else PeriodKind.OTHER
    return _period(kind, *starts, 3 * (last - first + 1), label, day=day)


def _term(year: int, is_double: bool, word: str) -> Period | None:
    if word not in _TERMS or not is_double:
        return None
    after, length = _TERMS[word]
    return _period(PeriodKind.TERM, *_months_on(year, 9, after), length, f"{word.capitalize()} {_double(year, '/')}")


def _month(year: int, is_double: bool, word: str) -> Period | None:
    if word not in MONTHS or is_double:
        return None
    return _period(PeriodKind.MONTH, year, MONTHS.index(word) + 1, 1, f"{word.capitalize()} {year}")


def _week(year: int, is_double: bool, word: str) -> Period | None:
    match = re.fullmatch(r"week (\d{1,2})", word, re.ASCII)
    if match is None or is_double:
        return None
    try:
        monday = date.fromisocalendar(year, int(match[1]), 1)
    except ValueError:
        return None
    return Period(
        kind=PeriodKind.OTHER,
        starts_on=monday,
        ends_on=monday + timedelta(days=6),
        label=f"Week {int(match[1])} {year}",
    )


def _part(year: int, is_double: bool, word: str) -> Period | None:
    match = re.fullmatch(r"part ([12])(?: \(.*\))?", word)
    if match is None or not is_double:
        return None
    number = int(match[1])
    return _period(PeriodKind.OTHER, *_months_on(year, 4, 6 * (number - 1)), 6, f"{_double(year, '-')} part {number}")


def _end_of_march(year: int, is_double: bool, word: str) -> Period | None:
    if word not in {"up until 31st march", "end of march", "31 march", "as at 31 march"} or is_double:
        return None
    day = date(year, 3, 31)
    return Period(kind=PeriodKind.SNAPSHOT, starts_on=day, ends_on=day, label=f"31 March {year}")


_READERS: tuple[Callable[[int, bool, str], Period | None], ...] = (
    _whole_year,
    _quarter,
    _term,
    _month,
    _week,
    _part,
    _end_of_march,
)


def _double(year: int, between: str) -> str:
    return f"{year}{between}{(year + 1) % 100:02}"


def _months_on(year: int, month: int, months: int) -> tuple[int, int]:
    number = year * 12 + month - 1 + months
    return number // 12, number % 12 + 1


def _period(kind: PeriodKind, year: int, month: int, months: int, label: str, *, day: int = 1) -> Period:
    end_year, end_month = _months_on(year, month, months)
    return Period(
        kind=kind,
        starts_on=date(year, month, day),
        ends_on=date(end_year, end_month, day) - timedelta(days=1),
        label=label,
    )


def january_of(period: Period) -> Period:
    """A count in the January of the year in which a period ends: the school census, or the yearly return on plans."""
    year = period.ends_on.year
    return Period(
        kind=PeriodKind.SNAPSHOT,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 1, 31),
        label=f"January {year}",
    )
