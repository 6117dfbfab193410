"""The pages on which files of figures come in and columns become indicators."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from accounts.domain.roles import Role
from indicators.importing import read_import
from indicators.models import CatalogueEntry, FileFamily, Indicator, Observation, Release, StatisticsImport
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import (
    make_england,
    make_entry,
    make_family,
    make_indicator,
    make_local_area,
    make_region,
)
from tests.factories.statistics_files import csv_bytes, row, sen_rows

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def data_lead(client):
    make_area()
    make_england()
    make_region()
    make_local_area()
    person = make_user(Role.DATA_LEAD)
    client.force_login(person)
    return person


def send(client, rows, name="sen.csv"):
    content = rows if isinstance(rows, bytes) else csv_bytes(rows)
    return client.post("/data/imports/add/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def run_jobs() -> None:
    for job in StatisticsImport.objects.filter(state="queued").order_by("pk"):
        read_import(job.pk)


def test_file_is_ordered_read_and_reported(client, data_lead):
    page = send(client, sen_rows()).content.decode()
    assert "Waiting for the background worker" in page

    run_jobs()
    job = StatisticsImport.objects.get()
    page = client.get(f"/data/imports/{job.pk}/").content.decode()

    assert "Nothing was taken yet" in page
    assert "Which column is which indicator" in page
    assert "Nothing taken yet" in client.get("/data/imports/").content.decode()


def test_column_becomes_a_new_indicator_with_its_figures(client, data_lead):
    send(client, sen_rows())
    run_jobs()
    family = FileFamily.objects.get()

    page = client.get(f"/data/imports/kinds/{family.code}/add/?column=percentage_of_pupils").content.decode()
    assert "phase_type_grouping is" in page
    response = client.post(
        f"/data/imports/kinds/{family.code}/add/",
        {
            "column": "percentage_of_pupils",
            "indicator": "new",
            "name": "Pupils with a plan",
            "unit": "percent",
            "direction": "neither",
            "period_as": "january",
            "filter-0": "Total",
            "filter-1": "EHC plans",
        },
        follow=True,
    )
    run_jobs()

    assert "Its figures are being taken" in response.content.decode()
    indicator = Indicator.objects.get(code="pupils-with-a-plan")
    found = Observation.objects.current().filter(indicator=indicator, area__code="901")
    assert [(each.period_label, float(each.value)) for each in found] == [("January 2025", 5.3)]
    assert Indicator.objects.get().edited_at is not None


def test_entry_without_a_value_for_each_filter_is_refused_with_what_to_do(client, data_lead):
    send(client, sen_rows())
    run_jobs()
    family = FileFamily.objects.get()

    response = client.post(
        f"/data/imports/kinds/{family.code}/add/",
        {"column": "percentage_of_pupils", "indicator": "new", "filter-0": "Total", "unit": "percent"},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose the value of “sen_status” that counts." in page
    assert "Enter a name for the new indicator." in page
    assert not CatalogueEntry.objects.exists()


def test_proposals_are_confirmed_together_and_one_can_be_put_aside(client, data_lead):
    share, number = make_indicator(code="share", name="percentage of pupils"), make_indicator(code="n", unit="count")
    older = make_family(code="older", filters={"x": []}, columns=["Number_of_pupils"])
    make_entry(indicator=number, family=older, value_column="Number_of_pupils", filters={"x": "Total"})
    send(client, [each for each in sen_rows() if each["sen_status"] == "EHC plans"])
    run_jobs()
    family = FileFamily.objects.exclude(code="older").get()
    wrong = CatalogueEntry.objects.get(indicator=share, state="proposed")

    client.post(f"/data/imports/kinds/{family.code}/{wrong.pk}/remove/")
    page = client.post(f"/data/imports/kinds/{family.code}/confirm/", follow=True).content.decode()
    run_jobs()

    assert "1 confirmed" in page
    assert Observation.objects.filter(indicator=number, is_current=True).exists()
    assert not Observation.objects.filter(indicator=share).exists()


def test_changed_entry_takes_its_figures_anew(client, data_lead):
    share = make_indicator(code="share")
    family = make_family(
        code="sen",
        filters={"phase_type_grouping": [], "sen_status": []},
        columns=["Number_of_pupils", "percentage_of_pupils"],
    )
    filters = {"phase_type_grouping": "Total", "sen_status": "EHC plans"}
    entry = make_entry(indicator=share, family=family, value_column="percentage_of_pupils", filters=filters)
    send(client, sen_rows())
    run_jobs()

    client.post(
        f"/data/imports/kinds/sen/{entry.pk}/",
        {"column": "percentage_of_pupils", "filter-0": "Total", "filter-1": "SEN support", "period_as": ""},
    )
    run_jobs()

    own = Observation.objects.get(indicator=share, area__code="901")
    assert (float(own.value), own.is_current) == (14.2, True)


def test_removed_entry_lets_an_earlier_source_count_again(client, data_lead):
    share = make_indicator(code="share")
    for name in ("one", "two"):
        family = make_family(code=name, filters={}, columns=[f"share_{name}"])
        make_entry(indicator=share, family=family, value_column=f"share_{name}")
    send(client, [row("901", share_one="40")], name="one.csv")
    run_jobs()
    send(client, [row("901", share_two="50")], name="two.csv")
    run_jobs()
    assert float(Observation.objects.current().get().value) == 50

    entry = CatalogueEntry.objects.get(family__code="two")
    client.post(f"/data/imports/kinds/two/{entry.pk}/remove/")

    assert float(Observation.objects.current().get().value) == 40


def test_withdrawn_file_no_longer_counts_and_what_it_displaced_does(client, data_lead):
    share = make_indicator(code="share")
    make_entry(indicator=share, family=make_family(code="s", columns=["share"]), value_column="share")
    for value in ("40", "50"):
        send(client, [row("901", share=value)], name=f"{value}.csv")
        run_jobs()
    newer = Release.objects.latest("pk")

    refused = client.post(f"/data/imports/releases/{newer.pk}/withdraw/", {"reason": ""})
    client.post(f"/data/imports/releases/{newer.pk}/withdraw/", {"reason": "Wrong file"})

    assert refused.status_code == 422
    assert float(Observation.objects.current().get().value) == 40
    assert "Withdrawn" in client.get("/data/imports/").content.decode()


def test_file_seen_before_leads_to_what_came_of_it(client, data_lead):
    send(client, sen_rows())
    run_jobs()

    page = send(client, sen_rows(), name="again.csv").content.decode()

    assert "was imported before" in page
    assert StatisticsImport.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.4 nothing", "There is a problem"), (b"", "empty"), (b"PK\x03\x04nothing", "There is a problem")],
)
def test_other_files_are_refused_at_the_door(client, data_lead, content, said):
    response = send(client, content)

    assert response.status_code in {400, 422}
    assert said in response.content.decode()
    assert not StatisticsImport.objects.exists()


def test_unusable_file_is_told_on_its_page(client, data_lead):
    send(client, b"name,age\nAnn,4\n")
    run_jobs()

    page = client.get(f"/data/imports/{StatisticsImport.objects.get().pk}/").content.decode()

    assert "The column “time_period” is missing" in page
    assert "Import another file" in page


def test_import_that_waits_can_be_cancelled(client, data_lead):
    send(client, sen_rows())
    job = StatisticsImport.objects.get()

    client.post(f"/data/imports/{job.pk}/cancel/")

    job.refresh_from_db()
    assert job.state == "cancelled"


@pytest.mark.parametrize(
    "path",
    ["add/", "kinds/sen/add/", "kinds/sen/confirm/", "kinds/sen/columns/"],
)
def test_readers_see_files_and_change_nothing(client, data_lead, path):
    make_family(code="sen", columns=["a"])
    client.force_login(make_user(Role.VIEWER))

    assert client.get("/data/imports/").status_code == 200
    assert client.get("/data/imports/kinds/sen/").status_code == 200
    assert client.post(f"/data/imports/{path}").status_code == 403


def test_list_keeps_its_number_of_queries(client, data_lead, django_assert_max_num_queries: DjangoAssertNumQueries):
    for number in range(8):
        send(client, [row("901", share=str(number))], name=f"{number}.csv")
    run_jobs()

    with django_assert_max_num_queries(14):
        assert client.get("/data/imports/").status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "The file is empty. Download the data set again", id="empty"),
        pytest.param(b"<!doctype html><html>No</html>", "This is a web page or a script. Accepted:", id="page"),
    ],
)
def test_file_that_is_none_is_refused_with_what_to_do(client, data_lead, content, said):
    assert said in send(client, content).content.decode()
