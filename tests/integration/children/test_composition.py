"""The page of composition: suppressed for most, exact and logged for who may see rows; what stays when rows go."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent, LocalArea
from accounts.permissions import NotAllowed
from children import actions
from children.counting import exact_composition
from children.domain.suppression import SUPPRESSED
from children.exporting.composition import (
    EXACT,
    SUPPRESSED_KIND,
    gather_exact,
    gather_suppressed,
    write_composition,
)
from children.figures import list_figures
from children.models import ListComposition
from documents.actions import order_export
from tests.factories.accounts import make_user
from tests.factories.children import plan_cells, support_cells
from tests.factories.lists import AT, read_lists_of
from tests.factories.workbooks import read_xlsx_texts

pytestmark = [pytest.mark.database, pytest.mark.django_db]
URL = "children:composition-show"
PLANS = [
    *(plan_cells(unique_id=f"SYN1{n:03}", upn="") for n in range(40)),
    *(plan_cells(unique_id=f"SYN2{n:03}", upn="", primary_need="SEMH") for n in range(12)),
    *(plan_cells(unique_id=f"SYN3{n:03}", upn="", primary_need="HI", gender="b") for n in range(3)),
]
SUPPORT = [support_cells(unique_id=f"SYN5{n:03}", upn="") for n in range(20)]


@pytest.fixture
def upload(data_lead):
    return read_lists_of(by=data_lead, plans=PLANS, support=SUPPORT)


def page_of(response):
    return response.content.decode()


def figures_of(response, code: str) -> dict[str, tuple]:
    table = next(table for table in response.context["tables"] if table.code == code)
    return {row.label: tuple(cell.figure for cell in row.cells) for row in table.rows}


def test_totals_reader_sees_suppressed_figures_only(client, upload):
    client.force_login(make_user(Role.DIRECTOR))

    response = client.get(reverse(URL))

    assert figures_of(response, "need") == {
        "Social, emotional and mental health": (SUPPRESSED, 0, SUPPRESSED),
        "Hearing impairment": (SUPPRESSED, 0, SUPPRESSED),
        "Autistic spectrum disorder": (40, 20, 60),
    }
    assert "Suppressed figures." in page_of(response)
    assert not AuditEvent.objects.filter(action="list_composition.viewed").exists()


def test_row_reader_sees_exact_figures_with_the_suppressed_marked(client, upload):
    response = client.get(reverse(URL))

    assert figures_of(response, "need")["Hearing impairment"] == (3, 0, 3)
    assert "Exact figures." in page_of(response)
    assert "(c)" in page_of(response)
    event = AuditEvent.objects.get(action="list_composition.viewed")
    assert "Primary need" in event.fields
    assert "SYN" not in event.text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HEALTH_LEAD, Role.MEMBER, Role.PARTNER])
def test_composition_is_closed_to_others(client, upload, role):
    client.force_login(make_user(role))

    assert client.get(reverse(URL)).status_code == 403
    assert client.post(reverse("children:composition-export")).status_code == 403


def test_cross_table_of_a_list_that_is_none_is_of_all(client, upload):
    response = client.get(reverse(URL), {"of": "x", "first": "need", "second": "age"})

    assert response.status_code == 200


def test_one_list_and_a_cross_table_are_suppressed_likewise(client, upload):
    client.force_login(make_user(Role.SEND_TEAM))

    response = client.get(reverse(URL), {"of": "List_1", "first": "need", "second": "gender"})

    cross = response.context["cross"]
    rows = {row.label: [cell.figure for cell in row.cells] for row in cross.rows}
    assert set(rows["Hearing impairment"]) == {SUPPRESSED}
    assert response.context["tables"][0].headers == ("List_1",)
    assert "Primary need by gender" in page_of(response)


@pytest.mark.parametrize(
    "words", [{"of": "List_9"}, {"first": "x", "second": "need"}, {"first": "need", "second": "need"}, {"of": "<b>"}]
)
def test_choice_that_is_none_still_gives_the_page(client, upload, words):
    response = client.get(reverse(URL), words)

    assert response.status_code == 200
    assert response.context["cross"] is None
    assert "<b>" not in page_of(response)


def test_page_without_lists_says_so(client, data_lead):
    assert "No lists count just now" in page_of(client.get(reverse(URL)))


def test_threshold_of_the_area_is_used(client, upload):
    LocalArea.objects.update(suppress_up_to=2)
    client.force_login(make_user(Role.DIRECTOR))

    assert figures_of(client.get(reverse(URL)), "need")["Hearing impairment"] == (3, 0, 3)


def test_figures_for_other_apps_are_suppressed_for_whoever_asks(upload):
    figures = list_figures()

    rows = {row.label: row.figures for row in figures.table("need").rows}
    assert rows["Hearing impairment"] == (SUPPRESSED, 0, SUPPRESSED)
    assert figures.cross("need", "gender").hides_any
    assert figures.cross("need", "need") is None


def test_lists_read_before_counts_were_stored_give_the_same(upload):
    stored = exact_composition(upload)
    ListComposition.objects.all().delete()

    assert exact_composition(upload) == stored


def test_erasing_leaves_suppressed_tables_alone(client, data_lead, upload):
    actions.erase_rows(by=data_lead, at=AT, upload=upload, reason="Kept long enough.")
    upload.refresh_from_db()

    figures = list_figures(upload)

    assert ListComposition.objects.get().counts == {}
    assert exact_composition(upload) is None
    rows = {row.label: row.figures for row in figures.table("need").rows}
    assert rows["Hearing impairment"] == (SUPPRESSED, 0, SUPPRESSED)
    assert figures.cross("need", "gender") is None
    assert "No lists count just now" in page_of(client.get(reverse(URL)))


def test_exact_workbook_is_refused_to_who_reads_totals(upload):
    director = make_user(Role.DIRECTOR)

    with pytest.raises(NotAllowed):
        order_export(by=director, at=datetime(2026, 11, 23, tzinfo=UTC), kind=EXACT, params={})

    assert order_export(by=director, at=AT, kind=SUPPRESSED_KIND, params={}).kind == SUPPRESSED_KIND


def test_page_orders_the_workbook_that_one_may_have(client, upload):
    client.force_login(make_user(Role.DIRECTOR))
    url = reverse("children:composition-export")

    assert client.post(url, {"exact": "1"}).status_code == 403
    assert "Composition of the lists" in page_of(client.post(url, {}, follow=True))


def test_workbooks_hold_what_their_reader_may_see(upload, tmp_path):
    params = {"first": "need", "second": "gender"}
    write_composition(gather_suppressed(params), tmp_path / "s.xlsx", lambda *words: None)
    write_composition(gather_exact(params), tmp_path / "e.xlsx", lambda *words: None)

    suppressed, exact = read_xlsx_texts(tmp_path / "s.xlsx"), read_xlsx_texts(tmp_path / "e.xlsx")

    assert ["Hearing impairment", "c", "0", "c"] in suppressed["Primary need"]
    assert ["Hearing impairment", "3", "0", "3"] in exact["Primary need"]
    assert "Cross table" in exact
    assert any("EXACT FIGURES" in cell for row in exact["Read me"] for cell in row)


def test_page_costs_a_fixed_number_of_queries(client, upload, django_assert_max_num_queries):
    client.get(reverse(URL))

    with django_assert_max_num_queries(14):
        client.get(reverse(URL), {"first": "need", "second": "ethnicity"})
