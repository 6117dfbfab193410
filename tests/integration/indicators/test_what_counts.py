"""Which figures count when files are withdrawn, read twice, corrected or set back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import LocalArea
from accounts.permissions import NotAllowed
from children import actions as lists
from children.domain.suppression import SUPPRESSED
from children.figures import list_figures
from children.models import ListUpload
from indicators import importing
from indicators.actions import import_file, read_again, retry_import
from indicators.actions.catalogue import Place, confirm_entry, withdraw_release
from indicators.actions.own import keep_own_figures
from indicators.current import rank_of
from indicators.domain.own import Known, OwnFigure, Unit, own_period
from indicators.domain.values import Cell
from indicators.importing import read_import
from indicators.models import FileFamily, Observation, Release, StatisticsImport
from tests.factories.accounts import make_area, make_user
from tests.factories.children import plan_cells
from tests.factories.indicators import (
    make_entry,
    make_family,
    make_indicator,
    make_local_area,
    make_observation,
    make_region,
    make_release,
)
from tests.factories.lists import read_lists_of
from tests.factories.statistics_files import csv_bytes, row

pytestmark = [pytest.mark.database, pytest.mark.django_db]
AT = datetime(2026, 11, 22, tzinfo=UTC)
TOTAL = {"who": "Total"}


@pytest.fixture
def data_lead():
    return make_user(Role.DATA_LEAD)


@pytest.fixture
def share():
    make_region()
    make_local_area()
    indicator = make_indicator(code="share")
    family = make_family(code="shares", filters={"who": []}, columns=["share", "number"])
    make_entry(indicator=indicator, family=family, value_column="share", filters=TOTAL)
    return indicator


def order(value: str = "50") -> StatisticsImport:
    content = csv_bytes([row("901", who="Total", share=value, number="10")])
    return import_file(by=None, at=timezone.now(), upload=SimpleUploadedFile("s.csv", content))


def take(value: str = "50") -> StatisticsImport:
    job = order(value)
    read_import(job.pk)
    job.refresh_from_db()
    return job


def current() -> list[Decimal | None]:
    return list(Observation.objects.current().values_list("value", flat=True))


def meanwhile(monkeypatch, happens) -> None:
    """Between the storing of the figures and the moment in which they count."""
    finish = importing._finish

    def later(*args) -> None:
        happens()
        finish(*args)

    monkeypatch.setattr(importing, "_finish", later)


def test_rows_gone_and_a_higher_threshold_hide_more(data_lead):
    make_area()
    many = [plan_cells(unique_id=f"SYN{n}", upn="", uln="", date_of_birth=date(2016, 1, 1)) for n in range(10, 32)]
    few = [plan_cells(unique_id=f"SYN{n}", upn="", primary_need="HI") for n in range(40, 48)]
    read_lists_of(by=data_lead, plans=[*many, *few])
    upload = ListUpload.objects.get()
    lists.erase_rows(by=data_lead, at=AT, upload=upload, reason="Kept long enough.")
    LocalArea.objects.update(suppress_up_to=10)

    figures = list_figures(ListUpload.objects.get())

    rows = {each.label: each.figures for each in figures.table("need").rows}
    assert rows["Hearing impairment"][0] == SUPPRESSED


def test_withdrawn_release_is_not_read_again_and_keeps_its_figures(share, data_lead):
    release = take().release
    again = read_again(by=data_lead, at=AT, release=release)
    withdraw_release(by=data_lead, at=AT, release=release, reason="Wrong")

    job = read_import(again.pk)

    assert (job.state, job.error) == ("failed", importing.WITHDRAWN)
    assert Release.objects.get().state == "withdrawn"
    assert Observation.objects.count() == 1


def test_release_withdrawn_while_it_is_read_stays_withdrawn(share, data_lead, monkeypatch):
    release = take().release
    number = make_indicator(code="number", unit="count")
    make_entry(indicator=number, family=FileFamily.objects.get(), value_column="number", filters=TOTAL)
    again = read_again(by=data_lead, at=AT, release=release)
    meanwhile(monkeypatch, lambda: withdraw_release(by=data_lead, at=AT, release=release, reason="Wrong"))

    assert read_import(again.pk).state == "failed"

    assert Release.objects.get().state == "withdrawn"
    assert [each.indicator for each in Observation.objects.all()] == [share]
    assert current() == []


def test_entry_moved_while_its_file_is_read_is_taken_anew(share, data_lead, monkeypatch):
    release = take().release
    number = make_indicator(code="number", unit="count")
    family = FileFamily.objects.get()
    make_entry(indicator=number, family=family, value_column="share", filters=TOTAL)
    again = read_again(by=data_lead, at=AT, release=release)
    place = Place(column="number", filters=TOTAL)
    with monkeypatch.context() as patch:
        meanwhile(patch, lambda: confirm_entry(by=data_lead, at=AT, family=family, indicator=number, place=place))
        assert read_import(again.pk).is_done
    assert not Observation.objects.filter(indicator=number).exists()

    read_import(StatisticsImport.objects.get(state="queued").pk)

    assert Observation.objects.current().get(indicator=number).value == 10
    assert Release.objects.get().figures == 2


def test_failed_reading_is_not_tried_again_beside_a_second_one_of_the_same_bytes(share, data_lead):
    failed = order()
    StatisticsImport.objects.update(state="failed")
    take()
    failed.refresh_from_db()

    with pytest.raises(NotAllowed, match="sent again"):
        retry_import(by=data_lead, at=AT, job=failed)

    assert current() == [50]


def test_withdrawing_one_release_leaves_what_another_took_back(share, data_lead):
    area = make_local_area()
    old, new, other = make_release(), make_release(), make_release()
    make_observation(indicator=share, area=area, release=old, year=2020, value=1, is_current=False)  # taken back
    make_observation(indicator=share, area=area, release=new, year=2021, value=2)
    make_observation(indicator=share, area=area, release=old, year=2022, value=3, is_current=False)
    make_observation(indicator=share, area=area, release=other, year=2022, value=4)

    withdraw_release(by=data_lead, at=AT, release=other, reason="Wrong")

    assert sorted(current()) == [2, 3]


def test_own_figures_come_before_published_ones_and_the_undated_correction_after():
    published = make_release(newest_to_on=date(2020, 12, 31))
    own = make_release(newest_to_on=date(2026, 12, 31), kind="local")
    dated = make_release(newest_to_on=date(2020, 12, 31), published_on=date(2021, 1, 1), at=AT)
    undated = make_release(newest_to_on=date(2020, 12, 31), at=AT)

    assert rank_of(own) < rank_of(published)
    assert rank_of(dated) < rank_of(undated)


def test_own_figure_is_set_back_to_what_it_was(share, data_lead):
    known = Known(key=share.pk, code="share", name="Share", unit=Unit.PERCENT)

    def keep(value: int) -> Release:
        figure = OwnFigure(row=2, known=known, period=own_period("2024", ""), cell=Cell(value=Decimal(value)))
        return keep_own_figures(by=data_lead, at=timezone.now(), area=make_local_area(), figures=[figure])

    first = keep(10)
    keep(12)
    keep(10)
    assert current() == [10]
    withdraw_release(by=data_lead, at=AT, release=first, reason="Wrong")
    with pytest.raises(NotAllowed):
        keep(10)
    assert Release.objects.count() == 3


def test_entry_is_not_moved_where_the_file_is_gone(share, data_lead):
    job = take()
    type(job.stored).objects.update(path="")
    place = Place(column="number", filters=TOTAL)

    with pytest.raises(NotAllowed, match="isn’t kept"):
        confirm_entry(by=data_lead, at=AT, family=FileFamily.objects.get(), indicator=share, place=place)

    assert current() == [50]
