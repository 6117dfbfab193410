from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from inspection.actions.letters import LineEdit, save_letter
from inspection.domain.letter import Line, Standing
from inspection.forms.letters import line_prefix, seen_of, values_of
from inspection.gather.letters import letter_rows, line_of
from inspection.models import Deadline, LetterStanding, VisitChange, VisitItem
from tests.factories.accounts import make_user
from tests.factories.visits import CALLED_AT, deadline_of, item_of, make_visit

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(datetime(2026, 11, 23, 9, 30, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def lano(client):
    user = make_user(Role.LANO, name="Head of SEND")
    client.force_login(user)
    return user


@pytest.fixture
def visit(lano):
    return make_visit(by=lano)


def page_of(visit):
    """What a browser would send back of the page as it stands."""
    data = {}
    for row in letter_rows(visit):
        prefix, line = line_prefix(row), line_of(row)
        data |= {f"{prefix}-{name}": value for name, value in values_of(line).items()}
        data |= {f"{prefix}-seen": seen_of(row, line), f"{prefix}-reason": ""}
    return data


def edit(data, row, **fields):
    return data | {f"{line_prefix(row)}-{name}": value for name, value in fields.items()}


def post(client, visit, data):
    return client.post(reverse("inspection:letter-edit", args=[visit.pk]), data)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_letter_untouched_page_changes_nothing(client, visit):
    response = post(client, visit, page_of(visit))

    assert response.status_code == 302
    assert not VisitChange.objects.filter(inspection=visit).exists()


def test_letter_confirmed_line_says_so(client, visit, lano):
    row = item_of(visit, "strategy")

    post(client, visit, edit(page_of(visit), row, standing="confirmed"))

    row.refresh_from_db()
    assert row.standing == LetterStanding.CONFIRMED
    assert VisitChange.objects.get(item=row).by == lano
    assert AuditEvent.objects.get(action="letter.saved").text == "1 confirmed."


def test_letter_renamed_and_redated_item_keeps_both_with_the_reason(client, visit):
    row = item_of(visit, "strategy")
    fields = {"title": "SEND and AP strategy", "due_on": "26/11/2026", "due_time": "17:00", "reason": "Page 2"}

    post(client, visit, edit(page_of(visit), row, **fields))

    row = item_of(visit, "strategy")
    assert (row.title, row.original_title) == ("SEND and AP strategy", "SEND strategy")
    assert row.due_at == datetime(2026, 11, 26, 17, tzinfo=UTC)
    assert row.standing == LetterStanding.CONFIRMED
    assert {change.kind for change in row.changes.all()} == {"renamed", "redated", "confirmed"}
    assert {change.reason for change in row.changes.all()} == {"Page 2"}


def test_letter_redated_deadline_carries_the_items_that_hang_on_it(client, visit):
    row = deadline_of(visit, "annex-a")

    post(client, visit, edit(page_of(visit), row, due_on="30/11/2026", reason="Page 1"))

    row.refresh_from_db()
    assert row.is_own_date
    assert item_of(visit, "self-evaluation").due_at.date() == date(2026, 11, 30)


def test_letter_dropped_line_stays_and_can_come_back(client, visit):
    row = item_of(visit, "strategy")
    post(client, visit, edit(page_of(visit), row, standing="dropped", reason="Not on the list"))
    assert item_of(visit, "strategy").is_dropped

    post(client, visit, edit(page_of(visit), item_of(visit, "strategy"), standing="confirmed"))

    assert not item_of(visit, "strategy").is_dropped


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"title": "Another name"}, "another name needs a reason", id="renamed without a reason"),
        pytest.param({"due_on": "01/12/2026"}, "another day or time needs a reason", id="re-dated without a reason"),
        pytest.param({"standing": "dropped"}, "dropping it needs a reason", id="dropped without a reason"),
        pytest.param({"title": "", "reason": "x"}, "Give it a name", id="no name"),
        pytest.param({"due_on": "31/02/2026", "reason": "x"}, "not a day of the calendar", id="no such day"),
        pytest.param({"due_on": "", "reason": "x"}, "Give a day", id="a day taken away"),
        pytest.param({"due_time": "25:00", "reason": "x"}, "not a time", id="no such time"),
        pytest.param({"standing": "maybe"}, "Select a valid choice", id="no such choice"),
        pytest.param({"title": "x" * 201, "reason": "Page 2"}, "Shorten the name to 200", id="a long name"),
        pytest.param({"reason": "x" * 301, "title": "New"}, "Shorten the reason to 300", id="a long reason"),
    ],
)
def test_letter_unusable_edit_stores_nothing_and_keeps_what_was_typed(client, visit, fields, words):
    row, other = deadline_of(visit, "annex-a"), item_of(visit, "strategy")
    data = edit(edit(page_of(visit), row, **fields), other, title="A good edit", reason="Page 3")

    response = post(client, visit, data)

    assert response.status_code == 400
    assert words in text_of(response)
    assert 'value="A good edit"' in text_of(response)
    assert not VisitChange.objects.filter(inspection=visit).exists()


