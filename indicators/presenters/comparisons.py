"""Comparisons in the words of pages and papers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from documents.charts import kept_drawing
from documents.press.charts import Chart
from indicators.charts import neighbours_at, periods_of
from indicators.domain.comparison import (
    Comparison,
    against_in_words,
    change_in_words,
    sentence_of,
    spread_in_words,
)
from indicators.domain.figures import Facts, difference_in_words, figure_in_words, is_better, rounded, symbol_in_words
from indicators.domain.periods import Period
from indicators.domain.series import Point, Series, gaps, spikes
from indicators.models import Indicator

NONE = "–"
NO_SOURCE = "No source yet"
NEVER_DIGITS = "A letter in place of a figure is the publisher’s: it is never a zero."


@dataclass(frozen=True, slots=True)
class Tag:
    word: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator as a line of a table. Without a figure of ours all but the name is empty."""

    indicator: Indicator
    facts: Facts
    comparison: Comparison | None = None
    own: str = ""
    period: str = ""
    age: str = ""
    region: str = NONE
    neighbours: str = NONE
    neighbours_range: str = ""
    england: str = NONE
    before: str = NONE
    before_period: str = ""
    change: str = ""
    rank: str = ""
    target: str = ""
    tags: tuple[Tag, ...] = ()
    note: str = ""

    @property
    def has_figure(self) -> bool:
        return self.comparison is not None


def row_of(indicator: Indicator, facts: Facts, comparison: Comparison | None, *, today: date, note: str = "") -> Row:
    if comparison is None:
        return Row(indicator=indicator, facts=facts, tags=(Tag(NO_SOURCE, "grey"),), note=note)
    spread, change = comparison.spread, comparison.change
    return Row(
        indicator=indicator,
        facts=facts,
        comparison=comparison,
        own=_text(comparison.own, facts),
        period=comparison.period.label,
        age=age_in_words(comparison.period, today),
        region=_text(comparison.region, facts),
        neighbours=figure_in_words(spread.middle, "", facts) if spread else NONE,
        neighbours_range=_range(comparison),
        england=_text(comparison.england, facts),
        before=_text(change.from_point, facts) if change else NONE,
        before_period=change.from_point.period.label if change else "",
        change=change_in_words(change, facts) if change else "",
        rank=comparison.rank.sentence if comparison.rank else "",
        target=target_in_words(comparison),
        tags=tags_of(comparison),
        note=note,
    )


def _text(point: Point | None, facts: Facts) -> str:
    return figure_in_words(point.value, point.symbol, facts) if point else NONE


def _range(comparison: Comparison) -> str:
    spread, facts = comparison.spread, comparison.facts
    if spread is None:
        return ""
    low, high = (figure_in_words(value, "", facts) for value in (spread.low, spread.high))
    few = "" if spread.counted == spread.of else f", {spread.counted} of {spread.of}"
    return f"{low} to {high}{few}"


def age_in_words(period: Period, today: date) -> str:
    """How long ago the period ended: what a reader should know before quoting the figure."""
    months = (today.year - period.ends_on.year) * 12 + today.month - period.ends_on.month
    if months <= 0:
        return "this month"
    return "1 month old" if months == 1 else f"{months} months old"


def target_in_words(comparison: Comparison) -> str:
    target = comparison.target
    if target is None:
        return ""
    by = f" by {target.by_on:%B %Y}" if target.by_on else ""
    return f"{figure_in_words(target.value, '', comparison.facts)}{by}"


def tags_of(comparison: Comparison) -> tuple[Tag, ...]:
    """The state in words; colours only repeat them."""
    found = []
    if comparison.is_target_met is not None:
        found.append(Tag("Target met", "green") if comparison.is_target_met else Tag("Target not met", "orange"))
    words = against_in_words(comparison)
    if words:
        colour = {True: "green", False: "orange", None: "grey"}[comparison.against_england]
        found.append(Tag(words, colour))
    if comparison.change:
        verdict = comparison.change.is_better(comparison.facts.direction, comparison.facts.decimals)
        if verdict is not None:
            found.append(Tag("Getting better", "green") if verdict else Tag("Getting worse", "orange"))
    return tuple(found)


# -- one indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChart:
    """`svg` where it is drawn already, else `url` is the picture's address, which draws it."""

    svg: SafeString | None
    url: str
    title: str


