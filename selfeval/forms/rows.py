"""What people type about the parts of a cycle. Forms clean to the fields of a row and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.domain.roles import ROLE_NAMES, Role
from accounts.models import Organisation, User
from accounts.typed_fields import TypedDayField, TypedTimeField
from framework.models import Criterion, Framework
from selfeval.models import EventKind, Phase, SelfEvaluation
from selfeval.permissions import possible_leads
from strategy.forms import RowForm, long_text, short_text

NO_CHILD = "Never a child's name."
MARKERS = "Put proof behind a sentence: [E12] for evidence item 12, [F:ehc-plans] for a published figure."


class CycleForm(RowForm):
    """The head of a cycle, and its first phase."""

    title = short_text("Title", most=200, required=True)
    as_at_on = TypedDayField(
        label="As at", required=False, help_text="The day up to which it describes things. For example 30/11/2026"
    )
    journey = long_text(
        "The journey since the last inspection",
        rows=10,
        help_text=f"What inspectors found, what was done since, what changed. {MARKERS}",
    )
    capacity_to_improve = long_text(
        "Our capacity to improve",
        rows=6,
        help_text="How well does the partnership see what has to change, and change it? How do you know?",
    )


class SectionForm(RowForm):
    title = short_text("Title", most=200, required=True)
    phase = forms.ChoiceField(label="Where it stands", choices=Phase.choices)
    text = long_text("Text", rows=14, help_text=f"{MARKERS} {NO_CHILD}")


class ChapterForm(RowForm):
    text = long_text("Text", rows=14, help_text=f"{MARKERS} {NO_CHILD}")


class GapForm(RowForm):
    text = long_text("What we lack", rows=3, required=True, help_text="In one sentence.")
    route = long_text("How to get it", rows=2)
    owner = forms.ModelChoiceField(User.objects.none(), label="Who gets it", required=False, empty_label="Nobody named")
    owner_role = forms.ChoiceField(
        label="Or which role",
        required=False,
        choices=[("", "No role named"), *((role.value, ROLE_NAMES[role]) for role in Role)],
    )
    due_on = TypedDayField(label="By", required=False, help_text="For example 31/01/2027")

    def narrow(self) -> None:
        self.fields["owner"].queryset = User.objects.filter(is_active=True).order_by("name")  # type: ignore[attr-defined]  # a choice


class EventForm(RowForm):
    kind = forms.ChoiceField(label="What it is", choices=EventKind.choices)
    title = short_text("Title", most=200, required=True)
    held_on = TypedDayField(label="On", help_text="For example 12/01/2027")
    at_time = TypedTimeField(label="At", required=False, help_text="For example 14:00")
    place = short_text("Place", most=200, help_text="A room, or a link to the call.")
    criteria = forms.ModelMultipleChoiceField(
        Criterion.objects.none(),
        label="Criteria",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each gets a data sheet, and answers go straight into its three questions.",
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Who is invited", required=False, widget=forms.CheckboxSelectMultiple
    )
    note = long_text("Note", rows=3, help_text=f"What to bring, who chairs. {NO_CHILD}")

    def __init__(self, *args: Any, cycle: SelfEvaluation, **kwargs: Any) -> None:
        self.cycle = cycle
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        criteria = Criterion.objects.filter(framework=self.cycle.framework_id, is_archived=False)
        self.fields["criteria"].queryset = criteria.order_by("group__order", "order")  # type: ignore[attr-defined]  # a choice
        self.fields["organisations"].queryset = Organisation.objects.order_by("name")  # type: ignore[attr-defined]  # a choice


class StrengthForm(RowForm):
    text = long_text("Strength", rows=2, required=True, help_text=f"One sentence. {MARKERS}")


class AreaForm(RowForm):
    text = long_text("Area for development", rows=2, required=True, help_text="One sentence.")
    known_since_on = TypedDayField(label="Known since", required=False, help_text="For example 17/05/2024")
    how_found = long_text("How it was found", rows=2, help_text="An inspection, our figures, what families said.")
    done = long_text("What was done", rows=3, help_text=MARKERS)
    changed = long_text(
        "What changed", rows=3, help_text="For children and families, and how you know. Empty if nothing."
    )


class PositionForm(RowForm):
    as_at_on = TypedDayField(label="As at")
    text = long_text("Where it stands", rows=4, required=True, help_text=f"{MARKERS} {NO_CHILD}")


class LeadForm(RowForm):
    user = forms.ModelChoiceField(User.objects.none(), label="Who leads it", empty_label="Choose somebody")

    def narrow(self) -> None:
        self.fields["user"].queryset = possible_leads()  # type: ignore[attr-defined]  # a choice


class GradeForm(RowForm):
    label = short_text("Grade", most=80, required=True)
    description = long_text("What it means", rows=2)


class StartForm(RowForm):
    """The first of two steps: the second shows what would be carried over."""

    title = short_text("Title", most=200, required=True)
    started_on = TypedDayField(label="Starts on")
    framework = forms.ModelChoiceField(Framework.objects.none(), label="By which framework", empty_label=None)
    previous = forms.ModelChoiceField(
        SelfEvaluation.objects.none(),
        label="Carry over from",
        required=False,
        empty_label="Nothing: start empty",
        help_text="You see what would be carried over before anything is written. The earlier cycle stays as it is.",
    )

    def narrow(self) -> None:
        self.fields["framework"].queryset = Framework.objects.all()  # type: ignore[attr-defined]  # a choice
        self.fields["previous"].queryset = SelfEvaluation.objects.all()  # type: ignore[attr-defined]  # a choice
