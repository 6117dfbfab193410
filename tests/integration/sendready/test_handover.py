"""What a leaver owned in the apps above passes to somebody who may own it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent, User
from inspection.models import ItemOwner
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import make_draft
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.plans import make_action

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def administrator(client):
    make_area()
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def leaver():
    person = make_user(Role.SEND_TEAM)
    framework = make_framework()
    rule = make_timetable_rule(framework=framework)
    item = make_request_item(framework=framework, deadline=rule)
    ItemOwner.objects.create(item=item, owner=person, assigned_at=timezone.now())
    return person


def close(client, leaver, heir):
    return client.post(reverse("accounts:person-deactivate", args=[leaver.pk]), {"items": heir.pk if heir else ""})


def test_closing_an_account_passes_the_items_on(client, administrator, leaver):
    heir = make_user(Role.SEND_TEAM)

    close(client, leaver, heir)

    assert not User.objects.get(pk=leaver.pk).is_active
    assert ItemOwner.objects.get().owner == heir
    assert AuditEvent.objects.filter(action="item.assigned").exists()


@pytest.mark.parametrize(
    ("heir_role", "sentence"),
    [(None, "Choose who takes over"), (Role.VIEWER, "has no role that may supply Annex A items")],
    ids=["nobody chosen", "somebody who may not"],
)
def test_closing_an_account_without_an_heir_who_may_own_the_items_changes_nothing(
    client, administrator, leaver, heir_role, sentence
):
    heir = make_user(heir_role) if heir_role else None

    response = close(client, leaver, heir)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.get(pk=leaver.pk).is_active
    assert ItemOwner.objects.get().owner == leaver


def test_closing_an_account_passes_actions_and_evidence_on(client, administrator):
    leaver, heir = make_user(Role.SYSTEM_LEAD), make_user(Role.SEND_TEAM)
    action, evidence = make_action(lead=leaver), make_draft(by=leaver).evidence
    url = reverse("accounts:person-deactivate", args=[leaver.pk])

    client.post(url, {"actions": heir.pk, "evidence": heir.pk})

    action.refresh_from_db()
    evidence.refresh_from_db()
    assert (action.lead, evidence.owner) == (heir, heir)
    assert AuditEvent.objects.filter(action__in=["action.assigned", "evidence.assigned"]).count() == 2


def test_actions_do_not_pass_to_somebody_who_may_not_report(client, administrator):
    leaver, heir = make_user(Role.SYSTEM_LEAD), make_user(Role.VIEWER)
    action = make_action(lead=leaver)

    response = client.post(reverse("accounts:person-deactivate", args=[leaver.pk]), {"actions": heir.pk})

    action.refresh_from_db()
    assert response.status_code == 422
    assert "has no role that may report on actions" in response.content.decode()
    assert action.lead == leaver
