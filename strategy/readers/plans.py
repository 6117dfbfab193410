"""Actions, plans and areas for improvement of `strategy.yaml` → values; faults are told with those of the file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from framework.readers.days import Day
from framework.readers.lines import Entry
from strategy.domain.status import ActionState
from strategy.models import PlanKind
from strategy.readers.folder import AimRef, Later, Row

# "1.2/3": the third action of aim 1.2.
ActionRef = tuple[int, int, int]
REF = re.compile(r"(\d{1,2})\.(\d{1,2})/(\d{1,2})")
ALL_OF = re.compile(r"all of priority (\d{1,2})")
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneWords:
    title: str
    due: Day
    reached: Day | None
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateWords:
    on: Day
    progress: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Who leads an action, when, and how it goes. `lead` is an e-mail address."""

    lead: str = ""
    organisation: str = ""
    starts: Day | None = None
    due: Day | None = None
    co_produced_with: tuple[str, ...] = ()
    milestones: tuple[MilestoneWords, ...] = ()
    updates: tuple[UpdateWords, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionWords:
    row: Row
    course: Course
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWords:
    """An action in a plan."""

    ref: ActionRef
    theme: str = ""
    course: Course = Course()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    row: Row
    priority: int | None
    board: str
    actions: tuple[PlacedWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWords:
    row: Row
    points: tuple[str, ...]
    indicators: tuple[str, ...]
    actions: tuple[ActionRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansFile:
    actions: Mapping[AimRef, tuple[ActionWords, ...]]
    plans: tuple[PlanWords, ...]
    areas: tuple[AreaWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the other parts of a folder name."""

    emails: Collection[str]
    organisations: Collection[str]
    boards: Collection[str]


def read_plans(later: Later, known: Known) -> PlansFile:
    """Reads the entries that the reader of the strategy left. Faults land with the file's: stop there if there are
    any."""
    actions = {ref: tuple(_actions(entries, known)) for ref, entries in later.actions.items()}
    refs = {(*aim, number) for aim, rows in actions.items() for number in range(1, len(rows) + 1)}
    return PlansFile(
        actions=actions,
        plans=tuple(_plan(entry, refs, known) for entry in later.plans),
        areas=tuple(_area(entry, refs) for entry in later.areas),
    )


def _actions(entries: list[Entry], known: Known) -> list[ActionWords]:
    found: list[ActionWords] = []
    seen: dict[str, int] = {}
    for order, entry in enumerate(entries, 1):
        text = entry.text("text", required=True)
        seen[text] = seen.get(text, 0) + 1
        key = text[:300] if seen[text] == 1 else f"{text[:290]} #{seen[text]}"
        fields = {
            "text": text,
            "detail": entry.text("detail"),
            "is_as_extracted": entry.flag("as_extracted"),
            "note": entry.text("note"),
            "order": order,
        }
        row = Row(line=entry.line, key=key, fields=fields)
        found.append(ActionWords(row=row, course=_course(entry, known), points=entry.texts("points")))
        entry.finish()
    return found


def _course(entry: Entry, known: Known) -> Course:
    lead = entry.text("lead").lower()
    if lead and lead not in known.emails:
        entry.fault("lead", f"{lead} isn't in people.yaml.")
    organisation = entry.text("organisation")
    _check_organisations(entry, "organisation", [organisation] if organisation else [], known)
    makers = entry.texts("co_produced_with")
    _check_organisations(entry, "co_produced_with", makers, known)
    starts, due = _day(entry, "starts"), _day(entry, "due")
    return Course(
        lead=lead,
        organisation=organisation,
        starts=starts,
        due=due,
        co_produced_with=makers,
        milestones=tuple(_milestone(each) for each in entry.entries("milestones", what="this milestone")),
        updates=tuple(_update(each) for each in entry.entries("updates", what="this update")),
    )


def _check_organisations(entry: Entry, key: str, names: Collection[str], known: Known) -> None:
    for name in names:
        if name not in known.organisations:
            entry.fault(key, f"“{name}” isn't an organisation of area.yaml.")


def _day(entry: Entry, key: str, *, required: bool = False) -> Day | None:
    """`due_on: 2026-10-01`, or `due: {days: -30}` for thirty days before the day of loading."""
    on = entry.day(f"{key}_on")
    away = entry.entry(key)
    if on and away:
        entry.fault(key, f"Give “{key}_on” or “{key}”, not both.")
    if on:
        return Day(on=on)
    if away:
        days = away.whole("days", required=True, least=-MOST_DAYS, most=MOST_DAYS)
        away.finish()
        return Day(days=days or 0)
    if required:
        entry.fault(key, f"“{key}_on” is missing in {entry.what}.")
        return Day()
    return None


def _milestone(entry: Entry) -> MilestoneWords:
    words = MilestoneWords(
        title=entry.text("title", required=True, longest=200),
        due=_day(entry, "due", required=True) or Day(),
        reached=_day(entry, "reached"),
        months=entry.whole("months", least=1, most=60),
    )
    entry.finish()
    return words


def _update(entry: Entry) -> UpdateWords:
    on, days = entry.day("reported_on"), entry.whole("days", least=-MOST_DAYS, most=0)
    if (on is None) == (days is None):
        entry.fault("days", "Give “reported_on” or “days”: when was it so?")
    words = UpdateWords(
        on=Day(on=on, days=days or 0),
        progress=entry.choice("progress", [state.value for state in ActionState]),
        text=entry.text("text", required=True),
    )
    entry.finish()
    return words


def _plan(entry: Entry, refs: Collection[ActionRef], known: Known) -> PlanWords:
    title = entry.text("title", required=True, longest=200)
    starts, ends = entry.day("from_on", required=True), entry.day("to_on", required=True)
    if starts and ends and ends < starts:
        entry.fault("to_on", "The plan ends before it starts.")
    board = entry.text("board")
    if board and board not in known.boards:
        entry.fault("board", f"“{board}” isn't a board of this file.")
    priority = entry.whole("priority", least=1, most=99)
    if priority is not None and all(ref[0] != priority for ref in refs):
        entry.fault("priority", f"{priority} isn't the number of a priority with actions.")
    fields: dict[str, Any] = {
        "title": title,
        "kind": entry.choice("kind", PlanKind.values),
        "from_on": starts,
        "to_on": ends,
        "note": entry.text("note"),
        "is_demonstration": entry.flag("is_demonstration"),
    }
    row = Row(line=entry.line, key=title, fields=fields)
    words = PlanWords(row=row, priority=priority, board=board, actions=_placed(entry, refs, known))
    entry.finish()
    return words


def _placed(entry: Entry, refs: Collection[ActionRef], known: Known) -> tuple[PlacedWords, ...]:
    """“all of priority 1”, a list of refs, or entries that say more of each action."""
    node = entry.nodes.get("actions")
    if node is not None and isinstance(node.value, str):
        said = entry.text("actions")
        found = ALL_OF.fullmatch(said)
        if found is None:
            entry.fault("actions", f"“{said}” isn't known. Write “all of priority 1”, or a list such as 1.2/3.")
            return ()
        return tuple(PlacedWords(ref=ref) for ref in sorted(refs) if ref[0] == int(found[1]))
    if node is not None and node.value and all(isinstance(each.value, str) for each in node.value):
        return tuple(PlacedWords(ref=ref) for ref in _refs(entry, "actions", refs))
    placed = []
    for each in entry.entries("actions", what="this action of a plan"):
        ref = _ref(each, "ref", each.text("ref", required=True), refs)
        words = PlacedWords(ref=ref or (0, 0, 0), theme=each.text("theme", longest=120), course=_course(each, known))
        each.finish()
        placed.append(words)
    return tuple(placed)


def _refs(entry: Entry, key: str, refs: Collection[ActionRef]) -> tuple[ActionRef, ...]:
    found = (_ref(entry, key, text, refs) for text in entry.texts(key))
    return tuple(ref for ref in found if ref)


def _ref(entry: Entry, key: str, text: str, refs: Collection[ActionRef]) -> ActionRef | None:
    match = REF.fullmatch(text)
    if match is None:
        entry.fault(key, f"“{text}” isn't an action. Write it like 1.2/3: the third action of aim 1.2.")
        return None
    ref = (int(match[1]), int(match[2]), int(match[3]))
    if ref not in refs:
        entry.fault(key, f"There is no action {text} in this file.")
        return None
    return ref


def _area(entry: Entry, refs: Collection[ActionRef]) -> AreaWords:
    name = entry.text("short_name", required=True, longest=200)
    if "inspectors_words" in entry.nodes:
        entry.fault("inspectors_words", "The inspectors' own words are filled in by the council, never by a file.")
        entry.text("inspectors_words")
    fields = {
        "short_name": name,
        "report": entry.text("report", required=True, longest=200),
        "report_on": entry.day("report_on"),
        "page": entry.text("page", longest=20),
        "known_since_on": entry.day("known_since_on"),
        "known_how": entry.text("known_how"),
        "done": entry.text("done"),
        "changed": entry.text("changed"),
    }
    words = AreaWords(
        row=Row(line=entry.line, key=name[:300], fields=fields),
        points=entry.texts("points"),
        indicators=entry.texts("indicators"),
        actions=_refs(entry, "actions", refs),
    )
    entry.finish()
    return words
