"""Two who save the same lists of rows do not overwrite each other: both texts stand on the page."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from strategy.models import PlanAction
from strategy.stamps import names_stamp, plans_stamp, themes_stamp, ties_stamp
from tests.factories.accounts import make_area, make_user
from tests.factories.plans import make_action, make_area_for_improvement, make_plan
from tests.factories.strategy import make_board

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def editor() -> Client:
    make_area()
    client = Client()
    client.force_login(make_user(Role.SEND_TEAM, name="SEND team"))
    return client


def post(client: Client, address: str, pk: int, **data: object):
    response = client.post(reverse(f"strategy:{address}", args=[pk]), data)
    return response.status_code, html.unescape(response.content.decode())


def test_themes_saved_twice_from_one_page(editor):
    plan = make_plan()
    row = PlanAction.objects.get(action=make_action(plan=plan))
    stamp = themes_stamp(plan)
    post(editor, "plan-sort", plan.pk, **{f"theme-{row.pk}": "Theirs", f"place-{row.pk}": "1", "stamp": stamp})

    mine = {f"theme-{row.pk}": "Mine", f"place-{row.pk}": "2"}
    status, page = post(editor, "plan-sort", plan.pk, **mine, stamp=stamp)

    row.refresh_from_db()
    assert (status, row.theme) == (409, "Theirs")
    assert "Place 1, theme Theirs" in page
    assert "Place 2, theme Mine" in page
    assert 'value="Mine"' in page
    assert f'value="{themes_stamp(plan)}"' in page


def test_plans_of_an_action_chosen_twice_from_one_page(editor):
    action, theirs, mine = make_action(), make_plan(title="Theirs"), make_plan(title="Mine")
    stamp = plans_stamp(action)
    post(editor, "plans-set", action.pk, plans=theirs.pk, stamp=stamp)

    status, page = post(editor, "plans-set", action.pk, plans=mine.pk, stamp=stamp)

    assert status == 409
    assert [membership.plan for membership in action.memberships.all()] == [theirs]
    assert "It now stands in: Theirs." in page
    assert f'value="{plans_stamp(action)}"' in page


def test_former_names_saved_twice_from_one_page(editor):
    board = make_board()
    stamp = names_stamp(board)
    post(editor, "board-rename", board.pk, names="Theirs", stamp=stamp)

    status, page = post(editor, "board-rename", board.pk, names="Mine", stamp=stamp)

    assert (status, board.former_names.get().name) == (409, "Theirs")
    assert "SEND team saved this while you were writing" in page
    assert "Mine</textarea>" in page


def test_what_answers_an_area_ticked_twice_from_one_page(editor):
    area, theirs, mine = make_area_for_improvement(), make_action(text="Theirs"), make_action(text="Mine")
    stamp = ties_stamp(area)
    post(editor, "area-tie", area.pk, actions=theirs.pk, stamp=stamp)

    status, page = post(editor, "area-tie", area.pk, actions=mine.pk, stamp=stamp)

    assert status == 409
    assert [link.action for link in area.action_links.all()] == [theirs]
    assert "Somebody else saved this while you were writing" in page


@pytest.mark.parametrize("address", ["plan-sort", "plans-set", "board-rename", "area-tie"])
def test_page_shows_what_a_save_is_counted_from(editor, address):
    things = {
        "plan-sort": (make_plan(), themes_stamp),
        "plans-set": (make_action(), plans_stamp),
        "board-rename": (make_board(), names_stamp),
        "area-tie": (make_area_for_improvement(), ties_stamp),
    }
    thing, stamp = things[address]
    shown = "action-show" if address == "plans-set" else address

    page = editor.get(reverse(f"strategy:{shown}", args=[thing.pk])).content.decode()

    assert f'name="stamp" value="{stamp(thing)}"' in page
