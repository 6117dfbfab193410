"""A council whose export uses other headers: proposed, confirmed once, applied ever after, and always said."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from children import actions, reading_upload
from children.comparing import upload_before
from children.mapping import proposal_for
from children.models import HeaderMapping, ListFinding, ListRow, ListUpload
from children.trend import read_uploads
from tests.factories.accounts import make_user
from tests.factories.lists import AT, EXTRACTED_ON, lists_bytes, order_upload, read_lists_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

RENAMED = {"date_of_birth": "DOB", "gender": "Sex", "List_1": "Statutory"}


def uploaded(by, *, at=AT, renamed=None, **more):
    ordered = order_upload(by=by, content=lists_bytes(renamed=RENAMED if renamed is None else renamed, **more), at=at)
    return reading_upload.read_upload(ordered.pk)


def confirmed(by, upload):
    actions.confirm_headers(
        by=by,
        at=AT,
        upload=upload,
        sheets={"List_1": "Statutory"},
        columns={(sheet, key): RENAMED[key] for sheet in ("List_1", "List_2") for key in ("date_of_birth", "gender")},
    )


def rules_of(upload):
    return set(ListFinding.objects.filter(upload=upload).values_list("rule", flat=True))


def page_of(response):
    return response.content.decode()


def test_proposal_names_the_nearest_headers(data_lead):
    first, second = proposal_for(uploaded(data_lead))

    assert (first.layout.name, first.is_missing, first.name) == ("List_1", True, "Statutory")
    assert {column.key: header for column, header in second.columns if header} == {"date_of_birth": "DOB"}
    assert set(second.headers) == {"DOB", "Sex"}


def test_page_proposes_and_confirming_reads_the_file_again(client, data_lead):
    upload = uploaded(data_lead)
    url = reverse("children:upload-headers", args=[upload.pk])

    shown = page_of(client.get(reverse("children:upload-show", args=[upload.pk])))
    page = page_of(client.get(url))
    response = client.post(
        url,
        {
            "sheet-0": "Statutory",
            "column-0-date_of_birth": "DOB",
            "column-0-gender": "Sex",
            "column-1-date_of_birth": "DOB",
            "column-1-gender": "Sex",
        },
    )

    assert url in shown
    assert '<option value="DOB" selected>' in page
    again = ListUpload.objects.get(replaces=upload)
    assert response.url == reverse("children:upload-show", args=[again.pk])
    done = reading_upload.read_upload(again.pk)
    assert rules_of(done) == {"mapped sheet", "mapped column"}
    assert (done.error_count, done.row_counts) == (0, {"List_1": 1, "List_2": 1})
    assert HeaderMapping.objects.count() == 5
    shown = page_of(client.get(reverse("children:upload-show", args=[again.pk])))
    assert "5 names of your export were read as the published ones" in shown
    assert "“Sex” as Gender" in shown
    assert "The one uploaded on 23 November 2026, read again" in shown


def test_what_was_confirmed_holds_for_later_uploads(data_lead):
    confirmed(data_lead, uploaded(data_lead))

    later = uploaded(data_lead, at=AT.replace(hour=11))

    assert rules_of(later) == {"mapped sheet", "mapped column"}
    assert ListRow.objects.filter(upload=later, born_on__isnull=True).count() == 0


def test_mapping_hides_no_missing_column(client, data_lead):
    confirmed(data_lead, uploaded(data_lead))

    later = uploaded(data_lead, at=AT.replace(hour=11), renamed={**RENAMED, "ethnicity": "Postcode"})

    assert rules_of(later) == {"mapped sheet", "mapped column", "missing column", "unknown column"}
    assert later.rules_not_run
    assert "Match the headers" in page_of(client.get(reverse("children:upload-show", args=[later.pk])))


def test_same_header_for_two_columns_is_asked_about_again(client, data_lead):
    upload = uploaded(data_lead)

    response = client.post(
        reverse("children:upload-headers", args=[upload.pk]),
        {"column-1-date_of_birth": "Sex", "column-1-gender": "Sex"},
    )

    assert response.status_code == 422
    assert "is chosen for another column of List_2, too." in page_of(response)
    assert not HeaderMapping.objects.exists()


def test_choosing_nothing_is_answered_with_what_to_do(client, data_lead):
    response = client.post(reverse("children:upload-headers", args=[uploaded(data_lead).pk]), {"sheet-0": ""})

    assert response.status_code == 422
    assert "Choose at least one header" in page_of(response)


def test_reading_again_leaves_the_first_reading_alone(data_lead):
    upload = uploaded(data_lead)
    again = actions.read_again(by=data_lead, at=AT.replace(hour=10), upload=upload)
    done = reading_upload.read_upload(again.pk)

    actions.erase_rows(by=data_lead, at=AT.replace(hour=11), upload=upload, reason="The first reading is of no use.")

    assert done.is_done, done.error
    third = actions.read_again(by=data_lead, at=AT.replace(hour=12), upload=done)
    assert reading_upload.read_upload(third.pk).is_done


def test_reading_again_is_compared_with_the_upload_before_it_and_counts_once(data_lead):
    first = read_lists_of(by=data_lead)
    wrong = uploaded(data_lead, at=AT.replace(hour=10))
    again = actions.read_again(by=data_lead, at=AT.replace(hour=11), upload=wrong)
    done = reading_upload.read_upload(again.pk)

    later = uploaded(data_lead, at=AT.replace(hour=12))

    assert upload_before(done) == first
    assert upload_before(later) == done
    assert list(read_uploads()) == [later, done, first]


def test_mapping_is_listed_changed_and_removed_with_an_audit_row_each(client, data_lead):
    confirmed(data_lead, uploaded(data_lead))
    mapping = HeaderMapping.objects.get(sheet="List_2", column="gender")

    listed = page_of(client.get(reverse("children:mapping-list")))
    edit = reverse("children:mapping-edit", args=[mapping.pk])
    assert client.get(edit).status_code == 200
    client.post(edit, {"column": "disability"})
    client.post(reverse("children:mapping-remove", args=[mapping.pk]))

    assert "Sex" in listed
    assert "the sheet List_1" in listed
    assert not HeaderMapping.objects.filter(pk=mapping.pk).exists()
    trail = AuditEvent.objects.filter(action__startswith="headers.").order_by("pk").values_list("action", flat=True)
    assert list(trail) == ["headers.confirmed", "headers.changed", "headers.removed"]


def test_published_header_can_not_stand_for_another_column(data_lead):
    with pytest.raises(NotAllowed, match="is a published header"):
        actions.confirm_headers(
            by=data_lead, at=AT, upload=uploaded(data_lead), sheets={}, columns={("List_2", "gender"): "Ethnicity"}
        )


def test_marked_copy_finds_the_cells_under_the_councils_own_headers(data_lead):
    from tests.integration.children.test_exporting import made

    confirmed(data_lead, uploaded(data_lead))
    later = uploaded(data_lead, at=AT.replace(hour=11))

    export, _ = made(data_lead, "list-marked", upload=later.pk)

    assert export.is_done


def test_headers_that_nobody_placed_go_with_the_rows(data_lead):
    upload = uploaded(data_lead)
    assert upload.seen_headers

    actions.erase_rows(by=data_lead, at=AT, upload=upload, reason="A test.")

    upload.refresh_from_db()
    assert upload.seen_headers == []


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.LANO, Role.DATA_LEAD}])
def test_nobody_else_confirms_or_sees_headers(client, data_lead, role):
    upload = uploaded(data_lead)
    person = make_user(role)
    client.force_login(person)

    assert client.get(reverse("children:mapping-list")).status_code == 403
    assert client.get(reverse("children:upload-headers", args=[upload.pk])).status_code == 403
    assert client.post(reverse("children:upload-again", args=[upload.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        confirmed(person, upload)


def test_check_lists_reads_with_what_was_confirmed_when_asked(data_lead, tmp_path, capsys):
    confirmed(data_lead, uploaded(data_lead))
    (tmp_path / "lists.xlsx").write_bytes(lists_bytes(renamed=RENAMED))

    with pytest.raises(SystemExit) as end:
        call_command("check_lists", str(tmp_path / "lists.xlsx"), "--stored-map", "--as-at", EXTRACTED_ON.isoformat())

    assert end.value.code == 0
    assert "mapped column" in capsys.readouterr().out


def test_list_whose_every_header_differs_is_matched_too(data_lead):
    upload = uploaded(data_lead, renamed={key: f"Our {key.replace('_', ' ')}" for key in ALL_KEYS})

    proposals = proposal_for(upload)

    assert [proposal.layout.name for proposal in proposals] == ["List_1", "List_2"]
    assert {column.key: header for column, header in proposals[0].columns}["unique_id"] == "Our unique id"


ALL_KEYS = (
    "unique_id", "upn", "uln", "date_of_birth", "gender", "ethnicity", "plan_initial_on", "plan_updated_on",
    "plan_reviewed_on", "primary_need", "main_urn", "main_phase", "subsidiary_phase", "home_education", "suspensions",
    "exclusions", "absence", "pupil_premium", "social_care", "social_care_team", "disability",
)  # fmt: skip
