"""A cited figure as chart, sentence and table."""

from collections.abc import Iterator, Sequence

from documents.press.charts import Bar, BarChart, Chart, Line, TrendChart
from documents.press.sections import Amount, Cell, Section, Table, TableColumn
from documents.press.sections import Figure as Drawn
from selfeval.domain.published import Figure, Series, SeriesPoint

UNITS = {"count": "Number", "percent": "Per cent", "rate": "Rate", "days": "Days", "months": "Months", "ratio": "Ratio"}


def figure_sections(figures: Sequence[Figure]) -> Iterator[Section]:
    for figure in figures:
        if not figure.series or not any(point.value is not None for one in figure.series for point in one.points):
            continue
        yield Drawn(chart_of(figure), sentence=f"{figure.name}. {figure.sentence} {figure.direction}.")
        yield _table(figure)


def steps_of(figure: Figure) -> tuple[str, ...]:
    """The periods for which our own area has a figure or a symbol; of all places where it has none."""
    own = next((one for one in figure.series if one.is_own), figure.series[0])
    return tuple(dict.fromkeys(point.label for point in own.points))


def chart_of(figure: Figure) -> Chart:
    steps = steps_of(figure)
    if len(steps) == 1:
        bars = tuple(
            Bar(name=one.place, value=_number(found), text=found.words, is_own=one.is_own)
            for one in figure.series
            if (found := _at(one, steps[0]))
        )
        return BarChart(title=f"{figure.name}, {steps[0]}. {figure.sentence}", bars=bars)
    lines = tuple(
        Line(
            name=one.place,
            values=tuple(_number(_at(one, step)) for step in steps),
            is_own=one.is_own,
            symbols=tuple(_symbol(_at(one, step)) for step in steps) if one.is_own else (),
        )
        for one in figure.series
    )
    title = f"{figure.name}, {steps[0]} to {steps[-1]}. {figure.sentence}"
    return TrendChart(title=title, unit=UNITS.get(figure.unit, ""), steps=steps, lines=lines)


def _at(series: Series, step: str) -> SeriesPoint | None:
    return next((point for point in series.points if point.label == step), None)


def _number(point: SeriesPoint | None) -> float | None:
    return float(point.value) if point is not None and point.value is not None else None


def _symbol(point: SeriesPoint | None) -> str:
    return point.words[:1] if point is not None and point.value is None else ""


def _table(figure: Figure) -> Table:
    steps = steps_of(figure)
    columns = (TableColumn("Place", 1.8), *(TableColumn(step, 1, is_number=True) for step in steps))
    rows: list[tuple[Cell, ...]] = []
    for one in figure.series:
        cells: list[Cell] = [one.place]
        for step in steps:
            point = _at(one, step)
            cells.append(Amount(point.words, point.value) if point else "no figure")
        rows.append(tuple(cells))
    source = f" Source: {figure.source.rstrip('.')}." if figure.source else ""
    return Table(f"{figure.name}.{source}", columns, tuple(rows), sheet=figure.name[:31])
