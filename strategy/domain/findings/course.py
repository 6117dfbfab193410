"""Checks over what is done and what the figures say."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.domain.findings import Finding, Gap, Note
from accounts.domain.roles import Role
from strategy.domain.findings.facts import IndicatorFact, PriorityFact, StrategyFacts
from strategy.domain.findings.measures import counted

WELL = frozenset({"on_target", "completed"})
NOT_STARTED = "not_started"


def action_unowned(facts: StrategyFacts) -> Iterator[Finding]:
    for priority in facts.priorities:
        actions = priority.actions
        without_lead = sum(not action.has_lead for action in actions)
        without_due = sum(not action.has_due for action in actions)
        parts = []
        if without_lead:
            parts.append(f"{without_lead} without a lead")
        if without_due:
            parts.append(f"{without_due} without a date")
        if parts:
            yield Gap(
                code="strategy-action-unowned",
                sentence=f"Priority {priority.number}, {counted(len(actions), 'action')}: {' and '.join(parts)}.",
                owner_role=Role.SEND_TEAM,
                fix_url=priority.url,
                fix_label="Name them",
            )


def area_unanswered(facts: StrategyFacts) -> Iterator[Finding]:
    for area in facts.areas:
        if not area.actions:
            yield Gap(
                code="strategy-area-unanswered",
                sentence=f"The area for improvement “{area.name}” is answered by no action.",
                owner_role=Role.LANO,
                fix_url=area.url,
                fix_label="Answer it",
            )


def wrong_way(indicator: IndicatorFact) -> tuple[str, str] | None:
    """The last step of a series in words, where it leads away from good; None where it doesn't, or nobody can tell."""
    if indicator.is_higher_better is None or len(indicator.figures) < 2:
        return None
    before, after = indicator.figures[-2:]
    if before.value == after.value or (after.value > before.value) == indicator.is_higher_better:
        return None
    step = f"{before.value.normalize():f} ({before.period}) to {after.value.normalize():f} ({after.period})"
    return step, "higher" if indicator.is_higher_better else "lower"


def indicator_wrong_way(facts: StrategyFacts) -> Iterator[Finding]:
    for priority in facts.priorities:
        begun = [action for action in priority.actions if action.state and action.state != NOT_STARTED]
        if not begun or any(action.state not in WELL for action in begun):
            continue
        for code in _indicators(priority):
            indicator = facts.indicators.get(code)
            step = wrong_way(indicator) if indicator else None
            if indicator and step:
                yield Gap(
                    code="strategy-indicator-wrong-way",
                    sentence=f"{_all_well(len(begun))} of priority {priority.number} is on target or completed, yet "
                    f"“{indicator.name}” went from {step[0]}, and {step[1]} is better.",
                    owner_role=Role.DATA_LEAD,
                    fix_url=indicator.url or priority.url,
                    fix_label="See the figures",
                )


def _all_well(count: int) -> str:
    return "The one action under way" if count == 1 else f"Each of the {count} actions under way"


def _indicators(priority: PriorityFact) -> list[str]:
    return list(dict.fromkeys(measure.indicator for _, measure in priority.measures if measure.indicator))


def series_spiky(facts: StrategyFacts) -> Iterator[Finding]:
    for indicator in facts.indicators.values():
        for spike in indicator.spikes:
            yield Note(
                code="strategy-series-spiky",
                sentence=f"“{indicator.name}” leaps to {spike.value.normalize():f} in {spike.period} and comes back: "
                "an error, another definition, or a clean-up of records? Say it beside the series.",
                owner_role=Role.DATA_LEAD,
                fix_url=indicator.url,
                fix_label="Look at it",
            )
