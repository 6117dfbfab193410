"""What people say of an indicator: its words, notes on its series, targets."""

from decimal import Decimal
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.utils.text import slugify

from accounts.typed_fields import TypedDayField
from indicators.actions.indicators import WORDS, Words
from indicators.models import Indicator
from indicators.models.figures import DIRECTIONS, UNITS


class _Form(forms.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class IndicatorForm(_Form):
    """`version` is the save that the form was filled in against."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    name = forms.CharField(
        label="Name", max_length=160, error_messages={"required": "Enter a name that a board understands."}
    )
    unit = forms.ChoiceField(label="Unit", choices=UNITS)
    decimals = forms.TypedChoiceField(
        label="Decimal places that are shown", choices=[(n, f"{n}") for n in range(5)], coerce=int, initial=0
    )
    direction = forms.ChoiceField(label="Which way is good", choices=DIRECTIONS, widget=forms.RadioSelect)
    theme = forms.CharField(
        label="Theme", max_length=80, required=False, help_text="Groups it in lists: Timeliness, say."
    )
    definition = forms.CharField(
        label="Definition",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What is counted, of whom, and when, in your own words.",
    )
    source = forms.CharField(label="Source", max_length=300, required=False, help_text="Who publishes or keeps it.")
    is_unbounded = forms.BooleanField(
        label="It may fall below 0 or pass 100 per cent",
        required=False,
        help_text="Without this a percentage of 140 or a number below 0 is kept out of every import and named.",
    )

    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in WORDS})


class NewIndicatorForm(IndicatorForm):
    """An indicator that the area keeps itself."""

    def code(self) -> str:
        name: str = self.cleaned_data.get("name", "")
        return str(slugify(name))[:60].strip("-")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not slugify(name):
            raise forms.ValidationError("Use letters or digits in the name.")
        if Indicator.objects.filter(code=self.code()).exists():
            raise forms.ValidationError("There is an indicator with such a name already. Find another name.")
        return name


class NoteForm(_Form):
    text = forms.CharField(
        label="Note",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What a reader of the series has to know, such as “2021: data cleanse”.",
        error_messages={"required": "Enter the note."},
    )
    period_label = forms.CharField(
        label="Period it is about (optional)",
        max_length=40,
        required=False,
        help_text="As the series writes it: 2024 or 2024/25.",
    )
    about_on = TypedDayField(label="Day it is about (optional)", required=False, help_text="As in 15/1/2021.")
    is_for_all = forms.BooleanField(label="It holds for every area, not for ours alone", required=False)


class TargetForm(_Form):
    value = forms.DecimalField(
        label="Target",
        max_digits=14,
        decimal_places=4,
        error_messages={"required": "Enter the value to reach, such as 90.", "invalid": "Enter a number, such as 90."},
    )
    by_on = TypedDayField(
        label="By",
        help_text="As in 31/12/2027.",
        error_messages={"required": "Enter the day, as in 31/12/2027."},
    )
    set_by = forms.CharField(
        label="Set by", max_length=200, help_text="The paper or the board.",
        error_messages={"required": "Say who set it: the strategy, say."},
    )  # fmt: skip

    def clean_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["value"]
        return value


class OwnFileForm(_Form):
    file = forms.FileField(
        label="Filled-in template",
        help_text="Excel (.xlsx), OpenDocument (.ods) or CSV (.csv).",
        error_messages={"required": "Choose the template that you filled in."},
    )
