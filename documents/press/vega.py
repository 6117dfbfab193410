"""A chart → the Vega-Lite that draws it."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from documents.press.charts import BarChart, Chart, Line, StripChart, TrendChart

INK: Final = "#0b0c0c"
QUIET: Final = "#505a5f"
HAIR: Final = "#b1b4b6"
TEAL: Final = "#0b5a60"
BAND: Final = "#dcebec"
# Colours of the other lines: the design system's, dark enough on white; each with dashes of its own.
OTHERS: Final = ((QUIET, [6, 3]), ("#54319f", [2, 2]), ("#9c4221", [8, 3, 2, 3]), ("#12437a", [4, 4]))
FONT: Final = "Liberation Sans, Arial, sans-serif"
TEXT: Final = 13
WIDTH: Final = 330
HEIGHT: Final = 220
LINE_SPACE: Final = 15


def specification(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite of a chart."""
    match chart:
        case TrendChart():
            body = _trend(chart)
        case BarChart():
            body = _bars(chart)
        case StripChart():
            body = _strip(chart)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 2,
        "config": _CONFIG,
        **body,
    }


_CONFIG: Final[dict[str, Any]] = {
    "font": FONT,
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": TEXT,
        "labelColor": INK,
        "titleFontSize": TEXT,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "gridColor": "#e4e6e7",
        "domainColor": HAIR,
        "tickColor": HAIR,
        "aria": False,
    },
    "text": {"fontSize": TEXT, "font": FONT, "aria": False},
}


# -- trend


def _trend(chart: TrendChart) -> dict[str, Any]:
    low, high = _scale(list(_all_values(chart)))
    x = {
        "field": "x",
        "type": "ordinal",
        "scale": {"domain": list(chart.steps), "type": "point", "padding": 0.3},
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelOverlap": "greedy",
            "labelExpr": "datum.label",
            "values": _shown_steps(chart.steps),
        },
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False, "zero": False},
        "axis": {"title": chart.unit or None, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0}
        | {"titleY": -10, "tickCount": 5, "domain": False, "ticks": False},
    }
    layers = [
        *_band_layers(chart, x, y),
        *_line_layers(chart, x, y),
        *_symbol_layers(chart, x),
        _names(chart, low, high),
    ]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "layer": layers,
        "padding": {"left": 2, "top": 6, "right": 2, "bottom": 2},
    }


def _shown_steps(steps: Sequence[str]) -> list[str]:
    """As many labels as there is room for, the newest always among them."""
    longest = max((len(step) for step in steps), default=1)
    room = max(1, int(WIDTH / (longest * TEXT * 0.56 + 10)))
    every = math.ceil(len(steps) / room)
    return [step for number, step in enumerate(reversed(steps)) if number % every == 0][::-1]


def _all_values(chart: TrendChart) -> Iterator[float]:
    for line in chart.lines:
        yield from (value for value in line.values if value is not None)
    if chart.band:
        yield from (value for value in (*chart.band.low, *chart.band.high) if value is not None)


def _scale(values: list[float]) -> tuple[float, float]:
    """From zero where that wastes less than half of the height, else from a round number beneath the lowest."""
    if not values:
        return 0.0, 1.0
    least, most = min(values), max(values)
    start = 0.0 if 0 <= least <= most * 0.6 else least
    step = _round_step((most - start) or abs(most) or 1.0)
    low = math.floor(start / step) * step
    high = math.ceil(most / step) * step
    return low, high if high > low else low + step


def _round_step(span: float) -> float:
    size = 10.0 ** math.floor(math.log10(span / 5))
    return next((size * factor for factor in (1, 2, 5, 10) if size * factor >= span / 5), size * 10)


