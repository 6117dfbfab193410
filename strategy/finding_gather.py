"""Database → what the checks of the strategy read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import NoReverseMatch, reverse

from accounts.models import LocalArea
from indicators.domain.series import Series, spikes
from indicators.gather import series_of
from indicators.models import Indicator
from strategy.action_gather import standing_lines
from strategy.domain.findings.facts import (
    ActionFact,
    AimFact,
    AnswerFact,
    AreaFact,
    FigureFact,
    IndicatorFact,
    MeasureFact,
    PriorityFact,
    SaidFact,
    StrategyFacts,
)
from strategy.gather import priorities_of
from strategy.kinds import anchor
from strategy.models import Action, AreaForImprovement, Challenge, Measure, Priority, Strategy, SuccessMeasure


def gather_findings(day: date) -> StrategyFacts | None:
    """Everything that the checks read, in a fixed number of queries; None while there is no strategy."""
    strategy = (
        Strategy.objects.filter(is_current=True)
        .prefetch_related(
            Prefetch("success_measures", SuccessMeasure.objects.filter(archived_at=None).select_related("indicator")),
            Prefetch("challenges", Challenge.objects.filter(archived_at=None)),
        )
        .first()
    )
    if strategy is None:
        return None
    priorities = list(priorities_of(strategy))
    actions: dict[int | None, list[ActionFact]] = defaultdict(list)
    for line in standing_lines(_actions(strategy), day):
        actions[line.action.aim_id].append(_action(line.action, line.status.state))
    facts = tuple(_priority(priority, actions) for priority in priorities)
    return StrategyFacts(
        priorities=facts,
        areas=_areas(),
        indicators=_indicators(strategy, facts),
        said=tuple(_said(strategy, priorities)),
        findings_url=reverse("strategy:finding-list"),
    )


def gather_home_findings() -> StrategyFacts | None:
    """What the readiness page needs, without states and figures: eight queries at most."""
    strategy = Strategy.objects.filter(is_current=True).first()
    if strategy is None:
        return None
    actions: dict[int | None, list[ActionFact]] = defaultdict(list)
    for action in _actions(strategy).select_related("lead"):
        actions[action.aim_id].append(_action(action, ""))
    return StrategyFacts(
        priorities=tuple(_priority(priority, actions) for priority in priorities_of(strategy)),
        areas=_areas(),
        findings_url=reverse("strategy:finding-list"),
    )


def _actions(strategy: Strategy) -> QuerySet[Action]:
    return Action.objects.filter(aim__priority__strategy=strategy, archived_at=None, aim__archived_at=None)


def _action(action: Action, state: str) -> ActionFact:
    return ActionFact(
        text=action.text,
        url=_page("strategy:action-show", action.pk),
        has_lead=not action.is_unowned,
        has_due=action.due_on is not None,
        state=state,
        is_as_extracted=action.is_as_extracted,
    )


def _page(name: str, pk: int) -> str:
    """The page of a row; empty where this installation has none."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


def _priority(priority: Priority, actions: Mapping[int | None, list[ActionFact]]) -> PriorityFact:
    page = reverse("strategy:priority-show", args=[priority.number])
    return PriorityFact(
        number=priority.number,
        title=priority.title,
        url=page,
        aims=tuple(
            AimFact(
                ref=aim.ref,
                text=aim.text,
                url=f"{page}#{anchor(aim)}",
                measures=tuple(_measure(measure, page) for measure in aim.measures.all()),
                actions=tuple(actions[aim.pk]),
            )
            for aim in priority.aims.all()
        ),
        answers=tuple(
            AnswerFact(
                you_asked=answer.you_asked,
                result=answer.result,
                figure=answer.figure,
                verdict=answer.verdict,
                url=f"{page}#{anchor(answer)}",
            )
            for answer in priority.answers.all()
        ),
    )


def _measure(measure: Measure, page: str) -> MeasureFact:
    return MeasureFact(
        text=measure.text,
        kind=measure.kind,
        url=f"{page}#{anchor(measure)}",
        indicator=measure.indicator.code if measure.indicator else "",
        baseline=measure.baseline_value,
        baseline_period=measure.baseline_period,
        target=measure.target_value,
    )


def _areas() -> tuple[AreaFact, ...]:
    standing = Count("action_links", filter=Q(action_links__action__archived_at=None))
    rows = AreaForImprovement.objects.filter(archived_at=None).annotate(answers=standing)
    return tuple(
        AreaFact(name=row.short_name, url=_page("strategy:area-show", row.pk), actions=row.answers) for row in rows
    )


def _indicators(strategy: Strategy, priorities: Iterable[PriorityFact]) -> dict[str, IndicatorFact]:
    """The indicators of measures, and those in per cent, with this area's own figures: three queries."""
    named = {measure.indicator for priority in priorities for _, measure in priority.measures if measure.indicator}
    named |= {row.indicator.code for row in strategy.success_measures.all() if row.indicator}
    rows = list(Indicator.objects.in_use().filter(Q(code__in=named) | Q(unit="percent")))
    area = LocalArea.objects.filter(pk=1).first()
    code = area.la_code if area else ""
    series = series_of([row.code for row in rows], [code]) if code and rows else {}
    return {row.code: _indicator(row, series.get((row.code, code))) for row in rows}


def _indicator(row: Indicator, series: Series | None) -> IndicatorFact:
    points = series.with_values if series else ()
    leaps = spikes(series) if series else ()
    return IndicatorFact(
        code=row.code,
        name=row.name,
        url=reverse("indicators:indicator-show", args=[row.code]),
        is_percent=row.unit == "percent",
        is_higher_better={"higher": True, "lower": False}.get(row.direction),
        figures=tuple(FigureFact(period=p.period.label, value=p.value) for p in points if p.value is not None),
        spikes=tuple(
            FigureFact(period=spike.point.period.label, value=spike.point.value)
            for spike in leaps
            if spike.point.value is not None
        ),
    )


def _said(strategy: Strategy, priorities: Iterable[Priority]) -> Iterable[SaidFact]:
    challenges = reverse("strategy:challenge-list")
    for challenge in strategy.challenges.all():
        yield SaidFact(where="Challenge", text=challenge.title, url=f"{challenges}#{anchor(challenge)}")
    for priority in priorities:
        page = reverse("strategy:priority-show", args=[priority.number])
        for answer in priority.answers.all():
            where = f"Priority {priority.number}, result"
            yield SaidFact(where=where, text=answer.result, url=f"{page}#{anchor(answer)}")
