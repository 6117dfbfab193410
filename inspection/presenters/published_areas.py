"""One area's visits, and a report that was read, in page words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspection.domain.reports.facts import FACT_NAMES, conflicts_in
from inspection.domain.reports.taken import Taken, TakenTodo
from inspection.models import PublishedInspection, PublishedTodo, TodoTie
from inspection.presenters.published import OUTCOME_WORDS, VisitRow, in_words, span_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A fact of which sources say different things."""

    name: str
    values: list[tuple[str, str]]
    counts: str


def differences_of(visit: PublishedInspection) -> list[Difference]:
    found = conflicts_in((one.field, one.value, one.source) for one in visit.sayings.all())
    return [
        Difference(
            name=FACT_NAMES[fact],
            values=[(_value(value), ", ".join(sources)) for value, sources in values.items()],
            counts=_value(str(getattr(visit, fact) or "")),
        )
        for fact, values in found.items()
        if fact in FACT_NAMES
    ]


def _value(said: str) -> str:
    try:
        return in_words(date.fromisoformat(said))
    except ValueError:
        return said or "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    tie: TodoTie
    label: str
    because: str
    tag: tuple[str, str]


TIE_TAGS = {
    "read": ("By its words", "grey"),
    "confirmed": ("Confirmed", "green"),
    "added": ("Added by hand", "blue"),
    "removed": ("Taken out", "grey"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoBox:
    """One text with what it is tied to. `paragraphs` are its lines."""

    todo: PublishedTodo
    paragraphs: list[str]
    criteria: list[TieRow]
    themes: list[TieRow]
    removed: list[TieRow]


def todo_box(todo: PublishedTodo, ties: Iterable[TodoTie], titles: Mapping[str, str]) -> TodoBox:
    rows = [
        TieRow(
            tie=tie,
            label=f"{tie.code} {titles.get(tie.code, '')}".strip() if tie.kind == "criterion" else tie.code,
            because=", ".join(tie.because),
            tag=TIE_TAGS[tie.state],
        )
        for tie in ties
    ]
    kept = [row for row in rows if row.tie.state != "removed"]
    return TodoBox(
        todo=todo,
        paragraphs=todo.text.split("\n"),
        criteria=[row for row in kept if row.tie.kind == "criterion"],
        themes=[row for row in kept if row.tie.kind == "theme"],
        removed=[row for row in rows if row.tie.state == "removed"],
    )


def _announced(visit: PublishedInspection) -> str:
    return f"Within about {visit.next_months} months" if visit.next_months else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaVisit:
    row: VisitRow
    facts: list[dict[str, Any]]
    differences: list[Difference]
    priority: list[TodoBox]
    improvement: list[TodoBox]
    sources: list[str]


def area_visit(visit: PublishedInspection, row: VisitRow, titles: Mapping[str, str]) -> AreaVisit:
    boxes = [todo_box(todo, todo.ties.all(), titles) for todo in visit.todos.all()]
    before = span_in_words(visit.previous_started_on, visit.previous_ended_on)
    facts = [
        ("On site", row.on_site),
        ("Published", row.published),
        ("Outcome", row.outcome),
        (
            "What comes next",
            visit.next_activity or (f"Within about {visit.next_months} months" if visit.next_months else ""),
        ),
        ("Visit before", before if visit.previous_started_on else ""),
    ]
    return AreaVisit(
        row=row,
        facts=[{"key": key, "value": value} for key, value in facts if value],
        differences=differences_of(visit),
        priority=[box for box in boxes if box.todo.kind == "priority"],
        improvement=[box for box in boxes if box.todo.kind == "improvement"],
        sources=list(dict.fromkeys(one.source for one in visit.sayings.all())) or [visit.source],
    )


# -- a report that was read


def taken_facts(taken: Taken) -> list[dict[str, str]]:
    """What was read, before it is stored; what could not be read says so."""
    outcome = OUTCOME_WORDS[taken.outcome][0] if taken.outcome in OUTCOME_WORDS else "not read"
    facts = [
        ("Area", taken.area if taken.area_code else f"{taken.area or 'not read'} (not in the national list)"),
        ("Kind", "Monitoring visit" if taken.kind == "monitoring" else "Full inspection"),
        ("On site", _read(taken.inspection_start, taken.inspection_end)),
        (
            "Published",
            f"{in_words(taken.published_on)}, by {taken.published_from}" if taken.published_on else "not known",
        ),
        ("Outcome", outcome),
        ("What comes next", taken.next_activity or "not read"),
        ("Visit before", _read(taken.previous_start, taken.previous_end)),
    ]
    return [{"key": key, "value": value} for key, value in facts]


def _published(taken: Taken) -> str:
    return f"{in_words(taken.published_on)}, by {taken.published_from}" if taken.published_on else "not known"


def _read(first: date | None, last: date | None) -> str:
    return span_in_words(first, last) if first or last else "not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBox:
    todo: TakenTodo
    paragraphs: list[str]
    criteria: list[tuple[str, str]]
    themes: list[tuple[str, str]]


def taken_todos(taken: Taken, titles: Mapping[str, str]) -> list[TakenBox]:
    return [
        TakenBox(
            todo=one,
            paragraphs=one.text.split("\n"),
            criteria=[
                (f"{tie.code} {titles.get(tie.code, '')}".strip(), ", ".join(tie.because)) for tie in one.criteria
            ],
            themes=[(tie.code, ", ".join(tie.because)) for tie in one.themes],
        )
        for one in taken.todos
    ]
