"""Meetings of a board: standing items, decisions that go with them until they are closed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from strategy.meeting_gather import gather_paper, meeting_fact
from strategy.models import Action, AgendaItem, BoardMeeting, Decision
from tests.factories.accounts import make_area, make_user
from tests.factories.strategy import make_aim, make_board, make_priority, make_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = timezone.localdate()


@pytest.fixture
def board():
    make_area()
    board = make_board()
    strategy = make_strategy(board=board)
    for number in (1, 2):
        make_aim(priority=make_priority(strategy=strategy, number=number, title=f"Goal {number}"))
    return board


@pytest.fixture
def editor(client, board):
    user = make_user(Role.SEND_TEAM)
    client.force_login(user)
    return user


def post(client, address: str, *args, **data):
    return client.post(reverse(f"strategy:{address}", args=args), data)


def call(client, board, held_on: date) -> BoardMeeting:
    post(client, "meeting-call", board=board.pk, held_on=f"{held_on:%d/%m/%Y}", place="Room 1")
    return BoardMeeting.objects.order_by("-pk").first()


def test_agenda_of_a_new_meeting_holds_each_priority(client, board, editor):
    meeting = call(client, board, TODAY)

    titles = [item.title for item in meeting.items.all()]
    assert titles == ["Priority 1: Goal 1", "Priority 2: Goal 2", "Any other business"]


def test_form_of_a_new_meeting_proposes_the_board_of_the_strategy(client, board, editor):
    page = client.get(reverse("strategy:meeting-call")).content.decode()

    assert f'<option value="{board.pk}" selected' in page


def test_paper_draws_progress_and_delays_from_the_actions(client, board, editor):
    meeting = call(client, board, TODAY)
    aim = meeting.items.all()[0].priority.aims.get()
    Action.objects.create(text="Train staff", aim=aim, due_on=TODAY - timedelta(days=3))
    Action.objects.create(text="Ask families", aim=aim)

    page = client.get(reverse("strategy:meeting-show", args=[meeting.pk])).content.decode()

    assert "1 under way, behind" in page
    assert "1 not started" in page
    assert "1.1 Train staff (no lead, due" in page


def test_paper_of_a_past_meeting_stands_as_it_did_then(client, board, editor):
    meeting = call(client, board, TODAY - timedelta(days=30))
    aim = meeting.items.all()[0].priority.aims.get()
    Action.objects.create(text="Train staff", aim=aim, due_on=TODAY - timedelta(days=3))

    fact = meeting_fact(meeting.pk, TODAY)

    assert fact.day == TODAY - timedelta(days=30)
    assert not fact.items[0].actions[0].is_overdue


def test_open_decision_goes_with_each_later_meeting_until_closed(client, board, editor):
    first, later = call(client, board, TODAY - timedelta(days=60)), call(client, board, TODAY + timedelta(days=10))
    item = first.items.all()[0]
    due = TODAY - timedelta(days=5)
    post(
        client,
        "decision-add",
        item.pk,
        text="Fund two places",
        owner_name="Director",
        due_on=f"{due:%d/%m/%Y}",
        state="open",
    )
    decision = Decision.objects.get()
    before = meeting_fact(later.pk, TODAY).carried

    post(client, "decision-edit", decision.pk, version=1, text="Fund two places", owner_name="Director", state="done")

    decision.refresh_from_db()
    assert [(each.text, each.is_late) for each in before] == [("Fund two places", True)]
    assert meeting_fact(later.pk, TODAY).carried == ()
    assert decision.closed_by == editor
    assert AuditEvent.objects.filter(action="decision.saved").exists()


def test_decision_closed_after_a_meeting_still_stands_in_its_paper(client, board, editor):
    first, later = call(client, board, TODAY - timedelta(days=60)), call(client, board, TODAY - timedelta(days=10))
    item = first.items.all()[0]
    post(client, "decision-add", item.pk, text="Fund", owner_name="Director", state="open")
    post(client, "decision-edit", Decision.objects.get().pk, version=1, text="Fund", owner_name="D", state="done")

    assert [each.text for each in meeting_fact(later.pk, TODAY).carried] == ["Fund"]


def test_decisions_of_another_board_stay_there(client, board, editor):
    other = call(client, make_board(name="Another"), TODAY - timedelta(days=60))
    here = call(client, board, TODAY)
    post(client, "decision-add", other.items.all()[0].pk, text="Fund", owner_name="Director", state="open")

    assert meeting_fact(here.pk, TODAY).carried == ()


def test_decision_needs_somebody_who_does_it(client, board, editor):
    item = call(client, board, TODAY).items.all()[0]

    response = post(client, "decision-add", item.pk, text="Fund", state="open")

    assert response.status_code == 400
    assert "Say who does it" in response.content.decode()


def test_dropped_decision_says_why(client, board, editor):
    item = call(client, board, TODAY).items.all()[0]

    response = post(client, "decision-add", item.pk, text="Fund", owner_name="Director", state="dropped")

    assert response.status_code == 400
    assert "Say why it was dropped" in response.content.decode()


def test_two_people_who_write_the_paper_see_both_texts(client, board, editor):
    item = call(client, board, TODAY).items.all()[0]
    post(client, "agenda-edit", item.pk, version=1, title=item.title, priority=item.priority_id, note="Theirs")

    response = post(client, "agenda-edit", item.pk, version=1, title=item.title, priority=item.priority_id, note="Mine")

    page = response.content.decode()
    item.refresh_from_db()
    assert response.status_code == 409
    assert item.note == "Theirs"
    assert "Theirs" in page
    assert "Mine" in page


def test_item_moves_and_leaves_the_agenda_and_comes_back(client, board, editor):
    meeting = call(client, board, TODAY)
    first = meeting.items.all()[0]

    post(client, "agenda-lower", first.pk)
    moved = [item.title for item in AgendaItem.objects.filter(meeting=meeting)]
    response = post(client, "agenda-archive", first.pk)
    left = meeting_fact(meeting.pk, TODAY).items
    post(client, "agenda-archive", first.pk, undo=1)

    assert moved[:2] == ["Priority 2: Goal 2", "Priority 1: Goal 1"]
    assert response["Location"].endswith(f"?removed={first.pk}")
    assert len(left) == 2
    assert len(meeting_fact(meeting.pk, TODAY).items) == 3


def test_meeting_goes_from_draft_to_held_and_then_stays_on_the_list(client, board, editor):
    meeting = call(client, board, TODAY)

    post(client, "meeting-step", meeting.pk, "agree")
    post(client, "meeting-step", meeting.pk, "hold")
    response = client.post(reverse("strategy:meeting-archive", args=[meeting.pk]), follow=True)

    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert meeting.archived_at is None
    assert "its paper stays" in response.content.decode()


def test_step_that_the_state_does_not_allow_is_refused(client, board, editor):
    meeting = call(client, board, TODAY)

    response = client.post(reverse("strategy:meeting-step", args=[meeting.pk, "hold"]), follow=True)

    meeting.refresh_from_db()
    assert meeting.state == "draft"
    assert "comes at another time" in response.content.decode()


def test_reader_reads_the_paper_and_changes_nothing(client, board, editor):
    meeting = call(client, board, TODAY)
    client.force_login(make_user(Role.VIEWER))

    page = client.get(reverse("strategy:meeting-show", args=[meeting.pk]))
    refused = [
        post(client, "meeting-step", meeting.pk, "agree"),
        post(client, "agenda-raise", meeting.items.all()[0].pk),
        post(client, "meeting-call"),
    ]

    assert page.status_code == 200
    assert 'id="paper"' not in page.content.decode()
    assert {response.status_code for response in refused} == {403}


def test_paper_for_the_press_changes_its_fingerprint_with_its_content(client, board, editor):
    meeting = call(client, board, TODAY)
    at = timezone.now()
    before = gather_paper(meeting.pk, at=at)

    item = meeting.items.all()[0]
    post(client, "agenda-edit", item.pk, version=1, title=item.title, priority=item.priority_id, note="More")

    assert gather_paper(meeting.pk, at=at).fingerprint != before.fingerprint
    assert gather_paper(meeting.pk, at=at).fingerprint == gather_paper(meeting.pk, at=at).fingerprint


def test_paper_asks_a_fixed_number_of_queries(client, board, editor, django_assert_max_num_queries):
    meeting = call(client, board, TODAY)
    for item in meeting.items.all()[:2]:
        aim = item.priority.aims.get()
        for number in range(6):
            Action.objects.create(text=f"Action {number}", aim=aim, due_on=TODAY - timedelta(days=number))

    with django_assert_max_num_queries(28):
        client.get(reverse("strategy:meeting-show", args=[meeting.pk]))