def test_letter_two_people_on_different_lines_both_keep_theirs(client, visit):
    first, second = item_of(visit, "strategy"), item_of(visit, "self-evaluation")
    page = page_of(visit)
    post(client, visit, edit(page, first, title="First", reason="Page 1"))

    response = post(client, visit, edit(page, second, title="Second", reason="Page 2"))

    assert response.status_code == 302
    assert item_of(visit, "strategy").title == "First"
    assert item_of(visit, "self-evaluation").title == "Second"


def test_letter_two_people_on_one_line_the_second_sees_both_and_loses_nothing(client, visit):
    row, other = item_of(visit, "strategy"), item_of(visit, "list-1")
    page = page_of(visit)
    post(client, visit, edit(page, row, title="Theirs", reason="Page 1"))

    data = edit(edit(page, row, title="Mine", reason="Page 2"), other, standing="confirmed")
    response = post(client, visit, data)

    page_text = text_of(response)
    assert response.status_code == 409
    assert "Head of SEND saved: Theirs" in page_text
    assert 'value="Mine"' in page_text
    assert item_of(visit, "strategy").title == "Theirs"
    assert item_of(visit, "list-1").standing == LetterStanding.CONFIRMED

    again = edit(page_of(visit), item_of(visit, "strategy"), title="Mine", reason="Page 2")
    again[f"{line_prefix(row)}-seen"] = f"{item_of(visit, 'strategy').version}.{'0' * 12}"
    assert post(client, visit, again).status_code == 302
    assert item_of(visit, "strategy").title == "Mine"


def test_letter_both_meant_the_same_is_no_conflict(client, visit):
    row = item_of(visit, "strategy")
    page = page_of(visit)
    post(client, visit, edit(page, row, standing="confirmed"))

    response = post(client, visit, edit(page, row, standing="confirmed"))

    assert response.status_code == 302


def test_letter_confirm_the_rest_leaves_what_was_dropped(client, visit):
    row = item_of(visit, "strategy")
    data = edit(page_of(visit), row, standing="dropped", reason="Not asked for")

    post(client, visit, data | {"confirm_rest": "1"})

    assert item_of(visit, "strategy").is_dropped
    assert not Deadline.objects.filter(inspection=visit, standing=LetterStanding.OPEN).exists()
    assert not VisitItem.objects.filter(inspection=visit, standing=LetterStanding.OPEN).exists()


def test_letter_finish_moves_the_visit_on(client, visit):
    post(client, visit, page_of(visit) | {"confirm_rest": "1"})

    response = post(client, visit, page_of(visit) | {"finish": "1"})

    visit.refresh_from_db()
    assert response["Location"] == visit.get_absolute_url()
    assert visit.state == "running"
    assert visit.letter_done_at is not None


def test_letter_finish_with_open_lines_stays_called(client, visit):
    post(client, visit, page_of(visit) | {"finish": "1"})

    visit.refresh_from_db()
    assert visit.state == "called"


def test_letter_added_item_hangs_on_its_deadline(client, visit):
    deadline = deadline_of(visit, "annex-a")
    added = {
        "add_title": "Workforce plan",
        "add_is_item": "item",
        "add_deadline": str(deadline.pk),
        "add_owner_role": "send_team",
        "add_reason": "Page 4",
    }

    post(client, visit, page_of(visit) | added)

    item = VisitItem.objects.get(title="Workforce plan")
    assert (item.is_added, item.deadline, item.standing) == (True, deadline, LetterStanding.CONFIRMED)
    assert item.changes.get().reason == "Page 4"


def test_letter_confirms_no_line_that_changed_after_the_page_was_shown(client, visit):
    row, seen = item_of(visit, "strategy"), page_of(visit)
    VisitItem.objects.filter(pk=row.pk).update(title="Another strategy", version=row.version + 1)

    post(client, visit, seen | {"confirm_rest": "1"})

    assert [line.title for line in letter_rows(visit) if line.standing == LetterStanding.OPEN] == ["Another strategy"]


