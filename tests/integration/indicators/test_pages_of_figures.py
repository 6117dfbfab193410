"""The pages of figures: what they say, who may open them, and that they stay quick however much there is."""

import re

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from documents import charts
from indicators.drawing import draw_charts
from indicators.models import Observation, SeriesNote, StatisticalNeighbour, Target
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import (
    make_england,
    make_indicator,
    make_local_area,
    make_observation,
    make_region,
    make_release,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OWN, NEIGHBOUR, FAR, GONE = "901", "902", "903", "904"


@pytest.fixture(autouse=True)
def chart_folder(settings, tmp_path):
    settings.CHART_DIR = tmp_path / "charts"
    charts._at_hand.clear()


@pytest.fixture
def here(db):
    """An area with a region, England, one neighbour, another area and an abolished one."""
    local = make_area()
    local.la_code = OWN
    local.save()
    for code in (OWN, NEIGHBOUR, FAR, GONE):
        make_local_area(code=code)
    own, near = make_local_area(code=OWN), make_local_area(code=NEIGHBOUR)
    StatisticalNeighbour.objects.create(area=own, neighbour=near, rank=1)
    gone = make_local_area(code=GONE)
    gone.abolished_on = "2019-04-01"
    gone.save()
    make_region()
    make_england()
    return own


@pytest.fixture
def timeliness(here):
    """97.5 % of ours against 46.4 % of England, tied with another area; one area suppressed, one abolished."""
    indicator = make_indicator(theme="Timeliness", name="Plans issued within 20 weeks")
    release = make_release(title="SEN2 2025")
    england, region = make_england(), make_region()
    for year, value in zip(range(2020, 2025), (80, 85, 90, 95, 97.5), strict=True):
        make_observation(indicator=indicator, area=here, release=release, year=year, value=value)
        make_observation(indicator=indicator, area=england, release=release, year=year, value=46.4)
        make_observation(indicator=indicator, area=region, release=release, year=year, value=38.2)
    make_observation(indicator=indicator, area=make_local_area(code=NEIGHBOUR), release=release, symbol="c")
    make_observation(indicator=indicator, area=make_local_area(code=FAR), release=release, value=97.5)
    make_observation(indicator=indicator, area=make_local_area(code=GONE), release=release, value=99)
    return indicator


@pytest.fixture
def viewer(client):
    person = make_user(Role.VIEWER)
    client.force_login(person)
    return person


def text_of(response):
    body = response.content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body[body.index("<main") :]))
    return re.sub(r" ([,.;])", r"\1", words)


def test_indicator_page_says_it_in_a_sentence(client, viewer, timeliness):
    page = text_of(client.get(f"/data/{timeliness.code}/"))

    assert "97.5 % against 46.4 % in England; joint 1st of 2." in page
    assert "1 area has no rank: 1 suppressed, because the number is small (c)." in page
    assert "Up 12.5 percentage points since 2021: better." in page
    assert "Better than England" in page
    assert "Higher is better" in page
    assert "SEN2 2025" in page


def test_indicator_page_shows_a_symbol_and_never_a_zero(client, viewer, timeliness):
    response = client.get(f"/data/{timeliness.code}/")

    neighbours = response.content.decode().split('id="neighbours"')[1]
    assert re.search(r"Amble</th>\s*<td[^>]*>c</td>", neighbours)
    assert "c: suppressed, because the number is small" in text_of(response)


def test_page_whose_charts_are_not_drawn_shows_them_as_pictures_that_draw_themselves(client, viewer, timeliness):
    first = client.get(f"/data/{timeliness.code}/").content.decode()
    picture = client.get(reverse("indicators:chart-show", args=[timeliness.code, "trend"]))
    client.get(reverse("indicators:chart-show", args=[timeliness.code, "strip"]))
    second = client.get(f"/data/{timeliness.code}/").content.decode()

    assert f'src="/data/{timeliness.code}/trend.svg"' in first
    assert 'alt="Plans issued within 20 weeks, 2020 to 2024. 97.5 % against' in first
    assert picture["Content-Type"] == "image/svg+xml"
    assert "trend.svg" not in second
    assert second.count('role="img"') == 2
    assert "style=" not in second


def test_charts_drawn_ahead_are_found_by_the_page(client, viewer, timeliness):
    assert draw_charts() == 2
    assert draw_charts() == 0

    assert ".svg" not in client.get(f"/data/{timeliness.code}/").content.decode().split("<main")[1]


