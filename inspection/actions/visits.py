"""The visit itself: the call, its days, its end."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from framework import gather as rulebook
from framework.models import Framework, TimetableRule
from inspection.domain.calendar import WorkingCalendar
from inspection.domain.clock import CALL_CODE, Due, VisitDays, check_days, compute_deadlines, say, settle_days
from inspection.domain.states import VisitState, VisitStep, take_step
from inspection.gather.calendar import gather_calendar
from inspection.gather.moves import day_in_words, move_deadlines
from inspection.gather.visits import rule_of, running_visit
from inspection.models import (
    ChangeKind,
    Deadline,
    Inspection,
    VisitChange,
    VisitItem,
    VisitKind,
    VisitTask,
)
from inspection.permissions.visits import check_can_change, check_can_run, check_can_step

# The rulebook's own code of the call.


class AlreadyRunning(Exception):
    """A second full inspection at one time; `sentence` names the one that runs."""

    def __init__(self, visit: Inspection) -> None:
        word = "rehearsal" if visit.is_rehearsal else "full inspection"
        self.visit = visit
        self.sentence = f"A {word} is running already ({visit}). Close or withdraw it first."
        super().__init__(self.sentence)


class NotCalledYet(Exception):
    """A real visit whose call lies in the future; `sentence` says what to do instead."""

    def __init__(self, call_on: date) -> None:
        self.sentence = (
            f"The call, {say(call_on)}, has not come yet. Wait for it, or start a rehearsal. To set the clock all the "
            "same, tick the box beside the button."
        )
        super().__init__(self.sentence)


class Overtaken(Exception):
    """Somebody else saved in between; `visit` is what stands now."""

    def __init__(self, visit: Inspection) -> None:
        super().__init__("The visit changed in between.")
        self.visit = visit


def start_visit(
    *,
    by: User | None,
    at: datetime,
    kind: str = VisitKind.FULL,
    is_rehearsal: bool = False,
    notified_on: date | None = None,
    on_site_on: date | None = None,
    last_day_on: date | None = None,
    takes_any_weekday: bool = False,
    takes_future_call: bool = False,
) -> Inspection:
    """The call has come: keeps the visit with its own copy of every deadline, item and first-hour task.

    Raises WrongDays, AlreadyRunning, and NotCalledYet for a call after today unless it is a rehearsal or
    `takes_future_call` says that this is meant. Only a full inspection has a published timetable; other kinds start
    with their days alone, and the letter page adds what is asked for.
    """
    check_can_run(by)
    today = timezone.localdate(at)
    calendar = gather_calendar(today)
    is_full = kind == VisitKind.FULL
    proposal = settle_days(
        notified_on=notified_on,
        on_site_on=on_site_on,
        last_day_on=last_day_on,
        today=today,
        calendar=calendar,
        takes_any_weekday=takes_any_weekday or not is_full,
    )
    if proposal.days.notified_on > today and not (is_rehearsal or takes_future_call):
        raise NotCalledYet(proposal.days.notified_on)
    framework = rulebook.current_framework()
    with transaction.atomic():
        running = running_visit(kind, is_rehearsal)
        if running:
            raise AlreadyRunning(running)
        visit = Inspection(
            kind=kind,
            is_rehearsal=is_rehearsal,
            state=VisitState.CALLED,
            state_changed_at=at,
            framework=framework,
            notified_on=proposal.days.notified_on,
            on_site_on=proposal.days.on_site_on,
            last_day_on=proposal.days.last_day_on,
            days_basis=proposal.basis,
            called_by=by,
            called_at=at,
        )
        try:
            with transaction.atomic():
                visit.save()
        except IntegrityError:
            # Two people pressed at once: the database let one through.
            running = running_visit(kind, is_rehearsal)
            if running is None:
                raise
            raise AlreadyRunning(running) from None
        if is_full and framework is not None:
            _copy_rulebook(visit, framework, proposal.days, calendar)
        action = "rehearsal.started" if is_rehearsal else "visit.called"
        record(by=by, at=at, action=action, thing=visit, text=f"On site from {say(visit.on_site_on)}.")
    return visit


def _copy_rulebook(visit: Inspection, framework: Framework, days: VisitDays, calendar: WorkingCalendar) -> None:
    rows = rulebook.timetable_rules(framework)
    dues = compute_deadlines([rule_of(row) for row in rows], days, calendar)
    by_code = {row.code: row for row in rows}
    Deadline.objects.bulk_create(_deadline(visit, by_code[due.rule.code], due) for due in dues)
    if days.notified_on <= timezone.localdate(visit.called_at):
        # The call has come: that one is met.
        Deadline.objects.filter(inspection=visit, code=CALL_CODE).update(met_at=visit.called_at, met_by=visit.called_by)
    deadlines = {row.code: row for row in Deadline.objects.filter(inspection=visit)}
    VisitItem.objects.bulk_create(
        VisitItem(
            inspection=visit,
            request_item=item,
            deadline=deadlines.get(item.deadline.code),
            code=item.code,
            title=item.title,
            original_title=item.title,
            description=item.description,
            group=item.group,
            responsible_role=item.responsible_role,
            kind=item.kind,
            is_health_item=item.is_health_item,
            is_person_level=item.is_person_level,
            order=item.order,
        )
        for item in rulebook.request_items(framework)
    )
    VisitTask.objects.bulk_create(
        VisitTask(
            inspection=visit,
            code=task.code,
            title=task.title,
            description=task.description,
            owner_role=task.owner_role,
            within_minutes=task.within_minutes,
            order=task.order,
        )
        for task in rulebook.first_hour_tasks(framework)
    )


def _deadline(visit: Inspection, row: TimetableRule, due: Due) -> Deadline:
    return Deadline(
        inspection=visit,
        code=row.code,
        title=row.title,
        original_title=row.title,
        order=row.order,
        anchor=row.anchor,
        offset_working_days=row.offset_working_days,
        ends_offset_working_days=row.ends_offset_working_days,
        at_time=row.at_time,
        ends_at_time=row.ends_at_time,
        due_at=due.due_at,
        ends_at=due.ends_at,
        original_due_at=due.due_at,
        owner_role=row.owner_role,
        basis=row.basis,
        counted_as=due.basis,
        other_readings=[[reading.day.isoformat(), reading.basis] for reading in due.others],
        is_rule_confirmed=row.is_confirmed,
        batch=row.batch,
    )


def correct_days(
    *, by: User, at: datetime, visit: Inspection, days: VisitDays, reason: str, version: int
) -> list[tuple[Deadline, str]]:
    """Other days for a visit, with a reason: every deadline that follows them moves, and says so in its history.

    Raises WrongDays, and Overtaken when the visit was changed since `version`.
    """
    check_days(days, timezone.localdate(at))
    with transaction.atomic():
        visit = Inspection.objects.select_for_update().get(pk=visit.pk)
        check_can_change(by, visit)
        if visit.version != version:
            raise Overtaken(visit)
        names = {
            "notified_on": days.notified_on,
            "on_site_on": days.on_site_on,
            "last_day_on": days.last_day_on,
            "draft_on": days.draft_on,
            "published_on": days.published_on,
        }
        changed = [name for name, value in names.items() if getattr(visit, name) != value]
        for name in changed:
            setattr(visit, name, names[name])
        visit.days_basis = f"Corrected: {reason}"
        visit.version += 1
        visit.save()
        if days.notified_on > timezone.localdate(at):
            # What is still to come cannot have been met.
            Deadline.objects.filter(inspection=visit, code=CALL_CODE).update(met_at=None, met_by=None)
        rows = list(Deadline.objects.filter(inspection=visit))
        moved = move_deadlines(rows, days, gather_calendar(timezone.localdate(at)))
        Deadline.objects.bulk_update(
            [row for row, _ in moved],
            ["due_at", "ends_at", "original_due_at", "counted_as", "other_readings", "standing", "version"],
        )
        VisitChange.objects.bulk_create(
            VisitChange(
                inspection=visit,
                deadline=row,
                kind=ChangeKind.MOVED,
                before=before,
                after=day_in_words(row.due_at),
                reason=reason,
                by=by,
                at=at,
            )
            for row, before in moved
        )
        record(by=by, at=at, action="visit.days-corrected", thing=visit, text=reason, fields=changed)
    return moved


def step_visit(*, by: User, at: datetime, visit: Inspection, step: VisitStep, reason: str = "") -> Inspection:
    """Closes, reopens, withdraws a visit or takes the withdrawal back. Nothing is lost by any of them."""
    with transaction.atomic():
        visit = Inspection.objects.select_for_update().get(pk=visit.pk)
        check_can_step(by, visit, step, at)
        before = VisitState(visit.state)
        after = take_step(before, step, VisitState(visit.state_before) if visit.state_before else None)
        if after in (VisitState.CALLED, VisitState.RUNNING) and not visit.is_open:
            running = running_visit(visit.kind, visit.is_rehearsal)
            if running:
                raise AlreadyRunning(running)
        visit.state = after
        visit.state_before = before
        visit.state_reason = reason
        visit.state_changed_at = at
        if step is VisitStep.FINISH_LETTER:
            visit.letter_done_at = at
        visit.version += 1
        visit.save()
        record(by=by, at=at, action=STEP_ACTIONS[step], thing=visit, text=reason)
    return visit


STEP_ACTIONS = {
    VisitStep.FINISH_LETTER: "visit.letter-finished",
    VisitStep.CLOSE: "visit.closed",
    VisitStep.REOPEN: "visit.reopened",
    VisitStep.WITHDRAW: "visit.withdrawn",
    VisitStep.RESTORE: "visit.restored",
}