def test_letter_that_gives_a_span_no_time_clears_that_of_its_end(client, visit):
    row = deadline_of(visit, "on-site")
    Deadline.objects.filter(pk=row.pk).update(ends_at=row.due_at + timedelta(hours=2), ends_at_time=time(12, 30))

    post(client, visit, edit(page_of(visit), row, due_time="", reason="Page 1"))

    row.refresh_from_db()
    assert (row.at_time, row.ends_at_time) == (None, None)
    assert row.ends_at == row.due_at


def test_letter_added_item_takes_a_code_that_no_item_of_the_visit_has(client, visit):
    VisitItem.objects.filter(pk=item_of(visit, "strategy").pk).update(code="added-1")

    post(
        client,
        visit,
        page_of(visit)
        | {
            "add_title": "Workforce plan",
            "add_is_item": "item",
            "add_deadline": str(deadline_of(visit, "annex-a").pk),
            "add_owner_role": "send_team",
            "add_reason": "Page 4",
        },
    )

    assert VisitItem.objects.get(title="Workforce plan").code == "added-2"


def test_letter_added_deadline_has_its_own_day(client, visit):
    added = {
        "add_title": "Call with the lead inspector",
        "add_is_item": "deadline",
        "add_due_on": "25/11/2026",
        "add_due_time": "9am",
        "add_owner_role": "lano",
        "add_reason": "Page 1",
    }

    post(client, visit, page_of(visit) | added)

    deadline = Deadline.objects.get(title="Call with the lead inspector")
    assert deadline.due_at == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert deadline.is_own_date


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"add_reason": "Page 4"}, "Write what the letter asks for", id="no name"),
        pytest.param({"add_title": "X", "add_due_on": "25/11/2026"}, "Say where it stands", id="no reason"),
        pytest.param({"add_title": "X", "add_reason": "Page 4"}, "Give its day", id="no day"),
    ],
)
def test_letter_unusable_addition_is_refused_with_the_fix(client, visit, fields, words):
    response = post(client, visit, page_of(visit) | fields)

    assert response.status_code == 400
    assert words in text_of(response)


def test_letter_of_a_withdrawn_visit_can_only_be_read(client, visit):
    data = page_of(visit)
    visit.state = "withdrawn"
    visit.save()

    response = post(client, visit, data)

    assert response.status_code == 403


def test_save_letter_span_keeps_its_length_when_moved(visit, lano):
    row = deadline_of(visit, "context")
    row.ends_at = row.due_at + timedelta(days=1)
    row.save()
    wanted = Line(title=row.title, due_on=date(2026, 12, 2), standing=Standing.OPEN)

    save_letter(
        by=lano, at=CALLED_AT, visit=visit, edits=[LineEdit(row=row, version=1, wanted=wanted, reason="Letter")]
    )

    row.refresh_from_db()
    assert row.ends_at == datetime(2026, 12, 3, 23, 59, tzinfo=UTC)


def test_letter_page_with_the_whole_rulebook_stays_under_70_kb(client, lano):
    from django.core.management import call_command

    call_command("load_framework", "fixtures/frameworks/area-send-2023.yaml")
    visit = make_visit(by=lano, has_timetable=False)

    response = client.get(reverse("inspection:letter-edit", args=[visit.pk]))

    assert len(letter_rows(visit)) >= 60
    assert len(response.content) < 70_000


def test_letter_own_day_of_an_item_stands_on_the_list_and_on_its_page(client, visit):
    row = item_of(visit, "strategy")
    post(client, visit, edit(page_of(visit), row, due_on="26/11/2026", due_time="17:00", reason="Page 2"))

    item_list = text_of(client.get(reverse("inspection:item-list")))
    item = text_of(client.get(reverse("inspection:item-show", args=["strategy"])))

    assert item_list.count("due Thursday 26 November, 17:00, by the letter") == 1
    assert "Thursday 26 November, 17:00" in item


def test_letter_dropped_item_and_deadline_are_due_nowhere(client, visit):
    row, annex = item_of(visit, "strategy"), deadline_of(visit, "annex-a")
    dropped = {"standing": "dropped", "reason": "Not this time"}
    post(client, visit, edit(edit(page_of(visit), row, **dropped), annex, **dropped))

    item_list = text_of(client.get(reverse("inspection:item-list")))
    item = text_of(client.get(reverse("inspection:item-show", args=["strategy"])))

    assert "due Friday 27 November" not in item_list
    assert "Friday 27 November" not in item
    assert "Not asked for this time" in item