def shown_chart(chart: Chart, url: str) -> ShownChart:
    return ShownChart(svg=kept_drawing(chart), url=url, title=chart.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    period: str
    own: str
    region: str
    neighbours: str
    england: str
    release: str
    note: str


def year_rows(comparison: Comparison, series: Mapping[str, Series]) -> tuple[YearRow, ...]:
    """The table behind the trend, the newest first."""
    around, facts = comparison.around, comparison.facts
    own = series[around.own]
    notes = {note.period_label: note.text for note in own.notes if note.period_label}
    rows = []
    for period in reversed(periods_of(comparison, series)):
        spread = neighbours_at(around, series, period)
        point = own.at(period)
        rows.append(
            YearRow(
                period=period.label,
                own=_text(point, facts),
                region=_at(series.get(around.region), period, facts),
                neighbours=figure_in_words(spread.middle, "", facts) if spread else NONE,
                england=_at(series.get(around.country), period, facts),
                release=point.release if point else "",
                note=notes.get(period.label, ""),
            )
        )
    return tuple(rows)


def _at(series: Series | None, period: Period, facts: Facts) -> str:
    return _text(series.at(period), facts) if series else NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourRow:
    nearness: int
    name: str
    figure: str
    beside_us: str


def neighbour_rows(comparison: Comparison) -> tuple[NeighbourRow, ...]:
    """The ten neighbours, the most like us first, each beside us in words."""
    facts = comparison.facts
    return tuple(
        NeighbourRow(
            nearness=one.nearness,
            name=one.name,
            figure=figure_in_words(one.figure.value, one.figure.symbol, facts),
            beside_us=_beside(one.figure.value, comparison),
        )
        for one in comparison.neighbours
    )


def _beside(value: Decimal | None, comparison: Comparison) -> str:
    own = comparison.own.value
    if value is None or own is None:
        return ""
    value, own = (rounded(one, comparison.facts.decimals) for one in (value, own))
    if value == own:
        return "as ours"
    verdict = is_better(value, own, comparison.facts.direction)
    size = difference_in_words(value - own, comparison.facts)
    way = "above ours" if value > own else "below ours"
    return f"{size} {way}" + ("" if verdict is None else ", better" if verdict else ", worse")


def symbols_used(comparison: Comparison, series: Mapping[str, Series]) -> tuple[str, ...]:
    """An explanation of each symbol that the page shows."""
    points = [point for one in series.values() for point in one.points if point.symbol]
    symbols = sorted({point.symbol for point in points})
    return tuple(f"{symbol}: {symbol_in_words(symbol)}" for symbol in symbols)


def notes_in_words(series: Series) -> tuple[str, ...]:
    """Each note with its period before it, unless it names the year itself."""
    found = []
    for note in series.notes:
        year = re.search(r"\d{4}", note.period_label)
        is_named = not note.period_label or (year is not None and year[0] in note.text[:12])
        found.append(note.text if is_named else f"{note.period_label}: {note.text}")
    return tuple(found)


def warnings_of(series: Series, facts: Facts) -> tuple[str, ...]:
    """What to look at before the series is quoted: gaps and leaps."""
    found = []
    missing = gaps(series)
    if missing:
        found.append(f"No figure for {', '.join(str(year) for year in missing)}.")
    for spike in spikes(series):
        found.append(
            f"{spike.point.period.label} leaps to {_text(spike.point, facts)} between "
            f"{figure_in_words(spike.before, '', facts)} and {figure_in_words(spike.after, '', facts)}: "
            "check for an error, a changed definition or a cleansing of records before you quote it."
        )
    return tuple(found)


def summary_of(comparison: Comparison) -> tuple[str, ...]:
    """The sentences under the heading of an indicator."""
    around = comparison.around
    sentences = [sentence_of(comparison)]
    if comparison.neighbours:
        sentences.append(
            f"Statistical neighbours of {around.own_name}: {spread_in_words(comparison.spread, comparison.facts)}."
        )
    if comparison.change:
        words = change_in_words(comparison.change, comparison.facts)
        sentences.append(f"{words[0].upper()}{words[1:]}.")
    if comparison.rank and comparison.rank.unranked_sentence:
        sentences.append(comparison.rank.unranked_sentence)
    return tuple(sentences)


def strip_sentence(comparison: Comparison) -> str:
    near = sum(1 for mark in comparison.strip if mark.is_neighbour)
    return (
        f"Each stroke is one of {len(comparison.strip)} areas; the {near} longer ones are our statistical neighbours, "
        f"the diamond is {comparison.around.own_name}."
    )


def rows_of(
    indicators: Sequence[Indicator],
    facts: Mapping[str, Facts],
    comparisons: Mapping[str, Comparison | None],
    *,
    today: date,
    notes: Mapping[str, str] | None = None,
) -> tuple[Row, ...]:
    return tuple(
        row_of(one, facts[one.code], comparisons.get(one.code), today=today, note=(notes or {}).get(one.code, ""))
        for one in indicators
    )
