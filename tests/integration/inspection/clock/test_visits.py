from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from framework.models import Anchor, TimetableRule
from inspection.actions.visits import AlreadyRunning, Overtaken, correct_days, start_visit, step_visit
from inspection.domain.clock import Anchor as DomainAnchor
from inspection.domain.clock import VisitDays, WrongDays
from inspection.domain.states import VisitState, VisitStep
from inspection.models import Deadline, Inspection, VisitChange, VisitItem, VisitTask
from tests.factories.accounts import make_user
from tests.factories.visits import CALL_ON, CALLED_AT, deadline_of, make_timetable, make_visit

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_start_visit_copies_every_deadline_item_and_task():
    lano = make_user(Role.LANO)
    make_timetable()

    visit = start_visit(by=lano, at=CALLED_AT, notified_on=CALL_ON)

    assert (visit.on_site_on, visit.last_day_on) == (date(2026, 12, 7), date(2026, 12, 11))
    assert deadline_of(visit, "lists").due_at == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert deadline_of(visit, "factual-accuracy").due_at is None
    assert Deadline.objects.filter(inspection=visit).count() == 6
    assert VisitItem.objects.get(inspection=visit, code="list-1").deadline == deadline_of(visit, "lists")
    assert VisitTask.objects.filter(inspection=visit).count() == 2
    assert AuditEvent.objects.filter(action="visit.called", actor_id=lano.pk).count() == 1


def test_start_visit_later_edit_of_the_rulebook_leaves_its_deadlines_alone():
    visit = make_visit()

    TimetableRule.objects.filter(code="lists").update(title="Something else", offset_working_days=3)

    assert deadline_of(visit, "lists").title == "Person-level lists"


def test_start_visit_worked_case_is_called_on_the_friday():
    make_timetable()

    visit = start_visit(by=None, at=CALLED_AT, on_site_on=date(2024, 5, 13))

    assert visit.notified_on == date(2024, 4, 26)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LANO], ids=str)
def test_start_visit_other_role_is_refused_with_the_reason(role):
    make_timetable()

    with pytest.raises(NotAllowed) as refused:
        start_visit(by=make_user(role), at=CALLED_AT, notified_on=CALL_ON)

    assert "LANO" in refused.value.reason
    assert not Inspection.objects.exists()


def test_start_visit_second_full_inspection_is_refused():
    make_visit()

    with pytest.raises(AlreadyRunning):
        make_visit()

    assert Inspection.objects.count() == 1


def test_start_visit_second_full_inspection_is_refused_by_the_database_too():
    visit = make_visit()
    fields = {
        field.name: getattr(visit, field.name) for field in Inspection._meta.concrete_fields if field.name != "id"
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Inspection.objects.create(**fields)


def test_start_visit_rehearsal_runs_beside_a_real_visit_which_comes_first():
    real = make_visit()

    rehearsal = make_visit(is_rehearsal=True)

    assert list(Inspection.objects.open()) == [real, rehearsal]
    assert rehearsal.title == "Rehearsal of a full inspection"


def test_start_visit_wrong_days_store_nothing():
    make_timetable()

    with pytest.raises(WrongDays):
        start_visit(by=None, at=CALLED_AT, on_site_on=date(2024, 5, 15))

    assert not Inspection.objects.exists()


def test_start_visit_monitoring_has_its_days_and_no_published_deadlines():
    visit = make_visit(kind="monitoring", on_site_on=date(2026, 12, 1))

    assert visit.on_site_on == date(2026, 12, 1)
    assert not Deadline.objects.filter(inspection=visit).exists()


def test_anchors_of_rulebook_and_clock_are_the_same():
    assert {anchor.value for anchor in DomainAnchor} == set(Anchor.values)


# -- the days corrected


def days(*, on_site_on=date(2026, 12, 14), notified_on=CALL_ON, draft_on=None):
    return VisitDays(
        notified_on=notified_on,
        on_site_on=on_site_on,
        last_day_on=on_site_on + timedelta(days=4),
        draft_on=draft_on,
    )


def test_correct_days_moves_what_follows_them_and_says_so():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)

    moved = correct_days(by=lano, at=CALLED_AT, visit=visit, days=days(), reason="Letter, page 1", version=1)

    assert {row.code for row, _ in moved} == {"context", "on-site"}
    assert deadline_of(visit, "on-site").due_at == datetime(2026, 12, 14, 10, 30, tzinfo=UTC)
    assert deadline_of(visit, "lists").due_at == datetime(2026, 11, 24, 12, tzinfo=UTC)
    change = VisitChange.objects.get(deadline__code="on-site")
    assert (change.before, change.after) == ("Monday 7 December 2026", "Monday 14 December 2026")
    assert (change.reason, change.by) == ("Letter, page 1", lano)