def _band_layers(chart: TrendChart, x: dict[str, Any], y: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if chart.band is None:
        return
    rows = [
        {"x": step, "y": low, "y2": high}
        for step, low, high in zip(chart.steps, chart.band.low, chart.band.high, strict=True)
        if low is not None and high is not None
    ]
    if len(rows) > 1:
        yield {
            "data": {"values": rows},
            "mark": {"type": "area", "color": BAND, "aria": False},
            "encoding": {"x": x, "y": y, "y2": {"field": "y2"}},
        }


def _line_layers(chart: TrendChart, x: dict[str, Any], y: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Our own line last, so that it lies on top. A missing step breaks a line; it is never drawn across."""
    for colour, dashes, line in sorted(_styled(chart), key=lambda one: one[2].is_own):
        rows = [
            {"x": step, "y": value, "part": part}
            for step, value, part in zip(chart.steps, line.values, _parts(line.values), strict=True)
            if value is not None
        ]
        if not rows:
            continue
        mark = {"type": "line", "color": colour, "strokeWidth": 3 if line.is_own else 1.75, "strokeDash": dashes}
        point = {"filled": line.is_own, "fill": colour if line.is_own else "#ffffff", "size": 44 if line.is_own else 26}
        encoding = {"x": x, "y": y, "detail": {"field": "part", "type": "nominal"}}
        yield {
            "data": {"values": rows},
            "encoding": encoding,
            "layer": [
                {"mark": mark | {"aria": False}},
                {"mark": {"type": "point", "stroke": colour, "strokeWidth": 1.5, "opacity": 1, "aria": False} | point},
            ],
        }


def _styled(chart: TrendChart) -> list[tuple[str, list[int], Line]]:
    others = iter(OTHERS * (1 + len(chart.lines) // len(OTHERS)))
    return [(TEAL, [1, 0], line) if line.is_own else (*next(others), line) for line in chart.lines]


def _parts(values: Sequence[float | None]) -> list[int]:
    parts, part = [], 0
    for value in values:
        part += value is None
        parts.append(part)
    return parts


def _symbol_layers(chart: TrendChart, x: dict[str, Any]) -> Iterator[dict[str, Any]]:
    rows = [
        {"x": step, "text": symbol}
        for line in chart.lines
        if line.is_own and line.symbols
        for step, symbol in zip(chart.steps, line.symbols, strict=True)
        if symbol
    ]
    if rows:
        yield {
            "data": {"values": rows},
            "mark": {"type": "text", "color": TEAL, "fontWeight": "bold", "aria": False},
            "encoding": {"x": x, "y": {"value": HEIGHT - 8}, "text": {"field": "text"}},
        }


def _names(chart: TrendChart, low: float, high: float) -> dict[str, Any]:
    """Each line's name at its end, moved apart where lines end close together."""
    ends = []
    for colour, _, line in _styled(chart):
        last = next((value for value in reversed(line.values) if value is not None), None)
        if last is not None:
            ends.append((HEIGHT * (high - last) / (high - low), line.name, colour, line.is_own))
    ends.sort()
    rows = [
        {"place": place, "text": _short(name), "colour": colour, "own": is_own}
        for place, (_, name, colour, is_own) in zip(spread_apart([end[0] for end in ends]), ends, strict=True)
    ]
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 4, "clip": False, "aria": False}
    return {
        "data": {"values": rows},
        "encoding": {
            "x": {"value": WIDTH},
            "y": {"field": "place", "type": "quantitative", "scale": None, "axis": None},
            "text": {"field": "text"},
            "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        },
        "layer": [
            {"transform": [{"filter": "datum.own"}], "mark": mark | {"fontWeight": "bold"}},
            {"transform": [{"filter": "!datum.own"}], "mark": mark},
        ],
        "resolve": {"scale": {"y": "independent"}},
    }


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23].rstrip()}…"


def spread_apart(places: Sequence[float], space: float = LINE_SPACE, end: float = HEIGHT) -> list[float]:
    """Moves sorted places until each is `space` from the next, none beyond `end`, the order kept."""
    moved = list(places)
    for number, (before, _) in enumerate(pairwise(places), 1):
        moved[number] = max(moved[number], moved[number - 1] + space)
        assert before <= places[number]  # noqa: S101  # sorted, as said
    limit = end
    for number in range(len(moved) - 1, -1, -1):
        moved[number] = min(moved[number], limit)
        limit = moved[number] - space
    return [round(place, 1) for place in moved]


# -- bars


