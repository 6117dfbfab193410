"""The admin site asks our permissions, writes the audit trail and says why something can't be deleted."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.admin_audit import AuditedAdmin
from accounts.domain.roles import Role
from accounts.models import AuditEvent, Organisation, User
from tests.factories.accounts import make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def test_admin_addition_writes_one_audit_row(client, administrator):
    client.post(reverse("admin:accounts_organisation_add"), {"name": "Wexcombe Forum", "kind": "pcf"})

    organisation = Organisation.objects.get()
    event = AuditEvent.objects.get(action="organisation.added")
    assert (event.thing_id, event.actor_id) == (str(organisation.pk), administrator.pk)


def test_admin_change_names_fields_and_no_values(client, administrator):
    organisation = make_organisation()

    client.post(
        reverse("admin:accounts_organisation_change", args=[organisation.pk]), {"name": "Secret", "kind": "council"}
    )

    event = AuditEvent.objects.get(action="organisation.changed")
    assert event.fields == ["Name"]
    assert "Secret" not in event.text


def test_admin_deletion_of_what_is_in_use_is_refused_with_the_reason(client, administrator):
    organisation = make_organisation()
    User.objects.filter(pk=administrator.pk).update(organisation=organisation)

    response = client.post(
        reverse("admin:accounts_organisation_delete", args=[organisation.pk]), {"post": "yes"}, follow=True
    )

    assert "is in use and can&#x27;t be deleted" in response.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()
    assert not AuditEvent.objects.filter(action="organisation.deleted").exists()


def test_admin_bulk_deletion_with_one_in_use_deletes_nothing(client, administrator):
    used, unused = make_organisation(), make_organisation(name="Unused")
    User.objects.filter(pk=administrator.pk).update(organisation=used)

    response = client.post(
        reverse("admin:accounts_organisation_changelist"),
        {"action": "delete_selected", "_selected_action": [used.pk, unused.pk], "post": "yes"},
        follow=True,
    )

    assert "Nothing was deleted." in response.content.decode()
    assert Organisation.objects.count() == 2


def test_admin_bulk_deletion_of_unused_writes_an_audit_row_each(client, administrator):
    ids = [make_organisation(name=name).pk for name in ("One", "Two")]

    client.post(
        reverse("admin:accounts_organisation_changelist"),
        {"action": "delete_selected", "_selected_action": ids, "post": "yes"},
    )

    assert Organisation.objects.count() == 0
    assert AuditEvent.objects.filter(action="organisation.deleted").count() == 2


def test_admin_history_shows_the_audit_trail(client, administrator):
    organisation = make_organisation()
    url = reverse("admin:accounts_organisation_change", args=[organisation.pk])
    client.post(url, {"name": "New name", "kind": "council"})

    response = client.get(reverse("admin:accounts_organisation_history", args=[organisation.pk]))

    assert administrator.email in response.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_admin_site_other_roles_are_refused_with_the_reason(client, role):
    client.force_login(make_user(role))

    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == 403
    assert "Only an administrator" in response.content.decode()


def test_admin_site_anonymous_is_led_to_the_sign_in_page(client):
    make_user(Role.ADMINISTRATOR)

    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_admin_site_user_can_be_neither_added_nor_deleted_nor_reactivated_there(client, administrator):
    add = client.get(reverse("admin:accounts_user_add"))
    page = client.get(reverse("admin:accounts_user_change", args=[administrator.pk]))

    assert add.status_code == 403
    assert 'name="is_active"' not in page.content.decode()


def test_admin_site_holds_nothing_that_escapes_our_permissions():
    assert admin.site._registry
    assert all(isinstance(registered, AuditedAdmin) for registered in admin.site._registry.values())


def test_admin_site_shows_no_page_of_a_library(client, administrator):
    assert client.get("/admin/mfa/authenticator/").status_code == 404
