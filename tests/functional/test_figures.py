"""Figures in a real browser: a viewer reads how the area compares, the data lead makes a scorecard and a forecast."""

import re

import pytest
from playwright.sync_api import expect

from accounts.domain.roles import Role
from documents import charts
from indicators.drawing import draw_charts
from indicators.models import Area, Observation, StatisticalNeighbour
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import (
    make_england,
    make_indicator,
    make_local_area,
    make_observation,
    make_region,
    make_release,
)
from tests.factories.strategy import make_board, make_strategy
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
ONE = "/data/plans-within-20-weeks/"


@pytest.fixture(autouse=True)
def chart_folder(settings, tmp_path):
    settings.CHART_DIR = tmp_path / "charts"
    charts._at_hand.clear()


@pytest.fixture
def figures(db):
    """Six years of two indicators for us, two neighbours, the region, England and thirty areas; a third without any."""
    local = make_area()
    local.la_code = "901"
    local.save()
    here, release = make_local_area(code="901"), make_release(title="SEN2 2025")
    near = [make_local_area(code=code) for code in ("902", "903")]
    for rank, one in enumerate(near, 1):
        StatisticalNeighbour.objects.create(area=here, neighbour=one, rank=rank)
    timeliness = make_indicator(theme="Timeliness", name="Plans within 20 weeks")
    plans = make_indicator(
        code="ehc-plans", name="EHC plans", unit="count", direction="neither", theme="Plans", order=1
    )
    make_indicator(code="autism-wait", name="Wait for an autism assessment", unit="days", theme="Health", order=2)
    others = [make_local_area(code=f"9{n}") for n in range(10, 40)]
    for year in range(2019, 2025):
        for number, area in enumerate([here, *near, make_region(), make_england(), *others]):
            symbol = "c" if number == 7 else ""
            value = None if symbol else (17 * number + 3 * year) % 90 + 5
            make_observation(indicator=timeliness, area=area, release=release, year=year, value=value, symbol=symbol)
            count = None if value is None else 20 * value
            make_observation(indicator=plans, area=area, release=release, year=year, value=count, symbol=symbol)
    return timeliness


@pytest.fixture
def viewer(figures):
    return make_user(Role.VIEWER)


def test_figures_with_a_long_unit_fit_a_telephone(open_page, viewer):
    release = Observation.objects.first().release
    wait = make_indicator(code="longest-wait", name="Longest wait", unit="months", theme="Health", order=3)
    here, *others = [Area.objects.get(code="901"), make_region(), make_england()]
    for area in (here, *others):
        make_observation(indicator=wait, area=area, release=release, year=2024, value=118)

    page = open_page(viewer, "/data/longest-wait/", width=PHONE)

    assert "118 months" in page.locator(".app-years").inner_text()
    assert_stands_still(page)


@WIDTHS
@pytest.mark.parametrize("is_drawn", [True, False], ids=["charts drawn", "charts as pictures"])
def test_indicator_is_accessible_and_stands_still(open_page, viewer, width, is_drawn):
    if is_drawn:
        draw_charts()
    page = open_page(viewer, ONE, width=width)

    expect(page.locator(".app-chart")).to_have_count(2)
    assert page.locator(".app-chart").first.evaluate("chart => chart.getBoundingClientRect().width > 200")
    assert_accessible(page)
    assert_stands_still(page)


@WIDTHS
@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/data/", id="catalogue"),
        pytest.param("/data/autism-wait/", id="no source yet"),
        pytest.param("/data/compare/?indicator=ehc-plans&indicator=plans-within-20-weeks", id="side by side"),
        pytest.param("/data/scorecards/", id="no scorecard"),
        pytest.param("/data/forecasts/", id="no forecast"),
    ],
)
def test_pages_of_figures_are_accessible_and_stand_still(open_page, viewer, width, address):
    page = open_page(viewer, address, width=width)

    assert_accessible(page)
    assert_stands_still(page)


def test_viewer_finds_an_indicator_by_keyboard_and_without_scripts(open_page, viewer):
    page = open_page(viewer, "/data/")
    assert_usable_by_keyboard(
        page, reaches=["Side by side", "Words", "Theme", "Source", "Show", "Plans within 20 weeks"]
    )

    plain = open_page(viewer, "/data/", javascript=False)
    assert_complete_without_scripts(plain)
    plain.get_by_label("Theme").select_option("Timeliness")
    plain.get_by_role("button", name="Show").click()
    plain.get_by_role("link", name="Plans within 20 weeks").click()
    assert_complete_without_scripts(plain)
    expect(plain.get_by_role("heading", name="Among all areas")).to_be_visible()
    expect(plain.get_by_text("have no rank").or_(plain.get_by_text("has no rank")).first).to_be_visible()
    expect(plain.get_by_role("button", name="Edit")).to_have_count(0)


def test_viewer_ticks_indicators_and_sees_them_side_by_side(open_page, viewer):
    page = open_page(viewer, "/data/compare/", javascript=False)
    assert_complete_without_scripts(page)
    for theme in ("Plans (1)", "Timeliness (1)"):
        page.get_by_text(theme).click()
    page.get_by_label("EHC plans").check()
    page.get_by_label("Plans within 20 weeks").check()
    page.get_by_role("button", name="Show side by side").click()

    expect(page.get_by_role("columnheader", name="Three years before")).to_be_visible()
    expect(page.get_by_role("rowheader")).to_have_count(2)


@WIDTHS
def test_data_lead_makes_a_scorecard_orders_it_and_a_forecast(open_page, figures, width):
    page = open_page(make_user(Role.DATA_LEAD), "/data/scorecards/add/", width=width)
    assert_accessible(page)
    assert_stands_still(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Enter a title")).to_be_visible()
    expect(page.get_by_role("link", name="Tick at least one indicator.")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Title").fill("Partnership board")
    page.get_by_label("EHC plans").check()
    page.get_by_label("Plans within 20 weeks").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Partnership board", level=1)).to_be_visible()
    page.get_by_role("button", name=re.compile(r"Down ?: Plans within 20 weeks")).click()
    expect(page.get_by_role("rowheader").first).to_contain_text("EHC plans")
    assert_accessible(page)
    assert_stands_still(page)
    page.get_by_role("button", name="Order as Word").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Partnership board")

    page.goto(page.url.split("/files/")[0] + "/data/forecasts/add/?indicator=ehc-plans")
    assert_accessible(page)
    assert_stands_still(page)
    page.get_by_label("Title").fill("Budget")
    page.get_by_label("Growth rates, chained").check()
    page.get_by_label("Start from the figure of").fill("2021")
    page.get_by_label("Growth by year").fill("2022-2024 10\n2025-2027 7")
    page.get_by_role("button", name="Make and keep it").click()
    expect(page.get_by_role("heading", name="Budget")).to_be_visible()
    expect(page.get_by_text("3 years can be checked")).to_be_visible()
    assert_accessible(page)
    assert_stands_still(page)


@WIDTHS
def test_reports_of_the_strategy_are_accessible_and_complete_without_scripts(open_page, figures, width):
    make_strategy(board=make_board())
    person = make_user(Role.VIEWER)
    page = open_page(person, "/strategy/reports/", width=width)
    assert_accessible(page)
    assert_stands_still(page)

    plain = open_page(person, "/strategy/reports/", javascript=False, width=width)
    assert_complete_without_scripts(plain)
    plain.get_by_role("button", name="Order as PDF").click()

    expect(plain.get_by_role("heading", level=1)).to_contain_text("Progress of the strategy")
