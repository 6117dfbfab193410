"""What is kept: seen, held and erased by the keepers of records alone."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from documents import making
from documents.models import Export, StoredFile
from tests.factories.accounts import make_area, make_user
from tests.factories.documents import make_export, make_stored_file

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


@pytest.fixture
def lano(client):
    make_area()
    person = make_user(Role.LANO)
    client.force_login(person)
    return person


def url(verb, kept, sort="file"):
    return reverse(f"documents:record-{verb}", args=[sort, kept.pk])


def test_list_shows_files_and_no_name_from_the_vault(client, lano):
    make_stored_file(by=lano, name="plan.txt")
    secret = make_stored_file(by=lano, name="Jo Bloggs.txt", content=b"other", vault=True)

    page = client.get(reverse("documents:record-list")).content.decode()

    assert "plan.txt" in page
    assert f"Vault file {secret.pk}" in page
    assert "Bloggs" not in page


@pytest.mark.parametrize("show", ["held", "dated", "erased"])
def test_list_filter_without_a_hit_says_so(client, lano, show):
    make_stored_file(by=lano)

    assert "Nothing fits this filter." in client.get(reverse("documents:record-list"), {"show": show}).content.decode()


def test_list_of_nothing_says_what_to_do(client, lano):
    assert "Nothing is stored yet." in client.get(reverse("documents:record-list", args=["file"])).content.decode()


def test_list_of_another_sort_does_not_exist(client, lano):
    assert client.get("/files/kept/nonsense/").status_code == 404


def test_list_takes_a_fixed_number_of_queries(client, lano, django_assert_max_num_queries):
    for number in range(12):
        make_stored_file(by=lano, content=f"{number}".encode())

    with django_assert_max_num_queries(12):
        client.get(reverse("documents:record-list"))


def test_hold_with_a_reason_stands_and_is_lifted_again(client, lano):
    stored = make_stored_file(by=lano)

    assert client.get(url("hold", stored)).status_code == 200
    client.post(url("hold", stored), {"reason": "Tribunal.", "is_held": "yes"})
    stored.refresh_from_db()
    assert stored.has_legal_hold
    assert client.post(url("erase", stored), {"reason": "Old."}).status_code == 403

    assert 'name="is_held" value="no"' in client.get(url("hold", stored)).content.decode()
    client.post(url("hold", stored), {"reason": "Closed.", "is_held": "no"})
    stored.refresh_from_db()
    assert not stored.has_legal_hold
    assert list(
        AuditEvent.objects.filter(action__in=["file.held", "file.released"]).values_list("text", flat=True)
    ) == [
        "Closed.",
        "Tribunal.",
    ]


def test_hold_sent_twice_stands(client, lano):
    stored = make_stored_file(by=lano)

    for _ in range(2):
        client.post(url("hold", stored), {"reason": "Tribunal.", "is_held": "yes"})

    stored.refresh_from_db()
    assert stored.has_legal_hold


def test_hold_without_a_reason_asks_for_it(client, lano):
    stored = make_stored_file(by=lano)

    response = client.post(url("hold", stored), {"reason": ""})

    assert response.status_code == 400
    assert "Say why, in one sentence." in response.content.decode()


def test_erase_export_leaves_its_record(client, lano):
    export = making.make_export(make_export(by=lano).pk)

    page = client.post(url("erase", export, "export"), {"reason": "Wrong."}, follow=True).content.decode()

    assert "Erased" in page
    assert "Wrong." in page
    assert Export.objects.get().erased_at is not None
    assert "was erased" in client.get(reverse("documents:export-show", args=[export.pk])).content.decode()


@pytest.mark.parametrize("role", [Role.SEND_TEAM, Role.DATA_LEAD, Role.PARTNER, Role.DIRECTOR])
@pytest.mark.parametrize("verb", ["show", "hold", "erase"])
def test_records_closed_to_other_roles(client, lano, role, verb):
    stored = make_stored_file(by=lano)
    client.force_login(make_user(role))

    assert client.get(url(verb, stored)).status_code == 403
    assert client.post(url(verb, stored), {"reason": "x"}).status_code in (403, 405)
    assert StoredFile.objects.live().exists()
