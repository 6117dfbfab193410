"""Every check of the strategy, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.domain.findings import Finding, Gap
from accounts.domain.roles import Role
from strategy.domain.findings.course import action_unowned, area_unanswered, indicator_wrong_way, series_spiky
from strategy.domain.findings.facts import StrategyFacts
from strategy.domain.findings.measures import action_misfit, aim_unmeasured, counted, figure_open, measure_repeated
from strategy.domain.findings.statements import statements_differ
from strategy.domain.findings.table import Check

TELLING = "Telling words have four letters or more; endings and words that stand everywhere are left out."


def _priorities(number: int) -> str:
    return "1 priority" if number == 1 else f"{number} priorities"


CHECKS: tuple[Check, ...] = (
    Check(
        code="strategy-area-unanswered",
        title="Areas for improvement that no action answers",
        basis="Inspectors come back to what they named. Found where no action is tied to the area.",
        find=area_unanswered,
        home=lambda number: f"{counted(number, 'area')} for improvement of the last report answered by no action.",
    ),
    Check(
        code="strategy-indicator-wrong-way",
        title="Actions on target, figures going the wrong way",
        basis="Then the actions may be the wrong ones. Found where every action of a priority that has begun is on "
        "target or completed, and the last two figures of an indicator of its measures lead away from good.",
        find=indicator_wrong_way,
    ),
    Check(
        code="strategy-aim-unmeasured",
        title="Aims without a measure",
        basis="Nobody can tell whether they are reached.",
        find=aim_unmeasured,
        home=lambda number: f"{counted(number, 'aim')} of the strategy without a measure.",
    ),
    Check(
        code="strategy-figure-open",
        title="Measures by figure that lack what makes them one",
        basis="A figure shows nothing without the indicator it is read from, where it stood, and where it shall be.",
        find=figure_open,
        home=lambda number: f"{_priorities(number)} with measures by figure that lack indicator, baseline or target.",
    ),
    Check(
        code="strategy-measure-repeated",
        title="The same measure under aims that it may not fit",
        basis="Found where one text measures several aims, and shares no telling word with one of them or its "
        f"actions. {TELLING} Feedback and surveys fit anywhere and are left out.",
        find=measure_repeated,
    ),
    Check(
        code="strategy-action-misfit",
        title="Actions that may belong to another aim",
        basis="Found where an action shares no telling word with its aim or its measures, but two with another aim of "
        f"the same priority; one is enough where the row is marked as extracted. {TELLING} A person decides.",
        find=action_misfit,
    ),
    Check(
        code="strategy-statements-differ",
        title="Two statements that disagree",
        basis="Found by five plain rules: a baseline that differs from what is published for its period; one measure "
        "with two targets; “rose” or “fell” against its own two figures; “all” where a percentage about the same is "
        "below 100; two statements with three telling words in common, one of which grows while the other shrinks.",
        find=statements_differ,
    ),
    Check(
        code="strategy-series-spiky",
        title="Figures that leap",
        basis="A value above or below both its neighbours by more than a quarter of their mean and by more than twice "
        "the usual step of the series.",
        find=series_spiky,
    ),
    Check(
        code="strategy-action-unowned",
        title="Actions without a lead or a date",
        basis="What nobody leads and nothing limits does not happen.",
        find=action_unowned,
        home=lambda number: f"{_priorities(number)} with actions that have no lead or no date.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one check found."""

    check: Check
    findings: tuple[Finding, ...]


def find_all(facts: StrategyFacts) -> tuple[Group, ...]:
    """Every check that found something."""
    groups = (Group(check=check, findings=tuple(check.find(facts))) for check in CHECKS)
    return tuple(group for group in groups if group.findings)


def home_finding(check: Check, facts: StrategyFacts) -> Iterator[Finding]:
    """For the readiness page: all that one check found in one sentence, with the way to it."""
    found = len(tuple(check.find(facts))) if check.home else 0
    if check.home and found:
        yield Gap(
            code=check.code,
            sentence=check.home(found),
            owner_role=Role.SEND_TEAM,
            fix_url=f"{facts.findings_url}#{check.code}",
            fix_label="See which",
        )
