"""The notification letter, worked through line by line: each change with its reason, nobody's edit lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.domain.roles import Role
from accounts.models import User
from inspection.domain.clock import moment
from inspection.domain.letter import Line, find_problem, list_steps, settle_line
from inspection.gather.letters import LetterRow, letter_rows, line_of
from inspection.models import ChangeKind, Deadline, Inspection, LetterStanding, VisitChange, VisitItem
from inspection.permissions.visits import check_can_change

LINE_FIELDS = ["title", "standing", "version"]
ITEM_FIELDS = [*LINE_FIELDS, "own_due_at", "has_own_due_time"]
DEADLINE_FIELDS = [
    *LINE_FIELDS,
    "due_at",
    "at_time",
    "ends_at",
    "ends_at_time",
    "is_own_date",
    "counted_as",
    "other_readings",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEdit:
    """What somebody wants of one line; `version` is the one that they saw."""

    row: LetterRow
    version: int
    wanted: Line
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """Something that the letter asks for and the rulebook doesn't know. An item hangs on a deadline of the visit."""

    is_item: bool
    title: str
    reason: str
    due_on: date | None = None
    due_time: time | None = None
    deadline: Deadline | None = None
    owner_role: Role = Role.LANO


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """`overtaken` holds the lines that somebody else had changed in between: they were left as they are."""

    changed: int
    overtaken: tuple[LetterRow, ...]


class MissingReason(Exception):
    """An edit without the reason that it needs. The form says so first."""


def save_letter(
    *,
    by: User,
    at: datetime,
    visit: Inspection,
    edits: Sequence[LineEdit] = (),
    added: NewLine | None = None,
    confirms_rest: Sequence[tuple[LetterRow, int]] = (),
) -> Saved:
    """Keeps every edit that nobody has overtaken and what was added.

    `confirms_rest` are lines with the version that was seen: those of them that stand so and are open are confirmed.
    """
    with transaction.atomic():
        visit = Inspection.objects.select_for_update().get(pk=visit.pk)
        check_can_change(by, visit)
        fresh = {_key(row): row for row in letter_rows(visit)}
        seen = [row for shown, version in confirms_rest if (row := fresh[_key(shown)]).version == version]
        overtaken: list[LetterRow] = []
        history: list[VisitChange] = []
        # Deadlines first: an item that takes its day from one is compared with the day that it then has.
        for edit in sorted(edits, key=lambda one: isinstance(one.row, VisitItem)):
            row = fresh[_key(edit.row)]
            if row.version != edit.version:
                if line_of(row) != edit.wanted:
                    overtaken.append(row)
                continue
            history += _edit_line(visit, row, edit, by=by, at=at)
        if added is not None:
            history.append(_add_line(visit, added, by=by, at=at))
        left = {_key(row) for row in overtaken}
        rest = [row for row in seen if row.standing == LetterStanding.OPEN and _key(row) not in left]
        history += _confirm(visit, rest, by=by, at=at)
        VisitChange.objects.bulk_create(history)
        if history:
            record(by=by, at=at, action="letter.saved", thing=visit, text=_count_words(history))
    return Saved(changed=len(history), overtaken=tuple(overtaken))


def _key(row: LetterRow) -> tuple[type[LetterRow], int]:
    return type(row), row.pk


def _edit_line(visit: Inspection, row: LetterRow, edit: LineEdit, *, by: User, at: datetime) -> list[VisitChange]:
    before = line_of(row)
    wanted = settle_line(before, edit.wanted)
    steps = list_steps(before, wanted)
    if not steps:
        return []
    if find_problem(steps, edit.reason):
        raise MissingReason(row.title)
    row.title = wanted.title
    row.standing = wanted.standing
    if (wanted.due_on, wanted.due_time) != (before.due_on, before.due_time):
        _set_due(row, wanted)
    row.version += 1
    # Only what the letter says: who owns a deadline and whether it was met may change at the same moment.
    row.save(update_fields=DEADLINE_FIELDS if isinstance(row, Deadline) else ITEM_FIELDS)
    return [
        _change(
            visit, row, ChangeKind(step.change), by=by, at=at, before=step.before, after=step.after, reason=edit.reason
        )
        for step in steps
    ]


