"""A rulebook file → values, strictly: every fault is told with its line, all at once."""

from pathlib import Path
from typing import TypedDict

from framework.domain.rulebook import (
    ANCHORS,
    BATCHES,
    FOCUS_KINDS,
    KIND_NAMES,
    REQUEST_KINDS,
    ROLES,
    AreaOfFocus,
    Criterion,
    FirstHourTask,
    Group,
    Lens,
    Mapping,
    Outcome,
    Point,
    RequestItem,
    Rulebook,
    Statement,
    TimetableRule,
    counts_of,
)
from framework.readers.lines import Entry, Faults, read_entry

TITLE_LENGTH = 200
MONTHS = 240


def read_rulebook(path: Path) -> Rulebook:
    """The rulebook that a file holds. Raises UnusableFile with everything that is wrong."""
    top, faults = read_entry(path)
    rulebook = _rulebook(top)
    if rulebook is not None:
        _check_references(faults, rulebook)
        _check_counts(top, rulebook)
    top.finish()
    faults.stop_if_any()
    if rulebook is None:  # pragma: no cover  # a missing head is itself a fault
        raise AssertionError(path)
    return rulebook


def _rulebook(top: Entry) -> Rulebook | None:
    head = top.entry("framework", required=True)
    if head is None:
        return None
    starts, ends = head.day("in_force_from", required=True), head.day("in_force_to")
    if starts and ends and ends < starts:
        head.fault("in_force_to", "“in_force_to” is before “in_force_from”.")
    code, name = head.code(), head.text("name", required=True, longest=200)
    about, source = head.text("about"), head.text("source", required=True)
    confirmed_on, layouts = head.day("confirmed_on"), head.texts("list_layouts")
    head.finish()
    groups = tuple(_group(entry) for entry in top.entries("groups", what="this group", required=True))
    areas_of_focus = tuple(_area_of_focus(entry) for entry in top.entries("areas_of_focus"))
    lenses = tuple(_lens(entry) for entry in top.entries("lenses", what="this lens"))
    outcomes = tuple(_outcome(entry) for entry in top.entries("outcomes", what="this outcome"))
    timetable = tuple(_timetable_rule(entry) for entry in top.entries("timetable"))
    request_items = tuple(_request_item(entry) for entry in top.entries("request_items"))
    tasks = tuple(_first_hour_task(entry) for entry in top.entries("first_hour_tasks"))
    mappings = tuple(_mapping(entry) for entry in top.entries("mappings"))
    if starts is None:
        return None
    return Rulebook(
        code=code,
        name=name,
        about=about,
        in_force_from=starts,
        in_force_to=ends,
        source=source,
        confirmed_on=confirmed_on,
        list_layouts=layouts,
        groups=groups,
        areas_of_focus=areas_of_focus,
        lenses=lenses,
        outcomes=outcomes,
        timetable=timetable,
        request_items=request_items,
        first_hour_tasks=tasks,
        mappings=mappings,
    )


class _Common(TypedDict):
    code: str
    title: str
    reference: str
    official_wording: str
    source: str
    is_local: bool


def _common(entry: Entry, kind: str) -> _Common:
    return _Common(
        code=entry.own_code(KIND_NAMES[kind]),
        title=entry.text("title", required=True, longest=TITLE_LENGTH),
        reference=entry.text("reference", longest=80),
        official_wording=entry.text("official_wording"),
        source=entry.text("source", longest=300),
        is_local=entry.flag("is_local"),
    )


def _group(entry: Entry) -> Group:
    common, confirmed_on, summary = _common(entry, "group"), entry.day("confirmed_on"), entry.text("summary")
    criteria = tuple(_criterion(each) for each in entry.entries("criteria", what="this criterion", required=True))
    entry.finish()
    return Group(**common, confirmed_on=confirmed_on, summary=summary, criteria=criteria)


def _criterion(entry: Entry) -> Criterion:
    common, confirmed_on, summary = _common(entry, "criterion"), entry.day("confirmed_on"), entry.text("summary")
    points = tuple(_point(each) for each in entry.entries("points", what="this point"))
    entry.finish()
    return Criterion(**common, confirmed_on=confirmed_on, summary=summary, points=points)


def _point(entry: Entry) -> Point:
    row = Point(
        **_common(entry, "point"),
        confirmed_on=entry.day("confirmed_on"),
        is_alternative_provision=entry.flag("is_alternative_provision"),
    )
    entry.finish()
    return row


def _area_of_focus(entry: Entry) -> AreaOfFocus:
    row = AreaOfFocus(
        **_common(entry, "area_of_focus"),
        confirmed_on=entry.day("confirmed_on"),
        kind=entry.choice("kind", FOCUS_KINDS),
    )
    entry.finish()
    return row


def _lens(entry: Entry) -> Lens:
    common, confirmed_on, summary = _common(entry, "lens"), entry.day("confirmed_on"), entry.text("summary")
    statements = tuple(_statement(each) for each in entry.entries("statements", what="this statement"))
    entry.finish()
    return Lens(**common, confirmed_on=confirmed_on, summary=summary, statements=statements)


