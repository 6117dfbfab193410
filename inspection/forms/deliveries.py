"""What people type about a delivery."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fixed, Fluid, Layout
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.typed_fields import TypedDayField, TypedTimeField
from documents.models import Export
from framework.models import Batch
from inspection.models import Inspection

NO_CHILD = "Never a child's name, date of birth or Unique ID."


def _layout(*fields: object) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A finished export, short enough for a narrow box: its version or name, its moment, the beginning of its sum."""

    def label_from_instance(self, obj: Any) -> str:
        made = timezone.localtime(obj.finished_at)
        name = f"Version {obj.version}" if obj.is_vaulted else obj.file_name
        return f"{name}, made {made:%-d %b %Y, %H:%M} ({obj.sha256[:8]}…)"


class DeliveryForm(forms.Form):
    """What went where, when, by whom. What is settled already (one visit, one version, one deadline) is not asked."""

    export = VersionField(
        label="Which version was uploaded?",
        queryset=Export.objects.none(),
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose the version that was uploaded."),
    )
    destination = forms.CharField(
        label="Uploaded where?",
        max_length=200,
        help_text="The name of the inspectors' upload site or folder.",
        error_messages={"required": "Say where it was uploaded."},
    )
    inspection = forms.ChoiceField(label="For which visit?", required=False)
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
        label="By whom?",
        queryset=User.objects.none(),
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Say who uploaded it."),
    )
    note = forms.CharField(label="Note", required=False, max_length=1000, widget=forms.Textarea)

    def __init__(
        self,
        *args: Any,
        people: QuerySet[User],
        exports: QuerySet[Export] | None = None,
        visits: Sequence[Inspection] = (),
        asks_batch: bool = False,
        note_help: str = "A receipt number, say.",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivered_by"].queryset = people  # type: ignore[attr-defined]  # a model choice field
        self.fields["note"].help_text = f"{note_help} {NO_CHILD}"
        self.fields["inspection"].choices = [  # type: ignore[attr-defined]  # a choice field
            *((str(visit.pk), str(visit) if visit.is_open else f"{visit} (closed)") for visit in visits),
            *([] if any(visit.is_open for visit in visits) else [("", "For none of them")]),
        ]
        rows: dict[str, object] = {
            "export": Field.select("export"),
            "destination": Field.text("destination"),
            "inspection": Field.select("inspection"),
            "batch": Field.select("batch"),
            "on": Field.text("on", field_width=Fluid.ONE_HALF),
            "at_time": Field.text("at_time", field_width=Fixed.FIVE),
            "delivered_by": Field.select("delivered_by"),
            "note": Field.textarea("note", rows=2),
        }
        asked = {
            "export": exports is not None,
            "inspection": len(visits) > 1 or any(not visit.is_open for visit in visits),
            "batch": asks_batch,
        }
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name], rows[name]
        if exports is not None:
            self.fields["export"].queryset = exports  # type: ignore[attr-defined]  # a model choice field
        self.helper = _layout(*rows.values())

    def moment(self) -> datetime:
        """The moment in London. Call it once the form is valid."""
        at_time: time = self.cleaned_data["at_time"]
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], at_time))


class WithdrawalForm(forms.Form):
    """Why a record says that nothing was delivered after all."""

    reason = forms.CharField(
        label="Why was nothing delivered?",
        max_length=1000,
        widget=forms.Textarea,
        help_text=NO_CHILD,
        error_messages={"required": "Say why: the record stays, with your reason."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _layout(Field.textarea("reason", rows=2))
