"""Every area's figures of one indicator as a workbook."""

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.domain.roles import Role
from documents.models import Export
from indicators.figures_workbook import gather_figures, write_figures
from indicators.models import Observation
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import make_england, make_indicator, make_local_area, make_observation, make_release

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ASKED = {"indicator": "plans-within-20-weeks"}


@pytest.fixture
def figures(db):
    local = make_area()
    local.la_code = "901"
    local.save()
    indicator, release = make_indicator(name="Plans within 20 weeks"), make_release()
    for code, values in {"901": (80, 97.5), "902": (60, 50), "903": (40, None)}.items():
        for year, value in zip((2023, 2024), values, strict=True):
            given = {"symbol": "c"} if value is None else {"value": value}
            make_observation(indicator=indicator, area=make_local_area(code=code), release=release, year=year, **given)
    make_observation(indicator=indicator, area=make_england(), release=release, year=2024, value=46.4)
    return indicator


def written(tmp_path, asked=ASKED):
    out = tmp_path / "figures.xlsx"
    write_figures(gather_figures(asked), out, lambda progress, stage="": None)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(out)}


def test_each_area_has_a_line_and_symbols_stay_symbols(tmp_path, figures):
    header, *rows = written(tmp_path)["Areas"]

    assert header == ("Code", "Area", "Kind", "2023", "2024")
    assert [(row[1], row[3], row[4]) for row in rows] == [
        ("England", None, 46.4),
        ("Amble", 60, 50),
        ("Area 903", 40, "c"),
        ("Wexcombe", 80, 97.5),
    ]


def test_spread_counts_local_areas_that_have_a_figure(tmp_path, figures):
    _, first, second = written(tmp_path)["Spread"]

    assert first == ("2023", 3, 0, 40, 50, 60, 70, 80)
    assert second == ("2024", 2, 1, 50, 61.875, 73.75, 85.625, 97.5)


def test_indicator_without_a_figure_gives_headers_alone(tmp_path, figures):
    make_indicator(code="none", name="Nothing yet")

    found = written(tmp_path, {"indicator": "none"})

    assert (len(found["Areas"]), len(found["Spread"])) == (1, 1)


def test_fingerprint_moves_with_the_figures(figures):
    before = gather_figures(ASKED).fingerprint
    Observation.objects.filter(value=50).update(value=51)

    assert gather_figures(ASKED).fingerprint != before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DATA_LEAD], ids=str)
def test_reader_orders_it_from_the_page(client, figures, role):
    client.force_login(make_user(role))
    page = client.get("/data/plans-within-20-weeks/").content.decode()

    response = client.post(reverse("indicators:figures-export", args=["plans-within-20-weeks"]))

    export = Export.objects.get()
    assert 'action="/data/plans-within-20-weeks/figures/"' in page
    assert response.url == reverse("documents:export-show", args=[export.pk])
    assert export.title == "Plans within 20 weeks: every area"


def test_who_may_not_read_figures_may_not_order_them(client, figures):
    client.force_login(make_user(Role.MEMBER))

    assert client.post(reverse("indicators:figures-export", args=["plans-within-20-weeks"])).status_code == 403
    assert not Export.objects.exists()
