"""Joining by a one-time link."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invitations
from accounts.domain.roles import Role
from accounts.models import Invitation, OutgoingMail, User
from accounts.permissions import NotAllowed
from tests.factories.accounts import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EMAIL = "new@wexcombe.example"


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def invited(administrator):
    return invitations.invite(by=administrator, at=timezone.now(), email=EMAIL, name="New", role=Role.SEND_TEAM)


def path_of(invited):
    return "/" + invited.link.split("/", 3)[3]


def join(client, invited, **changes):
    words = {"name": "New Person", "password1": PASSWORD, "password2": PASSWORD, **changes}
    return client.post(path_of(invited), words)


def test_invitation_accepted_makes_an_account_with_the_role(client, invited):
    response = join(client, invited)

    assert response.url == reverse("account_login")
    assert User.objects.get(email=EMAIL).roles == {Role.SEND_TEAM}


def test_invitation_keeps_only_a_hash_of_the_token(invited):
    token = path_of(invited).strip("/").split("/")[-1]

    assert token not in Invitation.objects.get().token_sha256
    assert token in OutgoingMail.objects.get().body
    assert OutgoingMail.objects.get().is_secret


def test_invitation_used_twice_is_refused(client, invited):
    join(client, invited)

    response = client.get(path_of(invited))

    assert response.status_code == 410
    assert "has been used" in response.content.decode()


def test_invitation_expired_says_what_to_do(client, invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    response = join(client, invited)

    assert response.status_code == 410
    assert "has expired. Ask an administrator to send it again" in response.content.decode()
    assert not User.objects.filter(email=EMAIL).exists()


def test_invitation_withdrawn_says_so(client, administrator, invited):
    invitations.withdraw_invitation(by=administrator, at=timezone.now(), invitation=invited.invitation)

    assert "was withdrawn" in client.get(path_of(invited)).content.decode()


def test_invitation_sent_again_stops_the_old_link(client, administrator, invited):
    again = invitations.resend_invitation(by=administrator, at=timezone.now(), invitation=invited.invitation)

    assert client.get(path_of(invited)).status_code == 410
    assert client.get(path_of(again)).status_code == 200


def test_invitation_with_an_invented_link_is_refused(client, administrator):
    assert client.get(reverse("accounts:invitation-accept", args=["x" * 43])).status_code == 410


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password2": "another one, 2026"}, "Enter the same password twice"),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password1": "481516234212", "password2": "481516234212"}, "entirely numeric"),
        ({"name": ""}, "Enter something for “Your name”"),
    ],
    ids=["different", "short", "digits", "no name"],
)
def test_invitation_with_a_bad_form_says_what_to_mend(client, invited, changes, words):
    response = join(client, invited, **changes)

    assert response.status_code == 422
    assert words.lower() in response.content.decode().lower()


def test_invitation_of_somebody_who_has_an_account_is_refused(administrator):
    with pytest.raises(NotAllowed, match="has an account"):
        invitations.invite(
            by=administrator, at=timezone.now(), email=administrator.email.upper(), name="X", role=Role.VIEWER
        )


def test_invitation_of_somebody_invited_is_refused(administrator, invited):
    with pytest.raises(NotAllowed, match="invited already"):
        invitations.invite(by=administrator, at=timezone.now(), email=EMAIL, name="X", role=Role.VIEWER)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_invitation_by_anybody_but_an_administrator_is_refused(role):
    with pytest.raises(NotAllowed, match="Only these roles"):
        invitations.invite(by=make_user(role), at=timezone.now(), email=EMAIL, name="X", role=Role.VIEWER)


def test_invitation_page_shows_the_link_once(client, administrator):
    client.force_login(administrator)

    response = client.post(
        reverse("accounts:invitation-add"), {"name": "New", "email": EMAIL, "role": "viewer", "organisation": ""}
    )

    assert "/join/" in response.content.decode()
    assert "/join/" not in client.get(reverse("accounts:person-list")).content.decode()
