"""The pages of the lists: who sees what, what is logged, how many queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from children.models import ListUpload
from tests.factories.accounts import make_user
from tests.factories.children import plan_cells
from tests.factories.lists import lists_bytes, order_upload, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]
FAULTY = [plan_cells(unique_id=f"SYN1{n:03}", upn="", uln="", gender="", date_of_birth="31/02/2015") for n in range(60)]


def page_of(response):
    return response.content.decode()


def test_overview_without_lists_says_what_to_do(client, data_lead):
    page = page_of(client.get(reverse("children:upload-list")))

    assert "No lists have been uploaded yet" in page
    assert "Upload the lists" in page


def test_overview_shows_totals_by_sheet_and_rule(client, data_lead):
    read_lists_of(by=data_lead, plans=FAULTY)

    page = page_of(client.get(reverse("children:upload-list")))

    assert "Gender is blank." in page
    assert "120 errors" in page


def test_clean_lists_offer_no_findings_to_look_at(client, data_lead):
    clean = read_lists_of(by=data_lead)
    before = page_of(client.get(reverse("children:upload-show", args=[clean.pk])))
    overview = page_of(client.get(reverse("children:upload-list")))

    faulty = read_lists_of(by=data_lead, plans=FAULTY)
    after = page_of(client.get(reverse("children:upload-show", args=[faulty.pk])))

    assert "found nothing" in before
    assert "See every finding" not in before
    assert "See every finding" not in overview
    assert "See every finding" in after


def test_totals_for_others_show_no_row(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)
    client.force_login(make_user(Role.DIRECTOR))

    overview = page_of(client.get(reverse("children:upload-list")))
    findings = client.get(reverse("children:finding-list", args=[upload.pk]))
    row = client.get(reverse("children:row-show", args=[upload.pk, "List_1", 2]))

    assert "Gender is blank." in overview
    assert "SYN" not in overview
    assert (findings.status_code, row.status_code) == (403, 403)


def test_child_is_looked_for_without_its_id_in_the_address(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)
    address = reverse("children:finding-list", args=[upload.pk])

    found = client.post(address, {"unique_id": " syn1007 "})

    assert [line.finding.unique_id for line in found.context["lines"]] == ["SYN1007", "SYN1007"]
    assert len(client.get(address, {"unique_id": "SYN1007"}).context["lines"]) > 2, "an address takes none"
    client.force_login(make_user(Role.DIRECTOR))
    assert client.post(address, {"unique_id": "SYN1007"}).status_code == 403


def test_header_that_is_a_value_stays_out_of_the_trail(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)
    upload.findings.filter(pk=upload.findings.first().pk).update(column="Somebody real, 12 May 2014")

    client.get(reverse("children:finding-list", args=[upload.pk]))

    fields = AuditEvent.objects.filter(action="list_findings.viewed").latest("pk").fields
    assert "a column that the layout does not know" in fields
    assert "Somebody real, 12 May 2014" not in fields


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HEALTH_LEAD, Role.MEMBER, Role.PARTNER, Role.VIEWER])
def test_lists_are_closed_to_others(client, data_lead, role):
    client.force_login(make_user(role))

    assert client.get(reverse("children:upload-list")).status_code == 403


def test_upload_through_the_page_leads_to_its_progress(client, data_lead):
    response = client.post(
        reverse("children:upload-add"),
        {
            "workbooks": SimpleUploadedFile("lists.xlsx", lists_bytes()),
            "extracted_on": "23/11/2025",
            "schema_code": "area-send-2023",
        },
        follow=True,
    )

    assert ListUpload.objects.get().ordered_by == data_lead
    assert "Waiting for the background worker" in page_of(response)
    assert "Refresh" in page_of(response)


@pytest.mark.parametrize(
    ("content", "day", "status", "words"),
    [
        (b"", "23/11/2025", 422, "empty"),
        (b"%PDF-1.7 x", "23/11/2025", 422, "PDF"),
        (None, "23/11/2025", 422, "Choose the workbook"),
        (b"x", "31/02/2025", 422, "Enter the day as in 23/11/2026."),
        (b"x", "23/11/2099", 422, "in the future"),
    ],
    ids=["empty file", "no workbook", "no file", "no day", "day to come"],
)
def test_upload_of_something_wrong_is_answered_with_a_sentence(client, data_lead, content, day, status, words):
    files = {} if content is None else {"workbooks": SimpleUploadedFile("lists.xlsx", content)}

    response = client.post(
        reverse("children:upload-add"), {**files, "extracted_on": day, "schema_code": "area-send-2023"}
    )

    assert response.status_code in {status, 400}
    assert words in page_of(response)
    assert not ListUpload.objects.exists()


def test_demonstration_answers_rows_that_are_not_synthetic_with_the_reason(client, data_lead):
    content = lists_bytes(plans=[plan_cells(unique_id="852-77")])

    response = client.post(
        reverse("children:upload-add"),
        {
            "workbooks": SimpleUploadedFile("lists.xlsx", content),
            "extracted_on": "23/11/2025",
            "schema_code": "area-send-2023",
        },
    )

    assert response.status_code == 403
    assert "not synthetic" in page_of(response)


def test_findings_page_names_place_value_and_what_to_do(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)

    page = page_of(client.get(reverse("children:finding-list", args=[upload.pk])))

    assert "List_1 row 2" in page
    assert "31/02/2015" in page
    assert "1 to 50 of 120" in page


def test_findings_are_filtered_by_rule_level_and_sheet(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)
    url = reverse("children:finding-list", args=[upload.pk])

    by_rule = page_of(client.get(url, {"rule": "101b", "level": "error", "sheet": "List_1"}))
    none = page_of(client.get(url, {"level": "query"}))

    assert "1 to 50 of 60" in by_rule
    assert "31/02/2015" not in by_rule
    assert "No finding fits this filter." in none


def test_looking_at_findings_and_rows_is_logged_without_values(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)

    client.get(reverse("children:finding-list", args=[upload.pk]))
    client.get(reverse("children:row-show", args=[upload.pk, "List_1", 2]))

    events = AuditEvent.objects.filter(action__in=["list_findings.viewed", "list_row.viewed"])
    assert events.count() == 2
    for event in events:
        assert "Date of birth" in event.fields
        assert "31/02/2015" not in str(event.fields) + event.text
        assert "SYN" not in event.text + event.thing_label


def test_row_page_shows_every_column_with_its_findings(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)

    page = page_of(client.get(reverse("children:row-show", args=[upload.pk, "List_1", 2])))

    assert "Main education establishment – URN" in page
    assert "Gender is blank." in page
    assert "there is no such day in the calendar" in page


def test_pages_cost_a_fixed_number_of_queries(client, data_lead, django_assert_max_num_queries):
    upload = read_lists_of(by=data_lead, plans=FAULTY)

    with django_assert_max_num_queries(14):
        client.get(reverse("children:finding-list", args=[upload.pk]))
    with django_assert_max_num_queries(12):
        client.get(reverse("children:upload-list"))
    with django_assert_max_num_queries(14):
        client.get(reverse("children:row-show", args=[upload.pk, "List_1", 2]))


def test_erasing_asks_first_and_then_says_what_went(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)
    url = reverse("children:upload-erase", args=[upload.pk])

    assert "61 rows, 120 findings and 1 file" in page_of(client.get(url))
    without_reason = client.post(url, {"reason": ""})
    response = client.post(url, {"reason": "A wrong file."}, follow=True)

    assert without_reason.status_code == 422
    assert "61 rows were erased" in page_of(response)
    assert client.get(reverse("children:finding-list", args=[upload.pk])).status_code == 403


def test_keep_until_is_changed_with_a_reason(client, data_lead):
    upload = read_lists_of(by=data_lead)
    url = reverse("children:upload-keep", args=[upload.pk])

    wrong = client.post(url, {"keep_until_on": "1/1/2020", "reason": "x"})
    right = client.post(url, {"keep_until_on": "1/9/2099", "reason": "The visit is near."}, follow=True)

    assert wrong.status_code == 422
    assert "1 September 2099" in page_of(right)


def test_reading_can_be_stopped_from_the_page(client, data_lead):
    upload = order_upload(by=data_lead, content=lists_bytes())

    client.post(reverse("children:upload-cancel", args=[upload.pk]))

    upload.refresh_from_db()
    assert upload.state == "cancelled"


def test_findings_workbook_is_ordered_from_the_page(client, data_lead):
    upload = read_lists_of(by=data_lead, plans=FAULTY)

    response = client.post(reverse("children:finding-export", args=[upload.pk]), follow=True)

    assert "Findings in the lists as at 23 November 2026" in page_of(response)


def test_person_level_workbook_is_offered_to_who_may_have_it(client, data_lead):
    read_lists_of(by=data_lead)
    url = reverse("documents:export-list")

    offered = page_of(client.get(url))
    client.force_login(make_user(Role.SEND_TEAM))

    assert "Person-level lists" in offered
    assert "Person-level lists" not in page_of(client.get(url))


def test_erasure_page_shows_the_plan_and_the_record(client, data_lead):
    upload = read_lists_of(by=data_lead)
    ListUpload.objects.filter(pk=upload.pk).update(keep_until_on="2020-01-01")
    url = reverse("children:erasure-show")

    assert "Erase what is due" in page_of(client.get(url))
    assert "2 rows, 0 findings, 1 file" in page_of(client.post(url, follow=True))