def _bars(chart: BarChart) -> dict[str, Any]:
    names = [_short_bar(bar.name) for bar in chart.bars]
    rows = [
        {"name": name, "value": bar.value or 0, "text": bar.text, "own": bar.is_own, "has": bar.value is not None}
        for name, bar in zip(names, chart.bars, strict=True)
    ]
    y = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": names, "paddingInner": 0.25},
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 190, "labelPadding": 6},
    }
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    by_own = {"condition": {"test": "datum.own", "value": TEAL}, "value": "#9aa5aa"}
    return {
        "width": 240,
        "height": {"step": 24},
        "padding": {"left": 2, "top": 2, "right": 70, "bottom": 2},
        "data": {"values": rows},
        "encoding": {"y": y, "x": x},
        "layer": [
            {
                "transform": [{"filter": "datum.has"}],
                "mark": {"type": "bar", "aria": False},
                "encoding": {"color": by_own},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "aria": False, "color": INK},
                "encoding": {"text": {"field": "text"}},
            },
        ],
    }


def _short_bar(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:25].rstrip()}…"


# -- the strip of all areas


def _strip(chart: StripChart) -> dict[str, Any]:
    values = [tick.value for tick in chart.ticks]
    own = next((tick.value for tick in chart.ticks if tick.kind == "own"), None)
    shown = [*values, *([] if chart.reference is None else [chart.reference])]
    least, most = (min(shown), max(shown)) if shown else (0.0, 1.0)
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [least, most] if most > least else [least - 1, most + 1], "zero": False, "nice": True},
        "axis": {"title": chart.unit or None, "grid": False, "tickCount": 6},
    }
    layers: list[dict[str, Any]] = [
        _strokes([tick.value for tick in chart.ticks if tick.kind == "other"], x, top=58, width=1.2, colour="#8a949a"),
        _strokes([tick.value for tick in chart.ticks if tick.kind == "near"], x, top=44, width=2.4, colour="#54319f"),
    ]
    if chart.reference is not None:
        layers += _reference(chart.reference, chart.reference_text, x)
    if own is not None:
        layers += _own(own, chart.own_text, x, middle=(least + most) / 2)
    return {"width": 440, "height": 90, "layer": [layer for layer in layers if layer]}


def _strokes(values: Sequence[float], x: dict[str, Any], *, top: int, width: float, colour: str) -> dict[str, Any]:
    if not values:
        return {}
    return {
        "data": {"values": [{"value": value} for value in values]},
        "mark": {"type": "rule", "strokeWidth": width, "color": colour, "opacity": 0.85, "aria": False},
        "encoding": {"x": x, "y": {"value": top}, "y2": {"value": 88}},
    }


def _reference(value: float, text: str, x: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "data": {"values": [{"value": value, "text": text}]},
            "encoding": {"x": x},
            "layer": [
                {
                    "mark": {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 1.5, "color": INK, "aria": False},
                    "encoding": {"y": {"value": 37}, "y2": {"value": 90}},
                },
                {
                    "mark": {"type": "text", "color": INK, "baseline": "bottom", "aria": False},
                    "encoding": {"y": {"value": 36}, "text": {"field": "text"}},
                },
            ],
        }
    ]


def _own(value: float, text: str, x: dict[str, Any], *, middle: float) -> list[dict[str, Any]]:
    align = "left" if value <= middle else "right"
    return [
        {
            "data": {"values": [{"value": value, "text": text}]},
            "encoding": {"x": x},
            "layer": [
                {
                    "mark": {"type": "rule", "strokeWidth": 3, "color": TEAL, "aria": False},
                    "encoding": {"y": {"value": 14}, "y2": {"value": 90}},
                },
                {
                    "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 150, "color": TEAL}
                    | {"opacity": 1, "aria": False},
                    "encoding": {"y": {"value": 14}},
                },
                {
                    "mark": {"type": "text", "color": TEAL, "fontWeight": "bold", "align": align, "aria": False}
                    | {"dx": 10 if align == "left" else -10, "baseline": "middle"},
                    "encoding": {"y": {"value": 7}, "text": {"field": "text"}},
                },
            ],
        }
    ]
