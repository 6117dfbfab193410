"""A report that was read, with its criteria and themes: what is printed as JSON and what is stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from inspection.domain.reports.facts import PublishedKind, VisitFacts, months_said
from inspection.domain.reports.lists import Lists
from inspection.domain.reports.reading import IMPROVEMENT, PRIORITY, Report, Todo
from inspection.domain.reports.words import Tie, tie


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenTodo:
    """One thing to be done, whole, and what it was tied to by which words."""

    kind: str
    text: str
    page: int
    responsible: str = ""
    criteria: tuple[Tie, ...] = ()
    themes: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """`area_code` is None where no area has that name; `published_from` says where the day of publication is from."""

    file: str
    area: str
    area_code: str | None
    kind: PublishedKind
    inspection_start: date | None
    inspection_end: date | None
    previous_start: date | None
    previous_end: date | None
    published_on: date | None
    published_from: str
    outcome: int | None
    next_activity: str
    next_months: int | None
    todos: tuple[TakenTodo, ...]
    unread: tuple[str, ...]

    def facts(self) -> VisitFacts:
        return VisitFacts(
            area=self.area_code or "",
            kind=self.kind,
            started_on=self.inspection_start,
            ended_on=self.inspection_end,
            published_on=self.published_on,
            outcome=self.outcome,
            next_months=self.next_months,
            previous_started_on=self.previous_start,
            previous_ended_on=self.previous_end,
        )


def take(
    report: Report, lists: Lists, *, file: str, area_code: str | None, published_on: date | None, published_from: str
) -> Taken:
    """Ties each text of a report to criteria and themes by the lists."""
    return Taken(
        file=file,
        area=report.area,
        area_code=area_code,
        kind=PublishedKind(report.kind),
        inspection_start=report.inspection_start,
        inspection_end=report.inspection_end,
        previous_start=report.previous_start,
        previous_end=report.previous_end,
        published_on=published_on,
        published_from=published_from,
        outcome=report.outcome,
        next_activity=report.next_activity,
        next_months=months_said(report.next_activity),
        todos=(
            *(_taken(one, IMPROVEMENT, lists) for one in report.areas_for_improvement),
            *(_taken(one, PRIORITY, lists) for one in report.priority_actions),
        ),
        unread=report.unread,
    )


def _taken(todo: Todo, kind: str, lists: Lists) -> TakenTodo:
    return TakenTodo(
        kind=kind,
        text=todo.text,
        page=todo.page,
        responsible=todo.responsible,
        criteria=tie(todo.text, lists.criteria),
        themes=tie(todo.text, lists.themes),
    )


# -- as JSON and back


def as_json(taken: Taken) -> dict[str, Any]:
    """The object of one report: the keys that are promised first, then what else is known."""
    return {
        "file": taken.file,
        "area": taken.area,
        "inspection_start": _iso(taken.inspection_start),
        "inspection_end": _iso(taken.inspection_end),
        "previous_inspection": _iso(taken.previous_start),
        "published_on": _iso(taken.published_on),
        "outcome": taken.outcome,
        "next_activity": taken.next_activity,
        "areas_for_improvement": [_todo_json(one) for one in taken.todos if one.kind == IMPROVEMENT],
        "priority_actions": [_todo_json(one) for one in taken.todos if one.kind == PRIORITY],
        "unread": list(taken.unread),
        "area_code": taken.area_code,
        "kind": str(taken.kind),
        "previous_inspection_end": _iso(taken.previous_end),
        "published_from": taken.published_from,
        "next_months": taken.next_months,
    }


def _todo_json(one: TakenTodo) -> dict[str, Any]:
    said: dict[str, Any] = {"text": one.text}
    if one.kind == PRIORITY:
        said["responsible"] = one.responsible
    return said | {
        "criteria": [each.code for each in one.criteria],
        "because": {each.code: list(each.because) for each in one.criteria},
        "themes": {each.code: list(each.because) for each in one.themes},
        "page": one.page,
    }


def from_json(said: dict[str, Any]) -> Taken:
    """What `as_json` gave."""
    return Taken(
        file=said["file"],
        area=said["area"],
        area_code=said["area_code"],
        kind=PublishedKind(said["kind"]),
        inspection_start=_day(said["inspection_start"]),
        inspection_end=_day(said["inspection_end"]),
        previous_start=_day(said["previous_inspection"]),
        previous_end=_day(said["previous_inspection_end"]),
        published_on=_day(said["published_on"]),
        published_from=said["published_from"],
        outcome=said["outcome"],
        next_activity=said["next_activity"],
        next_months=said["next_months"],
        todos=(
            *(_todo_from(one, IMPROVEMENT) for one in said["areas_for_improvement"]),
            *(_todo_from(one, PRIORITY) for one in said["priority_actions"]),
        ),
        unread=tuple(said["unread"]),
    )


def _todo_from(said: dict[str, Any], kind: str) -> TakenTodo:
    return TakenTodo(
        kind=kind,
        text=said["text"],
        page=said["page"],
        responsible=said.get("responsible", ""),
        criteria=tuple(Tie(code=code, because=tuple(said["because"][code])) for code in said["criteria"]),
        themes=tuple(Tie(code=code, because=tuple(words)) for code, words in said["themes"].items()),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
