"""Former names of boards and the plans of actions go out with the workbook and come back."""

from dataclasses import replace

import pytest
from django.utils import timezone

from accounts.domain.roles import Role
from strategy.domain.exchange.comparing import compare
from strategy.domain.exchange.sheets import ACTIONS, BOARDS, Tables
from strategy.exchange_gather import present_tables
from strategy.models import Board, PlanAction
from tests.factories.accounts import make_area, make_user
from tests.factories.plans import make_action, make_plan
from tests.factories.strategy import make_aim, make_board, make_priority, make_strategy, take_tables

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = timezone.now()


@pytest.fixture
def lead():
    make_area()
    return make_user(Role.LANO)


@pytest.fixture
def action(lead):
    aim = make_aim(priority=make_priority(strategy=make_strategy(board=make_board())))
    return make_action(aim=aim, plan=make_plan(title="Annual plan"), theme="Training")


def with_cell(name: str, field: str, text: str) -> Tables:
    """What stands, with another text in one column of one sheet."""
    present = present_tables()
    rows = tuple(replace(row, place="row 2", values={**row.values, field: text}) for row in present[name])
    return {**present, name: rows}


def test_what_stands_is_unchanged(action):
    Board.objects.get().former_names.create(name="Forum")

    difference = compare(present_tables(), present_tables())

    assert (difference.counts["changed"], difference.counts["new"]) == (0, 0)
    assert present_tables()[ACTIONS.name][0].values["plans"] == "Annual plan | Training"
    assert present_tables()[BOARDS.name][0].values["former"] == "Forum"


def test_plans_of_an_action_follow_the_file(lead, action):
    make_plan(title="Reform plan")
    was = PlanAction.objects.get()

    take_tables(by=lead, tables=with_cell(ACTIONS.name, "plans", "Annual plan | Waits\nReform plan"))

    found = PlanAction.objects.order_by("pk").values_list("plan__title", "theme")
    assert list(found) == [("Annual plan", "Waits"), ("Reform plan", "")]
    assert PlanAction.objects.filter(pk=was.pk, order=was.order).exists()

    take_tables(by=lead, tables=with_cell(ACTIONS.name, "plans", ""))

    assert not PlanAction.objects.exists()


def test_place_in_an_archived_plan_stays(lead, action):
    old = make_plan(title="Old plan", archived_at=NOW)
    PlanAction.objects.create(plan=old, action=action)

    take_tables(by=lead, tables=with_cell(ACTIONS.name, "plans", ""))

    assert PlanAction.objects.get().plan == old


def test_former_names_follow_the_file(lead, action):
    take_tables(by=lead, tables=with_cell(BOARDS.name, "former", "Forum; 2022-04-01; 2023-03-29\nPanel"))

    names = Board.objects.get().former_names.values_list("name", "from_on")
    assert {(name, str(day)) for name, day in names} == {("Forum", "2022-04-01"), ("Panel", "None")}


def test_file_without_the_columns_leaves_both_alone(lead, action):
    Board.objects.get().former_names.create(name="Forum")
    tables = {
        name: tuple(
            replace(row, values={key: text for key, text in row.values.items() if key not in {"plans", "former"}})
            for row in rows
        )
        for name, rows in with_cell(ACTIONS.name, "text", "Train all schools").items()
    }

    take_tables(by=lead, tables=tables)

    action.refresh_from_db()
    assert action.text == "Train all schools"
    assert (PlanAction.objects.count(), Board.objects.get().former_names.count()) == (1, 1)