def _statement(entry: Entry) -> Statement:
    row = Statement(**_common(entry, "statement"), confirmed_on=entry.day("confirmed_on"))
    entry.finish()
    return row


def _outcome(entry: Entry) -> Outcome:
    row = Outcome(
        **_common(entry, "outcome"),
        confirmed_on=entry.day("confirmed_on"),
        when=entry.text("when", required=True),
        report_lists=entry.text("report_lists", required=True),
        follows=entry.text("follows", required=True),
        full_within_months=entry.whole("full_within_months", least=1, most=MONTHS),
        monitoring_within_months=entry.whole("monitoring_within_months", least=1, most=MONTHS),
        asks_priority_action_plan=entry.flag("asks_priority_action_plan"),
    )
    entry.finish()
    return row


def _timetable_rule(entry: Entry) -> TimetableRule:
    row = TimetableRule(
        **_common(entry, "timetable_rule"),
        confirmed_on=entry.day("confirmed_on"),
        anchor=entry.choice("anchor", ANCHORS),
        offset_working_days=entry.whole("offset_working_days", required=True, least=-60, most=250) or 0,
        ends_offset_working_days=entry.whole("ends_offset_working_days", least=-60, most=250),
        at_time=entry.clock("at_time"),
        ends_at_time=entry.clock("ends_at_time"),
        owner_role=entry.choice("owner_role", ROLES),
        batch=entry.choice("batch", BATCHES, required=False),
        basis=entry.text("basis", required=True),
        description=entry.text("description"),
    )
    entry.finish()
    if row.ends_offset_working_days is not None and row.ends_offset_working_days < row.offset_working_days:
        entry.fault("ends_offset_working_days", "It ends before it starts.")
    if row.ends_at_time and not row.at_time:
        entry.fault("ends_at_time", "“ends_at_time” needs “at_time”.")
    if row.at_time and row.ends_at_time and row.ends_offset_working_days is None and row.ends_at_time <= row.at_time:
        entry.fault("ends_at_time", "“ends_at_time” has to be later than “at_time”.")
    return row


def _request_item(entry: Entry) -> RequestItem:
    row = RequestItem(
        **_common(entry, "request_item"),
        confirmed_on=entry.day("confirmed_on"),
        description=entry.text("description"),
        group=entry.text("group", required=True, longest=100),
        deadline=entry.code("deadline"),
        responsible_role=entry.choice("responsible_role", ROLES),
        kind=entry.choice("kind", REQUEST_KINDS, required=False, default="document"),
        is_health_item=entry.flag("is_health_item"),
        is_person_level=entry.flag("is_person_level"),
        to_check=entry.text("to_check", longest=200),
    )
    entry.finish()
    if row.kind in {"list", "case"} and not row.is_person_level:
        entry.fault("kind", f"A {row.kind} holds data about single children: add “is_person_level: true”.")
    return row


def _first_hour_task(entry: Entry) -> FirstHourTask:
    row = FirstHourTask(
        **_common(entry, "first_hour_task"),
        confirmed_on=entry.day("confirmed_on"),
        description=entry.text("description"),
        owner_role=entry.choice("owner_role", ROLES),
        within_minutes=entry.whole("within_minutes", least=1, most=1440),
    )
    entry.finish()
    return row


def _mapping(entry: Entry) -> Mapping:
    row = Mapping(
        **_common(entry, "mapping"),
        confirmed_on=entry.day("confirmed_on"),
        old_framework=entry.code("old_framework"),
        old_code=entry.code("old_code"),
        new_code=entry.text("new_code", longest=60),
    )
    entry.finish()
    return row


def _check_references(faults: Faults, rulebook: Rulebook) -> None:
    """What one row says of another row."""
    rules = faults.entries_by_code.get("timetable rule", {})
    for item in rulebook.request_items:
        if item.deadline and item.deadline not in rules:
            known = ", ".join(rules) or "none in this file"
            faults.entries_by_code["request item"][item.code].fault(
                "deadline", f"The deadline “{item.deadline}” is no timetable rule. Choose from: {known}."
            )
    first_of_batch: dict[str, str] = {}
    for rule in rulebook.timetable:
        if rule.batch and rule.batch in first_of_batch:
            rules[rule.code].fault(
                "batch", f"“{rule.batch}” is already due by “{first_of_batch[rule.batch]}”. Keep one of the two."
            )
        first_of_batch.setdefault(rule.batch, rule.code)
    new_codes = set(faults.entries_by_code.get("criterion", {})) | set(faults.entries_by_code.get("point", {}))
    for mapping in rulebook.mappings:
        if mapping.new_code and mapping.new_code not in new_codes:
            faults.entries_by_code["mapping"][mapping.code].fault(
                "new_code", f"“{mapping.new_code}” is neither a criterion nor a point of this file."
            )


def _check_counts(top: Entry, rulebook: Rulebook) -> None:
    """The file says how many rows it has, so that lost lines are noticed."""
    stated = top.entry("counts", required=True)
    if stated is None:
        return
    for key, found in counts_of(rulebook).items():
        said = stated.whole(key, required=True, least=0)
        if said is not None and said != found:
            stated.fault(key, f"The file says {said} for “{key}” but holds {found}. Mend the rows or the number.")
    stated.finish()
