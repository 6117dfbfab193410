"""What people type about the likely six."""

from crispy_forms_gds.helper import FormHelper
from django import forms


class SeedForm(forms.Form):
    seed = forms.CharField(
        label="Seed",
        max_length=40,
        help_text="Any word or number. The same seed and rows give the same six; another seed gives others as good.",
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"required": "Enter a seed: any word or number."},
    )

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True


class OtherChildForm(forms.Form):
    unique_id = forms.CharField(
        label="Another child, by Unique ID",
        max_length=80,
        help_text="As it stands in the lists.",
        widget=forms.TextInput(attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": "Enter the Unique ID of a child in the lists."},
    )

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
