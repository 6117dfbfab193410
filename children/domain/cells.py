"""One cell as read → the typed value of its column, or why it can't be read. Nothing is ever dropped unsaid."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from children.domain.schema import CodeList, Column, ColumnType
from children.domain.words import plain
from documents.domain.cells import EPOCH_1900, BrokenCell

# What a reader hands over. An empty cell is "".
Cell = str | int | float | bool | date | datetime | time | timedelta
Value = str | int | float | date


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that is there and can't be understood. `reason` completes “This value can't be used: …”."""

    reason: str
    is_code: bool = False


Parsed = Value | Unreadable | None
Parser = Callable[[Cell | BrokenCell], Parsed]

_EARLIEST = date(1900, 1, 1)
_LATEST = date(2100, 12, 31)
# Day numbers that can be meant as a date of a child: 1927 to 2064 in the 1900 system.
_SERIALS = range(10_000, 60_001)

_DAY_FIRST = re.compile(r"(\d{1,2})\s?[/.\- ]\s?(\d{1,2})\s?[/.\- ]\s?(\d{4})(?:[ T,]+(\d{1,2}:\d{2}.*))?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]+(\d{1,2}:\d{2}.*))?", re.ASCII)
_MONTH_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]+([A-Za-z]{3,9})[ \-/.,]+(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\- ](?:\d{1,2}|[A-Za-z]{3,9})[/.\- ]\d{2}", re.ASCII)
_MONTHS = {
    word: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for word in names.split()
}  # fmt: skip
# Error values as text, the way .ods and .csv carry them.
_ERROR_WORDS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
    | {f"ERR:{number}" for number in range(501, 541)}
)


def display(cell: Cell | BrokenCell | None) -> str:
    """A cell as an officer sees it in the workbook."""
    if cell.__class__ is str:  # most are, and this is asked of every cell
        return str(cell)
    match cell:
        case None:
            text = ""
        case BrokenCell():
            text = cell.text
        case bool():
            text = "TRUE" if cell else "FALSE"
        case datetime():
            text = _day(cell) if cell.time() == time() else f"{_day(cell)} {cell:%H:%M}"
        case date():
            text = _day(cell)
        case float():
            text = str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case _:
            text = str(cell)
    return text


def _day(day: date) -> str:
    """DD/MM/YYYY. `strftime` takes five times as long, and lists hold four days in each row."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def parser_for(column: Column, *, day_zero: date = EPOCH_1900) -> Parser:
    """The function that reads the cells of a column. `day_zero` is the workbook's own first day of serial numbers."""
    match column.type:
        case ColumnType.DATE:
            read: Callable[[Cell], Parsed] = lambda cell: read_date(cell, day_zero=day_zero)  # noqa: E731  # one of four short readers of one shape
        case ColumnType.CODE if column.codes is not None:
            codes = column.codes
            read = lambda cell: read_code(cell, codes)  # noqa: E731  # one of four short readers of one shape
        case ColumnType.COUNT | ColumnType.PERCENT:
            read = read_number
        case ColumnType.UPN:
            read = read_upn
        case ColumnType.ULN | ColumnType.URN:
            read = read_digits
        case ColumnType.IDENTIFIER:
            read = read_identifier
        case _:
            read = read_text

    def parse(cell: Cell | BrokenCell) -> Parsed:
        if isinstance(cell, BrokenCell):
            return Unreadable(cell.reason)
        if cell.__class__ is str and str(cell).strip().upper() in _ERROR_WORDS:
            return Unreadable("the spreadsheet shows an error there")
        return read(cell)

    return parse


def read_text(cell: Cell) -> Parsed:
    return plain(display(cell)) or None


def read_identifier(cell: Cell) -> Parsed:
    """Whole numbers come as floats; an identifier is a text all the same."""
    if isinstance(cell, date | time | timedelta):
        return Unreadable("a date stands where a number or key is expected")
    return plain(display(cell)) or None


