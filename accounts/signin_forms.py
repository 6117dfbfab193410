"""The library's sign-in forms in our words and layout."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from crispy_forms_gds.helper import FormHelper

PASSWORD_HINT = "At least 12 characters. Three random words work well. Not one that is used elsewhere."  # noqa: S105  # a hint, not a password
CODE_HINT = "Six digits from your authenticator app, or one of your recovery codes."


def dress(form: Any, labels: dict[str, str], hints: dict[str, str] | None = None) -> None:
    """Gives a library form our labels and hints, no placeholders, and the layout helper."""
    hints = hints or {}
    for name, field in form.fields.items():
        field.label = labels.get(name, field.label)
        field.help_text = hints.get(name, "")
        field.widget.attrs.pop("placeholder", None)
        if field.required:
            field.error_messages["required"] = f"Enter {str(field.label)[:1].lower()}{str(field.label)[1:]}."
    form.helper = FormHelper(form)
    form.helper.form_tag = False


NEW_PASSWORD = {"password1": "Your new password", "password2": "Your new password again"}


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"login": "Your e-mail address", "password": "Your password"})


class PasswordChangeForm(account_forms.ChangePasswordForm):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"oldpassword": "Your current password", **NEW_PASSWORD}, {"password1": PASSWORD_HINT})


class PasswordResetForm(account_forms.ResetPasswordForm):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"email": "Your e-mail address"})


class PasswordFromLinkForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, NEW_PASSWORD, {"password1": PASSWORD_HINT})


class PasswordAgainForm(account_forms.ReauthenticateForm):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"password": "Your password"})


class CodeForm(mfa_forms.AuthenticateForm):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"code": "Your code"}, {"code": CODE_HINT})


class CodeAgainForm(mfa_forms.ReauthenticateForm):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"code": "Your code"}, {"code": CODE_HINT})


class SecondStepForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # the library ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, {"code": "The six digits that the app shows now"})
