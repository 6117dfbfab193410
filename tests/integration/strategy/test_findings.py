"""The page of what the checks find, and its place on the readiness page."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from indicators.models import Indicator
from strategy.models import Action, AreaForImprovement
from tests.factories.accounts import make_area, make_user
from tests.factories.strategy import make_aim, make_measure, make_priority, make_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def priority():
    make_area()
    return make_priority(strategy=make_strategy())


@pytest.fixture
def reader(client):
    client.force_login(make_user(Role.SEND_TEAM))


@pytest.mark.usefixtures("reader")
def test_page_says_what_was_found_and_how(client, priority):
    make_aim(priority=priority, text="Nobody waits")
    AreaForImprovement.objects.create(short_name="Long waits")

    page = client.get(reverse("strategy:finding-list")).content.decode()

    assert "Aim 1.1 “Nobody waits” has no measure" in page
    assert "“Long waits” is answered by no action" in page
    assert "Found where no action is tied to the area" in page
    assert "Looked for and not found" in page


@pytest.mark.usefixtures("reader")
def test_archived_rows_are_not_looked_at(client, priority):
    aim = make_aim(priority=priority)
    aim.archived_at = priority.strategy.edited_at or "2026-11-01T10:00Z"
    aim.save()

    page = client.get(reverse("strategy:finding-list")).content.decode()

    assert "has no measure" not in page


@pytest.mark.usefixtures("reader")
def test_page_without_a_strategy_says_so(client):
    make_area()

    assert "No strategy is here yet" in client.get(reverse("strategy:finding-list")).content.decode()


@pytest.mark.usefixtures("reader")
def test_home_says_it_in_one_sentence_each(client, priority):
    make_aim(priority=priority)
    make_aim(priority=priority, number=2)

    page = client.get("/").content.decode()

    assert "2 aims of the strategy without a measure." in page
    assert f"{reverse('strategy:finding-list')}#strategy-aim-unmeasured" in page


@pytest.mark.usefixtures("reader")
def test_page_asks_a_fixed_number_of_queries(client, priority, django_assert_max_num_queries):
    indicator = Indicator.objects.create(code="on-time", name="On time", unit="percent", direction="higher")
    for number in range(1, 6):
        aim = make_aim(priority=priority, number=number)
        make_measure(aim=aim, indicator=indicator)
        AreaForImprovement.objects.create(short_name=f"Area {number}")
        for each in range(4):
            Action.objects.create(text=f"Action {each}", aim=aim, due_on=date(2026, 1, 1 + each))

    with django_assert_max_num_queries(40):
        response = client.get(reverse("strategy:finding-list"))

    assert response.status_code == 200
