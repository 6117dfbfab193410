"""Days as published reports print them: "17 to 21 June 2024", "29 April 2024 to 3 May 2024", "16 May 2016"."""

import re
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"({'|'.join(MONTHS)})"
_UNTIL = r"\s*(?:to|until|and|[-–—])\s*"
_SPAN = re.compile(
    rf"\b{_DAY}(?:\s+{_MONTH})?(?:\s+(\d{{4}}))?{_UNTIL}{_DAY}\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE
)
_SINGLE = re.compile(rf"\b{_DAY}\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE)


def read_span(text: str) -> tuple[date, date] | None:
    """The first span of days in a text, or the first single day as a span of one; None where there is none.

    A month or year that the first day leaves out is that of the last. A span that would end before it begins, with its
    year left out, began in the year before ("28 December to 3 January 2025").
    """
    text = re.sub(r"\s+", " ", text)
    span, single = _SPAN.search(text), _SINGLE.search(text)
    if span and (single is None or span.start() <= single.start()):
        day, month, year, last_day, last_month, last_year = span.groups()
        last = _day(last_day, last_month, last_year)
        first = _day(day, month or last_month, year or last_year)
        if first and last and first > last and not year:
            first = _day(day, month or last_month, str(int(last_year) - 1))
        return (first, last) if first and last and first <= last else None
    if single:
        only = _day(*single.groups())
        return (only, only) if only else None
    return None


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None
