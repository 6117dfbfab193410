import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from inspection.models import Inspection
from tests.factories.visits import make_timetable, make_visit

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def notify(*options):
    out = StringIO()
    call_command("notify", *options, stdout=out)
    return out.getvalue()


def test_notify_worked_case_prints_the_call_first():
    make_timetable()

    lines = notify("--on-site", "2024-05-13", "--dry-run").splitlines()

    assert lines[0].startswith("Full inspection: only computed, nothing stored.")
    assert lines[1].startswith("Fri 26 April 2024")
    assert "The call" in lines[1]
    assert not Inspection.objects.exists()


@time_machine.travel("2024-04-26 09:30")
def test_notify_stores_the_visit_as_the_service_itself():
    make_timetable()

    printed = notify("--on", "26/04/2024")

    visit = Inspection.objects.get()
    assert f"stored as visit {visit.pk}" in printed
    assert AuditEvent.objects.get(action="visit.called").actor_label == "sendready itself"


@time_machine.travel("2024-04-26 09:30")
def test_notify_rehearsal_says_so_in_capitals():
    make_timetable()

    printed = notify("--on", "2024-04-26", "--rehearsal")

    assert printed.startswith("REHEARSAL of a full inspection")
    assert Inspection.objects.get().is_rehearsal


def test_notify_json_is_one_object_with_every_deadline():
    make_timetable()

    found = json.loads(notify("--on-site", "2024-05-13", "--dry-run", "--json"))

    assert found["notified_on"] == "2024-04-26"
    assert found["inspection"] is None
    assert [row["code"] for row in found["deadlines"]][:2] == ["call", "lists"]
    lists = found["deadlines"][1]
    assert (lists["due_on"], lists["time"], lists["due_at"]) == ("2024-04-29", "12:00", "2024-04-29T11:00:00+00:00")
    assert [other["day"] for other in lists["others"]] == ["2024-04-30"]
    assert "bank-holiday-shift" in {warning["code"] for warning in found["warnings"]}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(("--on", "31/02/2024"), "not a day of the calendar", id="no such day"),
        pytest.param(("--on", "soon"), "Write it like", id="no day at all"),
        pytest.param(("--on-site", "2024-05-15"), "not a Monday", id="a Wednesday"),
        pytest.param(("--on", "1924-04-26"), "too early", id="a century off"),
        pytest.param(("--on", "2124-04-26"), "more than a year ahead", id="a century ahead"),
        pytest.param((), "Give --on DATE or --on-site DATE", id="nothing given"),
    ],
)
def test_notify_unusable_date_exits_with_two_and_the_fix(options, words):
    make_timetable()

    with pytest.raises(CommandError) as refused:
        notify(*options)

    assert refused.value.returncode == 2
    assert words in str(refused.value)
    assert not Inspection.objects.exists()


def test_notify_no_rulebook_says_what_to_load():
    with pytest.raises(CommandError) as refused:
        notify("--on-site", "2024-05-13", "--dry-run")

    assert refused.value.returncode == 2
    assert "load_framework" in str(refused.value)


def test_notify_second_visit_exits_with_two():
    make_visit()

    with pytest.raises(CommandError) as refused:
        notify("--on", "2026-11-23")

    assert refused.value.returncode == 2
    assert "running already" in str(refused.value)


@time_machine.travel("2024-04-25 09:30")
def test_notify_warns_of_a_call_that_has_not_come():
    make_timetable()

    printed = notify("--on", "2024-04-26")

    assert "The call, Friday 26 April 2024, has not come yet." in printed
    assert Inspection.objects.exists()
