"""The notification letter on one page: a small form for each line, one for what is added."""

import hashlib
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.domain.roles import ROLE_NAMES, Role
from accounts.typed_fields import TypedDayField, TypedTimeField
from inspection.actions.letters import LineEdit, NewLine
from inspection.domain.letter import Line, Standing, find_problem, list_steps, settle_line
from inspection.gather.letters import LetterRow, line_of
from inspection.models import Deadline, LetterStanding

FIELDS = ("title", "due_on", "due_time", "standing")


class LineForm(forms.Form):
    """One line. `seen` is the version that was shown, and a mark of what was shown: what nobody touched is left out."""

    title = forms.CharField(
        max_length=200,
        error_messages={
            "required": "Give it a name, or choose “Not asked for”.",
            "max_length": "Shorten the name to 200 characters.",
        },
    )
    due_on = TypedDayField(required=False)
    due_time = TypedTimeField(required=False)
    standing = forms.ChoiceField(choices=LetterStanding.choices)
    reason = forms.CharField(
        max_length=300, required=False, error_messages={"max_length": "Shorten the reason to 300 characters."}
    )
    seen = forms.RegexField(r"^\d+\.[0-9a-f]{12}$", error_messages={"invalid": "Load the page again."})

    def __init__(self, row: LetterRow, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=line_prefix(row))
        self.row = row
        self.line = line_of(row)

    @property
    def shown(self) -> dict[str, str]:
        """What the fields hold: what was typed, or the line as it stands."""
        if self.is_bound and self.add_prefix("seen") in self.data:
            return {name: str(self.data.get(self.add_prefix(name), "")) for name in (*FIELDS, "reason")}
        return {**values_of(self.line), "reason": ""}

    @property
    def is_touched(self) -> bool:
        """Whether somebody changed a field since the page was shown."""
        _, _, mark = str(self.data.get(self.add_prefix("seen"), "")).partition(".")
        typed = {name: str(self.data.get(self.add_prefix(name), "")).strip() for name in FIELDS}
        has_reason = bool(str(self.data.get(self.add_prefix("reason"), "")).strip())
        return has_reason or mark != mark_of(typed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # Against a line that somebody else has changed since, the action says what stands; nothing is checked here.
        if not self.errors and self.seen_version == self.row.version:
            wanted = settle_line(self.line, self.wanted)
            if problem := find_problem(list_steps(self.line, wanted), cleaned.get("reason", "")):
                self.add_error("reason", problem)
            if wanted.due_on is None and self.line.due_on is not None:
                self.add_error("due_on", "Give a day. What is not asked for is dropped, with a reason.")
            if wanted.due_time and not wanted.due_on:
                self.add_error("due_on", "Give the day as well as the time.")
        return cleaned

    @property
    def seen_version(self) -> int:
        """The version that was shown to whoever typed."""
        number = str(self.data.get(self.add_prefix("seen"), "")).partition(".")[0]
        return int(number) if number.isdecimal() else 0

    @property
    def wanted(self) -> Line:
        return Line(
            title=self.cleaned_data["title"],
            due_on=self.cleaned_data["due_on"],
            due_time=self.cleaned_data["due_time"],
            standing=Standing(self.cleaned_data["standing"]),
        )

    @property
    def edit(self) -> LineEdit:
        return LineEdit(
            row=self.row,
            version=self.seen_version,
            wanted=self.wanted,
            reason=self.cleaned_data["reason"],
        )


def line_prefix(row: LetterRow) -> str:
    """d12 for a deadline, i7 for an item: short, for there are many."""
    return f"{'d' if isinstance(row, Deadline) else 'i'}{row.pk}"


def values_of(line: Line) -> dict[str, str]:
    return {
        "title": line.title,
        "due_on": f"{line.due_on:%d/%m/%Y}" if line.due_on else "",
        "due_time": f"{line.due_time:%H:%M}" if line.due_time else "",
        "standing": line.standing.value,
    }


def mark_of(values: dict[str, str]) -> str:
    return hashlib.sha256("\0".join(values[name].strip() for name in FIELDS).encode()).hexdigest()[:12]


def seen_of(row: LetterRow, line: Line) -> str:
    return f"{row.version}.{mark_of(values_of(line))}"


class AddForm(forms.Form):
    """Something that the letter asks for and the list doesn't hold."""

    add_title = forms.CharField(label="What it asks for", max_length=200, required=False)
    add_is_item = forms.ChoiceField(
        label="It is",
        choices=[("item", "something to hand over"), ("deadline", "a deadline or a meeting")],
        required=False,
    )
    add_deadline = forms.ChoiceField(label="Handed over with", required=False)
    add_due_on = TypedDayField(label="Or on a day of its own", required=False)
    add_due_time = TypedTimeField(label="Time", required=False)
    add_owner_role = forms.ChoiceField(
        label="By whom",
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        initial=Role.LANO.value,
        required=False,
    )
    add_reason = forms.CharField(label="Where it stands in the letter", max_length=300, required=False)

    def __init__(self, deadlines: list[Deadline], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.deadlines = {str(row.pk): row for row in deadlines if not row.is_dropped}
        field = self.fields["add_deadline"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", "no deadline of the list"), *((pk, row.title) for pk, row in self.deadlines.items())]

    @property
    def is_used(self) -> bool:
        names = ("add_title", "add_due_on", "add_due_time", "add_reason")
        return any(str(self.data.get(name, "")).strip() for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.is_used or self.errors:
            return cleaned
        if not cleaned["add_title"]:
            self.add_error("add_title", "Write what the letter asks for.")
        if not cleaned["add_reason"]:
            self.add_error("add_reason", "Say where it stands in the letter, for example “page 3”.")
        has_deadline = cleaned["add_is_item"] != "deadline" and cleaned["add_deadline"]
        if not cleaned["add_due_on"] and not has_deadline:
            self.add_error("add_due_on", "Give its day, or choose the deadline with which it is handed over.")
        return cleaned

    @property
    def new_line(self) -> NewLine | None:
        if not self.is_used:
            return None
        is_item = self.cleaned_data["add_is_item"] != "deadline"
        return NewLine(
            is_item=is_item,
            title=self.cleaned_data["add_title"],
            reason=self.cleaned_data["add_reason"],
            due_on=self.cleaned_data["add_due_on"],
            due_time=self.cleaned_data["add_due_time"],
            deadline=self.deadlines.get(self.cleaned_data["add_deadline"]) if is_item else None,
            owner_role=Role(self.cleaned_data["add_owner_role"] or Role.LANO.value),
        )
