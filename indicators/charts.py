"""The charts of an indicator: which lines, which strokes, and the words beneath."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from documents.press.charts import Band, Bar, BarChart, Line, StripChart, Tick, TrendChart
from indicators.domain.comparison import Around, Comparison, Spread, sentence_of, spread_of
from indicators.domain.figures import Facts, Unit, figure_in_words
from indicators.domain.forecast import Expected
from indicators.domain.periods import Period, without_gaps
from indicators.domain.rank import Figure
from indicators.domain.series import Point, Series

MOST_STEPS = 12
UNIT_NAMES = {
    Unit.COUNT: "Number",
    Unit.PERCENT: "Per cent",
    Unit.RATE: "Rate",
    Unit.DAYS: "Days",
    Unit.MONTHS: "Months",
    Unit.RATIO: "Ratio",
    Unit.SCORE: "Score",
}
MEDIAN = "Neighbours’ median"


def periods_of(comparison: Comparison, series: Mapping[str, Series]) -> tuple[Period, ...]:
    """The newest periods for which we have a figure or a symbol, the oldest first."""
    own = series[comparison.around.own]
    kind = comparison.period.kind
    return tuple(point.period for point in own.points if point.period.kind == kind)[-MOST_STEPS:]


def trend_chart(comparison: Comparison, series: Mapping[str, Series]) -> TrendChart:
    """Us, the region, England and the neighbours' median with their range. A total of England would dwarf all."""
    around, facts = comparison.around, comparison.facts
    periods = without_gaps(periods_of(comparison, series))[-MOST_STEPS:]
    own = series[around.own]
    lines = [
        Line(
            name=around.own_name,
            values=_values(own, periods),
            is_own=True,
            symbols=tuple(point.symbol if (point := own.at(period)) else "" for period in periods),
        )
    ]
    if facts.unit != Unit.COUNT:
        lines += [
            Line(name=name, values=_values(series[code], periods))
            for code, name in ((around.country, around.country_name), (around.region, around.region_name))
            if code in series and series[code].with_values
        ]
    spreads = [neighbours_at(around, series, period) for period in periods]
    band = None
    if any(spreads):
        lines.append(Line(name=MEDIAN, values=tuple(_number(one.middle) if one else None for one in spreads)))
        band = Band(
            name="Range of the neighbours",
            low=tuple(_number(one.low) if one else None for one in spreads),
            high=tuple(_number(one.high) if one else None for one in spreads),
        )
    return TrendChart(
        title=f"{facts.name}, {periods[0].label} to {periods[-1].label}. {sentence_of(comparison)}",
        unit=UNIT_NAMES[facts.unit],
        steps=tuple(period.label for period in periods),
        lines=tuple(lines),
        band=band,
    )


def neighbours_at(around: Around, series: Mapping[str, Series], period: Period) -> Spread | None:
    return spread_of([_figure(series.get(code), period) for code in around.neighbours])


def _figure(series: Series | None, period: Period) -> Figure:
    point = series.at(period) if series else None
    return Figure(value=point.value, symbol=point.symbol) if point else Figure()


def _values(series: Series, periods: Sequence[Period]) -> tuple[float | None, ...]:
    return tuple(_number(point.value) if (point := series.at(period)) else None for period in periods)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def strip_chart(comparison: Comparison) -> StripChart:
    """Every area that has a figure, as a stroke."""
    facts, england = comparison.facts, comparison.england
    ticks = tuple(
        Tick(value=float(mark.value), kind="own" if mark.is_own else "near" if mark.is_neighbour else "other")
        for mark in comparison.strip
    )
    has_reference = england is not None and england.value is not None and facts.unit != Unit.COUNT
    return StripChart(
        title=f"{facts.name} of all areas, {comparison.period.label}. {sentence_of(comparison)}",
        unit=UNIT_NAMES[facts.unit],
        ticks=ticks,
        own_text=f"{comparison.around.own_name} {_text(comparison.own, facts)}",
        reference=float(england.value) if has_reference and england and england.value is not None else None,
        reference_text=f"England {_text(england, facts)}" if has_reference and england else "",
    )


def _text(point: Point, facts: Facts) -> str:
    return figure_in_words(point.value, point.symbol, facts)


def neighbours_chart(comparison: Comparison) -> BarChart:
    """Us, region, England and each neighbour as bars, for papers."""
    facts, around = comparison.facts, comparison.around
    bars = [_bar(around.own_name, comparison.own, facts, is_own=True)]
    if facts.unit != Unit.COUNT:
        for name, point in ((around.country_name, comparison.england), (around.region_name, comparison.region)):
            if point is not None:
                bars.append(_bar(name, point, facts))
    bars += [_bar(one.name, one.figure, facts) for one in comparison.neighbours]
    return BarChart(title=f"{facts.name}: us and our neighbours, {comparison.period.label}", bars=tuple(bars))


def _bar(name: str, figure: Point | Figure, facts: Facts, *, is_own: bool = False) -> Bar:
    text = figure_in_words(figure.value, figure.symbol, facts)
    return Bar(name=name, value=_number(figure.value), text=text, is_own=is_own)


def forecast_chart(
    title: str, facts: Facts, own_name: str, series: Series, vintages: Sequence[tuple[str, Sequence[Expected]]]
) -> TrendChart:
    """What happened as our own line, and each forecast as a dashed one."""
    happened = {point.period.year: point.value for point in series.with_values}
    years = sorted({*happened, *(one.year for _, forecast in vintages for one in forecast)})[-20:]
    lines = [Line(name=own_name, values=tuple(_number(happened.get(year)) for year in years), is_own=True)]
    for name, forecast in vintages:
        expected = {one.year: one.shown for one in forecast}
        lines.append(Line(name=name, values=tuple(_number(expected.get(year)) for year in years)))
    return TrendChart(
        title=title, unit=UNIT_NAMES[facts.unit], steps=tuple(str(year) for year in years), lines=tuple(lines)
    )
