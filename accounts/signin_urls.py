"""The library's pages that are open here: nobody signs up, and nobody changes an e-mail address, by themselves."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, re_path, reverse

from accounts.actions.first_run import PATH as FIRST_RUN
from accounts.models import User
from accounts.requests import any_signed_in


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """While nobody is here yet, every way in leads to the first run."""
    if not User.objects.exists():
        return HttpResponseRedirect(FIRST_RUN)
    response: HttpResponseBase = account.login(request)
    return response


@login_not_required
def signup_closed(request: HttpRequest) -> HttpResponseRedirect:
    """The library asks for this name; a person who comes here is shown the way in."""
    return HttpResponseRedirect(reverse("account_login"))


@any_signed_in
def email_closed(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("accounts:account-show"))


urlpatterns: list[URLPattern] = [
    path("login/", sign_in, name="account_login"),
    path("logout/", login_not_required(account.logout), name="account_logout"),
    path("inactive/", login_not_required(account.account_inactive), name="account_inactive"),
    path("signup/", signup_closed, name="account_signup"),
    path("email/", email_closed, name="account_email"),
    path("reauthenticate/", any_signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", any_signed_in(account.password_change), name="account_change_password"),
    path("password/set/", any_signed_in(account.password_set), name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", any_signed_in(second_step.index), name="mfa_index"),
    path("2fa/authenticate/", second_step.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", any_signed_in(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", any_signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", any_signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", any_signed_in(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        any_signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        any_signed_in(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
