"""What people choose of the evidence log for an item."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout
from django import forms

from evidence.models import Evidence, EvidenceQuerySet


class TakeForm(forms.Form):
    """One item of the log, and what it says about the Annex A item."""

    evidence = forms.ModelChoiceField(
        queryset=Evidence.objects.none(), error_messages={"required": "Choose an item of the evidence log."}
    )
    relevance = forms.CharField(
        label="What does it say about this item?",
        max_length=500,
        help_text="One sentence.",
        error_messages={"required": "Say in a sentence what it says about this item."},
    )

    def __init__(self, *args: Any, items: EvidenceQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["evidence"].queryset = items
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field.text("relevance"))
