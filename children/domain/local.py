"""The council's own columns of a sheet: who answers for a row, which team, out of which system, as at which day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from children.domain.cells import Cell, Parser, Unreadable, display, parser_for
from children.domain.headers import MappedHeader
from children.domain.rows import NO_LOCAL, LocalValues
from children.domain.schema import LocalKey, SheetLayout
from children.domain.words import key_of
from documents.domain.cells import BrokenCell

_NAMED = frozenset({LocalKey.OFFICER, LocalKey.TEAM})
LONGEST = 120


@dataclass(frozen=True, slots=True)
class RepeatedLocal:
    """A local column that stands more than once; nobody can tell which is meant."""

    header: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WrongLocal:
    """A value that can't be used, with why."""

    header: str
    text: str
    reason: str


@dataclass(slots=True)
class LocalReading:
    """Finds the local columns among the headers that nothing else took, then reads them row by row.

    `names` is shared by the sheets of a workbook: officers and teams keep the spelling that was met first.
    """

    layout: SheetLayout
    as_at: date
    names: dict[str, str]
    broken: Mapping[tuple[int, int], BrokenCell]
    day_zero: date
    repeated: list[RepeatedLocal] = field(default_factory=list)
    mapped: list[MappedHeader] = field(default_factory=list)
    _columns: list[tuple[LocalKey, str, int, Parser]] = field(default_factory=list)
    _memory: dict[tuple[Cell, ...], tuple[LocalValues, tuple[WrongLocal, ...]]] = field(default_factory=dict)

    def plan(self, others: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """Takes its columns out of (place, header) and gives back what is still unknown."""
        known = {key_of(word): column for column in self.layout.local for word in (column.header, *column.spellings)}
        confirmed = {key_of(word): column for column in self.layout.local for word in column.mapped}
        found: dict[str, list[int]] = {}
        unknown = []
        for place, header in others:
            key = key_of(header)
            column = known.get(key) or confirmed.get(key)
            if column is None:
                unknown.append((place, header))
                continue
            found.setdefault(column.key, []).append(place)
            if key not in known:
                self.mapped.append(MappedHeader(self.layout.name, column.key, column.header, header))
        for column in self.layout.local:
            places = found.get(column.key, [])
            if len(places) > 1:
                self.repeated.append(RepeatedLocal(column.header, tuple(places)))
            elif places:
                parser = parser_for(column, day_zero=self.day_zero)
                self._columns.append((LocalKey(column.key), column.header, places[0], parser))
        return unknown

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for key, _, _, _ in self._columns)

    @property
    def places(self) -> dict[str, int]:
        return {header: place for _, header, place, _ in self._columns}

    def read(self, number: int, cells: list[Cell], *, has_broken: bool) -> tuple[LocalValues, tuple[WrongLocal, ...]]:
        """The local values of row `number`, and what of them can't be used."""
        places = [place for _, _, place, _ in self._columns]
        if has_broken and any((number, place) in self.broken for place in places):
            return self._read([self.broken.get((number, place), cells[place]) for place in places])
        key = tuple(display(cells[place]) for place in places)
        if key not in self._memory:
            self._memory[key] = self._read([cells[place] for place in places])
        return self._memory[key]

    def _read(self, cells: Sequence[Cell | BrokenCell]) -> tuple[LocalValues, tuple[WrongLocal, ...]]:
        texts: dict[LocalKey, str] = {}
        day: date | None = None
        wrong: list[WrongLocal] = []
        for (key, header, _, parse), cell in zip(self._columns, cells, strict=True):
            value = parse(cell)
            if isinstance(value, Unreadable):
                wrong.append(WrongLocal(header, display(cell), value.reason))
            elif isinstance(value, date):
                day = value
                if value > self.as_at:
                    wrong.append(WrongLocal(header, display(cell), "the day lies after the day of the extract"))
            elif value is not None:
                text = str(value)[:LONGEST]
                texts[key] = self.names.setdefault(key_of(text), text) if key in _NAMED else text
        if not texts and day is None:
            return NO_LOCAL, tuple(wrong)
        values = LocalValues(
            officer=texts.get(LocalKey.OFFICER, ""),
            team=texts.get(LocalKey.TEAM, ""),
            source=texts.get(LocalKey.SOURCE, ""),
            as_at_on=day,
        )
        return values, tuple(wrong)
