"""Forms about versions."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms

WITHDRAW_WORDS = 2000


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        help_text="Whoever comes for this version reads the reason. Leave out anything about a child.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=WITHDRAW_WORDS,
        error_messages={"required": "Say why it is withdrawn."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
