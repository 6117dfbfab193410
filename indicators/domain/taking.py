"""The rows of a file → figures of known indicators, and a tally of everything that was left out and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product
from math import prod

from indicators.domain.families import Entry, folded, values_of
from indicators.domain.file_shape import Shape
from indicators.domain.periods import Period
from indicators.domain.places import AreaIndex, Place
from indicators.domain.times import NoPeriod, january_of, read_period
from indicators.domain.values import Cell, implausible, read_cell

# So many single faults are named; all are counted.
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One cell or row that was kept out."""

    line: int
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    entry: Entry
    area: int
    period: Period
    cell: Cell


@dataclass(slots=True)
class Tally:
    """What stood in the file. Rows of each kind add up to `rows`."""

    rows: int = 0
    rows_taken: int = 0
    rows_of_other_filters: int = 0
    rows_odd: int = 0
    rows_without_period: int = 0
    rows_of_unknown_areas: int = 0
    rows_of_other_places: int = 0
    repeated: int = 0
    contradicting: int = 0
    implausible: int = 0
    unreadable: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    other_places: Counter[str] = field(default_factory=Counter)
    unknown_areas: Counter[str] = field(default_factory=Counter)
    bad_periods: Counter[str] = field(default_factory=Counter)
    symbols: Counter[str] = field(default_factory=Counter)
    periods: dict[Period, int] = field(default_factory=dict)
    place_notes: dict[str, None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    areas: set[int] = field(default_factory=set)

    def add_fault(self, line: int, what: str, why: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(line=line, what=what, why=why))

    @property
    def newest(self) -> Period | None:
        return max(self.periods, default=None, key=lambda period: (period.ends_on, period.starts_on))


Key = tuple[int, int, Period]
# One row of an entry that adds up several: the fourth says which.
PartKey = tuple[int, int, Period, int]


@dataclass(slots=True)
class _Held:
    line: int
    text: str
    cell: Cell


class Taking:
    """One reading. Call `take` with batches of rows, then `figures`."""

    def __init__(self, shape: Shape, entries: Sequence[Entry], areas: AreaIndex) -> None:
        self.shape = shape
        self.tally = Tally()
        self._entries = entries
        self._areas = areas
        self._width = len(shape.header)
        self._filter_columns = tuple(shape.filters.values())
        self._wanted = _by_filters(entries, shape)
        self._parts = [part_count(entry) for entry in entries]
        self._zeros: set[int] = set()
        self._held: dict[PartKey, _Held] = {}
        self._contradicting: dict[PartKey, tuple[int, int]] = {}
        self._kept_out: set[Key] = set()
        self._place = lru_cache(maxsize=None)(self._find_place)
        self._place_columns = tuple(shape.places.items())

    def take(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        tally, width, level_column = self.tally, self._width, self.shape.level
        for line, row in rows:
            tally.rows += 1
            if len(row) != width:
                tally.rows_odd += 1
                tally.add_fault(line, f"{len(row)} cells", f"The header has {width} columns.")
                continue
            level = row[level_column] if level_column is not None else None
            place = self._place(level, tuple(row[number] for _, number in self._place_columns))
            if place.area is None:
                self._leave_place(place)
                continue
            period = self._period(line, row)
            if period is None:
                continue
            tally.levels[place.area.level] += 1
            tally.periods[period] = tally.periods.get(period, 0) + 1
            tally.areas.add(place.area.key)
            wanted = self._wanted.get(tuple(folded(row[number]) for number in self._filter_columns))
            if wanted is None:
                tally.rows_of_other_filters += 1
                continue
            tally.rows_taken += 1
            for number, column, part in wanted:
                self._hold(line, row[column], (number, part), place.area.key, period)

    def _find_place(self, level: str | None, cells: tuple[str, ...]) -> Place:
        names = (name for name, _ in self._place_columns)
        place = self._areas.find(level, dict(zip(names, cells, strict=True)))
        if place.note:
            self.tally.place_notes[place.note] = None
        return place

    def _leave_place(self, place: Place) -> None:
        if place.unknown:
            self.tally.rows_of_unknown_areas += 1
            self.tally.unknown_areas[place.unknown] += 1
        else:
            self.tally.rows_of_other_places += 1
            self.tally.other_places[place.left_level] += 1

    def _period(self, line: int, row: list[str]) -> Period | None:
        identifier = row[self.shape.time_identifier] if self.shape.time_identifier is not None else ""
        try:
            return read_period(row[self.shape.time_period], identifier)
        except NoPeriod as refusal:
            self.tally.rows_without_period += 1
            if refusal.sentence not in self.tally.bad_periods:
                self.tally.add_fault(line, "time", refusal.sentence)
            self.tally.bad_periods[refusal.sentence] += 1
            return None

    def _hold(self, line: int, text: str, wanted: tuple[int, int], area: int, period: Period) -> None:
        number, part = wanted
        entry = self._entries[number]
        if entry.period_as == "january":
            period = january_of(period)
        key = (number, area, period, part)
        first = self._held.get(key)
        cell = read_cell(text)
        if cell.value == 0:
            self._zeros.add(number)
        if first is not None:
            if first.cell == cell:
                self.tally.repeated += 1
            elif key not in self._contradicting:
                self._contradicting[key] = (first.line, line)
            return
        self._held[key] = _Held(line, text, cell)

    def figures(self) -> Iterator[Figure]:
        """What may be kept: understood, plausible, and said once or always the same."""
        tally = self.tally
        for part_key, (first, second) in self._contradicting.items():
            tally.contradicting += 1
            self._kept_out.add(part_key[:3])
            tally.add_fault(
                second,
                self._entries[part_key[0]].column,
                f"Line {first} gives another figure for the same place, time and filters; neither was taken.",
            )
        for key, held in self._figures_held():
            number, area, period = key
            entry = self._entries[number]
            if not held.cell.is_understood:
                tally.unreadable += 1
                self._kept_out.add(key)
                tally.add_fault(
                    held.line, entry.column, f"“{held.text.strip()[:40]}” is neither a number nor a symbol."
                )
                continue
            if held.cell.value is not None:
                reason = implausible(held.cell.value, entry.unit, is_unbounded=entry.is_unbounded)
                if reason:
                    tally.implausible += 1
                    self._kept_out.add(key)
                    tally.add_fault(held.line, entry.column, f"{_shown(held.cell.value)}: {reason} It was kept out.")
                    continue
            else:
                tally.symbols[held.cell.symbol] += 1
            yield Figure(entry=entry, area=area, period=period, cell=held.cell)

    def _figures_held(self) -> Iterator[tuple[Key, _Held]]:
        """Each figure once, the rows of a sum added up; what contradicts itself, or lacks a row, is left out."""
        sums: dict[Key, list[_Held]] = defaultdict(list)
        for part_key, held in self._held.items():
            key = part_key[:3]
            if key in self._kept_out:
                continue
            if self._parts[key[0]] == 1:
                yield key, held
            else:
                sums[key].append(held)
        missing: Counter[int] = Counter()
        for key, parts in sums.items():
            lacking = self._parts[key[0]] - len(parts)
            if lacking and key[0] in self._zeros:
                self._leave_sum(key, parts, lacking)
                continue
            missing[key[0]] += lacking
            yield key, _added(parts)
        for number, count in missing.items():
            if count:
                said = f"{count} rows that “{self._entries[number].name}” adds up are not there: none, as the file"
                self.tally.place_notes[f"{said} leaves out what is zero."] = None

    def _leave_sum(self, key: Key, parts: Sequence[_Held], lacking: int) -> None:
        """The file writes zeros: a row that is not there is unknown, and so is the sum."""
        self.tally.unreadable += 1
        self._kept_out.add(key)
        why = f"{lacking} of the rows to add up are not there, and the file writes zeros: the sum isn't known."
        self.tally.add_fault(parts[0].line, self._entries[key[0]].column, why)

    @property
    def kept_out(self) -> frozenset[tuple[int, int, Period]]:
        """Indicator, area and period of what the file gives but can't be right; ask after `figures`."""
        return frozenset((self._entries[number].indicator, area, period) for number, area, period in self._kept_out)


def _added(parts: Sequence[_Held]) -> _Held:
    """The sum; a symbol among the rows stands for the whole, and so does what nobody understands."""
    held = next((part for part in parts if not part.cell.is_understood), None)
    held = held or next((part for part in parts if part.cell.value is None), None)
    if held is not None:
        return held
    total = sum((part.cell.value for part in parts if part.cell.value is not None), Decimal(0))
    return _Held(parts[0].line, parts[0].text, Cell(value=total))


def part_count(entry: Entry) -> int:
    """How many rows make one figure."""
    return prod(len(values_of(value)) for value in entry.filters.values())


def _by_filters(entries: Sequence[Entry], shape: Shape) -> Mapping[tuple[str, ...], tuple[tuple[int, int, int], ...]]:
    wanted: dict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        chosen = [[folded(value) for value in values_of(entry.filters[column])] for column in shape.filters]
        for part, key in enumerate(product(*chosen)):
            wanted[key].append((number, shape.figures[entry.column], part))
    return {key: tuple(found) for key, found in wanted.items()}


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
