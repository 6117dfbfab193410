"""What people type where many items come in, or one through a link."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fluid, Layout, Size
from django import forms

from accounts.models import Organisation, User
from accounts.typed_fields import TypedDayField
from documents.forms import ManyFilesField
from evidence.actions.bulk import MOST_FILES, Shared
from evidence.actions.items import FACT_NAMES, Facts
from evidence.actions.supply import DAYS, Asked, Sent
from evidence.actions.supply import MOST_FILES as MOST_SENT
from evidence.forms import KIND_HINTS, MARKING_HINTS
from evidence.models import Evidence, EvidenceKind, Marking

BACKWARDS = "Give a last day that is not before the first."


def _helper(*rows: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*rows)
    return helper


class PeriodForm(forms.Form):
    """The days that evidence covers."""

    covers_from_on = TypedDayField(
        label="It covers the time from", required=False, help_text="The first day, for example 1/9/2025"
    )
    covers_to_on = TypedDayField(label="to", required=False, help_text="The last day, for example 31/8/2026")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("covers_from_on"), data.get("covers_to_on")
        if starts and ends and ends < starts:
            self.add_error("covers_to_on", BACKWARDS)
        return data


class BulkForm(PeriodForm):
    """Many files, and what they have in common."""

    uploads = ManyFilesField(
        label="Files",
        help_text=f"Choose them, or drop them onto the button; {MOST_FILES} at a time.",
        error_messages={"required": "Choose at least one file."},
    )
    kind = forms.ChoiceField(
        label="What kind of evidence are they?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of evidence they are; each can be changed below."},
    )
    organisation = forms.ModelChoiceField(
        label="Which partner do they come from?",
        queryset=Organisation.objects.all(),
        required=False,
        empty_label="The partnership as a whole",
    )
    review_by_on = TypedDayField(label="Look at them again by", required=False)
    marking = forms.ChoiceField(label="Who may see them?", widget=forms.RadioSelect, initial=Marking.PARTNERSHIP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [Choice(kind.value, kind.label, hint=KIND_HINTS[kind]) for kind in EvidenceKind]
        fields["marking"].choices = [Choice(each.value, each.label, hint=MARKING_HINTS[each]) for each in Marking]
        self.helper = _helper(
            Field("uploads"),
            Field.radios("kind", legend_size=Size.SMALL, small=True),
            Field.select("organisation"),
            Field.text("covers_from_on", field_width=Fluid.ONE_THIRD),
            Field.text("covers_to_on", field_width=Fluid.ONE_THIRD),
            Field.text("review_by_on", field_width=Fluid.ONE_THIRD),
            Field.radios("marking", legend_size=Size.SMALL, small=True),
        )

    def clean_uploads(self) -> Any:
        uploads = self.cleaned_data["uploads"]
        if not uploads:
            raise forms.ValidationError("Choose at least one file.")
        return uploads

    def shared(self) -> Shared:
        names = ("kind", "organisation", "covers_from_on", "covers_to_on", "review_by_on", "marking")
        return Shared(**{name: self.cleaned_data[name] for name in names})


class RowForm(PeriodForm):
    """One of the new items, as far as a row holds it. `version` is the save that it was filled in against."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Give it a title."})
    kind = forms.ChoiceField(label="Kind", choices=EvidenceKind.choices)
    shows = forms.CharField(
        label="What does it show?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="One or two sentences. Never a child's name.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            "version",
            Field.text("title"),
            Field.textarea("shows", rows=2),
            Field.select("kind"),
            Field.text("covers_from_on", field_width=Fluid.ONE_THIRD),
            Field.text("covers_to_on", field_width=Fluid.ONE_THIRD),
        )

    @staticmethod
    def initial_of(evidence: Evidence) -> dict[str, object]:
        return {name: getattr(evidence, name) for name in RowForm.base_fields}

    def facts(self, evidence: Evidence) -> Facts:
        """The facts of the item with what this row changes."""
        values = {name: getattr(evidence, name) for name in FACT_NAMES}
        values |= {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        values["collected_on"] = values["collected_on"] or values["covers_to_on"]
        return Facts(**values)


class AskForm(forms.Form):
    """Who is asked for an item, and for what."""

    name = forms.CharField(
        label="Who is asked?",
        max_length=120,
        help_text="A person or a setting, for example the SENCO of a school.",
        error_messages={"required": "Say who is asked."},
    )
    email = forms.EmailField(
        label="E-mail address", required=False, help_text="Leave it empty to pass the link on yourself."
    )
    request = forms.CharField(
        label="What do you ask for?",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="They read this. Never a child's name.",
    )
    days = forms.TypedChoiceField(
        label="The link works for",
        coerce=int,
        choices=[(days, f"{days} days") for days in DAYS],
        initial=DAYS[1],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Field.text("email", field_width=Fluid.TWO_THIRDS),
            Field.textarea("request", rows=3),
            Field.select("days"),
        )

    def asked(self) -> Asked:
        return Asked(**{name: self.cleaned_data[name] for name in Asked.__slots__})


class ItemAskForm(AskForm):
    """The same for an item that is not in the log yet."""

    title = forms.CharField(
        label="What is it?",
        max_length=200,
        help_text="How a colleague would call it.",
        error_messages={"required": "Give it a title."},
    )
    kind = forms.ChoiceField(label="Kind", choices=EvidenceKind.choices)
    organisation = forms.ModelChoiceField(
        label="Which partner does it come from?",
        queryset=Organisation.objects.all(),
        required=False,
        empty_label="The partnership as a whole",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            Field.text("title"), Field.select("kind"), Field.select("organisation"), *self.helper.layout.fields
        )

    def facts(self, user: User) -> Facts:
        """A new item; who asks for it answers for it."""
        data = self.cleaned_data
        values: dict[str, Any] = dict.fromkeys(FACT_NAMES)
        values |= {"shows": "", "marking": Marking.PARTNERSHIP.value, "title": data["title"], "kind": data["kind"]}
        return Facts(**values | {"organisation": data["organisation"], "owner": user})


class SendForm(PeriodForm):
    """What somebody sends through a link."""

    uploads = ManyFilesField(
        label="Files",
        required=False,
        help_text=f"Word, Excel, PowerPoint, PDF, text or a picture; {MOST_SENT} at most.",
    )
    text = forms.CharField(label="Or write it down here", required=False, max_length=20_000, widget=forms.Textarea)
    shows = forms.CharField(
        label="What does it show?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="One or two sentences.",
    )
    note = forms.CharField(label="A note for whoever asked you", required=False, max_length=1000)
    has_no_names = forms.BooleanField(
        label="Nothing in it names a child, or lets one be recognised",
        error_messages={"required": "Look through it once more: nothing may name a child. Then tick this."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(
            Field("uploads"),
            Field.textarea("text", rows=5),
            Field.textarea("shows", rows=2),
            Field.text("covers_from_on", field_width=Fluid.ONE_THIRD),
            Field.text("covers_to_on", field_width=Fluid.ONE_THIRD),
            Field.text("note"),
            Field.checkbox("has_no_names", small=True),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("uploads") and not (data.get("text") or "").strip():
            self.add_error("uploads", "Choose a file, or write it down.")
        return data

    def sent(self) -> Sent:
        data = self.cleaned_data
        texts = {name: data[name].strip() for name in ("shows", "text", "note")}
        return Sent(covers_from_on=data["covers_from_on"], covers_to_on=data["covers_to_on"], **texts)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="Why is it not accepted?",
        max_length=1000,
        widget=forms.Textarea,
        help_text="Whoever sent it reads this behind the link.",
        error_messages={"required": "Say why it is not accepted: whoever sent it reads that."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(Field.textarea("reason", rows=3))


class WorkbookForm(forms.Form):
    upload = forms.FileField(
        label="Workbook",
        help_text="It ends in .xlsx or .ods.",
        error_messages={
            "required": "Choose a workbook that ends in .xlsx or .ods.",
            "empty": "This file is empty. Choose a workbook that ends in .xlsx or .ods.",
        },
    )
