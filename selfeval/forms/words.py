"""One list of words, as people edit it."""

from __future__ import annotations

from crispy_forms_gds.helper import FormHelper
from django import forms

from selfeval.domain.pointing import faults_of, lines_of


class WordsForm(forms.Form):
    lines = forms.CharField(
        label="Words and phrases",
        help_text="One on each line. A * at the end of a word lets it go on: improv* finds improved and improvement.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def clean_lines(self) -> str:
        text: str = self.cleaned_data["lines"]
        faults = faults_of(lines_of(text))
        if faults:
            raise forms.ValidationError(list(faults))
        return text
