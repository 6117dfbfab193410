"""Forms about files: the record of what is kept, several files from one input."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.core.files import File


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


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files from one input, as a list; what is in them is looked at by intake."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[File[bytes]]:
        files = data if isinstance(data, list | tuple) else [data]
        # An empty file is left for intake, which refuses it with its own sentence.
        return [file for file in files if isinstance(file, File)]
