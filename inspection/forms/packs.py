"""What people type about packs."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size
from django import forms
from django.db.models import QuerySet

from inspection.domain.packs.names import PLACEHOLDERS, pattern_fault
from inspection.domain.packs.parts import PARTS
from inspection.models import Inspection


def _helper(*fields: object) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


class PackForm(forms.Form):
    """Which parts, and for which visit."""

    parts = forms.MultipleChoiceField(
        label="What goes in?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one part."},
    )
    occasion = forms.ChoiceField(label="For what?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, visits: QuerySet[Inspection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [  # type: ignore[attr-defined]  # a choice field
            Choice(part.code, part.title, hint=part.sentence) for part in PARTS
        ]
        self.fields["occasion"].choices = [  # type: ignore[attr-defined]  # a choice field
            *(Choice(str(visit.pk), str(visit), hint="As its letter asks for it") for visit in visits),
            Choice("", "The standing collection", hint="No inspection announced: a pack to try out and to keep"),
        ]
        self.fields["occasion"].required = False
        # With no visit there is nothing to choose: the standing collection it is.
        occasion = [Field.radios("occasion", legend_size=Size.SMALL)] if visits else []
        self.helper = _helper(Field.checkboxes("parts", legend_size=Size.SMALL), *occasion)

    def clean_occasion(self) -> int | None:
        return int(self.cleaned_data["occasion"]) if self.cleaned_data["occasion"] else None


class NamingForm(forms.Form):
    """The pattern of the names of documents inside packs."""

    pattern = forms.CharField(
        label="Naming pattern",
        max_length=120,
        help_text=f"Words between braces are filled in: {', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(Field.text("pattern"))

    def clean_pattern(self) -> str:
        pattern: str = self.cleaned_data["pattern"].strip()
        fault = pattern_fault(pattern)
        if fault:
            raise forms.ValidationError(fault)
        return pattern


class SignOffForm(forms.Form):
    """A word with the sign-off."""

    note = forms.CharField(label="Note", required=False, max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = "Optional. It is kept with the pack, outside its bytes."
        self.helper = _helper(Field.textarea("note", rows=2))
