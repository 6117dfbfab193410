"""The pages of people, settings and the trail: fixed queries, conflicts, filters, the CSV."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.domain.roles import Role
from accounts.models import AuditEvent, LocalArea, Organisation, User
from tests.factories.accounts import make_area, make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def administrator(client):
    make_area()
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def queries_of(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as seen:
        assert client.get(url).status_code == 200
    return len(seen.captured_queries)


@pytest.mark.parametrize("name", ["accounts:person-list", "accounts:audit-list", "accounts:mail-list"])
def test_list_page_asks_the_same_number_of_queries_however_long(
    client, administrator, django_assert_max_num_queries, name
):
    for _ in range(3):
        make_user(Role.SEND_TEAM, organisation=make_organisation())
        audit.record(by=administrator, at=timezone.now(), action="thing.done", thing=administrator)
    url = reverse(name)
    client.get(url)
    few = queries_of(client, url, django_assert_max_num_queries)
    for _ in range(30):
        make_user(Role.SEND_TEAM, organisation=make_organisation())
        audit.record(by=administrator, at=timezone.now(), action="thing.done", thing=administrator)

    assert queries_of(client, url, django_assert_max_num_queries) == few


def test_people_are_filtered_by_role_organisation_and_account(client, administrator):
    council = make_organisation()
    make_user(Role.LANO, name="Head Of Send", organisation=council)
    make_user(Role.VIEWER, name="Closed Person", is_active=False)
    url = reverse("accounts:person-list")

    assert [p.name for p in client.get(url, {"role": "lano"}).context["page"]] == ["Head Of Send"]
    assert [p.name for p in client.get(url, {"organisation": council.pk}).context["page"]] == ["Head Of Send"]
    assert [p.name for p in client.get(url, {"is_active": "false"}).context["page"]] == ["Closed Person"]
    assert [p.name for p in client.get(url, {"q": "head of"}).context["page"]] == ["Head Of Send"]


def test_person_saved_by_two_shows_both_texts_and_loses_neither(client, administrator):
    person = make_user(name="Before")
    url = reverse("accounts:person-edit", args=[person.pk])
    client.post(url, {"name": "Theirs", "job_title": "", "organisation": "", "version": 0})

    response = client.post(url, {"name": "Mine", "job_title": "", "organisation": "", "version": 0})

    assert response.status_code == 409
    page = response.content.decode()
    assert "Theirs" in page
    assert 'value="Mine"' in page
    assert User.objects.get(pk=person.pk).name == "Theirs"
    again = client.post(url, {"name": "Mine", "job_title": "", "organisation": "", "version": 1})
    assert again.status_code == 302
    assert User.objects.get(pk=person.pk).name == "Mine"


def test_organisation_saved_by_two_shows_both_texts(client, administrator):
    organisation = make_organisation()
    url = reverse("sendready:organisation-edit", args=[organisation.pk])
    words = {"kind": "council", "from_on": "", "to_on": "", "version": 0}
    client.post(url, {"name": "Theirs", **words})

    response = client.post(url, {"name": "Mine", **words})

    assert response.status_code == 409
    assert Organisation.objects.get(pk=organisation.pk).name == "Theirs"
    assert 'value="Mine"' in response.content.decode()


def test_organisation_in_use_can_not_be_taken_out(client, administrator):
    organisation = make_organisation()
    make_user(organisation=organisation)

    response = client.post(reverse("sendready:organisation-remove", args=[organisation.pk]))

    assert response.status_code == 403
    assert "is in use" in response.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()
    assert not AuditEvent.objects.filter(action="organisation.removed").exists()


def test_area_settings_are_saved_with_the_fields_named(client, administrator):
    words = {
        "name": "Wexcombe",
        "la_code": "999",
        "ons_code": "E99999999",
        "region_name": "Far West",
        "partnership_name": "Wexcombe together",
        "short_code": "WEX",
        "marking": "OFFICIAL-SENSITIVE",
        "strategic_board_name": "Board",
        "safeguarding_lead": administrator.pk,
        "suppress_up_to": 8,
        "version": 0,
    }

    client.post(reverse("sendready:area-edit"), words)

    assert LocalArea.objects.get().safeguarding_lead == administrator
    assert LocalArea.objects.get().suppress_up_to == 8
    event = AuditEvent.objects.get(action="area.changed")
    assert "short_code" in event.fields
    assert "WEX" not in f"{event.text}{event.fields}"


def test_audit_trail_is_filtered(client, administrator):
    other = make_user(Role.LANO)
    audit.record(by=other, at=timezone.now(), action="item.approved", thing=make_organisation(), text="Approved.")
    audit.record(by=administrator, at=timezone.now(), action="user.changed", thing=other)
    url = reverse("accounts:audit-list")

    def actions(**words):
        return [event.action for event in client.get(url, words).context["page"]]

    assert actions(who=other.email) == ["item.approved"]
    assert actions(what="approved") == ["item.approved"]
    assert actions(thing_type="accounts.user") == ["user.changed"]
    assert actions(to_on="2000-01-01") == []
    assert len(actions(from_on=f"{timezone.localdate():%d/%m/%Y}")) == 2
    assert "Write it like 27/11/2026" in client.get(url, {"from_on": "31/02/2026"}).content.decode()


@pytest.mark.parametrize("page", ["account", "person"])
def test_deputy_without_an_end_is_said_to_stand_in_from_a_day(client, administrator, page):
    stands_in = make_user(Role.ADMINISTRATOR, name="Deputy")
    stands_in.role_assignments.update(deputy_for=administrator, to_on=None)

    url = (
        reverse("accounts:account-show")
        if page == "account"
        else reverse("accounts:person-show", args=[administrator.pk])
    )
    text = " ".join(client.get(url).content.decode().split())

    assert re.search(r"Deputy, as Administrator, from \d+ \w+ \d{4} <", text)


def test_audit_trail_as_csv_is_harmless_and_logged(client, administrator):
    audit.record(by=administrator, at=timezone.now(), action="item.approved", thing=administrator, text="=cmd()")

    response = client.post(reverse("accounts:audit-export") + "?what=approved")

    text = b"".join(response.streaming_content).decode()
    assert "'=cmd()" in text
    assert text.count("item.approved") == 1
    assert AuditEvent.objects.get(action="audit.exported").text == "1 lines taken as CSV."


def test_audit_trail_is_open_to_the_lano(client):
    client.force_login(make_user(Role.LANO))

    assert client.get(reverse("accounts:audit-list")).status_code == 200
    assert client.get(reverse("accounts:mail-list")).status_code == 403


@pytest.mark.parametrize("role", [Role.LANO, Role.DIRECTOR])
def test_people_are_read_by_lano_and_director_with_the_reason_why_not_to_change(client, role):
    make_area()
    other = make_user(Role.SEND_TEAM)
    client.force_login(make_user(role))

    listed = client.get("/people/").content.decode()
    shown = client.get(f"/people/{other.pk}/").content.decode()

    for page in (listed, shown):
        assert "Only these roles may invite people and change their roles: Administrator." in page
        assert f"/people/{other.pk}/edit/" not in page
    assert client.get(f"/people/{other.pk}/edit/").status_code == 403
