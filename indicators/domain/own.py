"""An area's own figures, as they stand in its template: rows → figures, or what is wrong with each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from accounts.domain.typed_days import Unreadable, read_day
from indicators.domain.figures import Unit
from indicators.domain.periods import Period, PeriodKind
from indicators.domain.times import MONTHS, NoPeriod, read_period
from indicators.domain.values import Cell, implausible, read_cell

SHEET = "Figures"
INDICATOR, NAME, PERIOD, KIND, VALUE = "Indicator", "Name", "Period", "Kind of period", "Value"
HEADERS = (INDICATOR, NAME, PERIOD, KIND, VALUE)
NEEDED = (INDICATOR, PERIOD, VALUE)
KINDS = ("Calendar year", "Academic year", "Financial year", "Month", "Day")
MOST_ROWS = 1_000

Raw = object


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An indicator that may take own figures. `is_snapshot`: its series counts on a day or month of each year."""

    key: int
    code: str
    name: str
    unit: Unit
    is_unbounded: bool = False
    is_snapshot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFigure:
    row: int
    known: Known
    period: Period
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFault:
    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRead:
    figures: tuple[OwnFigure, ...]
    faults: tuple[OwnFault, ...]


def read_own(header: Sequence[Raw], rows: Sequence[tuple[int, Sequence[Raw]]], known: Collection[Known]) -> OwnRead:
    """Rows without a value are left out unsaid: the template comes with them."""
    places = {text_of(cell).casefold(): number for number, cell in enumerate(header) if text_of(cell)}
    missing = [name for name in NEEDED if name.casefold() not in places]
    if missing:
        sentence = f"The column “{missing[0]}” is missing. Use the template and leave its first row as it is."
        return OwnRead(figures=(), faults=(OwnFault(row=1, column=missing[0], sentence=sentence),))
    by_code = {each.code: each for each in known} | {each.name.casefold(): each for each in known}
    figures: list[OwnFigure] = []
    faults: list[OwnFault] = []
    seen: dict[tuple[str, PeriodKind, date], int] = {}
    for number, cells in rows[:MOST_ROWS]:
        said = {name: cells[places[name.casefold()]] if places.get(name.casefold(), 999) < len(cells) else None
                for name in HEADERS if name.casefold() in places}  # fmt: skip
        if not text_of(said[VALUE]):
            continue
        found = _figure(number, said, by_code)
        if isinstance(found, OwnFault):
            faults.append(found)
            continue
        key = (found.known.code, found.period.kind, found.period.ends_on)
        if key in seen:
            sentence = f"Row {seen[key]} gives a figure for the same indicator and time. Keep one."
            faults.append(OwnFault(row=number, column=PERIOD, sentence=sentence))
            continue
        seen[key] = number
        figures.append(found)
    if len(rows) > MOST_ROWS:
        faults.append(
            OwnFault(row=rows[MOST_ROWS][0], column="", sentence=f"More than {MOST_ROWS} rows. Send them in parts.")
        )
    return OwnRead(figures=tuple(figures), faults=tuple(faults))


def _figure(number: int, said: Mapping[str, Raw], by_code: Mapping[str, Known]) -> OwnFigure | OwnFault:
    code = text_of(said[INDICATOR])
    known = by_code.get(code) or by_code.get(code.casefold())
    if known is None:
        sentence = (
            f"“{code[:60]}” is no indicator. Take its short name from the template." if code else "Name the indicator."
        )
        return OwnFault(row=number, column=INDICATOR, sentence=sentence)
    try:
        kind = text_of(said.get(KIND))
        period = own_period(said[PERIOD], kind)
    except NoPeriod as refusal:
        return OwnFault(row=number, column=PERIOD, sentence=refusal.sentence)
    if known.is_snapshot and not kind and period.kind is PeriodKind.MONTH:  # "January 2025" is the count of that month
        period = replace(period, kind=PeriodKind.SNAPSHOT)
    text = text_of(said[VALUE])
    cell = read_cell(text.removesuffix("%").strip() if known.unit == Unit.PERCENT else text)
    if not cell.is_understood:
        sentence = f"“{text[:40]}” is neither a number nor a symbol such as c (suppressed)."
        return OwnFault(row=number, column=VALUE, sentence=sentence)
    if cell.value is not None and (why := implausible(cell.value, known.unit, is_unbounded=known.is_unbounded)):
        return OwnFault(row=number, column=VALUE, sentence=f"{text}: {why}")
    return OwnFigure(row=number, known=known, period=period, cell=cell)


def own_period(cell: Raw, kind: str) -> Period:
    """2024, 2024/25, "September 2021", 30/09/2021 or a real date. Raises NoPeriod."""
    word = " ".join(kind.split()).casefold()
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return _day(day)
    text = text_of(cell)
    if (day_read := _typed_day(text)) is not None:
        return _day(day_read)
    parts = text.replace(",", " ").split()
    if len(parts) == 2 and (month := _month(parts[0])) and parts[1].isdecimal():
        return read_period(parts[1], month)
    if word in {"month", "day"}:
        raise NoPeriod(
            f"“{text[:30]}” is no {word}. Write it as {'September 2021' if word == 'month' else '30/09/2021'}."
        )
    if not word and not text.isdecimal() and "/" in text:
        word = "academic year"
    if not word and len(text) != len("2024"):
        raise NoPeriod(f"Say in “{KIND}” what “{text[:20]}” is: an academic or a financial year, a month or a day.")
    return read_period(text, word)


def _typed_day(text: str) -> date | None:
    try:
        return read_day(text)
    except Unreadable:
        return None


def _month(word: str) -> str:
    found = [month for month in MONTHS if len(word) >= 3 and month.startswith(word.casefold().rstrip("."))]
    return found[0] if len(found) == 1 else ""


def _day(day: date) -> Period:
    return Period(kind=PeriodKind.SNAPSHOT, starts_on=day, ends_on=day, label=f"{day.day} {day:%B %Y}")


def text_of(cell: Raw) -> str:
    """A cell as a person reads it: 2024, not 2024.0."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
