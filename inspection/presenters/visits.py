"""A visit in page words: its deadlines as rows, its state, what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import ROLE_NAMES, Permission
from accounts.models import User
from accounts.reach import with_open_links
from inspection.domain.calendar import WorkingCalendar
from inspection.domain.clock import say
from inspection.domain.deadlines import DeadlineFact, DeadlineState, away_in_words
from inspection.domain.possible_calls import PossibleCall
from inspection.domain.states import STATE_NAMES, VisitState, VisitStep
from inspection.gather.moves import day_in_words
from inspection.gather.visit_pages import VisitPage
from inspection.models import Deadline, Inspection, VisitKind
from inspection.permissions.visits import can_change, can_meet, can_step_now
from inspection.presenters.deadlines import STATE_TAGS, away_words, certainty, due_words, make_strip

STATE_COLOURS: dict[VisitState, str] = {
    VisitState.CALLED: "orange",
    VisitState.RUNNING: "blue",
    VisitState.CLOSED: "green",
    VisitState.WITHDRAWN: "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """One line of the table of deadlines."""

    fact: DeadlineFact
    when: str
    away: str
    state_word: str
    state_colour: str
    certainty_word: str
    certainty_colour: str
    role_name: str
    url: str = ""
    can_meet: bool = False

    @property
    def is_late(self) -> bool:
        return self.state_word == STATE_TAGS[DeadlineState.MISSED][0]


def make_row(
    fact: DeadlineFact, at: datetime, calendar: WorkingCalendar, *, url: str = "", can_meet: bool = False
) -> DeadlineRow:
    state_word, state_colour = STATE_TAGS[fact.state(at)]
    certainty_word, certainty_colour = certainty(fact)
    return DeadlineRow(
        fact=fact,
        when=due_words(fact),
        away="" if fact.met_at else away_words(fact, at, calendar),
        state_word=state_word,
        state_colour=state_colour,
        certainty_word=certainty_word,
        certainty_colour=certainty_colour,
        role_name=ROLE_NAMES[fact.owner_role],
        url=url,
        can_meet=can_meet,
    )


def make_rows(page: VisitPage, user: User, at: datetime) -> tuple[DeadlineRow, ...]:
    return tuple(
        make_row(fact, at, page.calendar, url=deadline_url(row), can_meet=can_meet(user, row) and not fact.is_dropped)
        for row, fact in page.deadlines
    )


def deadline_url(row: Deadline) -> str:
    return reverse("inspection:deadline-show", args=[row.inspection_id, row.pk])


def visit_tag(visit: Inspection) -> tuple[str, str]:
    state = VisitState(visit.state)
    return STATE_NAMES[state], STATE_COLOURS[state]


def next_sentence(facts: Iterable[DeadlineFact], at: datetime, calendar: WorkingCalendar) -> str:
    """What comes next: "Next: Person-level lists, Tue 24 November 2026, by 12:00 (tomorrow)"."""
    ahead = [
        fact
        for fact in facts
        if fact.state(at) in (DeadlineState.AHEAD, DeadlineState.TODAY) and fact.due_at is not None
    ]
    if not ahead:
        return ""
    soonest = min(ahead, key=lambda fact: fact.due_at or at)
    return f"Next: {soonest.title}, {due_words(soonest)} ({away_words(soonest, at, calendar)})."


def on_site_sentence(visit: Inspection, at: datetime, calendar: WorkingCalendar) -> str:
    today = timezone.localdate(at)
    if today < visit.on_site_on:
        return f"On site from {say(visit.on_site_on)}, {away_in_words(visit.on_site_on, today, calendar)}."
    if today <= visit.last_day_on:
        return f"On site since {say(visit.on_site_on)}, until {say(visit.last_day_on)}."
    if visit.published_on:
        return f"The report was published on {say(visit.published_on)}."
    if visit.draft_on:
        return f"The draft report came on {say(visit.draft_on)}."
    return f"The inspectors left on {say(visit.last_day_on)}; the draft report is awaited."


def visit_crumbs(visit: Inspection, *, is_here: bool = False) -> list[dict[str, str]]:
    crumbs = [{"label": "Inspection", "url": reverse("inspection:visit-list")}]
    return crumbs if is_here else [*crumbs, {"label": visit.title, "url": visit.get_absolute_url()}]


def visit_context(page: VisitPage, user: User, at: datetime) -> dict[str, Any]:
    """Everything that the page of one visit shows."""
    visit = page.visit
    rows = make_rows(page, user, at)
    facts = [fact for _, fact in page.deadlines if not fact.is_dropped]
    tag_word, tag_colour = visit_tag(visit)
    urls = {row.fact.code: row.url for row in rows}
    is_full = visit.kind == VisitKind.FULL
    return {
        "visit": visit,
        "crumbs": visit_crumbs(visit, is_here=True),
        "tag_word": tag_word,
        "tag_colour": tag_colour,
        "on_site_sentence": on_site_sentence(visit, at, page.calendar),
        "next_sentence": next_sentence(facts, at, page.calendar) if visit.is_open else "",
        "strip": make_strip(facts, visit.days, at, page.calendar, urls) if is_full else (),
        "rows": [row for row in rows if not row.fact.is_dropped],
        "dropped_rows": [row for row in rows if row.fact.is_dropped],
        "warnings": with_open_links(page.warnings, user) if visit.is_open else (),
        "open_lines": page.open_lines,
        "lines": page.lines,
        "tasks": page.tasks,
        "done_tasks": page.done_tasks,
        "facts": day_facts(visit),
        "can_change": can_change(user, visit),
        "can_run": Permission.RUN_CLOCK in user.permissions,
        "can_withdraw": can_step_now(user, visit, VisitStep.WITHDRAW, at),
        "can_close": can_step_now(user, visit, VisitStep.CLOSE, at),
        "can_reopen": can_step_now(user, visit, VisitStep.REOPEN, at),
        "can_restore": can_step_now(user, visit, VisitStep.RESTORE, at),
    }


def day_facts(visit: Inspection) -> list[dict[str, str]]:
    """The days of the visit for a summary list."""
    days = [
        ("The call", visit.notified_on),
        ("First day on site", visit.on_site_on),
        ("Last day on site", visit.last_day_on),
        ("Draft report received", visit.draft_on),
        ("Report published", visit.published_on),
    ]
    facts = [{"key": key, "value": say(day) if day else "Not yet"} for key, day in days]
    by = visit.called_by.name if visit.called_by else "the command line"
    started = f"{timezone.localtime(visit.called_at):%-d %B %Y, %H:%M} by {by}"
    return [*facts, {"key": "How the days came", "value": visit.days_basis}, {"key": "Clock started", "value": started}]


def list_context(visits: list[Inspection], call: PossibleCall) -> dict[str, Any]:
    rows = [(visit, *visit_tag(visit)) for visit in visits]
    return {
        "open_rows": [row for row in rows if row[0].is_open],
        "past_rows": [row for row in rows if not row[0].is_open],
        "has_real": any(visit.is_open and not visit.is_rehearsal for visit in visits),
        "call_words": say(call.call_on),
        "call_on_site_words": say(call.on_site_on),
        "call": call,
    }


def move_rows(moves: Iterable[tuple[Deadline, str]]) -> list[dict[str, str]]:
    return [{"title": row.title, "before": before, "after": day_in_words(row.due_at)} for row, before in moves]