def test_correct_days_draft_report_gives_waiting_deadlines_a_day():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    wanted = days(on_site_on=date(2026, 12, 7), draft_on=date(2027, 1, 11))

    correct_days(by=lano, at=CALLED_AT, visit=visit, days=wanted, reason="The draft came", version=1)

    assert deadline_of(visit, "factual-accuracy").due_at.date() == date(2027, 1, 25)


def test_correct_days_moves_the_call_although_it_is_met():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    friday = date(2026, 11, 20)

    correct_days(
        by=lano, at=CALLED_AT, visit=visit, days=days(notified_on=friday), reason="It came on Friday", version=1
    )

    call = deadline_of(visit, "call")
    assert (call.due_at.date(), call.met_at) == (friday, CALLED_AT)
    assert VisitChange.objects.get(deadline__code="call").after == "Friday 20 November 2026"


def test_correct_days_leaves_what_was_met_where_it_was():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    Deadline.objects.filter(code="on-site").update(met_at=CALLED_AT)

    correct_days(by=lano, at=CALLED_AT, visit=visit, days=days(), reason="Letter", version=1)

    assert deadline_of(visit, "on-site").due_at.date() == date(2026, 12, 7)


def test_correct_days_overtaken_by_somebody_stores_nothing():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    correct_days(by=lano, at=CALLED_AT, visit=visit, days=days(), reason="First", version=1)

    with pytest.raises(Overtaken):
        correct_days(
            by=lano, at=CALLED_AT, visit=visit, days=days(on_site_on=date(2027, 1, 11)), reason="Second", version=1
        )

    visit.refresh_from_db()
    assert visit.on_site_on == date(2026, 12, 14)


def test_correct_days_reversed_days_are_refused():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)

    with pytest.raises(WrongDays):
        correct_days(
            by=lano, at=CALLED_AT, visit=visit, days=days(on_site_on=date(2026, 11, 16)), reason="Slip", version=1
        )


# -- the end


def test_step_visit_withdrawn_keeps_everything_and_can_be_taken_back():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)

    withdrawn = step_visit(by=lano, at=CALLED_AT, visit=visit, step=VisitStep.WITHDRAW, reason="A hoax")
    restored = step_visit(by=lano, at=CALLED_AT + timedelta(hours=23), visit=visit, step=VisitStep.RESTORE)

    assert (withdrawn.state, withdrawn.state_reason) == (VisitState.WITHDRAWN, "A hoax")
    assert restored.state == VisitState.CALLED
    assert Deadline.objects.filter(inspection=visit).count() == 6


def test_step_visit_restore_after_a_day_is_refused():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    step_visit(by=lano, at=CALLED_AT, visit=visit, step=VisitStep.WITHDRAW, reason="A hoax")

    with pytest.raises(NotAllowed) as refused:
        step_visit(by=lano, at=CALLED_AT + timedelta(hours=25), visit=visit, step=VisitStep.RESTORE)

    assert "one day" in refused.value.reason


def test_step_visit_restore_beside_a_new_visit_is_refused():
    lano = make_user(Role.LANO)
    visit = make_visit(by=lano)
    step_visit(by=lano, at=CALLED_AT, visit=visit, step=VisitStep.WITHDRAW, reason="A hoax")
    make_visit(by=lano)

    with pytest.raises(AlreadyRunning):
        step_visit(by=lano, at=CALLED_AT, visit=visit, step=VisitStep.RESTORE)


def test_step_visit_closed_makes_room_for_the_next():
    lano = make_user(Role.LANO)
    first = make_visit(by=lano)

    step_visit(by=lano, at=CALLED_AT, visit=first, step=VisitStep.CLOSE)

    assert make_visit(by=lano).pk != first.pk
