"""Indicators that add the rows of several filter values up: plans by age out of single years of age."""

import re
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.permissions import NotAllowed
from indicators.actions import import_file
from indicators.actions.catalogue import Place, confirm_entry
from indicators.importing import read_import
from indicators.models import CatalogueEntry, FileFamily, Indicator, Observation, StatisticsImport
from tests.factories.accounts import make_user
from tests.factories.indicators import make_entry, make_family, make_indicator, make_local_area, make_region
from tests.factories.statistics_files import csv_bytes, row

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def teens() -> Indicator:
    make_region()
    make_local_area(code="901")
    make_local_area(code="902")
    indicator = make_indicator(code="teens", unit="count")
    family = make_family(code="ages", filters={"age": []}, columns=["plans", "others"])
    make_entry(indicator=indicator, family=family, value_column="plans", filters={"age": ["age 11", "age 12"]})
    return indicator


def rows(*ages: tuple[str, str, str]) -> list[dict[str, str]]:
    """Of a place, an age, a number; a row of all ages goes with them."""
    told = [row("901", age="Total", plans="99", others="1")]
    return told + [row(place, age=age, plans=number, others="1") for place, age, number in ages]


def take(content: Sequence[dict[str, str]]) -> StatisticsImport:
    upload = SimpleUploadedFile("ages.csv", csv_bytes(content))
    job = import_file(by=None, at=timezone.now(), upload=upload)
    read_import(job.pk)
    job.refresh_from_db()
    return job


def current() -> dict[str, str]:
    found = Observation.objects.current().select_related("area")
    return {each.area.code: each.symbol or f"{each.value.normalize():f}" for each in found}


def test_rows_of_several_values_are_added_up(teens):
    take(rows(("901", "age 11", "7"), ("901", "age 12", "8"), ("902", "Age 11", "1,000"), ("902", "age 12", "1")))

    assert current() == {"901": "15", "902": "1001"}


def test_symbol_among_the_rows_stands_for_the_sum(teens):
    take(rows(("901", "age 11", "7"), ("901", "age 12", "c"), ("902", "age 11", "2"), ("902", "age 12", "3")))

    assert current() == {"901": "c", "902": "5"}


def test_row_that_is_not_there_is_none_where_the_file_leaves_zeros_out(teens):
    job = take(rows(("901", "age 11", "7"), ("901", "age 12", "8"), ("902", "age 11", "2")))

    assert current() == {"901": "15", "902": "2"}
    assert any("1 rows that “Teens” adds up are not there" in note for note in job.release.report["notes"])


def test_row_that_is_not_there_is_unknown_where_the_file_writes_zeros(teens):
    job = take(rows(("901", "age 11", "7"), ("901", "age 12", "0"), ("902", "age 11", "2")))

    assert current() == {"901": "7"}
    assert "the sum isn't known" in job.release.report["faults"][0]["why"]


def test_rows_that_contradict_each_other_keep_the_sum_out(teens):
    take(rows(("901", "age 11", "7"), ("901", "age 11", "9"), ("901", "age 12", "8"), ("902", "age 11", "2"),
              ("902", "age 12", "2")))  # fmt: skip

    assert current() == {"902": "4"}


def test_page_takes_values_to_add_up_and_shows_them(client, teens):
    take(rows(("901", "age 11", "7"), ("901", "age 12", "8")))
    client.force_login(make_user(Role.DATA_LEAD))
    entry = CatalogueEntry.objects.get()
    address = f"/data/imports/kinds/ages/{entry.pk}/"
    page = client.get(address).content.decode()
    assert page.count('name="sum-0"') == 3
    boxes = re.findall(r"<input[^>]*sum-0[^>]*>", page)
    assert [re.search('value="([^"]+)"', box)[1] for box in boxes if "checked" in box] == ["age 11", "age 12"]

    values = {"column": "plans", "period_as": "", "filter-0": "", "sum-0": ["age 11", "Total"]}
    client.post(address, values)

    entry.refresh_from_db()
    assert entry.filters == {"age": ["age 11", "Total"]}
    assert "age 11 + Total" in client.get("/data/imports/kinds/ages/").content.decode()
    client.post(address, values | {"filter-0": "Total", "sum-0": []})
    entry.refresh_from_db()
    assert entry.filters == {"age": "Total"}
    assert client.post(address, values | {"sum-0": []}).status_code == 422


def test_percentages_are_never_added_up(teens):
    Indicator.objects.update(unit="percent")
    teens.refresh_from_db()
    place = Place(column="plans", filters={"age": ["age 11", "age 12"]})

    with pytest.raises(NotAllowed, match="Only numbers"):
        confirm_entry(
            by=make_user(Role.DATA_LEAD),
            at=timezone.now(),
            family=FileFamily.objects.get(),
            indicator=teens,
            place=place,
        )
