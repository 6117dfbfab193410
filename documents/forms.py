"""Forms of the record of what is kept."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        help_text="One sentence, without a child's name. It stands in the audit trail.",
        max_length=300,
        error_messages={"required": "Say why, in one sentence."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
