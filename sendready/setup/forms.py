"""Forms of the first run and of the settings. They clean to unsaved rows and never save."""

import re
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms

from accounts.domain.term_dates import Holiday
from accounts.forms import DayField, DaysForm, LaidOutForm
from accounts.models import LocalArea, Organisation, OrganisationKind, SchoolHoliday, User

AREA_FIELDS = (
    "name",
    "partnership_name",
    "la_code",
    "ons_code",
    "region_name",
    "short_code",
    "marking",
    "strategic_board_name",
)


def shaped(pattern: str, sentence: str) -> Any:
    """A check of a text's shape that says what it should look like."""

    def check(value: str) -> None:
        if not re.fullmatch(pattern, value):
            raise forms.ValidationError(sentence)

    return check


class AreaForm(LaidOutForm):
    name = forms.CharField(label="Name of the local area", max_length=120)
    la_code = forms.CharField(
        label="Local authority code",
        help_text="Three digits, as in the DfE's statistics.",
        validators=[shaped(r"\d{3}", "Enter the three digits of the local authority code, such as 852.")],
    )
    ons_code = forms.CharField(
        label="ONS code",
        validators=[shaped(r"E\d{8}", "Enter an E and eight digits, such as E06000045.")],
    )
    region_name = forms.CharField(label="Region", max_length=60)
    partnership_name = forms.CharField(
        label="Name of the partnership", max_length=160, help_text="As it stands in the header of every page."
    )
    short_code = forms.CharField(
        label="Short code",
        max_length=20,
        help_text="Starts the name of every exported file: capital letters, digits and hyphens.",
        validators=[shaped(r"[A-Z][A-Z0-9-]*", "Use capital letters, digits and hyphens, starting with a letter.")],
    )
    marking = forms.CharField(label="Marking", max_length=60, help_text="Stands at the top of every page and document.")
    strategic_board_name = forms.CharField(label="Board that answers for SEND", max_length=120)


class FirstAreaForm(AreaForm):
    council_name = forms.CharField(label="Name of the council", max_length=160)


class AreaSettingsForm(AreaForm):
    safeguarding_lead = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label="Safeguarding lead",
        required=False,
        empty_label="Nobody yet",
        help_text="Is told when a comment or an audit discloses harm.",
    )
    suppress_up_to = forms.IntegerField(
        label="Suppress numbers up to",
        min_value=1,
        max_value=20,
        help_text="Figures about children of this size and under are shown as c to whoever may not see the rows.",
        error_messages={
            "min_value": "Enter a number from 1 to 20; 5 is usual.",
            "max_value": "Enter a number from 1 to 20; 5 is usual.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AdministratorForm(LaidOutForm):
    admin_name = forms.CharField(label="Name of the first administrator", max_length=120)
    admin_email = forms.EmailField(
        label="Their e-mail address",
        error_messages={"invalid": "Enter an e-mail address like name@council.gov.uk."},
    )


class RowForm(DaysForm):
    """One row of a table of typed names with days; an empty name leaves the row out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class BoardRow(RowForm):
    name = forms.CharField(label="Integrated care board", max_length=160, required=False)
    from_on = DayField(label="Member from", help_text="", required=False)
    to_on = DayField(label="Member until", required=False, help_text="Empty while it lasts.")
    field_order = ("name", "from_on", "to_on")

    def organisation(self) -> Organisation | None:
        words = self.cleaned_data
        if not words.get("name"):
            return None
        return Organisation(
            name=words["name"], kind=OrganisationKind.ICB, from_on=words.get("from_on"), to_on=words.get("to_on")
        )


class HolidayRow(RowForm):
    name = forms.CharField(label="Holiday", max_length=80, required=False)
    from_on = DayField(label="First day", help_text="", required=False)
    to_on = DayField(label="Last day", help_text="", required=False)
    field_order = ("name", "from_on", "to_on")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("name"):
            for field in ("from_on", "to_on"):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, f"Enter both days of “{cleaned['name']}”, or empty its name.")
        return cleaned

    def holiday(self) -> Holiday | None:
        words = self.cleaned_data
        return Holiday(words["name"], words["from_on"], words["to_on"]) if words.get("name") else None


BoardRows = forms.formset_factory(BoardRow, extra=0, max_num=12)
HolidayRows = forms.formset_factory(HolidayRow, extra=0, max_num=40)


class OrganisationForm(LaidOutForm):
    name = forms.CharField(label="Name", max_length=160)
    kind = forms.ChoiceField(label="Kind", choices=OrganisationKind.choices)
    from_on = DayField(label="Member from", required=False)
    to_on = DayField(label="Member until", required=False, help_text="Empty while it lasts.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Organisation.objects.filter(name__iexact=name)
        if self.organisation is not None:
            others = others.exclude(pk=self.organisation.pk)
        if others.exists():
            raise forms.ValidationError("An organisation with this name exists. Change that one instead.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        from_on, to_on = cleaned.get("from_on"), cleaned.get("to_on")
        if from_on and to_on and to_on < from_on:
            self.add_error("to_on", "Enter a last day on or after the first day.")
        return cleaned


class HolidayForm(LaidOutForm):
    name = forms.CharField(label="Name", max_length=80)
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, holiday: SchoolHoliday | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holiday = holiday

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Enter a last day on or after the first day.")
        return cleaned


def area_of(words: dict[str, Any]) -> LocalArea:
    return LocalArea(**{field: words[field] for field in AREA_FIELDS})
