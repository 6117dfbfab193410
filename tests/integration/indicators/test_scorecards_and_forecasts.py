"""Scorecards in the board's order, and forecasts that stay as they were made."""

import re
from datetime import date
from decimal import Decimal

import pytest

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from indicators.models import Forecast, ForecastPoint, Scorecard
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import make_england, make_indicator, make_local_area, make_observation, make_release

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OWN = "901"
PRINTED = [2008, 2209, 2430, 2600, 2782, 2977, 3185, 3408]


@pytest.fixture
def here(db):
    local = make_area()
    local.la_code = OWN
    local.save()
    make_england()
    return make_local_area(code=OWN)


@pytest.fixture
def lead(client):
    person = make_user(Role.DATA_LEAD)
    client.force_login(person)
    return person


@pytest.fixture
def plans(here):
    indicator = make_indicator(code="ehc-plans", unit="count", direction="neither")
    release = make_release()
    for year, value in {2020: 1736, 2021: 1826, 2022: 2000, 2025: 2785}.items():
        make_observation(indicator=indicator, area=here, release=release, year=year, value=value)
    return indicator


def main_of(response):
    return response.content.decode().split("<main")[1]


def add(client, *codes, **more):
    return client.post("/data/scorecards/add/", {"title": "Board", "indicator": list(codes), **more}, follow=True)


def names(client, card):
    return re.findall(r'href="/data/([-\w]+)/">[^<]+</a>\s*<span class="app-basis">', main_of(client.get(card)))


def test_scorecard_is_made_reordered_edited_put_away_and_taken_back(client, lead, plans):
    make_indicator(code="b")
    make_indicator(code="c")
    response = add(client, "ehc-plans", "b", "c", **{"note-b": "Why it matters"})
    card = Scorecard.objects.get()
    address = f"/data/scorecards/{card.pk}/"
    assert names(client, address) == ["ehc-plans", "b", "c"]
    assert "Why it matters" in main_of(response)

    line = card.lines.get(indicator__code="c")
    client.post(f"{address}lines/{line.pk}/move/", {"way": "up"})
    assert names(client, address) == ["ehc-plans", "c", "b"]
    card.refresh_from_db()
    client.post(
        f"{address}edit/", {"version": card.version, "title": "Board 2", "indicator": ["b", "c"], "note-b": "Still"}
    )
    assert names(client, address) == ["c", "b"]
    client.post(f"{address}archive/")
    assert "Put away" in main_of(client.get("/data/scorecards/"))
    client.post(f"{address}archive/", {"back": "1"})

    card.refresh_from_db()
    assert not card.is_archived
    assert set(AuditEvent.objects.filter(thing_type="indicators.scorecard").values_list("action", flat=True)) == {
        "scorecard.added",
        "scorecard.changed",
        "scorecard.reordered",
        "scorecard.archived",
        "scorecard.taken_back",
    }


def test_moving_the_first_line_up_changes_nothing(client, lead, plans):
    make_indicator(code="b")
    add(client, "ehc-plans", "b")
    card = Scorecard.objects.get()

    client.post(f"/data/scorecards/{card.pk}/lines/{card.lines.first().pk}/move/", {"way": "up"})

    assert names(client, f"/data/scorecards/{card.pk}/") == ["ehc-plans", "b"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param({"title": "", "indicator": ["ehc-plans"]}, "Enter a title", id="no title"),
        pytest.param({"title": "Board", "indicator": []}, "Tick at least one indicator.", id="no indicator"),
        pytest.param({"title": "Board", "indicator": ["unknown"]}, "Select a valid choice", id="an unknown indicator"),
    ],
)
def test_scorecard_form_says_what_is_missing(client, lead, plans, data, message):
    response = client.post("/data/scorecards/add/", data)

    assert response.status_code == 400
    assert message in response.content.decode()
    assert not Scorecard.objects.exists()


def test_scorecard_saved_by_two_shows_both_and_loses_neither(client, lead, plans):
    add(client, "ehc-plans")
    card = Scorecard.objects.get()
    Scorecard.objects.filter(pk=card.pk).update(title="Theirs", version=5)

    response = client.post(
        f"/data/scorecards/{card.pk}/edit/", {"version": 0, "title": "Mine", "indicator": ["ehc-plans"]}
    )

    assert response.status_code == 409
    assert {"Theirs", "Mine"} <= set(re.findall(r"Theirs|Mine", main_of(response)))
    assert 'name="version" value="5"' in re.sub(r'type="hidden" ', "", main_of(response))
    card.refresh_from_db()
    assert card.title == "Theirs"


