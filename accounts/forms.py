"""Forms of people and settings: they clean to domain types and never save."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from accounts.domain.mail_topics import SWITCHABLE_TOPICS, TOPIC_NAMES, MailTopic
from accounts.domain.roles import ROLE_NAMES, Role
from accounts.handover import Owned
from accounts.models import Organisation, User
from accounts.typed_fields import TypedDayField

ROLE_CHOICES = [("", "Choose a role"), *((role.value, name) for role, name in ROLE_NAMES.items())]


class DayField(TypedDayField):
    """A day as people type it, the same on every page; a picker of the browser writes it in the browser's language."""

    def __init__(self, *, label: str, help_text: str = "For example, 27/11/2026", required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10"}),
            error_messages={"required": f"Enter a day for “{label}”, for example 27/11/2026."},
        )


class LaidOutForm(forms.Form):
    """Lays its fields out by the design system; the page owns the form element and the buttons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        for field in self.fields.values():
            if "required" in field.error_messages and not isinstance(field, DayField):
                field.error_messages["required"] = f"Enter something for “{field.label}”."
                if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
                    field.error_messages["required"] = f"Choose one for “{field.label}”."


def organisations_open() -> forms.ModelChoiceField[Organisation]:
    return forms.ModelChoiceField(Organisation.objects.all(), label="Organisation", required=False, empty_label="None")


class InviteForm(LaidOutForm):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="E-mail address",
        error_messages={"invalid": "Enter an e-mail address like name@council.gov.uk."},
    )
    role = forms.TypedChoiceField(label="Role", choices=ROLE_CHOICES, coerce=Role)
    organisation = organisations_open()


class AcceptForm(LaidOutForm):
    name = forms.CharField(label="Your name", max_length=120, help_text="As colleagues know you.")
    password1 = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three random words work well. Not one that is used elsewhere.",
    )
    password2 = forms.CharField(
        label="Your password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, again = cleaned.get("password1"), cleaned.get("password2")
        if first and again and first != again:
            self.add_error("password2", "Enter the same password twice.")
        if first:
            try:
                password_validation.validate_password(first, User(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class DaysForm(LaidOutForm):
    """From a day to a day, both included."""

    from_on = DayField(label="First day")
    to_on = DayField(label="Last day", required=False, help_text="For example, 27/11/2026. Leave empty for no end.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        from_on, to_on = cleaned.get("from_on"), cleaned.get("to_on")
        if from_on and to_on and to_on < from_on:
            self.add_error("to_on", "Enter a last day on or after the first day.")
        return cleaned


class RoleForm(DaysForm):
    role = forms.TypedChoiceField(label="Role", choices=ROLE_CHOICES, coerce=Role)
    organisation = organisations_open()

    field_order = ("role", "organisation", "from_on", "to_on")


class EndRoleForm(LaidOutForm):
    last_day = DayField(label="Last day")


class DeputyForm(DaysForm):
    deputy = forms.ModelChoiceField(User.objects.none(), label="Who stands in", empty_label="Choose a person")
    role = forms.TypedChoiceField(label="In which role", choices=(), coerce=Role)

    field_order = ("deputy", "role", "from_on", "to_on")

    def __init__(self, *args: Any, holder: User, asker: User, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: forms.ModelChoiceField[User] = self.fields["deputy"]  # type: ignore[assignment]  # declared above as that kind
        people.queryset = User.objects.filter(is_active=True).exclude(pk__in=[holder.pk, asker.pk])
        role_field: forms.ChoiceField = self.fields["role"]  # type: ignore[assignment]  # declared above as that kind
        role_field.choices = [(role.value, ROLE_NAMES[role]) for role in roles]
        self.fields["to_on"].required = True
        self.fields["to_on"].help_text = ""


class LeaveForm(LaidOutForm):
    starts_on = DayField(label="First day away")
    ends_on = DayField(label="Last day away")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Enter a last day on or after the first day.")
        return cleaned


class PersonForm(LaidOutForm):
    name = forms.CharField(label="Name", max_length=120)
    job_title = forms.CharField(label="Job title", max_length=120, required=False)
    organisation = organisations_open()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["organisation"]
            self.helper = FormHelper(self)
            self.helper.form_tag = False


class MailTopicsForm(LaidOutForm):
    topics = forms.MultipleChoiceField(
        label="Mail me about",
        choices=[(topic.value, TOPIC_NAMES[topic]) for topic in SWITCHABLE_TOPICS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Mail about your account and your roles always comes.",
    )

    def clean_topics(self) -> list[MailTopic]:
        return [MailTopic(topic) for topic in self.cleaned_data["topics"]]


class HandoverForm(LaidOutForm):
    """One person for each kind of thing that the leaver owns."""

    def __init__(self, *args: Any, leaver: User, owned: tuple[Owned, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in owned:
            self.fields[each.kind.code] = forms.ModelChoiceField(
                User.objects.filter(is_active=True).exclude(pk=leaver.pk),
                label=f"{each.kind.title} ({len(each.labels)})",
                empty_label="Choose who takes over",
                error_messages={"required": f"Choose who takes over: {each.kind.title}."},
            )
        self.helper = FormHelper(self)
        self.helper.form_tag = False
