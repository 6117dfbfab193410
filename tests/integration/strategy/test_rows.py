"""Rows of the strategy are edited where they stand, and nothing that somebody wrote is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from strategy.actions import rows
from strategy.models import Aim, Board, Measure, Principle, Priority, Strategy
from strategy.stamps import names_stamp
from tests.factories.accounts import make_area, make_user
from tests.factories.strategy import (
    make_aim,
    make_board,
    make_challenge,
    make_measure,
    make_principle,
    make_priority,
    make_strategy,
)

AT = timezone.now()
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def strategy():
    make_area()
    return make_strategy()


@pytest.fixture
def editor(client, strategy):
    user = make_user(Role.SEND_TEAM)
    client.force_login(user)
    return user


def post(client, address: str, *args, **data):
    return client.post(reverse(f"strategy:{address}", args=args), data)


def test_saved_row_shows_on_its_page_and_in_the_trail(client, strategy, editor):
    row = make_principle(strategy=strategy, title="Families first")

    response = post(client, "row-edit", "principle", row.pk, version=1, title="Families come first", text="They know.")

    row.refresh_from_db()
    event = AuditEvent.objects.get(action="principle.saved")
    assert response["Location"] == f"{reverse('strategy:detail-show')}#principle-{row.pk}"
    assert (row.title, row.text, row.version, row.edited_by) == ("Families come first", "They know.", 2, editor)
    assert event.fields == ["text", "title"]


def test_second_save_of_the_same_version_shows_both_texts(client, strategy, editor):
    row = make_principle(strategy=strategy, title="Families first")
    post(client, "row-edit", "principle", row.pk, version=1, title="Theirs", text="")

    response = post(client, "row-edit", "principle", row.pk, version=1, title="Mine", text="")

    page = response.content.decode()
    row.refresh_from_db()
    assert response.status_code == 409
    assert row.title == "Theirs"
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert 'name="version" value="2"' in page


def test_save_after_a_conflict_takes_the_knowing_version(client, strategy, editor):
    row = make_principle(strategy=strategy, title="Families first")
    post(client, "row-edit", "principle", row.pk, version=1, title="Theirs", text="")

    post(client, "row-edit", "principle", row.pk, version=2, title="Mine", text="")

    row.refresh_from_db()
    assert row.title == "Mine"


def test_row_that_is_added_stands_last(client, strategy, editor):
    make_principle(strategy=strategy, title="First", order=7)

    post(client, "row-add", "principle", title="Second", text="")

    assert list(Principle.objects.values_list("title", flat=True)) == ["First", "Second"]


def test_aim_and_measure_are_added_beneath_their_parent(client, strategy, editor):
    priority = make_priority(strategy=strategy)
    address = reverse("strategy:row-add", args=["aim"])

    client.post(f"{address}?parent={priority.pk}", {"text": "A new aim", "priority": priority.pk})
    aim = Aim.objects.get()
    address = reverse("strategy:row-add", args=["measure"])
    client.post(f"{address}?parent={aim.pk}", {"text": "How many", "kind": "figure", "aim": aim.pk})

    assert (aim.ref, aim.text) == ("1.1", "A new aim")
    assert Measure.objects.get().aim == aim


def test_aim_that_stands_under_the_wrong_priority_is_moved_and_numbered_anew(client, strategy, editor):
    one, two = make_priority(strategy=strategy), make_priority(strategy=strategy, number=2)
    aim = make_aim(priority=one)
    make_aim(priority=two)

    post(client, "row-edit", "aim", aim.pk, version=1, text=aim.text, priority=two.pk, note="")

    assert Aim.objects.get(pk=aim.pk).ref == "2.2"


def test_rows_change_places(client, strategy, editor):
    first = make_principle(strategy=strategy, title="First", order=1)
    make_principle(strategy=strategy, title="Second", order=1)

    post(client, "row-lower", "principle", first.pk)

    assert list(Principle.objects.values_list("title", flat=True)) == ["Second", "First"]


def test_row_at_the_end_stays_there(client, strategy, editor):
    only = make_principle(strategy=strategy, title="Only")

    response = post(client, "row-raise", "principle", only.pk)

    assert response.status_code == 302
    assert not AuditEvent.objects.filter(action="principle.moved").exists()


def test_aims_that_change_places_change_numbers(client, strategy, editor):
    priority = make_priority(strategy=strategy)
    make_aim(priority=priority, text="First")
    second = make_aim(priority=priority, number=2, text="Second")

    post(client, "row-raise", "aim", second.pk)

    assert [(aim.ref, aim.text) for aim in Aim.objects.all()] == [("1.1", "Second"), ("1.2", "First")]


def test_archived_row_leaves_the_page_and_undo_brings_it_back(client, strategy, editor):
    row = make_principle(strategy=strategy, title="Families first")

    response = client.post(reverse("strategy:row-archive", args=["principle", row.pk]), follow=True)
    page = response.content.decode()
    post(client, "row-restore", "principle", row.pk)

    assert reverse("strategy:row-restore", args=["principle", row.pk]) in page
    assert f'id="principle-{row.pk}"' not in page
    row.refresh_from_db()
    assert row.archived_at is None


def test_archive_lists_what_can_come_back_to_editors_with_a_button(client, strategy, editor):
    row = make_principle(strategy=strategy, title="Families first")
    post(client, "row-archive", "principle", row.pk)
    restore = reverse("strategy:row-restore", args=["principle", row.pk])

    to_editor = client.get(reverse("strategy:archive-list")).content.decode()
    client.force_login(make_user(Role.VIEWER))
    to_reader = client.get(reverse("strategy:archive-list")).content.decode()

    assert restore in to_editor
    assert "Families first" in to_reader
    assert restore not in to_reader


def test_number_given_to_another_since_is_replaced_by_the_next_free(client, strategy, editor):
    old = make_priority(strategy=strategy)
    post(client, "row-archive", "priority", old.pk)
    make_priority(strategy=strategy, title="The new first")

    post(client, "row-restore", "priority", old.pk)

    old.refresh_from_db()
    assert old.number == 2


def test_board_above_others_is_not_archived(client, strategy, editor):
    above = make_board(name="Above")
    make_board(name="Below", reports_to=above)

    response = client.post(reverse("strategy:row-archive", args=["board", above.pk]), follow=True)

    above.refresh_from_db()
    assert above.archived_at is None
    assert "Below reports to it" in response.content.decode()


def test_renamed_board_keeps_its_former_name(client, strategy, editor):
    board = make_board(name="SEND Forum")

    post(client, "row-edit", "board", board.pk, version=1, name="SEND Board", kind="partnership")

    board.refresh_from_db()
    assert board.name == "SEND Board"
    assert [former.name for former in board.former_names.all()] == ["SEND Forum"]


def test_former_names_are_written_with_days(client, strategy, editor):
    board = make_board()

    post(client, "board-rename", board.pk, names="Forum; 01/04/2022; 29/03/2023\nPanel", stamp=names_stamp(board))

    former = [(each.name, str(each.from_on), str(each.to_on)) for each in board.former_names.all()]
    assert sorted(former) == [("Forum", "2022-04-01", "2023-03-29"), ("Panel", "None", "None")]


def test_former_name_with_an_unreadable_day_names_its_line(client, strategy, editor):
    board = make_board()

    response = post(client, "board-rename", board.pk, names="Panel\nForum; yesterday")

    assert response.status_code == 400
    assert "Line 2:" in response.content.decode()


def test_mark_as_extracted_goes_once_somebody_compared(client, strategy, editor):
    aim = make_aim(priority=make_priority(strategy=strategy), is_as_extracted=True)

    post(client, "row-check", "aim", aim.pk)

    aim.refresh_from_db()
    assert not aim.is_as_extracted
    assert AuditEvent.objects.filter(action="aim.checked").exists()


def test_strategy_itself_is_edited(client, strategy, editor):
    post(
        client,
        "strategy-edit",
        version=1,
        title="Together",
        from_on="01/01/2026",
        to_on="31/12/2028",
        vision="All belong.",
    )

    assert Strategy.objects.get().vision == "All belong."


def test_strategy_that_ends_before_it_starts_is_refused(client, strategy, editor):
    response = post(client, "strategy-edit", version=1, title="T", from_on="01/01/2026", to_on="31/12/2020")

    assert response.status_code == 400
    assert "not before the first" in response.content.decode()


def test_next_strategy_becomes_the_current_one(client, strategy, editor):
    post(client, "strategy-start", title="The next", from_on="01/01/2029", to_on="31/12/2031")

    assert list(Strategy.objects.filter(is_current=True).values_list("title", flat=True)) == ["The next"]


def test_reader_sees_no_button_and_changes_nothing(client, strategy):
    aim = make_aim(priority=make_priority(strategy=strategy))
    client.force_login(make_user(Role.VIEWER))

    page = client.get(reverse("strategy:priority-show", args=[1])).content.decode()
    refused = [post(client, name, "aim", aim.pk) for name in ("row-edit", "row-archive", "row-raise", "row-check")]

    assert "/strategy/rows/" not in page
    assert {response.status_code for response in refused} == {403}
    assert not Aim.objects.filter(edited_at__isnull=False).exists()


def test_unknown_kind_and_missing_parent_are_no_pages(client, strategy, editor):
    assert client.get(reverse("strategy:row-add", args=["wish"])).status_code == 404
    assert client.get(reverse("strategy:row-add", args=["aim"])).status_code == 404


@pytest.fixture
def _much(strategy):
    above = make_board(name="Above")
    make_board(name="Below", reports_to=above)
    for number in range(1, 4):
        priority = make_priority(strategy=strategy, number=number, title=f"Priority {number}")
        challenge = make_challenge(strategy=strategy, title=f"Challenge {number}")
        challenge.priorities.add(priority)
        for aim_number in range(1, 5):
            aim = make_aim(priority=priority, number=aim_number)
            make_measure(aim=aim)
            make_measure(aim=aim)


@pytest.mark.usefixtures("_much")
@pytest.mark.parametrize(
    ("name", "args", "most"),
    [
        ("strategy-show", (), 25),
        ("detail-show", (), 20),
        ("challenge-list", (), 20),
        ("priority-show", (2,), 22),
        ("board-list", (), 15),
        ("archive-list", (), 25),
    ],
)
def test_page_asks_a_fixed_number_of_queries(client, editor, django_assert_max_num_queries, name, args, most):
    with django_assert_max_num_queries(most):
        response = client.get(reverse(f"strategy:{name}", args=args))

    assert response.status_code == 200


def test_numbers_of_standing_priorities_differ(client, strategy, editor):
    make_priority(strategy=strategy)

    post(client, "row-add", "priority", title="Another", summary="")

    assert list(Priority.objects.values_list("number", flat=True)) == [1, 2]
    assert not Board.objects.exists()


def test_board_renamed_twice_has_a_chain_of_former_names(editor):
    board = make_board(name="First")
    day = timezone.localdate(AT)
    for later, name in ((0, "Second"), (40, "Third"), (40, "Fourth")):
        board = rows.save_row(
            by=editor, at=AT + timedelta(days=later), row=board, version=board.version, fields={"name": name}
        )

    assert [(former.name, former.from_on, former.to_on) for former in board.former_names.order_by("to_on", "pk")] == [
        ("First", None, day),
        ("Second", day + timedelta(days=1), day + timedelta(days=40)),
        ("Third", day + timedelta(days=40), day + timedelta(days=40)),
    ]
