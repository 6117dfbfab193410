"""A report to read, a visit's facts put right, a text tied by hand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms

from accounts.typed_fields import TypedDayField
from indicators.models import Area
from inspection.domain.reports.facts import FACT_NAMES
from inspection.models import PublishedInspection
from inspection.models.published import OUTCOMES

DAY_HELP = "For example, 27/11/2026. Leave it empty where it isn't known."


class ReportForm(forms.Form):
    file = forms.FileField(
        label="Report",
        help_text="One .pdf file as published. Its name may end in the day of publication.",
        error_messages={
            "required": "Choose the report that you downloaded. Its name ends in .pdf.",
            "empty": "The file is empty. Download the report again.",
        },
    )


class StoreForm(forms.Form):
    """What a person adds before a report is stored: the area where its name isn't known, the day of publication."""

    area = forms.ModelChoiceField(
        label="Area",
        queryset=Area.objects.none(),
        to_field_name="code",
        empty_label="Choose the area",
        error_messages={"required": "Choose the area that the report is about."},
    )
    published_on = TypedDayField(label="Published on", required=False, help_text=DAY_HELP)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        areas = self.fields["area"]
        assert isinstance(areas, forms.ModelChoiceField)  # noqa: S101  # declared above
        areas.queryset = Area.objects.local_authorities()
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class FactsForm(forms.Form):
    """The facts of a visit as a person knows them."""

    started_on = TypedDayField(label="First day on site", required=False, help_text=DAY_HELP)
    ended_on = TypedDayField(label="Last day on site", required=False)
    published_on = TypedDayField(label="Published on", required=False)
    outcome = forms.TypedChoiceField(
        label="Outcome",
        choices=[("", "Not known"), *OUTCOMES],
        coerce=int,
        empty_value=None,
        required=False,
    )
    next_months = forms.IntegerField(
        label="Next visit within, months",
        min_value=1,
        max_value=120,
        required=False,
        help_text="18, 36 or 60, mostly.",
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-3"}),
    )
    next_activity = forms.CharField(
        label="What the report says comes next",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    previous_started_on = TypedDayField(label="Visit before: first day", required=False)
    previous_ended_on = TypedDayField(label="Visit before: last day", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    @staticmethod
    def initial_of(row: PublishedInspection) -> dict[str, Any]:
        return {name: getattr(row, name) for name in (*FACT_NAMES, "next_activity", "version")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for first, last in (("started_on", "ended_on"), ("previous_started_on", "previous_ended_on")):
            begins, ends = cleaned.get(first), cleaned.get(last)
            if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
                self.add_error(last, "This is before the first day. Check both.")
        if not (cleaned.get("started_on") or cleaned.get("published_on")):
            self.add_error("started_on", "Enter the first day on site, or the day of publication.")
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class TieForm(forms.Form):
    """One more criterion or theme for a text."""

    code = forms.ChoiceField(label="Criterion or theme", error_messages={"required": "Choose what the text is about."})

    def __init__(self, *args: Any, criteria: Mapping[str, str], themes: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        codes = self.fields["code"]
        assert isinstance(codes, forms.ChoiceField)  # noqa: S101  # declared above
        codes.choices = [
            ("", "Choose"),
            ("Criteria", [(f"criterion:{code}", f"{code} {title}".strip()) for code, title in criteria.items()]),
            ("Themes", [(f"theme:{code}", code) for code in themes]),
        ]
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    @property
    def tied(self) -> tuple[str, str]:
        kind, _, code = self.cleaned_data["code"].partition(":")
        return kind, code
