"""What an administrator types to paste official wording and to compare two rulebooks."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms

from accounts.typed_fields import TypedDayField
from framework.models import Framework

MOST_WORDS = 60_000


class _Laid(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields)


class PasteForm(_Laid):
    """The text, or a document that holds it."""

    framework = forms.ModelChoiceField(
        label="Rulebook", queryset=Framework.objects.none(), error_messages={"required": "Choose a rulebook."}
    )
    source = forms.CharField(
        label="Where is it from?",
        max_length=300,
        help_text="The document with its date, for example: Area SEND inspections: framework and handbook, 6 June 2025",
        error_messages={"required": "Name the document and its date."},
    )
    confirmed_on = TypedDayField(label="When did you check it?", help_text="For example 22/11/2026")
    text = forms.CharField(
        label="The official text",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Paste the part with the criteria and what stands beneath each, as it is.",
    )
    upload = forms.FileField(
        label="Or a document that holds it", required=False, help_text="Word, PDF, OpenDocument or plain text."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["framework"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = Framework.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text", "").strip() and not cleaned.get("upload") and "upload" not in self.errors:
            self.add_error("text", "Paste the text, or choose a document.")
        return cleaned


class ConfirmForm(forms.Form):
    """The proposals as a person settled them: for each line its words and the code of a row, or nothing."""

    framework = forms.ModelChoiceField(queryset=Framework.objects.all())
    source = forms.CharField(max_length=300)
    confirmed_on = forms.DateField()
    count = forms.IntegerField(min_value=1, max_value=400)


class CompareForm(forms.Form):
    """Two rulebooks that are loaded, or a file of one."""

    old = forms.ModelChoiceField(label="From", queryset=Framework.objects.all(), required=False)
    new = forms.ModelChoiceField(label="To", queryset=Framework.objects.all(), required=False)
