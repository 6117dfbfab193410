"""The progress of the whole strategy for a board: every priority, its actions, measures and answers."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accounts.models import LocalArea
from accounts.permissions import NotAllowed
from documents.exports import Params
from documents.press.sections import Amount, Cell, Heading, Paragraph, Report, Section, Table, TableColumn
from documents.reports import ReportKind
from indicators.domain.comparison import change_in_words
from indicators.domain.figures import figure_in_words
from indicators.gather import facts_of, series_of
from strategy.action_gather import action_lines
from strategy.area_gather import AreaLine, area_lines
from strategy.domain.papers import ActionFact, count_states
from strategy.domain.status import STATE_NAMES, ActionState
from strategy.gather import current_strategy, priorities_of
from strategy.meeting_gather import fact_of
from strategy.models import Action, AreaForImprovement, Measure, Priority
from strategy.reports.shared import (
    actions_table,
    check,
    day_in_words,
    fingerprint,
    marking,
    noon_of,
    on_of,
    short_day,
)

EXTRACTED = "(as extracted, check against the original)"
SUMMARY = (
    TableColumn("Priority", 3.4),
    TableColumn("Actions", 1.2, is_number=True),
    *(TableColumn(name, 1.5, is_number=True) for name in STATE_NAMES.values()),
    TableColumn("Overdue", 1.35, is_number=True),
    TableColumn("Without lead", 1.1, is_number=True),
)
MEASURES = (
    TableColumn("Aim", 0.6),
    TableColumn("Measure", 3.6),
    TableColumn("Baseline", 1.5),
    TableColumn("Target", 1.5),
    TableColumn("Newest figure", 1.8),
)
ANSWERS = (
    TableColumn("You asked", 2.4),
    TableColumn("So we did", 2.6),
    TableColumn("Result", 2.6),
    TableColumn("Verdict", 1.2),
)
AREAS = (
    TableColumn("Area for improvement", 2.4),
    TableColumn("Known since", 1.5),
    TableColumn("Actions", 2),
    TableColumn("What was done", 2.2),
    TableColumn("What changed", 2.2),
)


@dataclass(frozen=True, slots=True)
class MeasureFact:
    aim: str
    text: str
    baseline: str
    target: str
    newest: str


@dataclass(frozen=True, slots=True)
class PriorityFact:
    """A priority with what a board reads of it. `answers`: asked, done, result, verdict."""

    number: int
    title: str
    lead: str
    summary: str
    actions: tuple[ActionFact, ...]
    measures: tuple[MeasureFact, ...]
    answers: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class AreaFact:
    name: str
    known_since_on: date | None
    actions: tuple[ActionFact, ...]
    done: str
    changed: str


@dataclass(frozen=True, slots=True)
class ProgressInputs:
    title: str
    years: str
    on: date
    priorities: tuple[PriorityFact, ...]
    areas: tuple[AreaFact, ...]
    marking: str
    as_at: datetime
    fingerprint: str


# -- what is read


def gather(params: Params) -> ProgressInputs:
    """The current strategy with its actions as they stood on the day (a fixed number of queries)."""
    on, strategy = on_of(params), current_strategy()
    if strategy is None:
        raise NotAllowed("No strategy is there yet. Start one, or load an area's folder.")
    priorities = list(priorities_of(strategy))
    actions: dict[int, list[ActionFact]] = defaultdict(list)
    rows = Action.objects.filter(aim__priority__strategy=strategy, archived_at=None, aim__archived_at=None)
    for line in action_lines(rows, on):
        if line.action.aim:
            actions[line.action.aim.priority_id].append(_marked(fact_of(line), line.action.is_as_extracted))
    newest = _newest_figures(priorities)
    areas = AreaForImprovement.objects.filter(archived_at=None).order_by("order", "pk")
    return ProgressInputs(
        title=strategy.title,
        years=f"{strategy.from_on.year} to {strategy.to_on.year}" if strategy.from_on and strategy.to_on else "",
        on=on,
        priorities=tuple(_priority(one, tuple(actions[one.pk]), newest) for one in priorities),
        areas=tuple(_area(line) for line in area_lines(areas, on)),
        marking=marking(),
        as_at=noon_of(on),
        fingerprint=fingerprint(params),
    )


def _marked(fact: ActionFact, is_as_extracted: bool) -> ActionFact:
    if not is_as_extracted:
        return fact
    return ActionFact(
        ref=fact.ref,
        text=f"{fact.text} {EXTRACTED}",
        lead=fact.lead,
        due_on=fact.due_on,
        state=fact.state,
        reason=fact.reason,
        is_overdue=fact.is_overdue,
    )


def _newest_figures(priorities: list[Priority]) -> dict[str, str]:
    """The newest figure of each indicator that a measure names, with its period, in words."""
    measures = [measure for one in priorities for aim in one.aims.all() for measure in aim.measures.all()]
    indicators = {measure.indicator.code: measure.indicator for measure in measures if measure.indicator}
    own = LocalArea.objects.filter(pk=1).values_list("la_code", flat=True).first() or ""
    series = series_of(list(indicators), [own]) if own and indicators else {}
    found = {}
    for code, indicator in indicators.items():
        held = series.get((code, own))
        latest = held.latest if held else None
        found[code] = (
            f"{figure_in_words(latest.value, latest.symbol, facts_of(indicator))} ({latest.period.label})"
            if latest
            else "No source yet"
        )
    return found


def _priority(priority: Priority, actions: tuple[ActionFact, ...], newest: dict[str, str]) -> PriorityFact:
    lead = priority.lead.name if priority.lead else str(priority.lead_organisation or "")
    return PriorityFact(
        number=priority.number,
        title=priority.title,
        lead=lead,
        summary=priority.summary,
        actions=actions,
        measures=tuple(
            _measure(measure, aim.ref, newest) for aim in priority.aims.all() for measure in aim.measures.all()
        ),
        answers=tuple(
            (
                answer.you_asked,
                answer.so_we_did + (f" {EXTRACTED}" if answer.is_as_extracted else ""),
                " ".join(part for part in (answer.result, answer.figure, answer.period) if part),
                answer.get_verdict_display(),
            )
            for answer in priority.answers.all()
        ),
    )


def _measure(measure: Measure, aim: str, newest: dict[str, str]) -> MeasureFact:
    by = f" by {short_day(measure.target_by_on)}" if measure.target_by_on else ""
    period = f" ({measure.baseline_period})" if measure.baseline_period else ""
    return MeasureFact(
        aim=aim,
        text=measure.text + (f" {EXTRACTED}" if measure.is_as_extracted else ""),
        baseline=f"{measure.baseline_value}{period}" if measure.baseline_value else "None",
        target=f"{measure.target_value}{by}" if measure.target_value else "None",
        newest=newest.get(measure.indicator.code, "") if measure.indicator else measure.get_kind_display(),
    )


def _area(line: AreaLine) -> AreaFact:
    figures = "; ".join(
        f"{one.facts.name} {figure_in_words(one.latest.value, one.latest.symbol, one.facts)} "
        f"({one.latest.period.label}" + (f", {change_in_words(one.change, one.facts)})" if one.change else ")")
        for one in line.figures
        if one.latest
    )
    changed = " ".join(part for part in (line.area.changed, f"{figures}." if figures else "") if part)
    return AreaFact(
        name=line.area.short_name,
        known_since_on=line.area.known_since_on,
        actions=tuple(fact_of(one) for one in line.actions),
        done=line.area.done,
        changed=changed,
    )


# -- what is said


def build(inputs: ProgressInputs) -> Report:
    """A page that answers at a glance, then each priority, then the areas for improvement."""
    every = [action for one in inputs.priorities for action in one.actions]
    sections: list[Section] = [
        Paragraph(f"{_named(inputs)}. {_sentence(every)}", is_lead=True),
        Heading("At a glance"),
        Table("Actions by priority and state", SUMMARY, _summary(inputs.priorities, every), sheet="At a glance"),
        Paragraph(
            "Completed needs approved evidence of impact. What is past its day and not completed, or has missed a "
            "milestone, is behind.",
            is_quiet=True,
        ),
    ]
    for one in inputs.priorities:
        sections += _of_priority(one)
    if inputs.areas:
        sections += [
            Heading("Areas for improvement that inspectors named", starts_page=True),
            Table("Areas for improvement", AREAS, tuple(_area_row(one) for one in inputs.areas), sheet="Areas"),
        ]
    return Report(title="Progress of the strategy", as_at=day_in_words(inputs.on), sections=tuple(sections))


def _named(inputs: ProgressInputs) -> str:
    """The strategy's title, with its years where the title doesn't say them."""
    return inputs.title if not inputs.years or inputs.years in inputs.title else f"{inputs.title}, {inputs.years}"


def _sentence(actions: list[ActionFact]) -> str:
    counts = count_states(actions)
    overdue = sum(one.is_overdue for one in actions)
    behind, completed = counts[ActionState.BEHIND], counts[ActionState.COMPLETED]
    total = "1 action" if len(actions) == 1 else f"{len(actions)} actions"
    return f"{total}: {completed} completed, {behind} behind, {overdue} overdue."


def _summary(priorities: tuple[PriorityFact, ...], every: list[ActionFact]) -> tuple[tuple[Cell, ...], ...]:
    rows = [(f"{one.number}. {one.title}", one.actions) for one in priorities]
    return tuple(_counts(name, actions) for name, actions in [*rows, ("All", tuple(every))])


def _counts(name: str, actions: tuple[ActionFact, ...]) -> tuple[Cell, ...]:
    counts = count_states(actions)
    numbers = [
        len(actions),
        *(counts[state] for state in STATE_NAMES),
        sum(one.is_overdue for one in actions),
        sum(not one.lead for one in actions),
    ]
    return (name, *(Amount(str(number), Decimal(number)) for number in numbers))


def _of_priority(one: PriorityFact) -> list[Section]:
    label = str(one.number)
    sections: list[Section] = [Heading(f"Priority {one.number}: {one.title}", starts_page=True)]
    sections.append(Paragraph(f"Lead: {one.lead or 'nobody named'}. {_sentence(list(one.actions))}"))
    if one.summary:
        sections.append(Paragraph(one.summary))
    late = [action for action in one.actions if action.is_overdue or action.state is ActionState.BEHIND]
    if late:
        sections.append(Heading("Behind or overdue", level=3))
        sections.append(actions_table(f"Behind or overdue under priority {label}", late, sheet=f"{label} behind"))
    if one.actions:
        sections.append(Heading("All actions", level=3))
        sections.append(actions_table(f"Actions of priority {label}", one.actions, sheet=f"{label} actions"))
    if one.measures:
        rows = tuple((each.aim, each.text, each.baseline, each.target, each.newest) for each in one.measures)
        sections.append(Heading("Measures", level=3))
        sections.append(Table(f"Measures of priority {label}", MEASURES, rows, sheet=f"{label} measures"))
    if one.answers:
        sections.append(Heading("You asked, so we did", level=3))
        sections.append(Table(f"What was asked under priority {label}", ANSWERS, one.answers, sheet=f"{label} answers"))
    return sections


def _area_row(one: AreaFact) -> tuple[Cell, ...]:
    told = _sentence(list(one.actions)) if one.actions else "No action answers it."
    return (one.name, short_day(one.known_since_on, "Not known"), told, one.done, one.changed)


STRATEGY_PROGRESS = ReportKind(
    code="strategy-progress",
    title="Progress of the strategy",
    sentence="Every priority with its actions as they stand, delays, measures, what was asked and what came of it.",
    check=check,
    gather=gather,
    build=build,
    fingerprint_now=fingerprint,
    subject=lambda params: f"Progress of the strategy, {on_of(params):%d/%m/%Y}",
    file_name=lambda params: "strategy-progress",
    standing_params=lambda on: {"on": on.isoformat()},
)
