"""The pages of what inspectors said elsewhere: who reads and who edits, what they say, how often they ask."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from accounts.domain.roles import Role
from indicators.models import Area, StatisticalNeighbour
from inspection.models import PublishedInspection, PublishedSaying, ReportReading, TermPattern, TodoTie
from inspection.report_reading import read_upload
from tests.factories.accounts import make_area, make_user
from tests.factories.indicators import make_local_area
from tests.factories.published import load_lists, make_published, make_report, make_todo
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READING = ["elsewhere-list", "elsewhere-tally", "elsewhere-near", "elsewhere-timeline", "window-list"]


@pytest.fixture
def wexcombe() -> Area:
    """Our own area with a neighbour; each was visited, one text is known of the neighbour."""
    local = make_area()
    local.la_code = "901"
    local.save()
    own, near = make_local_area(code="901", name="Wexcombe"), make_local_area(code="902", name="Amble")
    StatisticalNeighbour.objects.create(area=own, neighbour=near, rank=1)
    load_lists()
    make_published(area=own)
    visit = make_published(area=near, outcome=3, next_months=18)
    make_todo(visit, kind="priority", criteria=("A3",), themes=("Annual reviews",))
    PublishedSaying.objects.create(inspection=visit, source="A list", field="published_on", value="2025-05-12")
    PublishedSaying.objects.create(inspection=visit, source="The report", field="published_on", value="2025-05-19")
    return own


def page(role: Role, name: str, *args: object, **query: str) -> str:
    response = client_of(make_user(role)).get(reverse(f"inspection:{name}", args=args), query)
    assert response.status_code == 200
    assert len(response.content) < 100_000
    return words_of(response)


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.LANO, 200), (Role.DATA_LEAD, 200), (Role.VIEWER, 200), (Role.SYSTEM_LEAD, 200), (Role.MEMBER, 403)],
)
def test_page_is_read_by_those_who_read_figures(wexcombe, name, role, status):
    assert client_of(make_user(role)).get(reverse(f"inspection:{name}")).status_code == status


@pytest.mark.parametrize(("role", "status"), [(Role.LANO, 200), (Role.DATA_LEAD, 200), (Role.SEND_TEAM, 403)])
def test_only_lano_and_data_lead_change_what_is_published(wexcombe, role, status):
    visit, todo = PublishedInspection.objects.first(), TodoTie.objects.first().todo
    client = client_of(make_user(role))

    for name, args in (("report-add", []), ("elsewhere-edit", [visit.pk]), ("todo-tie", [todo.pk])):
        assert client.get(reverse(f"inspection:{name}", args=args)).status_code == status


def test_list_is_filtered(wexcombe):
    assert "Amble" in page(Role.VIEWER, "elsewhere-list")
    assert "Sources differ" in page(Role.VIEWER, "elsewhere-list", outcome="3")
    assert "Amble" not in page(Role.VIEWER, "elsewhere-list", outcome="2")
    assert "Amble" in page(Role.VIEWER, "elsewhere-list", near="neighbours", year="2025", q="amb")
    assert "No published visit fits" in page(Role.VIEWER, "elsewhere-list", q="nowhere")


def test_area_shows_both_days_the_texts_and_the_window(wexcombe):
    said = page(Role.VIEWER, "elsewhere-show", "902")

    assert "Published: 12 May 2025 (A list); 19 May 2025 (The report). Here counts 12 May 2025." in said
    assert "Leaders should shorten the waiting times." in said
    assert "by “waiting”" in said
    assert "As announced" in said
    assert "September to November 2026" in said


def test_texts_of_a_criterion_and_of_a_theme(wexcombe):
    assert "1 area for improvement and priority action from 1 report" in page(Role.VIEWER, "elsewhere-tally")
    for kind, code in (("criterion", "A3"), ("theme", "Annual reviews")):
        assert "Leaders should shorten" in page(Role.VIEWER, "elsewhere-texts", kind, code, near="neighbours")
    missing = client_of(make_user(Role.VIEWER)).get(reverse("inspection:elsewhere-texts", args=["theme", "Nothing"]))
    assert missing.status_code == 404


def test_next_windows_by_both_methods_with_their_record(wexcombe):
    TermPattern.objects.create(
        region="Nowhere", made_on=date(2023, 1, 1), area=wexcombe, term="autumn", year=2030, source="A briefing"
    )
    PublishedInspection.objects.filter(area=wexcombe).update(
        published_on=None, started_on=None, ended_on=date(2022, 3, 7)
    )

    said = page(Role.VIEWER, "window-list")

    assert "Autumn term 2030" in said
    assert "No announced window has come true or failed yet" in said
    assert "The report says within about 3 years" in said


def test_visit_list_says_the_next_window_of_our_own_area(wexcombe):
    said = page(Role.LANO, "visit-list")

    assert "the next visit is to be expected in March to May 2028" in said


def test_region_has_its_table_and_picture(wexcombe):
    said = page(Role.VIEWER, "elsewhere-timeline")

    assert "Months since the last visit" in said
    picture = client_of(make_user(Role.VIEWER)).get(reverse("inspection:elsewhere-chart", args=[0]))
    assert picture["Content-Type"] == "image/svg+xml"
    assert client_of(make_user(Role.VIEWER)).get(reverse("inspection:elsewhere-chart", args=[9])).status_code == 404


@pytest.mark.parametrize(
    ("name", "args"),
    [*((name, []) for name in READING), ("elsewhere-show", ["852"]), ("elsewhere-texts", ["criterion", "A3"])],
)
def test_queries_do_not_grow_with_what_is_published(name, args, django_assert_max_num_queries):
    call_command("load_areas", stdout=io.StringIO())
    load_lists()
    local = make_area()
    local.la_code = "852"
    local.save()
    for visit in PublishedInspection.objects.all()[:40]:
        for number in range(4):
            make_todo(visit, text=f"Leaders should do {number}.", criteria=("A3", "B4"), themes=("Annual reviews",))
    client = client_of(make_user(Role.LANO))
    client.get(reverse("inspection:elsewhere-list"))

    with django_assert_max_num_queries(22):
        response = client.get(reverse(f"inspection:{name}", args=args))

    assert response.status_code == 200
    assert len(response.content) < 100_000


# -- putting right


def test_person_puts_facts_right_and_a_second_one_sees_both(wexcombe):
    visit = PublishedInspection.objects.get(area__code="902")
    client = client_of(make_user(Role.DATA_LEAD))
    url = reverse("inspection:elsewhere-edit", args=[visit.pk])
    fields = {"started_on": "3/3/2025", "published_on": "19/5/2025", "outcome": "2", "version": str(visit.version)}

    assert client.post(url, fields).status_code == 302
    late = client.post(url, {**fields, "outcome": "1"})

    visit.refresh_from_db()
    assert (visit.outcome, visit.published_on) == (2, date(2025, 5, 19))
    assert visit.edited_at
    assert late.status_code == 409
    assert "Yours, not saved yet" in words_of(late)


def test_facts_without_any_day_or_backwards_are_refused(wexcombe):
    visit = PublishedInspection.objects.get(area__code="902")
    client = client_of(make_user(Role.LANO))
    url = reverse("inspection:elsewhere-edit", args=[visit.pk])

    empty = client.post(url, {"version": "0"})
    backwards = client.post(url, {"started_on": "7/3/2025", "ended_on": "3/3/2025", "version": "0"})

    assert (empty.status_code, backwards.status_code) == (422, 422)
    assert "Enter the first day on site" in words_of(empty)
    assert "This is before the first day" in words_of(backwards)


def test_tie_is_confirmed_taken_out_and_added(wexcombe):
    tie = TodoTie.objects.get(code="A3")
    client = client_of(make_user(Role.LANO))

    client.post(reverse("inspection:tie-decide", args=[tie.pk, "remove"]))
    client.post(reverse("inspection:todo-tie", args=[tie.todo_id]), {"code": "criterion:B4"})

    assert dict(TodoTie.objects.filter(kind="criterion").values_list("code", "state")) == {
        "A3": "removed",
        "B4": "added",
    }
    assert "No text is tied to it" in page(Role.LANO, "elsewhere-texts", "criterion", "A3")
    client.post(reverse("inspection:tie-decide", args=[tie.pk, "confirm"]))
    assert TodoTie.objects.get(code="A3").state == "confirmed"


# -- a report


def upload(tmp_path, client) -> ReportReading:
    content = make_report(tmp_path, name="wexcombe---12-may-2025.pdf").read_bytes()
    file = SimpleUploadedFile("wexcombe---12-may-2025.pdf", content, "application/pdf")
    assert client.post(reverse("inspection:report-add"), {"file": file}).status_code == 302
    return ReportReading.objects.get()


def test_report_is_read_looked_at_and_stored(wexcombe, tmp_path):
    client = client_of(make_user(Role.DATA_LEAD))
    job = upload(tmp_path, client)
    url = reverse("inspection:report-show", args=[job.pk])
    assert "read in the background" in words_of(client.get(url))

    read_upload(job.pk)
    shown = words_of(client.get(url))
    stored = client.post(url, {"area": "901", "published_on": "12/5/2025"})

    assert "Every part of the report was read." in shown
    assert "by “waiting times, therapy”" in shown
    assert stored.status_code == 302
    visit = PublishedInspection.objects.get(area__code="901")
    assert visit.todos.count() == 2
    assert visit.report == job.stored
    assert client.post(url, {"area": "901"}).status_code == 403
    downloaded = client.get(reverse("inspection:report-download", args=[visit.pk]))
    assert b"".join(downloaded.streaming_content).startswith(b"%PDF-")
    downloaded.close()


def test_report_can_be_put_aside(wexcombe, tmp_path):
    client = client_of(make_user(Role.DATA_LEAD))
    job = upload(tmp_path, client)
    read_upload(job.pk)

    client.post(reverse("inspection:report-drop", args=[job.pk]))

    job.refresh_from_db()
    assert job.standing == "aside"
    assert not PublishedInspection.objects.get(area__code="901").todos.exists()


def test_file_that_is_no_report_says_what_to_do(wexcombe, tmp_path):
    client = client_of(make_user(Role.DATA_LEAD))
    text = SimpleUploadedFile("notes.pdf", b"none", "application/pdf")

    refused = client.post(reverse("inspection:report-add"), {"file": text})

    assert refused.status_code == 400
    assert "PDF" in words_of(refused)
