"""The coverage grid in words, with the way from each cell to the items that it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from framework.models import Criterion, CriterionPoint
from selfeval.domain.coverage import Cell, Only, Row, grid, wanted
from selfeval.domain.proof import FRESHNESS_WORDS, KINDS_WANTED, PARTNERS_WANTED, EvidenceFacts, Freshness
from selfeval.gather.coverage import CoverageNow

# Short enough for a column of a telephone; the whole name is said to screen readers and stands in the key.
SHORT_KINDS = {
    "lived_experience": "Lived",
    "case_study": "Case",
    "aggregated_data": "Data",
    "quality_assurance": "QA",
    "policy_or_plan": "Plan",
}
# More columns than this would be no grid any more.
MOST_PARTNERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was asked for. `partner` by name; `by_partner`: the columns are partners, not kinds."""

    criterion: str = ""
    kind: str = ""
    partner: str = ""
    only: Only | None = None
    by_partner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnShown:
    key: str
    short: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellShown:
    """`tone` names the class of its shade; `freshness` says the same in a word."""

    name: str
    count: int
    waiting: int
    url: str
    tone: str
    freshness: str
    sides: str

    @property
    def spoken(self) -> str:
        if not self.count:
            return f"{self.name}: nothing approved" + (f", {self.waiting} waiting" if self.waiting else "")
        parts = [f"{self.name}: {self.count}", self.sides, self.freshness.lower()]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    code: str
    title: str
    cells: tuple[CellShown, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionShown:
    code: str
    title: str
    rows: tuple[RowShown, ...]
    evidence: int
    bare: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GridShown:
    columns: tuple[ColumnShown, ...]
    criteria: tuple[CriterionShown, ...]
    points: int
    shown: int
    bare: int
    unheard: int
    left_out: tuple[str, ...]


def grid_shown(now: CoverageNow, choice: Choice, today: date, *, log_url: str) -> GridShown:
    """The rows that were asked for, by criterion."""
    items = [item for item in now.items if _is_asked_for(item, choice)]
    points = [point.code for _, under in now.criteria for point in under]
    rows = {row.point: row for row in grid(points, items, today, by_partner=choice.by_partner)}
    columns, left_out = _columns(now, choice)
    page = _Page(now=now, choice=choice, columns=columns, log_url=log_url)
    criteria = tuple(
        page.criterion(criterion, [(point, rows[point.code]) for point in under])
        for criterion, under in now.criteria
        if choice.criterion in ("", criterion.code)
    )
    asked = [row for criterion, under in now.criteria for point in under if (row := rows[point.code])]
    return GridShown(
        columns=columns,
        criteria=tuple(criterion for criterion in criteria if criterion.rows),
        points=len(points),
        shown=sum(len(criterion.rows) for criterion in criteria),
        bare=sum(not row.whole.count for row in asked),
        unheard=sum(not row.has_lived_experience for row in asked),
        left_out=left_out,
    )


def _is_asked_for(item: EvidenceFacts, choice: Choice) -> bool:
    return choice.kind in ("", item.kind) and choice.partner in ("", item.partner)


def _columns(now: CoverageNow, choice: Choice) -> tuple[tuple[ColumnShown, ...], tuple[str, ...]]:
    """The columns, and the partners for which there is no room."""
    if not choice.by_partner:
        kinds = {key: name for key, name in now.kinds.items() if choice.kind in ("", key)}
        return tuple(ColumnShown(key=key, short=SHORT_KINDS[key], name=name) for key, name in kinds.items()), ()
    names = [name for name in now.partners if choice.partner in ("", name)]
    shown = tuple(ColumnShown(key=name, short=_initials(name), name=name) for name in names[:MOST_PARTNERS])
    return shown, tuple(names[MOST_PARTNERS:])


def _initials(name: str) -> str:
    """ "NHS Hampshire and Isle of Wight ICB" → "NHIWIC": first letters of words with a capital, short ones whole."""
    capitals = [word for word in name.split() if word[:1].isupper()]
    if len(capitals) < 2:
        return name[:6]
    return "".join(word if word.isupper() and len(word) < 4 else word[0] for word in capitals)[:6]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    now: CoverageNow
    choice: Choice
    columns: tuple[ColumnShown, ...]
    log_url: str

    def criterion(self, criterion: Criterion, under: list[tuple[CriterionPoint, Row]]) -> CriterionShown:
        return CriterionShown(
            code=criterion.code,
            title=criterion.title,
            rows=tuple(self._row(point, row) for point, row in under if wanted(row, self.choice.only)),
            evidence=sum(row.whole.count for _, row in under),
            bare=sum(not row.whole.count for _, row in under),
        )

    def _row(self, point: CriterionPoint, row: Row) -> RowShown:
        return RowShown(
            code=point.code,
            title=point.title,
            cells=tuple(self._cell(point.code, column, row.cells.get(column.key, Cell())) for column in self.columns),
            lacks=tuple(_lacks(row)),
        )

    def _cell(self, point: str, column: ColumnShown, cell: Cell) -> CellShown:
        """Of a cell without an approved item the way leads to those that wait, if there are any."""
        by_partner = self.choice.by_partner
        asked: dict[str, str | int] = {"point": point}
        kind = self.choice.kind if by_partner else column.key
        partner = column.key if by_partner else self.choice.partner
        if kind:
            asked["kind"] = kind
        if partner:
            asked["organisation"] = self.now.partners.get(partner) or "null"
        if cell.count:
            asked["state"] = "approved"
        noun = "kind" if by_partner else "partner"
        return CellShown(
            name=column.name,
            count=cell.count,
            waiting=cell.waiting,
            url=f"{self.log_url}?{urlencode(asked)}" if cell.count or cell.waiting else "",
            tone=cell.freshest.value if cell.freshest else "waiting" if cell.waiting else "none",
            freshness=FRESHNESS_WORDS[cell.freshest] if cell.freshest else "",
            sides=f"{cell.sides} {noun}{'' if cell.sides == 1 else 's'}" if cell.count else "",
        )


def _lacks(row: Row) -> Iterator[str]:
    """What would make it three: short words for the end of a row."""
    if not row.whole.count:
        yield "nothing yet"
        return
    if not row.has_lived_experience:
        yield "no lived experience"
    if row.kinds < KINDS_WANTED:
        yield "1 kind" if row.kinds == 1 else f"{row.kinds} kinds"
    if row.partners < PARTNERS_WANTED:
        yield "1 partner"
    if row.whole.freshest is not Freshness.FRESH:
        yield "nothing fresh"
