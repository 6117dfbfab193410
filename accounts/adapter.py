"""How signing in differs from the library's defaults: by invitation only, recorded, secrets encrypted at rest."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.lockout import forget_failures, key_of_password
from accounts.mail import queue_mail
from accounts.models import User
from accounts.permissions import needs_second_factor

JUST_SIGNED_IN_SECONDS = 300

RESET = "user.password-reset"
# The library's name for a change → our name of it, and the sentence.
SIGN_IN_CHANGES = {
    "account/email/password_changed": ("user.password-changed", "Your password was changed."),
    "account/email/password_reset": (RESET, "Your password was set anew through a mailed link."),
    "account/email/password_set": ("user.password-changed", "Your password was set."),
    "mfa/email/totp_activated": ("user.second-step-added", "Your second step at sign-in was set up."),
    "mfa/email/totp_deactivated": ("user.second-step-removed", "Your second step at sign-in was removed."),
    "mfa/email/recovery_codes_generated": ("user.recovery-codes-made", "Your recovery codes were made anew."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    error_messages = {  # noqa: RUF012  # the library's own attribute
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account has been closed. Ask an administrator to open it again.",
        "email_password_mismatch": "Check the e-mail address and the password: together they fit no account.",
        "enter_current_password": "Enter your current password as it is now.",
        "incorrect_code": "Enter the six digits that your app shows now, or an unused recovery code.",
        "incorrect_password": "Enter your password as it is now.",
        "invalid_password_reset": "This link has been used or has expired. Ask for a new one.",
        "too_many_login_attempts": "Too many attempts. Wait 15 minutes, then try again.",
        "rate_limited": "Too many attempts. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Somebody who signed in a moment ago is not asked again before setting up the second step."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - record["at"] < JUST_SIGNED_IN_SECONDS for record in records)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Somebody who may see children is led to the second step first."""
        if isinstance(request.user, User) and needs_second_factor(request.user):
            return reverse("mfa_activate_totp")
        return str(super().get_login_redirect_url(request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The library's key holds the host name too, so that each name of the same service bought more attempts."""
        return key_of_password(str(credentials.get("email", credentials.get("username", ""))))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        audit.record(by=user, at=timezone.now(), action="session.started", thing=user, text="Signed in.")
        if needs_second_factor(user):
            response["Location"] = reverse("mfa_activate_totp")
        return response

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """The library tells of a change to somebody's sign-in: into the audit trail and, in our words, by mail."""
        code, sentence = SIGN_IN_CHANGES.get(template_prefix, ("user.sign-in-changed", "Your sign-in was changed."))
        at = timezone.now()
        if code == RESET:
            # The page of the lock-out offers a new password as the way out: it must be one.
            # Wrong codes go on counting: a mailed link is no second step.
            forget_failures(user, codes=False)
        audit.record(by=user, at=at, action=code, thing=user, text=sentence.replace("Your", "Own", 1))
        queue_mail(
            to=user,
            subject="A change to how you sign in to sendready",
            body=f"{sentence}\n\nIf that was not you, tell an administrator at once.",
            at=at,
        )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library ships no types
    error_messages = {  # noqa: RUF012  # the library's own attribute
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Enter the six digits that your app shows now, or an unused recovery code.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


def _cipher(secret: str) -> Fernet:
    """A key of its own, so that the database alone gives nobody a second step."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second-factor:" + secret.encode()).digest()))
