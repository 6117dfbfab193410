"""Which figures count when files are withdrawn, read twice, corrected or set back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.actions.settings import change_area
from accounts.domain.roles import Role
from accounts.models import AuditEvent, LocalArea
from accounts.permissions import NotAllowed
from children import actions as lists
from children.domain.suppression import SUPPRESSED
from children.figures import list_figures
from children.models import ListUpload
from indicators import importing
from indicators.actions import import_file, read_again, retry_import
from indicators.actions.catalogue import Place, confirm_entry, remove_entry, restore_release, withdraw_release
from indicators.actions.own import follow_counts, hide_counts_again, keep_own_figures, take_counts
from indicators.current import rank_of
from indicators.domain.own import HEADERS, Known, OwnFigure, Unit, own_period, read_own
from indicators.domain.values import Cell
from indicators.importing import read_import
from indicators.models import FileFamily, Indicator, Observation, Release, StatisticsImport
from indicators.own import countable, known_indicators
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


# -- counted again


def test_withdrawn_file_is_counted_again(share, data_lead):
    release = take().release
    withdraw_release(by=data_lead, at=AT, release=release, reason="Wrong")
    assert current() == []

    restore_release(by=data_lead, at=AT, release=release)

    assert (Release.objects.get().state, current()) == ("held", [50])
    with pytest.raises(NotAllowed, match="not withdrawn"):
        restore_release(by=data_lead, at=AT, release=release)


def test_file_that_counts_again_does_not_displace_a_newer_one(share, data_lead):
    area = make_local_area()
    old, new = make_release(newest_to_on=date(2023, 12, 31)), make_release(newest_to_on=date(2024, 12, 31))
    make_observation(indicator=share, area=area, release=old, year=2023, value=1, is_current=False)
    make_observation(indicator=share, area=area, release=old, year=2022, value=3, is_current=True)
    make_observation(indicator=share, area=area, release=new, year=2023, value=2)
    withdraw_release(by=data_lead, at=AT, release=old, reason="Wrong")
    assert current() == [2]

    restore_release(by=data_lead, at=AT, release=old)

    assert sorted(current()) == [2, 3]


def test_newer_file_that_counts_again_displaces_the_older(share, data_lead):
    area = make_local_area()
    old, new = make_release(newest_to_on=date(2023, 12, 31)), make_release(newest_to_on=date(2024, 12, 31))
    make_observation(indicator=share, area=area, release=old, year=2023, value=1, is_current=False)
    make_observation(indicator=share, area=area, release=new, year=2023, value=2)
    withdraw_release(by=data_lead, at=AT, release=new, reason="Wrong")
    assert current() == [1]

    restore_release(by=data_lead, at=AT, release=new)

    assert current() == [2]


def test_what_nobody_confirms_any_more_stays_away_when_a_file_counts_again(share, data_lead):
    release = take().release
    withdraw_release(by=data_lead, at=AT, release=release, reason="Wrong")
    release.refresh_from_db()
    remove_entry(by=data_lead, at=AT, entry=share_entry())

    restore_release(by=data_lead, at=AT, release=release)

    assert current() == []
    assert Release.objects.get().report["taken_indicators"] == []


def test_entry_that_was_moved_meanwhile_is_read_anew_when_a_file_counts_again(share, data_lead):
    release = take().release
    withdraw_release(by=data_lead, at=AT, release=release, reason="Wrong")
    place = Place(column="number", filters=TOTAL)
    confirm_entry(by=data_lead, at=timezone.now(), family=FileFamily.objects.get(), indicator=share, place=place)

    restore_release(by=data_lead, at=timezone.now(), release=release)
    assert current() == []
    read_import(StatisticsImport.objects.get(state="queued").pk)

    assert current() == [10]


def share_entry():
    return FileFamily.objects.get().entries.get()


def test_page_lets_withdrawn_figures_count_again(client, share, data_lead):
    job = take()
    client.force_login(data_lead)
    withdraw_release(by=data_lead, at=AT, release=job.release, reason="Wrong")
    assert "Count these figures again" in client.get(f"/data/imports/{job.pk}/").content.decode()

    page = client.post(f"/data/imports/releases/{job.release_id}/restore/", follow=True)

    assert "count again, but for those" in page.content.decode()
    assert current() == [50]


# -- a higher threshold for small numbers


def test_stored_counts_are_hidden_again_when_the_threshold_rises(client, data_lead):
    area, local = make_area(), make_local_area()
    LocalArea.objects.update(la_code=local.code)
    many = [plan_cells(unique_id=f"SYN{n}", upn="", uln="", date_of_birth=date(2016, 1, 1)) for n in range(10, 32)]
    few = [plan_cells(unique_id=f"SYN{n}", upn="", primary_need="HI") for n in range(40, 48)]
    read_lists_of(by=data_lead, plans=[*many, *few])
    _, counts = countable()
    follow_counts(by=data_lead, at=AT, keys=[each.key for each in counts])
    take_counts(by=data_lead, at=AT, area=local)
    assert Observation.objects.filter(value=8).exists()

    administrator = make_user(Role.ADMINISTRATOR)
    area.refresh_from_db()
    change_area(by=administrator, at=AT, version=area.version, values={"suppress_up_to": 10})

    _, now = countable()
    shown = {each.key: each.figure for each in now}
    held = Observation.objects.select_related("indicator")
    assert not held.filter(value__gt=0, value__lte=10).exists()
    assert all(row.value is None or row.value == shown[row.indicator.list_figure] for row in held)
    assert AuditEvent.objects.filter(action="statistics.hidden_again").count() == 1


def test_counts_of_lists_that_are_gone_lose_the_whole_table(data_lead):
    local = make_local_area()
    release = make_release(kind="lists")
    for name, value in (("Autism", 8), ("Speech", 30)):
        indicator = make_indicator(code=f"need-{name.lower()}", unit="count")
        Indicator.objects.filter(pk=indicator.pk).update(list_figure=f"need|{name}|Plans")
        make_observation(indicator=indicator, area=local, release=release, value=value)
    other = make_indicator(code="age-ten", unit="count")
    Indicator.objects.filter(pk=other.pk).update(list_figure="age|10|Plans")
    make_observation(indicator=other, area=local, release=release, value=38)

    assert hide_counts_again(by=None, at=AT, threshold=10) == 2

    assert list(Observation.objects.exclude(value=None).values_list("value", flat=True)) == [38]


def test_lower_threshold_shows_nothing_that_was_hidden(data_lead):
    make_area()
    release, area = make_release(kind="lists"), LocalArea.objects.get()
    make_observation(indicator=make_indicator(unit="count"), area=make_local_area(), release=release, symbol="c")

    change_area(by=make_user(Role.ADMINISTRATOR), at=AT, version=area.version, values={"suppress_up_to": 3})

    assert Observation.objects.get().symbol == "c"


# -- own figures of a series that counts on a day


@pytest.mark.parametrize(
    ("period", "kind", "expected"),
    [
        pytest.param("January 2025", "", "snapshot", id="a month of a series of Januaries"),
        pytest.param("January 2025", "Month", "month", id="said to be a month"),
        pytest.param("2025", "", "calendar", id="a year"),
    ],
)
def test_month_typed_for_a_series_of_snapshots_is_one_of_them(share, period, kind, expected):
    make_observation(
        indicator=share, area=make_local_area(), release=make_release(), year=2024, value=1, kind="snapshot"
    )

    read = read_own(HEADERS, [(2, ["share", "", period, kind, "7"])], known_indicators())

    assert read.faults == ()
    assert read.figures[0].period.kind == expected


def test_month_typed_for_a_monthly_series_stays_a_month(share):
    observation = make_observation(
        indicator=share, area=make_local_area(), release=make_release(), year=2024, value=1, kind="snapshot"
    )
    Observation.objects.filter(pk=observation.pk).update(period_kind="month")

    read = read_own(HEADERS, [(2, ["share", "", "January 2025", "", "7"])], known_indicators())

    assert read.figures[0].period.kind == "month"
