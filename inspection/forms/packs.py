"""What people type about packs."""

from datetime import datetime, time
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fixed, Fluid, Layout, Size
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from framework.models import Batch
from inspection.domain.packs.names import PLACEHOLDERS, pattern_fault
from inspection.domain.packs.parts import PARTS
from inspection.forms.fields import TypedDayField, TypedTimeField
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


class DeliveryForm(forms.Form):
    """Where a pack went, when, by whom."""

    destination = forms.CharField(
        label="Uploaded where?",
        max_length=200,
        help_text="The name of the inspectors' upload site or folder.",
        error_messages={"required": "Say where it was uploaded."},
    )
    batch = forms.ChoiceField(
        label="Which deadline does it meet?",
        required=False,
        choices=[(Batch.ANNEX_A.value, "Annex A documents"), ("", "None of week 1")],
    )
    on = TypedDayField(label="Which day?", help_text="For example, 27/11/2026")
    at_time = TypedTimeField(
        label="What time?", help_text="For example, 16:45", error_messages={"required": "Give the time."}
    )
    delivered_by = forms.ModelChoiceField(
        label="By whom?", queryset=User.objects.none(), error_messages={"required": "Say who uploaded it."}
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="A receipt number, say. Never a child's name.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivered_by"].queryset = people  # type: ignore[attr-defined]  # a model choice field
        self.helper = _helper(
            Field.text("destination"),
            Field.select("batch"),
            Field.text("on", field_width=Fluid.ONE_HALF),
            Field.text("at_time", field_width=Fixed.FIVE),
            Field.select("delivered_by"),
            Field.textarea("note", rows=2),
        )

    def moment(self) -> datetime:
        """The moment in London. Call it once the form is valid."""
        at_time: time = self.cleaned_data["at_time"]
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], at_time))
