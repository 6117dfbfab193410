"""A published rulebook as values: what a file holds and what the database gives back."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, time

from accounts.domain.roles import Role

ANCHORS = ("notification", "on_site", "last_day", "draft", "published")
BATCHES = ("", "lists", "six", "annex-a")
REQUEST_KINDS = ("document", "list", "case")
FOCUS_KINDS = ("alternative_provision", "extra_evidence")
ROLES = tuple(role.value for role in Role)

Value = str | bool | int | date | time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What each row has. `confirmed_on` None: our own default, to be confirmed by the area."""

    code: str
    title: str
    reference: str = ""
    official_wording: str = ""
    source: str = ""
    confirmed_on: date | None = None
    is_local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Row):
    is_alternative_provision: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Row):
    summary: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Row):
    summary: str = ""
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaOfFocus(Row):
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Row):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens(Row):
    summary: str = ""
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Row):
    when: str
    report_lists: str
    follows: str
    full_within_months: int | None = None
    monitoring_within_months: int | None = None
    asks_priority_action_plan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRule(Row):
    """Offsets in working days after the anchor; times are local."""

    anchor: str
    offset_working_days: int
    ends_offset_working_days: int | None = None
    at_time: time | None = None
    ends_at_time: time | None = None
    owner_role: str = Role.LANO.value
    batch: str = ""
    basis: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestItem(Row):
    """`deadline` is the code of a timetable rule."""

    description: str = ""
    group: str
    deadline: str
    responsible_role: str
    kind: str = "document"
    is_health_item: bool = False
    is_person_level: bool = False
    to_check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstHourTask(Row):
    description: str = ""
    owner_role: str = Role.LANO.value
    within_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping(Row):
    """`old_framework` is the code of an earlier framework; an empty `new_code` says: dropped."""

    old_framework: str
    old_code: str
    new_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    code: str
    name: str
    about: str = ""
    in_force_from: date
    in_force_to: date | None = None
    source: str
    confirmed_on: date | None = None
    list_layouts: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    areas_of_focus: tuple[AreaOfFocus, ...] = ()
    lenses: tuple[Lens, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    timetable: tuple[TimetableRule, ...] = ()
    request_items: tuple[RequestItem, ...] = ()
    first_hour_tasks: tuple[FirstHourTask, ...] = ()
    mappings: tuple[Mapping, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place: the kind of row, the code of its parent ("" for none), the position among its kind."""

    kind: str
    row: Row
    parent: str
    position: int


# Parents before children, so that a loader can create rows in this order.
KIND_NAMES = {
    "group": "group",
    "criterion": "criterion",
    "point": "point",
    "area_of_focus": "area of focus",
    "lens": "lens",
    "statement": "lens statement",
    "outcome": "outcome",
    "timetable_rule": "timetable rule",
    "request_item": "request item",
    "first_hour_task": "first-hour task",
    "mapping": "mapping",
}
CHILDREN = frozenset({"criteria", "points", "statements"})


def _unplaced(rulebook: Rulebook) -> Iterator[tuple[str, Row, str]]:
    yield from (("group", group, "") for group in rulebook.groups)
    criteria = [(group, criterion) for group in rulebook.groups for criterion in group.criteria]
    yield from (("criterion", criterion, group.code) for group, criterion in criteria)
    yield from (("point", point, criterion.code) for _, criterion in criteria for point in criterion.points)
    yield from (("area_of_focus", area, "") for area in rulebook.areas_of_focus)
    yield from (("lens", lens, "") for lens in rulebook.lenses)
    yield from (("statement", row, lens.code) for lens in rulebook.lenses for row in lens.statements)
    yield from (("outcome", outcome, "") for outcome in rulebook.outcomes)
    yield from (("timetable_rule", rule, "") for rule in rulebook.timetable)
    yield from (("request_item", item, "") for item in rulebook.request_items)
    yield from (("first_hour_task", task, "") for task in rulebook.first_hour_tasks)
    yield from (("mapping", mapping, "") for mapping in rulebook.mappings)


def placed_rows(rulebook: Rulebook) -> tuple[Placed, ...]:
    """Every row, parents before children, with its position among the rows of its kind (from 1)."""
    positions: dict[str, int] = {}
    placed = []
    for kind, row, parent in _unplaced(rulebook):
        positions[kind] = positions.get(kind, 0) + 1
        placed.append(Placed(kind, row, parent, positions[kind]))
    return tuple(placed)


def values_of(row: Row) -> dict[str, Value]:
    """The row's own values by name, without its code and the rows beneath it."""
    return {each.name: getattr(row, each.name) for each in fields(row) if each.name not in CHILDREN | {"code"}}


def counts_of(rulebook: Rulebook) -> dict[str, int]:
    """What a file states about itself, so that lost lines are noticed."""
    criteria = [criterion for group in rulebook.groups for criterion in group.criteria]
    return {
        "groups": len(rulebook.groups),
        "criteria": len(criteria),
        "points": sum(len(criterion.points) for criterion in criteria),
        "outcomes": len(rulebook.outcomes),
        "timetable": len(rulebook.timetable),
        "request_items": len(rulebook.request_items),
    }
