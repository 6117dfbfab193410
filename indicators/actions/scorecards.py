"""Scorecards: making one, choosing and ordering its indicators, putting it away and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from indicators.models import Indicator, Scorecard, ScorecardLine

MOST_LINES = 40


class Changed(Exception):
    """Somebody saved the scorecard since the page was opened."""

    def __init__(self, scorecard: Scorecard) -> None:
        super().__init__(str(scorecard))
        self.scorecard = scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person says of a scorecard; `notes` by the code of the indicator, `codes` in the order of the board."""

    title: str
    board: str = ""
    note: str = ""
    codes: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def add_scorecard(*, by: User, at: datetime, words: Words) -> Scorecard:
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        scorecard = Scorecard.objects.create(title=words.title, board=words.board, note=words.note)
        _write_lines(scorecard, words)
        record(by=by, at=at, action="scorecard.added", thing=scorecard)
    return scorecard


def change_scorecard(*, by: User, at: datetime, scorecard: Scorecard, version: int, words: Words) -> Scorecard:
    """Raises Changed when somebody else saved it since `version`."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        held = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
        if held.version != version:
            raise Changed(held)
        held.title, held.board, held.note = words.title, words.board, words.note
        held.version += 1
        held.save(update_fields=["title", "board", "note", "version"])
        _write_lines(held, words)
        record(by=by, at=at, action="scorecard.changed", thing=held, fields=["title", "board", "note", "lines"])
    return held


def _write_lines(scorecard: Scorecard, words: Words) -> None:
    if len(words.codes) > MOST_LINES:
        raise NotAllowed(
            f"A scorecard holds {MOST_LINES} indicators at most. Choose the ones that the board decides on."
        )
    indicators = Indicator.objects.in_bulk(words.codes, field_name="code")
    notes = dict(words.notes)
    scorecard.lines.all().delete()
    ScorecardLine.objects.bulk_create(
        ScorecardLine(scorecard=scorecard, indicator=indicators[code], order=order, note=notes.get(code, "")[:300])
        for order, code in enumerate(dict.fromkeys(words.codes))
        if code in indicators
    )


def move_line(*, by: User, at: datetime, scorecard: Scorecard, line_pk: int, is_up: bool) -> Scorecard:
    """Moves one indicator a place up or down; at the end of the list nothing happens."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        held = Scorecard.objects.select_for_update().get(pk=scorecard.pk)
        lines = list(held.lines.all())
        place = next((number for number, line in enumerate(lines) if line.pk == line_pk), None)
        if place is None:
            raise NotAllowed("This indicator is no longer on the scorecard.")
        other = place - 1 if is_up else place + 1
        if 0 <= other < len(lines):
            lines[place], lines[other] = lines[other], lines[place]
            _renumber(lines)
            held.version += 1
            held.save(update_fields=["version"])
            record(by=by, at=at, action="scorecard.reordered", thing=held, fields=["lines"])
    return held


def _renumber(lines: Sequence[ScorecardLine]) -> None:
    for order, line in enumerate(lines):
        line.order = order
    ScorecardLine.objects.bulk_update(lines, ["order"])


def archive_scorecard(*, by: User, at: datetime, scorecard: Scorecard, is_archived: bool) -> Scorecard:
    """Takes a scorecard off the list, or back onto it."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        scorecard.is_archived = is_archived
        scorecard.save(update_fields=["is_archived"])
        verb = "archived" if is_archived else "taken_back"
        record(by=by, at=at, action=f"scorecard.{verb}", thing=scorecard, fields=["is_archived"])
    return scorecard
