"""What the checks read: the strategy as values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFact:
    """A value of an indicator for a period, as published."""

    period: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFact:
    """An indicator in this area: `figures` from the oldest to the newest; `is_higher_better` None where neither is."""

    code: str
    name: str
    url: str
    is_percent: bool = False
    is_higher_better: bool | None = None
    figures: tuple[FigureFact, ...] = ()
    spikes: tuple[FigureFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFact:
    text: str
    kind: str
    url: str
    indicator: str = ""
    baseline: str = ""
    baseline_period: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFact:
    """`state` is that of today; empty where nobody asked for it."""

    text: str
    url: str
    has_lead: bool = True
    has_due: bool = True
    state: str = ""
    is_as_extracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AimFact:
    ref: str
    text: str
    url: str
    measures: tuple[MeasureFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFact:
    you_asked: str
    result: str
    figure: str
    verdict: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityFact:
    number: int
    title: str
    url: str
    aims: tuple[AimFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()

    @property
    def actions(self) -> tuple[ActionFact, ...]:
        return tuple(action for aim in self.aims for action in aim.actions)

    @property
    def measures(self) -> tuple[tuple[AimFact, MeasureFact], ...]:
        return tuple((aim, measure) for aim in self.aims for measure in aim.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFact:
    """An area for improvement and how many actions answer it."""

    name: str
    url: str
    actions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidFact:
    """A statement of fact somewhere in the strategy: a challenge or the result of an answer; never a wish."""

    where: str
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyFacts:
    priorities: tuple[PriorityFact, ...]
    areas: tuple[AreaFact, ...] = ()
    indicators: dict[str, IndicatorFact] = field(default_factory=dict)
    said: tuple[SaidFact, ...] = ()
    findings_url: str = ""

    def aims(self) -> Iterator[tuple[PriorityFact, AimFact]]:
        for priority in self.priorities:
            for aim in priority.aims:
                yield priority, aim
