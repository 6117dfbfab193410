"""Signing in, lock-outs, sessions, passwords, the second step."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import people
from accounts.adapter import AccountAdapter
from accounts.domain.roles import Role
from accounts.models import AuditEvent, Count, OutgoingMail
from accounts.permissions import NotAllowed
from documents.tasks import keep_house
from tests.factories.accounts import PASSWORD, give_second_factor, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _no_rate_limits_left_over(settings):
    cache.clear()
    # The test runner swaps it for its own.
    settings.EMAIL_BACKEND = "accounts.mail.OutboxBackend"


def sign_in(client, user, password=PASSWORD):
    return client.post(LOGIN, {"login": user.email, "password": password})


def test_sign_in_by_email_in_any_spelling_opens_the_service(client):
    user = make_user(Role.SEND_TEAM)

    response = client.post(LOGIN, {"login": user.email.upper(), "password": PASSWORD})

    assert response.status_code == 302
    assert client.get("/account/").status_code == 200
    assert AuditEvent.objects.filter(action="session.started", actor_id=user.pk).exists()


def test_sign_in_of_a_closed_account_is_refused(client):
    user = make_user(Role.SEND_TEAM, is_active=False)

    sign_in(client, user)

    assert client.get("/account/").status_code == 302


def test_sign_in_after_five_wrong_passwords_says_when_to_try_again(client):
    user = make_user(Role.SEND_TEAM)
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        for _ in range(4):
            assert sign_in(client, user, "wrong").status_code == 200

        response = sign_in(client, user, "wrong")

        assert response.status_code == 429
        assert "09:15" in response.content.decode()
        assert sign_in(client, user).status_code == 429
    with time_machine.travel("2026-11-23 09:14:00+00:00", tick=False):
        response = sign_in(client, user)
        assert response.status_code == 429
        assert "09:15" in response.content.decode()
    with time_machine.travel("2026-11-23 09:15:01+00:00", tick=False):
        cache.clear()
        assert sign_in(client, user).status_code == 302


def test_sign_in_locked_for_one_address_leaves_others_open(client):
    locked, other = make_user(Role.SEND_TEAM), make_user(Role.SEND_TEAM)
    for _ in range(5):
        sign_in(client, locked, "wrong")

    assert sign_in(client, other).status_code == 302


@pytest.fixture
def locked_out_user(client):
    user = make_user(Role.SEND_TEAM)
    for _ in range(5):
        sign_in(client, user, "wrong")
    assert sign_in(client, user).status_code == 429
    return user


def test_lock_out_is_shown_and_lifted_by_an_administrator(client, locked_out_user):
    desk, administrator = Client(), make_user(Role.ADMINISTRATOR)
    desk.force_login(administrator)
    assert "Locked out" in desk.get(reverse("accounts:person-list")).content.decode()
    page = reverse("accounts:person-show", args=[locked_out_user.pk])
    assert "after too many wrong passwords" in desk.get(page).content.decode()

    response = desk.post(reverse("accounts:lockout-lift", args=[locked_out_user.pk]))

    assert response.url == page
    assert sign_in(client, locked_out_user).url == "/"
    assert AuditEvent.objects.get(action="user.lock-out-lifted").actor_id == administrator.pk
    assert OutgoingMail.objects.filter(to=locked_out_user.email, subject__contains="again").exists()
    assert "Locked out" not in desk.get(reverse("accounts:person-list")).content.decode()


@pytest.mark.parametrize("role", [Role.LANO, Role.DIRECTOR, Role.SEND_TEAM])
def test_lock_out_is_lifted_by_nobody_else(client, locked_out_user, role):
    with pytest.raises(NotAllowed):
        people.lift_lockout(by=make_user(role), at=timezone.now(), user=locked_out_user)

    assert sign_in(client, locked_out_user).status_code == 429


def locked_out_by_codes(client):
    """Somebody who gave the right password and too many wrong codes, and the secret of their app."""
    user = make_user(Role.DATA_LEAD)
    sign_in(client, user)
    secret, _ = set_up_second_step(client)
    client.post(reverse("account_logout"))
    cache.clear()
    sign_in(client, user)
    for _ in range(11):
        response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Too many attempts" in response.content.decode()
    return user, secret


def test_lock_out_after_wrong_codes_is_lifted_too(client):
    user, secret = locked_out_by_codes(client)

    people.lift_lockout(by=make_user(Role.ADMINISTRATOR), at=timezone.now(), user=user)

    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/account/").status_code == 200


def test_password_reset_is_a_way_out_of_the_lock_out(client, locked_out_user):
    client.post(reverse("account_reset_password"), {"email": locked_out_user.email})
    link = re.search(r"https?://\S+?(/account/password/reset/key/\S+)", OutgoingMail.objects.latest("pk").body)[1]
    form = client.get(link).url

    client.post(form, {"password1": "Other words, 2027", "password2": "Other words, 2027"})

    assert sign_in(client, locked_out_user, "Other words, 2027").url == "/"


def test_password_reset_leaves_wrong_codes_counting(client):
    user, secret = locked_out_by_codes(client)

    AccountAdapter().send_notification_mail("account/email/password_reset", user)

    response = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "Too many attempts" in response.content.decode()


def test_password_reset_link_of_yesterday_says_what_to_do(client, settings):
    user = make_user(Role.SEND_TEAM)
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"https?://\S+?(/account/password/reset/key/\S+)", OutgoingMail.objects.latest("pk").body)[1]

    with time_machine.travel(timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)):
        page = client.get(link, follow=True)

    assert "This link no longer works" in page.content.decode()
    assert "Ask for a new link" in page.content.decode()
    assert 'name="password1"' not in page.content.decode()


def test_wrong_passwords_are_counted_whatever_the_service_is_called(settings, client):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    settings.AXES_FAILURE_LIMIT = 100
    user = make_user(Role.SEND_TEAM)
    for attempt in range(10):
        host = settings.ALLOWED_HOSTS[attempt % 2]
        client.post(LOGIN, {"login": user.email, "password": "wrong"}, HTTP_HOST=host)

    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD}, HTTP_HOST="two.example")

    assert "Too many attempts" in response.content.decode()


def test_sign_out_everywhere_else_ends_the_other_session(client):
    user, elsewhere = make_user(Role.SEND_TEAM), Client()
    sign_in(client, user)
    sign_in(elsewhere, user)

    client.post(reverse("accounts:account-sessions-end"))

    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_sign_out_everywhere_by_an_administrator_ends_every_session(client):
    user = make_user(Role.SEND_TEAM)
    sign_in(client, user)

    people.end_sessions(by=make_user(Role.ADMINISTRATOR), at=timezone.now(), user=user)

    assert client.get("/account/").status_code == 302


def test_session_ends_after_doing_nothing(client, settings):
    user = make_user(Role.SEND_TEAM)
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        sign_in(client, user)
    with time_machine.travel(start + timedelta(minutes=settings.SESSION_IDLE_MINUTES - 1), tick=False):
        assert client.get("/account/").status_code == 200
    idle = timedelta(minutes=2 * settings.SESSION_IDLE_MINUTES, seconds=settings.SESSION_NOTED_SECONDS)
    with time_machine.travel(start + idle, tick=False):
        assert client.get("/account/").status_code == 302


def test_session_in_use_outlasts_the_idle_time(client, settings):
    user = make_user(Role.SEND_TEAM)
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        sign_in(client, user)
    for minutes in range(0, 3 * settings.SESSION_IDLE_MINUTES, settings.SESSION_IDLE_MINUTES - 1):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert client.get("/account/").status_code == 200


def test_session_read_again_soon_is_not_written(client, settings):
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        sign_in(client, make_user(Role.SEND_TEAM))
        client.get("/account/")
        with CaptureQueriesContext(connection) as soon:
            client.get("/account/")
    later = start + timedelta(seconds=settings.SESSION_NOTED_SECONDS)
    with time_machine.travel(later, tick=False), CaptureQueriesContext(connection) as afterwards:
        client.get("/account/")

    assert [query["sql"] for query in soon if not query["sql"].startswith("SELECT")] == []
    assert any("django_session" in query["sql"] for query in afterwards if query["sql"].startswith("UPDATE"))


def test_session_that_was_invented_leaves_no_row_behind(client):
    make_user(Role.SEND_TEAM)
    client.cookies["sessionid"] = "an-invented-session-key-of-32-letters"

    for path in ("/account/login/", "/account/", "/help/"):
        client.get(path)

    assert not Session.objects.exists()


def test_sessions_that_are_over_are_forgotten_by_the_daily_round(client):
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        sign_in(Client(), make_user(Role.SEND_TEAM))
    sign_in(client, make_user(Role.SEND_TEAM))

    keep_house()

    assert Session.objects.get().session_key == client.session.session_key


def test_password_changed_ends_other_sessions_and_is_told(client):
    user, elsewhere = make_user(Role.SEND_TEAM), Client()
    sign_in(client, user)
    sign_in(elsewhere, user)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "Other words, 2027", "password2": "Other words, 2027"},
    )

    assert response.status_code == 302
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert AuditEvent.objects.filter(action="user.password-changed").count() == 1
    assert OutgoingMail.objects.filter(to=user.email, is_secret=False).exists()


def test_password_reset_waits_in_the_outbox_and_works_once(client):
    user = make_user(Role.SEND_TEAM)

    client.post(reverse("account_reset_password"), {"email": user.email})

    mail = OutgoingMail.objects.get(to=user.email)
    assert mail.is_secret
    link = next(word for word in mail.body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    assert page.status_code == 200
    new = {"password1": "Other words, 2027", "password2": "Other words, 2027"}
    client.post(page.redirect_chain[-1][0], new)
    assert sign_in(client, user, "Other words, 2027").status_code == 302
    assert "no longer works" in Client().get(link, follow=True).content.decode()


def test_password_reset_of_an_unknown_address_says_the_same_and_mails_nobody(client):
    make_user(Role.SEND_TEAM)

    response = client.post(reverse("account_reset_password"), {"email": "stranger@wexcombe.example"})

    assert response.url == reverse("account_reset_password_done")
    assert not OutgoingMail.objects.exists()


def test_signing_up_is_closed(client):
    make_user()

    response = client.get("/account/signup/")

    assert response.url == LOGIN


@pytest.mark.parametrize("path", ["/account/confirm-email/", "/account/3rdparty/", "/account/2fa/webauthn/"])
def test_library_pages_that_are_not_used_do_not_exist(client, path):
    client.force_login(make_user())

    assert client.get(path).status_code == 404


# -- the second step


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def set_up_second_step(client):
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})


def test_second_step_in_a_real_installation_is_asked_for_at_sign_in(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = make_user(Role.DATA_LEAD)

    response = sign_in(client, user)

    assert response.url == reverse("mfa_activate_totp")


def test_second_step_set_up_is_asked_for_at_the_next_sign_in_and_encrypted(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = make_user(Role.DATA_LEAD)
    sign_in(client, user)
    secret, response = set_up_second_step(client)
    assert response.url == reverse("mfa_view_recovery_codes")
    assert secret not in str(Authenticator.objects.get(type=Authenticator.Type.TOTP).data)
    assert client.get(response.url).status_code == 200

    client.post(reverse("account_logout"))
    response = sign_in(client, user)

    assert response.url == reverse("mfa_authenticate")
    assert client.get("/account/").status_code == 302
    cache.clear()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get("/account/").status_code == 200


def test_wrong_codes_are_counted_for_all_web_processes_together(client, settings):
    user = make_user(Role.DATA_LEAD)
    sign_in(client, user)
    secret, _ = set_up_second_step(client)
    client.post(reverse("account_logout"))
    cache.clear()
    sign_in(client, user)

    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        cache.close()

    assert Count.objects.filter(cache_key__contains="login_failed").exists(), "what is counted stands in the database"
    response = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "Too many attempts" in response.content.decode()
    assert client.get("/account/").status_code == 302


def test_second_step_removed_by_an_administrator_tells_the_person():
    user = make_user(Role.DATA_LEAD)
    give_second_factor(user)

    people.remove_second_step(by=make_user(Role.ADMINISTRATOR), at=timezone.now(), user=user)

    assert not Authenticator.objects.filter(user=user).exists()
    assert OutgoingMail.objects.filter(to=user.email).exists()