def read_digits(cell: Cell) -> Parsed:
    """A number that identifies. Some exports write 123456.0 for it."""
    text = read_identifier(cell)
    return re.sub(r"(?<=\d)\.0+$", "", text) if isinstance(text, str) else text


def read_upn(cell: Cell) -> Parsed:
    text = read_identifier(cell)
    return text.upper().replace(" ", "") if isinstance(text, str) else text


def read_code(cell: Cell, codes: CodeList) -> Parsed:
    text = plain(display(cell))
    if not text:
        return None
    found = codes.find(text)
    if found is None:
        return Unreadable(f"it is not one of the codes for {codes.title.lower()}: {codes.sentence()}", is_code=True)
    return found.code


def read_number(cell: Cell) -> Parsed:
    """Numbers, also as text (“12.5 %”, “1,204”). Whole ones come back as int."""
    match cell:
        case bool() | date() | time() | timedelta():
            return Unreadable("a number is expected")
        case int() | float():
            number = float(cell)
        case _:
            text = plain(cell)
            if not text:
                return None
            digits = text.removesuffix("%").strip()
            if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", digits, re.ASCII):
                return Unreadable("a number is expected, in digits")
            number = float(digits.replace(",", ""))
    if number != number or abs(number) > 1e12:  # noqa: PLR0124  # the test for "not a number"
        return Unreadable("a number is expected")
    return int(number) if number.is_integer() else number


def read_date(cell: Cell, *, day_zero: date = EPOCH_1900) -> Parsed:
    """DD/MM/YYYY, ISO, “3 May 2015”, real dates and serial day numbers. Anything doubtful is unreadable."""
    match cell:
        case datetime():
            return _within_reason(cell.date())
        case date():
            return _within_reason(cell)
        case bool() | time() | timedelta():
            return Unreadable("a date is expected, written DD/MM/YYYY")
        case int() | float():
            return _date_of_number(float(cell), day_zero)
    text = plain(cell)
    if not text:
        return None
    return _date_of_text(text, day_zero)


def _date_of_text(text: str, day_zero: date) -> Parsed:
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match[1], match[2], match[3]
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match[1], match[2], match[3]
    elif (match := _MONTH_WORD.fullmatch(text)) and match[2].lower() in _MONTHS:
        day, month, year = match[1], str(_MONTHS[match[2].lower()]), match[3]
    elif re.fullmatch(r"\d{5}(\.\d+)?|\d{8}", text, re.ASCII):
        return _date_of_number(float(text), day_zero)
    elif _SHORT_YEAR.fullmatch(text):
        return Unreadable("the year has two digits; write it with four (DD/MM/YYYY)")
    else:
        return Unreadable("a date is expected, written DD/MM/YYYY")
    return _calendar_day(int(year), int(month), int(day))


def _date_of_number(number: float, day_zero: date) -> Parsed:
    whole = int(number) if abs(number) < 1e9 else 0
    offset = whole + (day_zero - EPOCH_1900).days
    if offset in _SERIALS:
        return EPOCH_1900 + timedelta(days=offset)
    if number.is_integer() and 19_000_101 <= whole <= 21_001_231:
        return _calendar_day(whole // 10_000, whole // 100 % 100, whole % 100)
    return Unreadable("the number is not a day that can be meant; write the date as DD/MM/YYYY")


def _calendar_day(year: int, month: int, day: int) -> Parsed:
    try:
        return _within_reason(date(year, month, day))
    except ValueError:
        if month > 12 >= day and month <= 31:
            return Unreadable("there is no such month; the day comes first (DD/MM/YYYY)")
        return Unreadable("there is no such day in the calendar")


def _within_reason(day: date) -> Parsed:
    if _EARLIEST <= day <= _LATEST:
        return day
    return Unreadable(f"the year {day.year} can't be meant; write the date as DD/MM/YYYY")
