"""What people type about activities, voices, word lists and days before elections."""

from __future__ import annotations

from typing import Any

from crispy_forms_gds.layout import Field, Fluid, Size
from django import forms

from accounts.typed_fields import TypedDayField
from evidence.models import Evidence
from framework.models import Criterion
from selfeval.actions.heard import ActivityFacts, VoiceFacts
from selfeval.domain.rounds import groups_of
from selfeval.forms.hearing import NO_CHILD, criteria_now, dressed, quotable_evidence
from selfeval.models import ConsultationActivity, ElectionPeriod, HoldList, Voice


class HeardForm(forms.Form):
    """The fields that activities and voices share."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    criteria = forms.ModelMultipleChoiceField(
        label="Which criteria does it speak to?",
        queryset=Criterion.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    evidence = forms.ModelChoiceField(
        label="Which evidence shows it?",
        queryset=Evidence.objects.none(),
        required=False,
        empty_label="None yet",
        help_text="The minutes, the survey or the note, from the evidence log.",
    )

    def __init__(self, *args: Any, row: ConsultationActivity | Voice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        evidence, criteria = quotable_evidence(), criteria_now()
        if row is not None:
            # What it points at already stays a choice, whatever became of it.
            evidence = evidence | Evidence.objects.filter(pk__in=[row.evidence_id or 0])
            criteria = (criteria | Criterion.objects.filter(pk__in=row.criteria.values("pk"))).distinct()
        choices["evidence"].queryset, choices["criteria"].queryset = evidence, criteria


class ActivityForm(HeardForm):
    title = forms.CharField(
        label="What was it?", max_length=200, error_messages={"required": "Say what it was in a few words."}
    )
    held_on = TypedDayField(
        label="On which day?", help_text="For example 12/10/2026", error_messages={"required": "Give the day."}
    )
    kind = forms.CharField(
        label="What kind?", max_length=120, required=False, help_text="Workshop, survey, visit, forum meeting …"
    )
    groups = forms.CharField(
        label="Who took part?",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="One group on each line.",
    )
    people = forms.IntegerField(
        label="How many people?",
        required=False,
        min_value=0,
        max_value=100_000,
        help_text="Leave it empty if nobody counted.",
        error_messages={"invalid": "Give a whole number, or leave it empty."},
    )
    themes = forms.CharField(
        label="What did they say?",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=f"The themes, one on each line. {NO_CHILD}",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(
            self,
            "version",
            Field.text("title"),
            Field.text("held_on", field_width=Fluid.ONE_THIRD),
            Field.text("kind"),
            Field.textarea("groups", rows=3),
            Field.text("people", field_width=Fluid.ONE_QUARTER),
            Field.textarea("themes", rows=5),
            Field.checkboxes("criteria", legend_size=Size.SMALL, small=True),
            Field.select("evidence"),
        )

    def facts(self) -> ActivityFacts:
        data = self.cleaned_data
        return ActivityFacts(
            title=data["title"].strip(),
            held_on=data["held_on"],
            kind=data["kind"].strip(),
            groups="\n".join(groups_of(data["groups"])),
            people=data["people"],
            themes="\n".join(groups_of(data["themes"])),
            evidence=data["evidence"],
        )

    @staticmethod
    def initial_of(row: ConsultationActivity) -> dict[str, object]:
        names = ("version", "title", "held_on", "kind", "groups", "people", "themes", "evidence")
        return {**{name: getattr(row, name) for name in names}, "criteria": list(row.criteria.all())}


class VoiceForm(HeardForm):
    text = forms.CharField(
        label="The words",
        max_length=3000,
        widget=forms.Textarea,
        help_text=f"As they were said. {NO_CHILD}",
        error_messages={"required": "Write down the words."},
    )
    who = forms.CharField(
        label="Whose words, without a name?",
        max_length=200,
        required=False,
        help_text="“A mother of a child at primary school”, for example.",
    )
    source = forms.CharField(
        label="Where was it heard?",
        max_length=200,
        required=False,
        help_text="At a workshop, in a letter, in a survey …",
    )
    heard_on = TypedDayField(label="When?", required=False, help_text="For example 12/10/2026")
    consent = forms.CharField(
        label="How did they agree that it may be quoted?",
        max_length=200,
        required=False,
        help_text="“Said yes at the workshop; the form is with the SEND team.” Nothing is printed without it.",
    )
    is_synthetic = forms.BooleanField(label="It is made up, for a demonstration", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(
            self,
            "version",
            Field.textarea("text", rows=4),
            Field.text("who"),
            Field.text("source"),
            Field.text("heard_on", field_width=Fluid.ONE_THIRD),
            Field.text("consent"),
            Field.checkboxes("criteria", legend_size=Size.SMALL, small=True),
            Field.select("evidence"),
            Field("is_synthetic"),
        )

    def facts(self) -> VoiceFacts:
        data = self.cleaned_data
        texts = {name: data[name].strip() for name in ("text", "who", "source", "consent")}
        others = {name: data[name] for name in ("heard_on", "is_synthetic", "evidence")}
        return VoiceFacts(**texts, **others)

    @staticmethod
    def initial_of(row: Voice) -> dict[str, object]:
        names = ("version", "text", "who", "source", "heard_on", "consent", "is_synthetic", "evidence")
        return {**{name: getattr(row, name) for name in names}, "criteria": list(row.criteria.all())}


class LinesForm(forms.Form):
    """One list of words, one entry on each line."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    lines = forms.CharField(label="One entry on each line", required=False, max_length=60_000, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self, "version", Field.textarea("lines", rows=24))

    @staticmethod
    def initial_of(row: HoldList | None, lines: tuple[str, ...]) -> dict[str, object]:
        return {"version": row.version if row else 0, "lines": "\n".join(lines)}


class TryForm(forms.Form):
    """Words to try the lists on; nothing of them is kept."""

    text = forms.CharField(
        label="Try it on a sentence",
        max_length=1000,
        widget=forms.Textarea,
        help_text="Made-up words only. Nothing is kept.",
        error_messages={"required": "Write a sentence to try."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self, Field.textarea("text", rows=2))


class PeriodForm(forms.Form):
    """The days before an election."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="Which election?",
        max_length=120,
        help_text="“Local elections, May 2027”, for example.",
        error_messages={"required": "Say which election."},
    )
    from_on = TypedDayField(label="First day", error_messages={"required": "Give the first day."})
    to_on = TypedDayField(
        label="Last day", help_text="Usually the day of the election", error_messages={"required": "Give the last day."}
    )
    note = forms.CharField(
        label="Where the days are from",
        max_length=300,
        required=False,
        help_text="The monitoring officer's notice, for example.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(
            self,
            "version",
            Field.text("name"),
            Field.text("from_on", field_width=Fluid.ONE_THIRD),
            Field.text("to_on", field_width=Fluid.ONE_THIRD),
            Field.text("note"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("from_on") and data.get("to_on") and data["to_on"] < data["from_on"]:
            self.add_error("to_on", "Give a last day that is not before the first.")
        return data

    @staticmethod
    def initial_of(row: ElectionPeriod) -> dict[str, object]:
        return {name: getattr(row, name) for name in ("version", "name", "from_on", "to_on", "note")}
