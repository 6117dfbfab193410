"""Series as pages and reports read them."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from indicators.gather import choose_areas, series_of
from indicators.models import SeriesNote
from tests.factories.indicators import (
    make_england,
    make_indicator,
    make_local_area,
    make_observation,
    make_region,
    make_release,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_series_holds_current_figures_oldest_first(django_assert_num_queries: DjangoAssertNumQueries):
    plans, area, england = make_indicator(code="ehc-plans", unit="count"), make_local_area(), make_england()
    old, new = make_release(title="Old"), make_release(title="New")
    make_observation(indicator=plans, area=area, release=new, year=2025, value=210)
    make_observation(indicator=plans, area=area, release=new, year=2024, value=200)
    make_observation(indicator=plans, area=area, release=old, year=2024, value=190, is_current=False)
    make_observation(indicator=plans, area=england, release=new, year=2025, symbol="c")

    with django_assert_num_queries(2):
        found = series_of(["ehc-plans", "unknown"], [area.code, england.code])

    own = found["ehc-plans", area.code]
    assert [(point.period.label, point.value, point.release) for point in own.points] == [
        ("2024", Decimal(200), "New"),
        ("2025", Decimal(210), "New"),
    ]
    assert [(point.value, point.symbol) for point in found["ehc-plans", england.code].points] == [(None, "c")]
    assert found["unknown", area.code].points == ()


def test_series_carries_notes_of_its_area_and_of_all():
    plans, area, other = make_indicator(code="ehc-plans"), make_local_area(), make_local_area(code="902")
    now = timezone.now()
    SeriesNote.objects.create(indicator=plans, text="New method", period_label="2023", at=now)
    SeriesNote.objects.create(indicator=plans, area=area, text="Data cleanse", period_label="2021", at=now)

    found = series_of(["ehc-plans"], [area.code, other.code])

    assert [note.text for note in found["ehc-plans", area.code].notes] == ["New method", "Data cleanse"]
    assert [note.text for note in found["ehc-plans", other.code].notes] == ["New method"]


def test_observation_has_a_value_or_a_symbol_never_both():
    plans, area, release = make_indicator(), make_local_area(), make_release()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_observation(indicator=plans, area=area, release=release, value=3, symbol="c")


def test_regions_and_england_are_no_local_areas_to_choose():
    make_local_area()
    make_region()
    make_england()

    assert [choice.name for choice in choose_areas()] == ["Wexcombe"]
