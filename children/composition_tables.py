"""Tables of composition as a person may read them: exact with the suppressed marked, or suppressed."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import has_permission
from children.counting import exact_composition
from children.domain.composition import Composition, Dimension, Table, cross_table, single_table
from children.domain.suppression import SUPPRESSED, Figure
from children.figures import ListFigures, list_figures
from children.models import ListUpload


@dataclass(frozen=True, slots=True)
class Reading:
    """A table for one reader. `exact` is None for whoever sees suppressed figures only."""

    suppressed: Table
    exact: Table | None

    @property
    def shown(self) -> Table:
        return self.exact or self.suppressed


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionNow:
    """The composition of an upload for one reader: every single table, and one cross table where two were chosen."""

    figures: ListFigures
    lists: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    readings: tuple[Reading, ...]
    cross: Reading | None
    is_exact: bool


def composition_for(
    user: User, upload: ListUpload, *, of: str = "", first: str = "", second: str = ""
) -> CompositionNow | None:
    """A fixed number of queries. Exact figures come only to who may see rows, and while rows are kept."""
    figures = list_figures(upload)
    if figures is None or not figures.tables:
        return None
    sees_rows = upload.has_rows and has_permission(user, Permission.READ_CHILD_ROWS)
    exact = exact_composition(upload) if sees_rows else None
    cross = figures.cross(first, second, of=of)
    return CompositionNow(
        figures=figures,
        lists=_lists(figures.tables[0]),
        dimensions=figures.dimensions,
        readings=tuple(Reading(table, _exact_single(exact, table)) for table in figures.tables),
        cross=Reading(cross, _exact_cross(exact, first, second, of)) if cross else None,
        is_exact=exact is not None,
    )


def _lists(table: Table) -> tuple[str, ...]:
    return table.headers[:-1] if len(table.headers) > 1 else table.headers


def _exact_single(exact: Composition | None, table: Table) -> Table | None:
    dimension = exact.dimension(table.code) if exact else None
    return single_table(exact, dimension, None) if exact and dimension else None


def _exact_cross(exact: Composition | None, first: str, second: str, of: str) -> Table | None:
    one, two = (exact.dimension(first), exact.dimension(second)) if exact else (None, None)
    return cross_table(exact, one, two, of=of, rule=None) if exact and one and two else None


# -- for the page


@dataclass(frozen=True, slots=True)
class ShownCell:
    """`is_marked`: others see the symbol here."""

    figure: Figure
    is_marked: bool
    header: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    label: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the chart: `percent` is its length; 0 where the figure is hidden."""

    label: str
    figure: Figure
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    code: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    total: ShownRow
    sentence: str
    bars: tuple[Bar, ...]
    left_out: int


def shown_table(reading: Reading, *, of: str) -> ShownTable:
    """The columns of one list, or of all; categories with nobody in any list are left out."""
    table = reading.shown
    columns = [place for place, header in enumerate(table.headers) if of in {"", header}] or list(
        range(len(table.headers))
    )
    rows = _rows(reading, columns)
    kept = tuple(row for row in rows if any(cell.figure for cell in row.cells))
    charted = columns[-1]
    bars = _bars([(row.label, row.figures[charted]) for row in table.rows if row.figures[charted]])
    return ShownTable(
        code=table.code,
        title=table.title,
        headers=tuple(table.headers[place] for place in columns),
        rows=kept,
        total=_row(reading, len(table.rows), columns),
        sentence=_sentence(bars, table.total.figures[charted], table.headers[charted]),
        bars=bars,
        left_out=len(rows) - len(kept),
    )


def shown_cross(reading: Reading) -> ShownTable:
    """Rows and columns with nobody in them are left out."""
    table = reading.shown
    columns = [place for place in range(len(table.headers)) if table.total.figures[place]]
    rows = tuple(row for row in _rows(reading, columns) if any(cell.figure for cell in row.cells))
    return ShownTable(
        code=table.code,
        title=table.title,
        headers=tuple(table.headers[place] for place in columns),
        rows=rows,
        total=_row(reading, len(table.rows), columns),
        sentence="",
        bars=(),
        left_out=len(table.rows) - len(rows),
    )


def _rows(reading: Reading, columns: Sequence[int]) -> tuple[ShownRow, ...]:
    return tuple(_row(reading, place, columns) for place in range(len(reading.shown.rows)))


def _row(reading: Reading, place: int, columns: Sequence[int]) -> ShownRow:
    row = (*reading.shown.rows, reading.shown.total)[place]
    others = (*reading.suppressed.rows, reading.suppressed.total)[place]
    return ShownRow(
        row.label,
        tuple(
            ShownCell(
                row.figures[column],
                reading.exact is not None and others.figures[column] == SUPPRESSED,
                reading.shown.headers[column],
            )
            for column in columns
        ),
    )


def _bars(lines: Sequence[tuple[str, Figure]]) -> tuple[Bar, ...]:
    most = max((figure for _, figure in lines if isinstance(figure, int)), default=0)
    return tuple(
        Bar(label, figure, max(round(100 * figure / most), 1) if isinstance(figure, int) and most else 0)
        for label, figure in lines
    )


def _sentence(bars: Sequence[Bar], total: Figure, name: str) -> str:
    """What the chart says, in words."""
    known = sorted(
        ((bar.figure, bar.label) for bar in bars if isinstance(bar.figure, int)), key=lambda each: (-each[0], each[1])
    )
    if not known or not isinstance(total, int):
        return "The numbers are too small to be shown." if bars else f"Nobody stands in {name[0].lower()}{name[1:]}."
    most = " and ".join(f"{label} ({figure:,}, {_percent(figure, total)})" for figure, label in known[:2])
    are = "are the largest groups" if len(known) > 1 else "is the largest group"
    return f"{most} {are} of {total:,}."


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole
    return "under 1 %" if share < 1 else f"{share:.0f} %"
