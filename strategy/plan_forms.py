"""What people type about plans, actions and areas for improvement as rows; saved like every row of the strategy."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.typed_fields import TypedDayField
from strategy.action_permissions import possible_leads
from strategy.forms import RowForm, long_text, short_text
from strategy.models import Aim, Board, PlanKind, Priority


class PlanForm(RowForm):
    title = short_text("Title", most=200, required=True)
    kind = forms.ChoiceField(label="What kind of plan is it?", choices=PlanKind.choices)
    priority = forms.ModelChoiceField(
        Priority.objects.none(),
        label="Priority",
        required=False,
        empty_label="No single priority",
        help_text="For the annual plan of a priority.",
    )
    from_on = TypedDayField(label="Runs from", help_text="For example 01/09/2026")
    to_on = TypedDayField(label="Runs until")
    board = forms.ModelChoiceField(
        Board.objects.none(), label="Overseen by", required=False, empty_label="No board named"
    )
    note = long_text("Note", rows=2)

    def narrow(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["priority"].queryset = Priority.objects.filter(strategy__is_current=True, archived_at=None)
        fields["board"].queryset = Board.objects.filter(archived_at=None)


class ActionForm(RowForm):
    text = long_text("Action", rows=3, required=True, help_text="What will be done. Never a child's name.")
    detail = long_text("More about it", rows=4)
    aim = forms.ModelChoiceField(Aim.objects.none(), label="Aim", required=False, empty_label="No aim of the strategy")
    lead = forms.ModelChoiceField(
        User.objects.none(),
        label="Lead",
        required=False,
        empty_label="Nobody yet",
        help_text="Who reports on it. Only people whose role may report are listed.",
    )
    lead_name = short_text("Lead, where they have no account", most=160)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Leading partner", required=False, empty_label="No partner named"
    )
    starts_on = TypedDayField(label="Starts on", required=False, help_text="For example 01/09/2026")
    due_on = TypedDayField(label="Due on", required=False)
    note = long_text("Note", rows=2, help_text="What to look at in the original, or what was found there.")

    def narrow(self) -> None:
        fields: dict[str, Any] = self.fields
        standing = Aim.objects.filter(priority__strategy__is_current=True, archived_at=None)
        fields["aim"].queryset = standing.filter(priority__archived_at=None).select_related("priority")
        fields["lead"].queryset = possible_leads()
        today = timezone.localdate()
        fields["organisation"].queryset = Organisation.objects.exclude(to_on__lt=today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, due = data.get("starts_on"), data.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", "Give a due day that is not before the start.")
        return data

    def words(self) -> dict[str, Any]:
        data = super().words()
        return {**data, "starts_on": data["starts_on"] or None, "due_on": data["due_on"] or None}


class AreaForm(RowForm):
    short_name = short_text("Short name, in our words", most=200, required=True)
    inspectors_words = long_text(
        "The inspectors' exact words",
        rows=4,
        help_text="Paste them from the report. sendready never brings them along: they are yours to fill in.",
    )
    report = short_text("Report", most=200, required=True)
    report_on = TypedDayField(label="Published on", required=False, help_text="For example 16/07/2024")
    page = short_text("Page", most=20)
    known_since_on = TypedDayField(
        label="Known since", required=False, help_text="Perhaps it was known before inspectors named it: since when?"
    )
    known_how = long_text("How it was known", rows=2)
    done = long_text("What was done", rows=4)
    changed = long_text(
        "What changed for children and families", rows=4, help_text="Say it also when nothing has changed yet."
    )

    def words(self) -> dict[str, Any]:
        data = super().words()
        return {**data, "report_on": data["report_on"] or None, "known_since_on": data["known_since_on"] or None}
