"""The letter page: each line with what it holds, what is wrong with it and what somebody else saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from inspection.domain.letter import say_due
from inspection.forms.letters import LineForm, seen_of, values_of
from inspection.gather.letters import LetterRow
from inspection.models import ChangeKind, Deadline, LetterStanding, VisitChange, VisitItem

STANDING_COLOURS = {
    LetterStanding.OPEN: "yellow",
    LetterStanding.CONFIRMED: "green",
    LetterStanding.DROPPED: "grey",
}

# Stands where a mark of untouched fields would stand, and equals none.
TOUCHED = "0" * 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLineRow:
    """One line of the page. `prefix` begins the names of its fields; `theirs` is what stands where two people met."""

    prefix: str
    title: str
    due_words: str
    tag_word: str
    tag_colour: str
    notes: tuple[str, ...]
    values: Mapping[str, str]
    seen: str
    errors: Mapping[str, str]
    theirs: str = ""

    @property
    def is_open(self) -> bool:
        """The fields for a change are shown at once where something is wrong with them."""
        return bool(self.errors or self.theirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterGroup:
    title: str
    rows: tuple[LetterLineRow, ...]


def make_groups(
    forms: Sequence[LineForm], changes: Iterable[VisitChange], overtaken: Sequence[LetterRow] = ()
) -> tuple[LetterGroup, ...]:
    """Deadlines first, then the items under their headings, in the order of the rulebook."""
    reasons = _latest_reasons(changes)
    authors = {(type(row), row.pk) for row in overtaken}
    groups: dict[str, list[LetterLineRow]] = {}
    for form in forms:
        row = form.row
        heading = "Deadlines and meetings" if isinstance(row, Deadline) else (row.group or "Items")
        is_overtaken = (type(row), row.pk) in authors
        groups.setdefault(heading, []).append(_make_line(form, reasons.get((type(row), row.pk)), is_overtaken))
    return tuple(LetterGroup(title=title, rows=tuple(rows)) for title, rows in groups.items())


def _make_line(form: LineForm, change: VisitChange | None, is_overtaken: bool) -> LetterLineRow:
    row = form.row
    line = form.line
    standing = LetterStanding(row.standing)
    keeps_typed = form.is_bound and form.is_touched
    shown = form.shown if keeps_typed else {**values_of(line), "reason": ""}
    theirs = ""
    if is_overtaken:
        who = change.by.name if change and change.by else "Somebody else"
        theirs = f"{who} saved: {line.title} – {say_due(line)} – {standing.label}."
        if change and change.reason:
            theirs += f" Reason: {change.reason}"
    return LetterLineRow(
        prefix=form.prefix or "",
        title=row.title,
        due_words=say_due(line),
        tag_word=str(standing.label),
        tag_colour=STANDING_COLOURS[standing],
        notes=tuple(_notes(row, change)),
        values=shown,
        # What was typed stays a change; having seen both texts, the next save is meant.
        seen=f"{row.version if is_overtaken else form.seen_version}.{TOUCHED}" if keeps_typed else seen_of(row, line),
        errors={name: str(errors[0]) for name, errors in form.errors.items()} if keeps_typed else {},
        theirs=theirs,
    )


def _notes(row: LetterRow, change: VisitChange | None) -> Iterable[str]:
    if row.is_added:
        yield "Added for this visit."
    if row.is_renamed:
        yield f"Was: {row.original_title}."
    if isinstance(row, Deadline):
        if row.counted_as and not row.is_own_date:
            yield row.counted_as
        yield from (f"Or {day}: {why}" for day, why in _readings(row))
    elif isinstance(row, VisitItem) and row.own_due_at is None and row.deadline:
        yield f"With: {row.deadline.title}."
    if change and change.reason:
        by = change.by.name if change.by else "somebody"
        when = f"{timezone.localtime(change.at):%-d %B, %H:%M}"
        yield f"{ChangeKind(change.kind).label} by {by} on {when}: {change.reason}"


def _readings(row: Deadline) -> Iterable[tuple[str, str]]:
    for day, why in row.other_readings:
        year, month, date = day.split("-")
        yield f"{date}/{month}/{year}", why


def _latest_reasons(changes: Iterable[VisitChange]) -> dict[tuple[type, int], VisitChange]:
    """The newest change of each line; `changes` come newest first."""
    latest: dict[tuple[type, int], VisitChange] = {}
    for change in changes:
        if change.deadline_id:
            latest.setdefault((Deadline, change.deadline_id), change)
        elif change.item_id:
            latest.setdefault((VisitItem, change.item_id), change)
    return latest
