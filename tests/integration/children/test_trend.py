"""The trend over uploads: it outlives the rows, names nobody, and shows no small number to who may not see rows."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import LocalArea
from children import actions
from children.models import ListComposition, ListUpload
from children.upkeep import erase_rows_again
from tests.factories.accounts import make_user
from tests.factories.children import plan_cells, support_cells
from tests.factories.lists import AT, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
URL = "children:trend-show"


def lists(*, blanks, hearing=0, ids=30):
    """So many children with a plan; of some of them gender is blank, the first few have a hearing impairment."""
    plans = [
        plan_cells(
            unique_id=f"SYN1{n:03}",
            upn="",
            gender="" if n < blanks else "a",
            primary_need="HI" if n < hearing else "ASD",
        )
        for n in range(ids)
    ]
    return {"plans": plans, "support": [support_cells(unique_id=f"SYN5{n:03}", upn="") for n in range(20)]}


@pytest.fixture
def uploads(data_lead):
    """Three uploads: the last has three blanks, and three children who stand out."""
    return [
        read_lists_of(by=data_lead, **lists(blanks=20), at=AT),
        read_lists_of(by=data_lead, **lists(blanks=12), at=AT + timedelta(days=1)),
        read_lists_of(by=data_lead, **lists(blanks=3, hearing=3), at=AT + timedelta(days=2)),
    ]


def rule_figures(response, rule):
    return next(row.figures for row in response.context["trend"].rules if row.rule == rule)


def categories(response):
    return {row.label: row.figures for row in response.context["composition"].rows}


def test_row_readers_see_exact_totals_of_every_upload(client, uploads):
    response = client.get(reverse(URL))

    trend = response.context["trend"]
    assert [line.rows for line in trend.lines] == [(("List_1", 30), ("List_2", 20))] * 3
    assert rule_figures(response, "101b") == (20, 12, 3)
    assert [line.changes for line in trend.lines] == [(None, None, None), *(line.changes for line in trend.lines[1:])]
    assert trend.lines[2].changes[1] >= 9
    assert trend.sentence.startswith("Errors fell from")
    assert "Suppressed" not in response.content.decode()


def test_totals_readers_see_no_small_number(client, uploads):
    client.force_login(make_user(Role.DIRECTOR))

    response = client.get(reverse(URL))

    assert rule_figures(response, "101b") == (20, 12, "c")
    assert response.context["trend"].rule.sentence() in response.content.decode()


def test_totals_readers_see_no_sheet_where_one_is_small(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=lists(blanks=20)["plans"])
    client.force_login(make_user(Role.DIRECTOR))

    sheets = client.get(reverse("children:upload-show", args=[upload.pk])).context["sheets"]
    trend = client.get(reverse(URL)).context["trend"]

    assert [line.rows for line in sheets] == ["c", "c"]
    assert [line.rows for line in trend.lines] == [(("List_1", "c"), ("List_2", "c"))]


def test_composition_is_suppressed_and_rounded_for_everybody(client, uploads):
    response = client.get(reverse(URL), {"by": "need"})

    figures = categories(response)
    assert figures["Autistic spectrum disorder"] == (50, 50, "c")
    assert figures["Hearing impairment"] == (0, 0, "c")
    assert figures["Total"] == (50, 50, 50)


def test_trend_outlives_the_rows_and_is_suppressed_from_then_on(client, data_lead, uploads):
    before = categories(client.get(reverse(URL), {"by": "need"}))

    for upload in uploads:
        actions.erase_rows(by=data_lead, at=AT + timedelta(days=3), upload=upload, reason="No longer needed.")
    response = client.get(reverse(URL), {"by": "need"})

    assert categories(response) == before
    assert rule_figures(response, "101b") == (20, 12, "c")
    assert [line.is_erased for line in response.context["trend"].lines] == [True, True, True]
    erase_rows_again()
    assert categories(client.get(reverse(URL), {"by": "need"})) == before


def test_kept_totals_name_no_child(client, data_lead, uploads):
    for upload in uploads:
        actions.erase_rows(by=data_lead, at=AT + timedelta(days=3), upload=upload, reason="No longer needed.")

    kept = [*ListUpload.objects.values("row_counts", "rule_counts", "rules_not_run", "difference")]
    kept += ListComposition.objects.values("counts", "suppressed")
    assert "SYN" not in json.dumps(kept)
    assert "SYN" not in client.get(reverse(URL)).content.decode()


@pytest.mark.parametrize("is_erased", [False, True], ids=["counts are there", "counts are gone"])
def test_stricter_rule_reaches_back(client, data_lead, uploads, is_erased):
    if is_erased:
        for upload in uploads:
            actions.erase_rows(by=data_lead, at=AT + timedelta(days=3), upload=upload, reason="No longer needed.")
    LocalArea.objects.update(suppress_up_to=25)

    figures = categories(client.get(reverse(URL), {"by": "need"}))

    assert figures["Autistic spectrum disorder"][0] in {50, "c"}
    assert not [
        figure
        for row in figures.values()
        for figure in row
        if figure is not None and figure != "c" and 0 < figure <= 25
    ]


def test_two_uploads_of_one_day_are_told_apart(client, uploads):
    titles = [line.title for line in client.get(reverse(URL)).context["trend"].lines]

    assert titles == ["23 Nov 2026 (1)", "23 Nov 2026 (2)", "23 Nov 2026 (3)"]


def test_page_without_uploads_says_what_to_do(client, data_lead):
    assert "No lists have been read yet" in client.get(reverse(URL)).content.decode()


@pytest.mark.parametrize("choice", ["", "no-such-thing", "age"])
def test_page_takes_any_choice_with_a_fixed_number_of_queries(client, uploads, choice, django_assert_max_num_queries):
    client.get(reverse(URL))

    with django_assert_max_num_queries(12):
        response = client.get(reverse(URL), {"by": choice, "page": "x"})

    assert response.status_code == 200


def test_people_without_totals_are_refused(client, uploads):
    client.force_login(make_user(Role.MEMBER))

    assert client.get(reverse(URL)).status_code == 403