@pytest.mark.parametrize("address", ["/data/scorecards/add/", "/data/forecasts/add/"])
@pytest.mark.parametrize("role", [Role.VIEWER, Role.DIRECTOR, Role.SYSTEM_LEAD])
def test_readers_change_nothing(client, here, role, address):
    client.force_login(make_user(role))

    assert client.get("/data/scorecards/").status_code == 200
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403


# -- forecasts


def chained(**more):
    lines = "\r\n".join(f"{year} {value:,}" for year, value in zip(range(2022, 2030), PRINTED, strict=True))
    return {
        "indicator": "ehc-plans",
        "title": "Strategy",
        "method": "chained_growth",
        "base_year": "2021",
        "growth": "2022-2024 10\r\n2025–2029 7 %",
        "rounding": "whole",
        "printed": lines,
        **more,
    }


def test_strategys_forecast_is_made_and_its_one_rounding_difference_named(client, lead, plans):
    response = client.post("/data/forecasts/add/", chained(), follow=True)

    page = re.sub(r"\s+", " ", main_of(response))
    points = ForecastPoint.objects.order_by("period_to_on")
    assert [int(point.printed_value) for point in points] == PRINTED
    assert "2022: 1,826 (2021) × 1.10 is 2,008.6, which rounds to 2,009; 2,008 is printed." in page
    assert page.count("Rounding:") == 1
    assert "2 years can be checked: 1 too low, 1 too high" in page
    assert "growth of 10 % a year to 2024, 7 % after" in page
    assert "−6.6 %" in page


def test_trend_is_made(client, lead, plans):
    data = {"indicator": "ehc-plans", "title": "Line", "method": "trend", "from_year": "2020", "until_year": "2027"}

    client.post("/data/forecasts/add/", data)

    points = ForecastPoint.objects.order_by("period_to_on").values_list("period_label", "value")
    assert [label for label, _ in points] == ["2026", "2027"]
    assert all(value > Decimal(2785) for _, value in points)
    assert Forecast.objects.get().params == {"from_year": 2020, "to_year": 2025}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"title": ""}, "Enter a title", id="no title"),
        pytest.param({"method": ""}, "Choose a method.", id="no method"),
        pytest.param({"base_year": ""}, "Enter the year whose figure", id="no base"),
        pytest.param(
            {"base_year": "2019"}, "Give one rate for each year from 2020 on", id="a base without its next year"
        ),
        pytest.param({"growth": ""}, "Enter the growth of at least one year", id="no growth"),
        pytest.param({"growth": "next year a lot"}, "can&#x27;t be read", id="unreadable growth"),
        pytest.param({"growth": "2024-2022 5"}, "put the earlier year first", id="years turned round"),
        pytest.param({"growth": "2022 5\r\n2022 6"}, "2022 stands twice", id="a year twice"),
        pytest.param({"printed": "nothing"}, "can&#x27;t be read", id="unreadable print"),
        pytest.param({"indicator": ""}, "This field is required", id="no indicator"),
        pytest.param({"base_year": "2023", "growth": "2024 5"}, "no figure of 2023", id="a base without a figure"),
        pytest.param({"method": "trend"}, "Enter the first year", id="a trend without years"),
        pytest.param(
            {"method": "trend", "from_year": "2022", "until_year": "2027"}, "at least three years", id="a trend of two"
        ),
        pytest.param(
            {"method": "trend", "from_year": "2020", "until_year": "2021"},
            "after the newest figure",
            id="no year ahead",
        ),
    ],
)
def test_forecast_form_says_what_is_wrong(client, lead, plans, change, message):
    response = client.post("/data/forecasts/add/", chained(**change))

    assert response.status_code == 400
    assert message in response.content.decode()
    assert not Forecast.objects.exists()


def test_second_forecast_of_the_same_title_is_refused(client, lead, plans):
    client.post("/data/forecasts/add/", chained())

    before = list(ForecastPoint.objects.values_list("pk", "value"))

    response = client.post("/data/forecasts/add/", chained())

    assert "has this title already" in response.content.decode()
    assert list(ForecastPoint.objects.values_list("pk", "value")) == before
    assert (Forecast.objects.count(), AuditEvent.objects.filter(action="forecast.made").count()) == (1, 1)


def test_forecast_stays_when_figures_change(client, lead, here, plans):
    client.post("/data/forecasts/add/", chained(printed=""))
    before = list(ForecastPoint.objects.values_list("value", flat=True))

    release = make_release()
    make_observation(indicator=plans, area=here, release=release, year=2026, value=3000)

    assert list(ForecastPoint.objects.values_list("value", flat=True)) == before
    assert "3,000" in main_of(client.get("/data/forecasts/ehc-plans/"))
    assert ForecastPoint.objects.first().period_to_on == date(2022, 12, 31)
    assert client.get("/data/forecasts/ehc-plans/forecast.svg")["Content-Type"] == "image/svg+xml"
