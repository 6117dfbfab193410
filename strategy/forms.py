"""What people type about rows of the strategy. Forms clean to the fields of a row and never save."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.db.models import Model
from django.utils import timezone

from accounts.domain.typed_days import Unreadable, read_day
from accounts.models import Organisation, User
from accounts.typed_fields import TypedDayField
from documents.domain.links import link_fault
from indicators.models import Indicator
from strategy.actions.boards import FormerName
from strategy.models import (
    Aim,
    Board,
    BoardKind,
    LinkedKind,
    MeasureKind,
    Priority,
    SuccessKind,
    Verdict,
)
from strategy.stamps import names_stamp

NO_CHILD = "Never a child's name."


def short_text(label: str, *, most: int, help_text: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


def long_text(label: str, *, rows: int = 4, help_text: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20_000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _note() -> forms.CharField:
    return long_text("Note", rows=2, help_text=f"What to look at in the original, or what was found there. {NO_CHILD}")


class RowForm(forms.Form):
    """Fields of one row. `version` is the save that it was filled in against; a new row has none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    LABELS: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow()
        self._keep_what_stands()
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _keep_what_stands(self) -> None:
        """What the row holds stays a choice, also when it is no longer offered: a save never takes it away unasked."""
        for name, field in self.fields.items():
            if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
                continue
            held = self.initial.get(name)
            rows = held if isinstance(held, list) else [held]
            keys = [row.pk for row in rows if isinstance(row, field.queryset.model)]
            if keys:
                field.queryset = field.queryset | field.queryset.model._default_manager.filter(pk__in=keys)

    def narrow(self) -> None:
        """Limits choices to what stands; subclasses say how."""

    def words(self) -> dict[str, Any]:
        """The fields of the row, once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @classmethod
    def initial_of(cls, row: Model) -> dict[str, Any]:
        """What the form starts with for a row that stands."""
        found: dict[str, Any] = {}
        many = {field.name for field in row._meta.many_to_many}
        for name in cls.base_fields:
            value = getattr(row, name, None)
            found[name] = list(value.all()) if name in many and value is not None else value
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("from_on"), data.get("to_on")
        if starts and ends and ends < starts:
            self.add_error("to_on", "Give a last day that is not before the first.")
        return data


class StrategyForm(RowForm):
    title = short_text("Title", most=200, required=True)
    from_on = TypedDayField(label="Runs from", help_text="For example 01/04/2022")
    to_on = TypedDayField(label="Runs until")
    vision = long_text("Vision", rows=3)
    introduction = long_text("Introduction", rows=6)
    source = long_text("Source", rows=2, help_text="The document that it was taken from, with its date.")
    board = forms.ModelChoiceField(
        Board.objects.none(), label="Overseen by", required=False, empty_label="No board named"
    )

    def narrow(self) -> None:
        self.fields["board"].queryset = Board.objects.filter(archived_at=None)  # type: ignore[attr-defined]  # a choice


class TitledForm(RowForm):
    """A principle or an enabler."""

    title = short_text("Title", most=200, required=True)
    text = long_text("Text", rows=3)


class LinkedForm(RowForm):
    kind = forms.ChoiceField(label="What it is", choices=LinkedKind.choices)
    title = short_text("Title", most=200, required=True)
    period = short_text("Period", most=40, help_text="For example 2022 to 2027")
    note = long_text("Note", rows=2)
    url = short_text("Link", most=500, help_text="It starts with https://")

    def clean_url(self) -> str:
        link: str = self.cleaned_data["url"].strip()
        fault = link_fault(link) if link else ""
        if fault:
            raise forms.ValidationError(fault)
        return link


def _indicator() -> forms.ModelChoiceField[Indicator]:
    return forms.ModelChoiceField(
        Indicator.objects.none(),
        label="Indicator",
        required=False,
        empty_label="No indicator",
        help_text="The figure whose values show it.",
    )


class MeasuredForm(RowForm):
    def narrow(self) -> None:
        self.fields["indicator"].queryset = Indicator.objects.in_use()  # type: ignore[attr-defined]  # a choice field


class SuccessForm(MeasuredForm):
    kind = forms.ChoiceField(label="Kind", choices=SuccessKind.choices)
    text = long_text("What would show success", rows=2, required=True)
    how = long_text("How it is measured", rows=2)
    indicator = _indicator()


class ChallengeForm(RowForm):
    title = long_text("Challenge", rows=2, required=True)
    cause = long_text("Causes", help_text="One on each line.")
    impact = long_text("Impact", help_text="One on each line.")
    solutions = long_text("Solutions", help_text="One on each line.")
    priorities = forms.ModelMultipleChoiceField(
        Priority.objects.none(),
        label="Priorities that answer it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = _note()

    def narrow(self) -> None:
        standing = Priority.objects.filter(strategy__is_current=True, archived_at=None)
        self.fields["priorities"].queryset = standing  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("cause", "impact", "solutions"):
            lines = (" ".join(line.split()) for line in str(data.get(name, "")).splitlines())
            data[name] = "\n".join(line for line in lines if line)
        if len(str(data.get("title", ""))) > 300:
            self.add_error("title", "Say it in 300 characters.")
        return data


class PriorityForm(RowForm):
    title = short_text("Title", most=200, required=True)
    summary = long_text("Summary", rows=3)
    lead = forms.ModelChoiceField(User.objects.none(), label="Lead", required=False, empty_label="Nobody named yet")
    lead_organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Leading organisation", required=False, empty_label="None named yet"
    )

    def narrow(self) -> None:
        self.fields["lead"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]  # a choice
        today = timezone.localdate()
        members = Organisation.objects.exclude(to_on__lt=today)
        self.fields["lead_organisation"].queryset = members  # type: ignore[attr-defined]  # a choice field


class AnswerForm(RowForm):
    you_asked = long_text("You asked", rows=2, required=True)
    so_we_did = long_text("So we did", rows=3)
    result = long_text("Result", rows=2, help_text="Say it also when it was not achieved.")
    figure = short_text("Figure", most=120, help_text="For example 85 to 80 %")
    period = short_text("Period", most=60, help_text="For example 2017 to 2019")
    verdict = forms.ChoiceField(label="Verdict", choices=Verdict.choices)
    note = _note()


class AimForm(RowForm):
    text = long_text("Aim", rows=2, required=True)
    priority = forms.ModelChoiceField(Priority.objects.none(), label="Priority", empty_label=None)
    note = _note()

    def narrow(self) -> None:
        standing = Priority.objects.filter(strategy__is_current=True, archived_at=None)
        self.fields["priority"].queryset = standing  # type: ignore[attr-defined]  # a choice field


class MeasureForm(MeasuredForm):
    text = long_text("Measure", rows=2, required=True)
    kind = forms.ChoiceField(label="Kind", choices=MeasureKind.choices)
    aim = forms.ModelChoiceField(
        Aim.objects.none(), label="Aim", empty_label=None, help_text="Move it here when it stands under the wrong aim."
    )
    indicator = _indicator()
    baseline_value = short_text("Baseline", most=60, help_text="A figure needs one: where it stood, for example 85.2 %")
    baseline_period = short_text("Period of the baseline", most=60)
    target_value = short_text("Target", most=60, help_text="For example 90 %, or “as in England”")
    target_by_on = TypedDayField(label="Target by", required=False)
    how = long_text("How it is measured", rows=2)
    note = _note()

    def narrow(self) -> None:
        super().narrow()
        standing = Aim.objects.filter(
            priority__strategy__is_current=True, archived_at=None, priority__archived_at=None
        ).select_related("priority")
        self.fields["aim"].queryset = standing  # type: ignore[attr-defined]  # a choice field

    def words(self) -> dict[str, Any]:
        return {**super().words(), "target_by_on": self.cleaned_data["target_by_on"] or None}


class BoardForm(RowForm):
    name = short_text(
        "Name",
        most=160,
        required=True,
        help_text="Rename it here: the name that it had is kept as a former name.",
    )
    kind = forms.ChoiceField(label="Kind", choices=BoardKind.choices)
    chair = short_text("Chair", most=160, help_text="A role, for example Director of children's services.")
    purpose = long_text("Purpose", rows=3)
    reports_to = forms.ModelChoiceField(
        Board.objects.none(), label="Reports to", required=False, empty_label="Nobody: it is at the top"
    )
    from_on = TypedDayField(label="Meets since", required=False, help_text="For example 30/03/2023")
    to_on = TypedDayField(label="Met until", required=False, help_text="Leave empty while it meets.")

    def narrow(self) -> None:
        self.fields["reports_to"].queryset = Board.objects.filter(archived_at=None)  # type: ignore[attr-defined]  # a choice

    def words(self) -> dict[str, Any]:
        data = super().words()
        return {**data, "from_on": data["from_on"] or None, "to_on": data["to_on"] or None}


class FormerNamesForm(forms.Form):
    """The names that a board had, one on each line, with the days from and until which it had them."""

    names = forms.CharField(
        label="Former names",
        required=False,
        max_length=4000,
        help_text="One on each line: the name, then from and until, with semicolons between them. Leave out a day that "
        "is not known. For example: SEND Forum; 01/04/2022; 29/03/2023",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @staticmethod
    def initial_of(board: Board) -> dict[str, str]:
        lines = []
        for former in board.former_names.all():
            days = [f"{day:%d/%m/%Y}" if day else "" for day in (former.from_on, former.to_on)]
            lines.append("; ".join([former.name, *days]).rstrip("; "))
        return {"names": "\n".join(lines), "stamp": names_stamp(board)}

    def clean_names(self) -> list[FormerName]:
        found = []
        for number, line in enumerate(self.cleaned_data["names"].splitlines(), 1):
            if not line.strip():
                continue
            name, *days = [part.strip() for part in line.split(";")]
            if not name or len(name) > 160 or len(days) > 2:
                raise forms.ValidationError(f"Line {number}: write the name, then at most two days, as in the example.")
            try:
                read = [read_day(day) if day else None for day in days] + [None, None]
            except Unreadable as refused:
                raise forms.ValidationError(f"Line {number}: {refused.sentence}") from refused
            found.append(FormerName(name=name, from_on=read[0], to_on=read[1]))
        return found


class ImportForm(forms.Form):
    """A workbook or a Word document."""

    upload = forms.FileField(
        label="Workbook or Word document",
        help_text="A workbook that was exported here and edited since, or a Word document with tables of priorities. "
        "You see what would change before anything is stored.",
    )