def _set_due(row: LetterRow, wanted: Line) -> None:
    due_at = moment(wanted.due_on, wanted.due_time) if wanted.due_on else None
    if isinstance(row, VisitItem):
        row.own_due_at = due_at
        row.has_own_due_time = wanted.due_time is not None
        return
    if row.at_time and wanted.due_time is None:
        row.ends_at_time = None
    if row.ends_at and row.due_at and due_at:
        _carry_end(row, row.due_at, due_at)
    row.due_at, row.at_time = due_at, wanted.due_time
    row.is_own_date = True
    row.counted_as = "As the notification letter says."
    row.other_readings = []


def _carry_end(row: Deadline, old: datetime, new: datetime) -> None:
    """What lasts keeps its length by the clock on the wall, also over the night when the clocks change."""
    start, end = (timezone.localtime(at).replace(tzinfo=None) for at in (old, row.ends_at or old))
    moved = end + (timezone.localtime(new).replace(tzinfo=None) - start)
    if row.ends_at_time is None:
        moved = datetime.combine(end.date() + (timezone.localdate(new) - timezone.localdate(old)), time())
    else:
        row.ends_at_time = moved.time()
    row.ends_at = moment(moved.date(), row.ends_at_time)


def _add_line(visit: Inspection, added: NewLine, *, by: User, at: datetime) -> VisitChange:
    due_at = moment(added.due_on, added.due_time) if added.due_on else None
    row: LetterRow
    if added.is_item:
        row = VisitItem(
            deadline=added.deadline,
            own_due_at=due_at,
            has_own_due_time=added.due_time is not None,
            responsible_role=added.owner_role,
            group="Added for this visit",
            order=1 + VisitItem.objects.filter(inspection=visit).count(),
        )
    else:
        row = Deadline(
            anchor="notification",
            due_at=due_at,
            at_time=added.due_time,
            is_own_date=True,
            owner_role=added.owner_role,
            counted_as="As the notification letter says.",
            is_rule_confirmed=True,
        )
    row.inspection = visit
    row.title = added.title
    row.is_added = True
    row.standing = LetterStanding.CONFIRMED
    taken = set(type(row).objects.filter(inspection=visit).values_list("code", flat=True))
    row.code = next(code for number in count(1) if (code := f"added-{number}") not in taken)
    row.save()
    return _change(visit, row, ChangeKind.ADDED, by=by, at=at, after=added.title, reason=added.reason)


def _confirm(visit: Inspection, rows: Sequence[LetterRow], *, by: User, at: datetime) -> list[VisitChange]:
    for row in rows:
        row.standing = LetterStanding.CONFIRMED
        row.version += 1
    for model in (Deadline, VisitItem):
        of_model = [row for row in rows if isinstance(row, model)]
        model.objects.bulk_update(of_model, ["standing", "version"])  # type: ignore[arg-type]  # rows of that model
    return [_change(visit, row, ChangeKind.CONFIRMED, by=by, at=at) for row in rows]


def _change(
    visit: Inspection,
    row: LetterRow,
    kind: ChangeKind,
    *,
    by: User,
    at: datetime,
    before: str = "",
    after: str = "",
    reason: str = "",
) -> VisitChange:
    return VisitChange(
        inspection=visit,
        deadline=row if isinstance(row, Deadline) else None,
        item=row if isinstance(row, VisitItem) else None,
        kind=kind,
        before=before[:300],
        after=after[:300],
        reason=reason,
        by=by,
        at=at,
    )


def _count_words(history: Sequence[VisitChange]) -> str:
    counts: dict[str, int] = {}
    for change in history:
        label = str(ChangeKind(change.kind).label).lower()
        counts[label] = counts.get(label, 0) + 1
    return ", ".join(f"{number} {label}" for label, number in counts.items()) + "."
