"""What people type on the page of an action: how it goes, what shows it, its parts."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fieldset, Fluid, Layout, Size
from django import forms
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.typed_fields import TypedDayField
from documents.forms import ManyFilesField
from evidence.actions.items import Facts
from evidence.actions.revisions import Words
from evidence.models import Evidence, EvidenceKind, Marking
from evidence.permissions import evidence_of
from framework.models import CriterionPoint
from strategy.action_permissions import possible_leads
from strategy.actions.bulk import Change
from strategy.actions.reporting import NewProof, Told
from strategy.domain.status import STATE_NAMES, ActionState
from strategy.models import Plan

Points = tuple[tuple[str, tuple[CriterionPoint, ...]], ...]
PROGRESS = [(state.value, name) for state, name in STATE_NAMES.items()]


def laid_out(*fields: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


class ReportForm(forms.Form):
    """How an action goes, with evidence from the log or new."""

    progress = forms.ChoiceField(
        label="How does it stand?",
        widget=forms.RadioSelect,
        choices=PROGRESS,
        error_messages={"required": "Choose how it stands."},
    )
    reported_on = TypedDayField(label="As of", help_text="The day that it is about, for example 22/11/2026")
    text = forms.CharField(
        label="What happened, and what comes next?",
        max_length=4000,
        widget=forms.Textarea,
        help_text="Two or three sentences. Never a child's name.",
        error_messages={"required": "Say in a sentence what happened."},
    )
    evidence = forms.ModelMultipleChoiceField(
        label="Evidence that stands in the log",
        queryset=Evidence.objects.none(),
        required=False,
        help_text="Choose none, one or several (hold Ctrl).",
    )
    proof_title = forms.CharField(
        label="Title of new evidence",
        max_length=200,
        required=False,
        help_text="It then stands in the evidence log too. Leave empty for none.",
    )
    proof_kind = forms.ChoiceField(label="Kind", choices=EvidenceKind.choices, required=False)
    proof_shows = forms.CharField(label="What does it show?", max_length=2000, required=False, widget=forms.Textarea)
    covers_from_on = TypedDayField(label="It covers the time from", required=False)
    covers_to_on = TypedDayField(label="to", required=False)
    uploads = ManyFilesField(label="Files", required=False, help_text="One or more at a time.")
    is_impact = forms.BooleanField(
        label="This evidence shows impact: that the action made a difference, not only that it was done", required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["evidence"].queryset = evidence_of(user).standing()
        if not choices["evidence"].queryset.exists():
            del self.fields["evidence"]
        self.helper = laid_out(
            Field.radios("progress", legend_size=Size.SMALL, small=True),
            Field.text("reported_on", field_width=Fluid.ONE_THIRD),
            Field.textarea("text", rows=4),
            Fieldset(
                *([Field.select("evidence")] if "evidence" in self.fields else []),
                Field.text("proof_title"),
                Field.select("proof_kind"),
                Field.textarea("proof_shows", rows=2),
                Field.text("covers_from_on", field_width=Fluid.ONE_THIRD),
                Field.text("covers_to_on", field_width=Fluid.ONE_THIRD),
                Field("uploads"),
                Field.checkbox("is_impact", small=True),
                legend="What shows it",
                legend_size=Size.MEDIUM,
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day, today = data.get("reported_on"), timezone.localdate()
        if day and day > today:
            self.add_error("reported_on", "An update is about a day that has been. Give today or an earlier day.")
        if not data.get("proof_title") and data.get("uploads"):
            self.add_error("proof_title", "Give the new evidence a title, so that others find it.")
        starts, ends = data.get("covers_from_on"), data.get("covers_to_on")
        if starts and ends and ends < starts:
            self.add_error("covers_to_on", "Give a last day that is not before the first.")
        return data

    def told(self) -> Told:
        data = self.cleaned_data
        return Told(
            reported_on=data["reported_on"],
            progress=ActionState(data["progress"]),
            text=data["text"].strip(),
            evidence=tuple(data.get("evidence", ())),
            is_impact=data["is_impact"],
        )

    def proof(self, user: User) -> NewProof | None:
        """The new evidence; None where none was given."""
        data = self.cleaned_data
        if not data["proof_title"].strip():
            return None
        facts = Facts(
            kind=data["proof_kind"] or EvidenceKind.QUALITY_ASSURANCE.value,
            organisation=user.organisation,
            title=data["proof_title"].strip(),
            shows=data["proof_shows"].strip(),
            covers_from_on=data["covers_from_on"] or None,
            covers_to_on=data["covers_to_on"] or None,
            collected_on=data["covers_to_on"] or None,
            review_by_on=None,
            marking=Marking.PARTNERSHIP.value,
            owner=user,
        )
        text = "" if data["uploads"] else data["proof_shows"].strip()
        return NewProof(facts=facts, words=Words(text=text), uploads=data["uploads"])


class OverrideForm(forms.Form):
    state = forms.ChoiceField(
        label="State",
        widget=forms.RadioSelect,
        choices=PROGRESS,
        error_messages={"required": "Choose the state that is right."},
    )
    reason = forms.CharField(
        label="Why is the computed state not right?",
        max_length=1000,
        widget=forms.Textarea,
        help_text="Readers see the reason beside the state.",
        error_messages={"required": "Say why the computed state is not right: readers see the reason."},
    )
    from_on = TypedDayField(label="From", help_text="For example 22/11/2026")
    until_on = TypedDayField(label="Until", required=False, help_text="Leave empty until somebody withdraws it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out(
            Field.radios("state", legend_size=Size.SMALL, small=True),
            Field.textarea("reason", rows=3),
            Field.text("from_on", field_width=Fluid.ONE_THIRD),
            Field.text("until_on", field_width=Fluid.ONE_THIRD),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("from_on") and data.get("until_on") and data["until_on"] < data["from_on"]:
            self.add_error("until_on", "Give a last day that is not before the first.")
        return data


class ProofForm(forms.Form):
    """An item of the evidence log that speaks to an action."""

    evidence = forms.ModelChoiceField(
        label="Evidence",
        queryset=Evidence.objects.none(),
        empty_label="Choose an item",
        error_messages={"required": "Choose an item of the evidence log."},
    )
    relevance = forms.CharField(
        label="What does it say about this action?",
        max_length=500,
        help_text="One sentence.",
        error_messages={"required": "Say in a sentence what it says about this action."},
    )
    is_impact = forms.BooleanField(label="It shows impact: that the action made a difference", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["evidence"].queryset = evidence_of(user).standing()
        self.helper = laid_out(
            Field.select("evidence"), Field.text("relevance"), Field.checkbox("is_impact", small=True)
        )


class MilestoneForm(forms.Form):
    title = forms.CharField(
        label="Milestone", max_length=200, error_messages={"required": "Say what shall be reached by then."}
    )
    due_on = TypedDayField(label="Due on", help_text="For example 01/03/2027")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = laid_out(Field.text("title"), Field.text("due_on", field_width=Fluid.ONE_THIRD))


class PointForm(forms.Form):
    point = forms.ModelChoiceField(
        label="Point of the criteria",
        queryset=CriterionPoint.objects.none(),
        error_messages={"required": "Choose the point that it answers."},
    )
    why = forms.CharField(label="How does it answer it?", max_length=500, required=False, help_text="One sentence.")

    def __init__(self, *args: Any, points: Points = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["point"]
        field.queryset = CriterionPoint.objects.filter(pk__in=[point.pk for _, under in points for point in under])
        field.choices = [
            ("", "Choose a point"),
            *((criterion, [(point.pk, str(point)) for point in under]) for criterion, under in points),
        ]
        self.helper = laid_out(Field.select("point"), Field.text("why"))


class CoProducerForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label="Who made it with us?",
        queryset=Organisation.objects.none(),
        empty_label="Choose a partner",
        error_messages={"required": "Choose who made it with us."},
    )
    how = forms.CharField(label="How?", max_length=500, required=False, help_text="One sentence.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["organisation"].queryset = Organisation.objects.exclude(to_on__lt=timezone.localdate())
        self.helper = laid_out(Field.select("organisation"), Field.text("how"))


class PlansForm(forms.Form):
    """In which plans an action stands."""

    plans = forms.ModelMultipleChoiceField(
        label="Plans that it stands in",
        queryset=Plan.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["plans"].queryset = Plan.objects.filter(archived_at=None)
        self.helper = laid_out(Field.checkboxes("plans", legend_size=Size.SMALL, small=True), "stamp")


class BulkForm(forms.Form):
    """What to set for every chosen action; what stays empty stays as it is."""

    lead = forms.ModelChoiceField(
        label="Lead", queryset=User.objects.none(), required=False, empty_label="Leave as it is"
    )
    due_on = TypedDayField(label="Due on", required=False, help_text="Leave empty to keep the dates.")
    plan = forms.ModelChoiceField(
        label="Put into plan", queryset=Plan.objects.none(), required=False, empty_label="Leave as it is"
    )
    progress = forms.ChoiceField(
        label="Report as",
        choices=[("", "Report nothing"), *((state, name) for state, name in PROGRESS if state != "completed")],
        required=False,
    )
    text = forms.CharField(label="Words of the update", max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["lead"].queryset = possible_leads()
        choices["plan"].queryset = Plan.objects.filter(archived_at=None)
        self.helper = laid_out(
            Field.select("lead"),
            Field.text("due_on", field_width=Fluid.ONE_THIRD),
            Field.select("plan"),
            Field.select("progress"),
            Field.text("text"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("progress") and not data.get("text", "").strip():
            self.add_error("text", "Say in a sentence what the update tells: it stands with each action.")
        if not self.errors and not any(data.get(name) for name in ("lead", "due_on", "plan", "progress")):
            self.add_error("lead", "Choose at least one thing to set.")
        return data

    def change(self) -> Change:
        data = self.cleaned_data
        told = None
        if data["progress"]:
            told = Told(
                reported_on=timezone.localdate(), progress=ActionState(data["progress"]), text=data["text"].strip()
            )
        return Change(lead=data["lead"], due_on=data["due_on"] or None, plan=data["plan"], told=told)
