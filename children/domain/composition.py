"""Who stands in the lists: counts by need, age, phase, gender, ethnicity, social care, absence and exclusions.

Counted once when lists are read, by each dimension and by each two of them; no count names a child. Tables for readers
come out of `single_table` and `cross_table`, exact or with small numbers suppressed.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import attrgetter
from typing import Any, Protocol

from children.domain.numbers import possible_count, possible_percent
from children.domain.schema import ListSchema
from children.domain.suppression import SUPPRESSED, Figure, Grid, HiddenGrid, Line, Rule, hide_grid, hide_line

TOGETHER = "Both lists"
ALL_LISTS = "All lists"
NOT_RECORDED = "Not recorded"


class RowLike(Protocol):
    """A row with typed values by column key; None where blank, unreadable or without its column."""

    def __getitem__(self, key: str, /) -> Any: ...

    @property
    def age(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to divide the lists. Categories stand in the order in which they are shown; the last is the unrecorded."""

    code: str
    title: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of numbers: from `least` up to the next band."""

    least: float
    label: str


# Our own bands. 10 % and 50 % of sessions missed are what the census calls persistent and severe absence.
AGES = (
    Band(0, "Under 5"),
    Band(5, "5 to 10"),
    Band(11, "11 to 15"),
    Band(16, "16 to 18"),
    Band(19, "19 to 24"),
    Band(25, "25 and over"),
)
ABSENCES = (
    Band(0, "Under 5 %"),
    Band(5, "5 to under 10 %"),
    Band(10, "10 to under 20 %"),
    Band(20, "20 to under 50 %"),
    Band(50, "50 % and more"),
)
SUSPENSIONS = (Band(0, "None"), Band(1, "1"), Band(2, "2 to 4"), Band(5, "5 and more"))
EXCLUSIONS = (Band(0, "None"), Band(1, "1 and more"))

_Place = Callable[[RowLike], int]


def band_of(number: float | None, bands: Sequence[Band]) -> int:
    """The place of the band; behind the last one where there is no number, or one below them all."""
    place = bisect_right(bands, number, key=attrgetter("least")) if number is not None else 0
    return place - 1 if place else len(bands)


def _banded(
    code: str, title: str, bands: tuple[Band, ...], number: Callable[[RowLike], Any]
) -> tuple[Dimension, _Place]:
    labels = (*(band.label for band in bands), NOT_RECORDED)
    return Dimension(code, title, labels), lambda row: band_of(number(row), bands)


def _coded(
    dimension: tuple[str, str],
    key: str,
    schema: ListSchema,
    *,
    labels: Mapping[str, str] | None = None,
    blank: str = NOT_RECORDED,
) -> tuple[Dimension, _Place]:
    """Codes of the layout, in its order; every sheet that has the column uses the same code list."""
    lists = [column.codes for sheet in schema.sheets for column in sheet.columns if column.key == key and column.codes]
    codes = list(dict.fromkeys(entry.code for each in lists for entry in each.codes))
    names = {entry.code: entry.label for each in lists for entry in each.codes} | dict(labels or {})
    places = {each: place for place, each in enumerate(codes)}
    return Dimension(*dimension, (*(names[each] for each in codes), blank)), lambda row: places.get(
        row[key], len(codes)
    )


def _ways(schema: ListSchema) -> list[tuple[Dimension, _Place]]:
    known = {"yes": "Known to social care", "no": "Not known to social care"}
    return [
        _coded(("need", "Primary need"), "primary_need", schema),
        _banded("age", "Age", AGES, lambda row: row.age),
        _coded(("phase", "Phase"), "main_phase", schema, blank="No phase recorded"),
        _coded(("gender", "Gender"), "gender", schema),
        _coded(("ethnicity", "Ethnicity"), "ethnicity", schema),
        _coded(("social-care", "Social care"), "social_care", schema, labels=known),
        _banded("absence", "Absence in the last six months", ABSENCES, lambda row: possible_percent(row["absence"])),
        _banded(
            "suspensions",
            "Suspensions in the last six months",
            SUSPENSIONS,
            lambda row: possible_count(row["suspensions"]),
        ),
        _banded(
            "exclusions",
            "Permanent exclusions in the last six months",
            EXCLUSIONS,
            lambda row: possible_count(row["exclusions"]),
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Exact counts. `singles[dimension][list]` is a line; `pairs[first, second][list]` a grid, first before second.

    `lists` are the sheets, in the order of the layout. Only who may see rows may see this; everybody else gets tables
    made of it with a rule of suppression.
    """

    lists: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    singles: Mapping[str, Mapping[str, Line]]
    pairs: Mapping[tuple[str, str], Mapping[str, Grid]]

    def dimension(self, code: str) -> Dimension | None:
        return next((dimension for dimension in self.dimensions if dimension.code == code), None)

    @property
    def together(self) -> str:
        return TOGETHER if len(self.lists) == 2 else ALL_LISTS


def compose(rows: Mapping[str, Iterable[RowLike]], schema: ListSchema) -> Composition:
    """Counts the rows of each sheet. A row counts once, also where a child has two."""
    ways = _ways(schema)
    lists = tuple(layout.name for layout in schema.sheets)
    columns: dict[str, list[list[int]]] = {}
    for name in lists:
        kept = list(rows.get(name, ()))
        columns[name] = [[place(row) for row in kept] for _, place in ways]
    dimensions = tuple(dimension for dimension, _ in ways)
    sizes = [len(dimension.categories) for dimension in dimensions]
    singles = {
        dimension.code: {name: _line(columns[name][place], sizes[place]) for name in lists}
        for place, dimension in enumerate(dimensions)
    }
    pairs = {
        (dimensions[one].code, dimensions[two].code): {
            name: _grid(columns[name][one], columns[name][two], sizes[one], sizes[two]) for name in lists
        }
        for one, two in combinations(range(len(dimensions)), 2)
    }
    return Composition(lists=lists, dimensions=dimensions, singles=singles, pairs=pairs)