def test_target_note_and_leap_stand_on_the_page(client, viewer, here, timeliness):
    Target.objects.create(indicator=timeliness, value=95, by_on="2027-03-31", set_by="the strategy")
    SeriesNote.objects.create(
        indicator=timeliness, area=here, period_label="2021", text="Data cleanse", at="2026-01-01T00:00Z"
    )
    release = make_release()
    make_observation(indicator=timeliness, area=here, release=release, year=2019, value=80)
    Observation.objects.filter(indicator=timeliness, area=here, period_label="2021").update(value=20)

    page = text_of(client.get(f"/data/{timeliness.code}/"))

    assert "Target: 95.0 % by March 2027, set by the strategy." in page
    assert "Target met" in page
    assert "Data cleanse" in page
    assert "2021 leaps to 20.0 % between 80.0 % and 90.0 %" in page


def test_indicator_without_a_figure_says_no_source_yet(client, viewer, here):
    make_indicator(code="autism-wait", unit="days", theme="Health")

    assert "No source yet" in text_of(client.get("/data/autism-wait/"))
    assert "No source yet" in text_of(client.get("/data/"))


def test_own_symbol_is_explained(client, viewer, here):
    indicator = make_indicator(code="small")
    make_observation(indicator=indicator, area=here, release=make_release(), symbol="c")

    page = text_of(client.get("/data/small/"))

    assert "No figure of ours is published for 2024 (c)." in page
    assert "Suppressed" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("", {"Plans issued within 20 weeks", "Autism wait", "Own"}, id="all"),
        pytest.param("?theme=Health", {"Autism wait"}, id="a theme"),
        pytest.param("?source=none", {"Autism wait", "Own"}, id="without a source"),
        pytest.param("?source=published", {"Plans issued within 20 weeks"}, id="published"),
        pytest.param("?source=local", set(), id="our own, none has a figure"),
        pytest.param("?q=20+WEEKS", {"Plans issued within 20 weeks"}, id="words"),
        pytest.param("?q=nothing", set(), id="words that fit nothing"),
        pytest.param("?theme=Unknown&page=99", {"Plans issued within 20 weeks", "Autism wait", "Own"}, id="nonsense"),
    ],
)
def test_catalogue_filters(client, viewer, timeliness, query, shown):
    make_indicator(code="autism-wait", theme="Health")
    make_indicator(code="own", is_local=True)

    page = client.get(f"/data/{query}")

    table = page.content.decode().partition("<table")[2].partition("</table>")[0]
    assert set(re.findall(r'href="/data/[-\w]+/">([^<]+)</a>', table)) == shown


def test_side_by_side_has_all_six_columns(client, viewer, timeliness):
    page = text_of(client.get(f"/data/compare/?indicator={timeliness.code}&indicator=nonsense"))

    assert "97.5 % 2024 38.2 % – 46.4 % 85.0 % 2021 up 12.5 percentage points since 2021: better" in page


def test_pages_without_a_named_area_say_what_to_do(client, viewer):
    make_area()
    indicator = make_indicator()

    for address in ("/data/", f"/data/{indicator.code}/", "/data/compare/", "/data/forecasts/"):
        assert "knows its local authority code" in text_of(client.get(address))


def fill(here, number, areas, years):
    release = make_release()
    england = make_england()
    everywhere = [here, england, *(make_local_area(code=f"7{n:02}") for n in range(areas))]
    for n in range(number):
        indicator = make_indicator(code=f"more-{n}")
        for area in everywhere:
            for year in range(2025 - years, 2025):
                make_observation(indicator=indicator, area=area, release=release, year=year, value=n + year % 7)


ADDRESSES = ["/data/", "/data/more-0/", "/data/compare/?indicator=more-0&indicator=more-1", "/data/scorecards/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_keep_their_number_of_queries(client, viewer, here, address, django_assert_max_num_queries):
    fill(here, 2, 2, 2)
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    release = make_release()
    for indicator in [make_indicator(code=f"later-{n}") for n in range(10)]:
        for year in range(2016, 2025):
            make_observation(indicator=indicator, area=here, release=release, year=year, value=year % 9)

    with django_assert_max_num_queries(20) as many:
        client.get(address)

    assert len(many.captured_queries) == len(few.captured_queries)
