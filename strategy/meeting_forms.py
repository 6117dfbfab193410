"""What people type about meetings of a board."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from accounts.typed_fields import TypedDayField
from strategy.forms import NO_CHILD, RowForm, long_text, short_text
from strategy.models import Board, DecisionState, Priority


def _person(label: str) -> forms.ModelChoiceField[User]:
    return forms.ModelChoiceField(
        User.objects.none(),
        label=label,
        required=False,
        empty_label="Nobody chosen",
        help_text="Somebody who signs in.",
    )


class CallForm(RowForm):
    """A new meeting."""

    board = forms.ModelChoiceField(Board.objects.none(), label="Board", empty_label=None)
    held_on = TypedDayField(label="Day", help_text="For example 14/12/2026")
    place = short_text("Place", most=200)

    def narrow(self) -> None:
        self.fields["board"].queryset = Board.objects.filter(archived_at=None)  # type: ignore[attr-defined]  # a choice


class MeetingForm(RowForm):
    held_on = TypedDayField(label="Day")
    place = short_text("Place", most=200)


class ItemForm(RowForm):
    title = short_text("Item", most=300, required=True)
    priority = forms.ModelChoiceField(
        Priority.objects.none(),
        label="Priority",
        required=False,
        empty_label="None: an item of its own",
        help_text="Progress and delays are drawn from the actions of the priority.",
    )
    lead = _person("Who presents it")
    lead_name = short_text("Or their name, if they have no account here", most=160)
    note = long_text("Paper", rows=5, help_text=f"What the board should know before it decides. {NO_CHILD}")
    delays = long_text("About the delays", rows=3, help_text="Why, and what is done about it.")
    minutes = long_text("Minutes", rows=5, help_text=f"What was said, once the meeting was held. {NO_CHILD}")

    def narrow(self) -> None:
        self.fields["lead"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]  # a choice
        standing = Priority.objects.filter(strategy__is_current=True, archived_at=None)
        self.fields["priority"].queryset = standing  # type: ignore[attr-defined]  # a choice field


class DecisionForm(RowForm):
    text = long_text("Decision", rows=3, required=True, help_text=NO_CHILD)
    owner = _person("Who does it")
    owner_name = short_text("Or their name, if they have no account here", most=160)
    due_on = TypedDayField(label="By", required=False, help_text="For example 31/01/2027")
    state = forms.ChoiceField(label="How it stands", choices=DecisionState.choices)
    outcome = long_text("What came of it", rows=2)

    def narrow(self) -> None:
        self.fields["owner"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]  # a choice

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("owner") or data.get("owner_name")):
            self.add_error("owner", "Say who does it: choose somebody or write a name.")
        if data.get("state") == DecisionState.DROPPED and not data.get("outcome"):
            self.add_error("outcome", "Say why it was dropped.")
        return data

    def words(self) -> dict[str, Any]:
        return {**super().words(), "due_on": self.cleaned_data["due_on"] or None}
