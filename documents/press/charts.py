"""Charts as values: what is drawn. One drawing serves page, PDF and Word.

A colour never carries a meaning alone: our own line is also thicker and its dots are filled, each other line has its
own dashes and its name at its end. Pages put a table and a sentence beneath each chart.
"""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line over the chart's steps: a value, or None where there is none. `symbols` stand where a value would."""

    name: str
    values: tuple[float | None, ...]
    is_own: bool = False
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range over the steps, as the ten neighbours have it."""

    name: str
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart:
    """`title` is what is read aloud; `unit` stands at the axis; `steps` are the labels from the oldest on."""

    title: str
    steps: tuple[str, ...]
    lines: tuple[Line, ...]
    unit: str = ""
    band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    name: str
    value: float | None
    text: str
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One area on a strip; `kind` is own, near (a neighbour) or other."""

    value: float
    kind: str = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class StripChart:
    """Every area as a stroke along one scale. Ours is a filled diamond, neighbours are long strokes."""

    title: str
    ticks: tuple[Tick, ...]
    own_text: str = ""
    reference: float | None = None
    reference_text: str = ""
    unit: str = ""


Chart = TrendChart | BarChart | StripChart


def key_text(chart: Chart) -> str:
    """The same text for the same chart, whatever made it."""
    return json.dumps([type(chart).__name__, asdict(chart)], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