def _line(places: Sequence[int], size: int) -> Line:
    counts = Counter(places)
    return tuple(counts[place] for place in range(size))


def _grid(ones: Sequence[int], twos: Sequence[int], rows: int, columns: int) -> Grid:
    counts = Counter(zip(ones, twos, strict=True))
    return tuple(tuple(counts[row, column] for column in range(columns)) for row in range(rows))


# -- tables


@dataclass(frozen=True, slots=True)
class TableRow:
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as a reader may have it. `rows` end with the totals; where no `rule` stands, every figure is exact."""

    code: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: TableRow
    rule: Rule | None

    @property
    def hides_any(self) -> bool:
        return any(SUPPRESSED in row.figures for row in (*self.rows, self.total))


def single_table(composition: Composition, dimension: Dimension, rule: Rule | None) -> Table:
    """One dimension by list and together."""
    lines = [composition.singles[dimension.code][name] for name in composition.lists]
    hidden = [hide_line(line, rule) for line in lines] if rule else []

    def figure(counts: Sequence[int], are_hidden: Sequence[bool]) -> tuple[Figure, ...]:
        figures: list[Figure] = [
            SUPPRESSED if is_hidden else count for count, is_hidden in zip(counts, are_hidden, strict=True)
        ]
        if len(counts) > 1:
            figures.append(SUPPRESSED if any(are_hidden) else sum(counts))
        return tuple(figures)

    nothing = [False] * len(lines)
    rows = tuple(
        TableRow(
            label,
            figure([line[place] for line in lines], [place in one.categories for one in hidden] or nothing),
        )
        for place, label in enumerate(dimension.categories)
    )
    total = TableRow("Total", figure([sum(line) for line in lines], [one.is_total_hidden for one in hidden] or nothing))
    return Table(
        code=dimension.code,
        title=dimension.title,
        headers=(*composition.lists, composition.together) if len(lines) > 1 else composition.lists,
        rows=rows,
        total=total,
        rule=rule,
    )


def _numbers(row: TableRow) -> list[int]:
    return [figure for figure in row.figures if isinstance(figure, int)]


def hide_again(table: Table, rule: Rule) -> Table:
    """A table of one dimension whose exact counts are gone, under a stricter rule.

    Nobody can tell any more what else a small number would have to hide, so all but the totals goes with it.
    """
    if not any(rule.is_small(number) for row in (*table.rows, table.total) for number in _numbers(row)):
        return table

    def hide(row: TableRow) -> TableRow:
        return TableRow(row.label, tuple(SUPPRESSED for _ in row.figures))

    return Table(
        code=table.code,
        title=table.title,
        headers=table.headers,
        rows=tuple(map(hide, table.rows)),
        total=hide(table.total) if any(map(rule.is_small, _numbers(table.total))) else table.total,
        rule=rule,
    )


def cross_table(composition: Composition, first: Dimension, second: Dimension, *, of: str, rule: Rule | None) -> Table:
    """Two dimensions against each other, of one list or (`of=""`) of all together.

    What is hidden is decided on the stored way round, so that the table turned about shows nothing more.
    """
    is_turned = (first.code, second.code) not in composition.pairs
    one, two = (second, first) if is_turned else (first, second)
    figures = _figures(composition.pairs[one.code, two.code], _chosen(composition, of), rule)
    if is_turned:
        figures = list(zip(*figures, strict=True))
    return Table(
        code=f"{first.code}-{second.code}",
        title=f"{first.title} by {second.title[0].lower()}{second.title[1:]}",
        headers=(*second.categories, "Total"),
        rows=tuple(TableRow(label, row) for label, row in zip(first.categories, figures[:-1], strict=True)),
        total=TableRow("Total", figures[-1]),
        rule=rule,
    )


def _chosen(composition: Composition, of: str) -> tuple[str, ...]:
    """All lists where there is none of that name."""
    return tuple(name for name in composition.lists if of in {"", name}) or composition.lists


def _figures(grids: Mapping[str, Grid], chosen: Iterable[str], rule: Rule | None) -> list[tuple[Figure, ...]]:
    """The cells with a last column and a last row of totals; hidden where any of the chosen lists hides."""
    parts = [_with_totals(grids[name], hide_grid(grids[name], rule) if rule else None) for name in chosen]
    return [
        tuple(
            SUPPRESSED if any(hidden for _, hidden in cells) else sum(count for count, _ in cells)
            for cells in zip(*rows, strict=True)
        )
        for rows in zip(*parts, strict=True)
    ]


def _with_totals(grid: Grid, hidden: HiddenGrid | None) -> list[list[tuple[int, bool]]]:
    """Each count with whether it is hidden."""
    cells = hidden.cells if hidden else frozenset()
    in_rows = hidden.rows.categories if hidden else frozenset()
    in_columns = hidden.columns.categories if hidden else frozenset()
    table = [
        [*((count, (row, column) in cells) for column, count in enumerate(line)), (sum(line), row in in_rows)]
        for row, line in enumerate(grid)
    ]
    totals = [(sum(line), column in in_columns) for column, line in enumerate(zip(*grid, strict=True))]
    return [*table, [*totals, (sum(map(sum, grid)), bool(hidden and hidden.is_total_hidden))]]
