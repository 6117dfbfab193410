"""What people type about rounds, comments, answers and what was heard. Forms clean to values and never save."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.models import Organisation
from accounts.typed_fields import TypedDayField, TypedTimeField
from evidence.models import Evidence, Marking
from framework.gather import current_framework
from framework.models import Criterion
from selfeval.actions.answers import Answer
from selfeval.actions.comments import LONGEST, Said, Sender
from selfeval.actions.invites import MOST_AT_ONCE, Person
from selfeval.actions.rounds import FACT_NAMES, Facts
from selfeval.domain.rounds import groups_of
from selfeval.models import (
    Channel,
    ConsultationRound,
    Decision,
    PublishedVersion,
)

NO_CHILD = "Never a child's name, nor anything by which one could be recognised."
USUAL_GROUPS = ("Members", "Parent carer forum", "Families", "SENDIASS", "Youth forum", "Schools and colleges")
PERSON = re.compile(r"^(?P<name>[^,;<>@]*?)\s*[,;<\t ]\s*(?P<email>[^\s,;<>]+@[^\s,;<>]+)>?$")


def dressed(form: Any, *fields: object) -> None:
    """Lays the fields out; the page owns the form and its button."""
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.disable_csrf = True
    form.helper.layout = Layout(*fields)


class RoundForm(forms.Form):
    """A round. `version` is the save that it was filled in against."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="What do you call it?",
        max_length=200,
        help_text="People see it first: “What is it like to wait for an assessment?”, for example.",
        error_messages={"required": "Give it a title that people understand."},
    )
    version_asked = forms.ModelChoiceField(
        label="Which version do you ask about?",
        queryset=PublishedVersion.objects.none(),
        empty_label="Choose a version",
        help_text="A consultation version is frozen before sign-off and marked as not final.",
        error_messages={"required": "Choose the version that people read."},
    )
    introduction = forms.CharField(
        label="What is it about?",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="A few plain sentences: why you ask, and what you will do with the answers.",
    )
    groups = forms.CharField(
        label="Who is asked?",
        max_length=1000,
        widget=forms.Textarea,
        help_text="One group on each line. Members sign in; the others come by an e-mail link.",
        error_messages={"required": "Say who is asked, one group on each line."},
    )
    questions = forms.CharField(
        label="What do you ask them?",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="One question on each line. People can always say something else as well.",
    )
    opens_on = TypedDayField(
        label="Opens on", help_text="For example 1/12/2026", error_messages={"required": "Give the day it opens."}
    )
    closes_on = TypedDayField(
        label="Closes on", help_text="Its last day", error_messages={"required": "Give its last day."}
    )
    election_reason = forms.CharField(
        label="Why it goes ahead before an election",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Only where its days touch a pre-election period. Your name and the day are kept with it.",
    )

    def __init__(self, *args: Any, asked: ConsultationRound | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = PublishedVersion.objects.filter(withdrawn_at=None)
        if asked is not None:
            versions = versions | PublishedVersion.objects.filter(pk=asked.version_asked_id)
        field: Any = self.fields["version_asked"]
        field.queryset = versions.select_related("self_evaluation")
        field.label_from_instance = lambda one: f"{one}, frozen {timezone.localtime(one.frozen_at):%d/%m/%Y}"
        dressed(
            self,
            "version",
            Field.text("title"),
            Field.select("version_asked"),
            Field.textarea("introduction", rows=4),
            Field.textarea("groups", rows=6),
            Field.textarea("questions", rows=5),
            Field.text("opens_on", field_width=Fluid.ONE_THIRD),
            Field.text("closes_on", field_width=Fluid.ONE_THIRD),
            Field.textarea("election_reason", rows=2),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "Give a last day that is not before the first.")
        return data

    def facts(self) -> Facts:
        """What was typed, as values. Call it once the form is valid."""
        data = dict(self.cleaned_data)
        for name in ("groups", "questions"):
            data[name] = "\n".join(groups_of(data[name]))
        for name in ("introduction", "election_reason"):
            data[name] = data[name].strip()
        return Facts(**{name: data[name] for name in FACT_NAMES})

    @staticmethod
    def initial_of(asked: ConsultationRound) -> dict[str, object]:
        return {"version": asked.version, **{name: getattr(asked, name) for name in FACT_NAMES}}


class InviteForm(forms.Form):
    """Who gets a link of their own."""

    group = forms.ChoiceField(label="Group", error_messages={"required": "Choose the group that they belong to."})
    people = forms.CharField(
        label="People",
        widget=forms.Textarea,
        max_length=30_000,
        help_text=f"One on each line: a name, a comma, an e-mail address. {MOST_AT_ONCE} at most.",
        error_messages={"required": "Write down at least one name and e-mail address."},
    )

    def __init__(self, *args: Any, groups: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["group"]
        field.choices = [("", "Choose a group"), *((one, one) for one in groups or USUAL_GROUPS)]
        dressed(self, Field.select("group"), Field.textarea("people", rows=8))

    def clean_people(self) -> tuple[Person, ...]:
        people, faults = [], []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), 1):
            if not line.strip():
                continue
            found = PERSON.match(line.strip())
            try:
                if found is None or not found["name"].strip():
                    raise ValidationError("")
                validate_email(found["email"])
            except ValidationError:
                faults.append(f"Line {number}: write a name, a comma and an e-mail address.")
                continue
            people.append(Person(name=" ".join(found["name"].split())[:200], email=found["email"].lower()))
        if len(people) > MOST_AT_ONCE:
            faults.append(f"These are {len(people)} people. Ask {MOST_AT_ONCE} at a time.")
        if faults:
            raise ValidationError(faults)
        return tuple(people)


class PaperForm(forms.Form):
    title = forms.CharField(
        label="What do people call it?", max_length=200, required=False, help_text="Else its file name."
    )
    upload = forms.FileField(label="File", error_messages={"required": "Choose a file."})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self, Field.text("title"), Field("upload"))


class AnswerForm(forms.Form):
    """An answer to one comment."""

    decision = forms.ChoiceField(
        label="What becomes of it?",
        choices=[
            (Decision.ACCEPTED, "Accepted: something changes"),
            (Decision.NOTED, "Noted: it is part of the picture now"),
            (Decision.NOT_ACCEPTED, "Not accepted, and why"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it."},
    )
    text = forms.CharField(
        label="Your answer",
        max_length=4000,
        widget=forms.Textarea,
        help_text="To the person who said it: plain, and with the reason where it is not accepted.",
        error_messages={"required": "Write an answer: people read it."},
    )
    what_changed = forms.CharField(
        label="What changed, or will change by when",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Needed where it is accepted.",
    )
    said = forms.CharField(
        label="What was said, in your own words",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text=f"Only this is shown to others, never the comment itself. {NO_CHILD}",
    )
    is_public = forms.BooleanField(
        label="Show it under “You said, we did”, where members, families and reports read it", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(
            self,
            Field.radios("decision", legend_size=Size.SMALL, small=True),
            Field.textarea("text", rows=4),
            Field.textarea("what_changed", rows=3),
            Field.textarea("said", rows=3),
            Field("is_public"),
        )

    def answer(self) -> Answer:
        data = self.cleaned_data
        return Answer(
            decision=Decision(data["decision"]),
            text=data["text"].strip(),
            what_changed=data["what_changed"].strip(),
            said=data["said"].strip(),
            is_public=data["is_public"],
        )


class HoldForm(forms.Form):
    reason = forms.CharField(
        label="Why should somebody look first?",
        max_length=300,
        help_text="One sentence, without the name itself.",
        error_messages={"required": "Say in a sentence why."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self, Field.text("reason"))


class LogForm(forms.Form):
    """A comment that came by e-mail, by phone or in a meeting, written down in somebody's name."""

    version_asked = forms.ModelChoiceField(
        label="Which version is it about?",
        queryset=PublishedVersion.objects.none(),
        empty_label="Choose a version",
        error_messages={"required": "Choose the version that it is about."},
    )
    consultation = forms.ModelChoiceField(
        label="In which round?", queryset=ConsultationRound.objects.none(), required=False, empty_label="In none"
    )
    criterion = forms.ModelChoiceField(
        label="About which criterion?",
        queryset=Criterion.objects.none(),
        required=False,
        empty_label="In general",
    )
    channel = forms.ChoiceField(
        label="How did it come?",
        choices=[(one.value, one.label) for one in Channel if one is not Channel.PAGE],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it came."},
    )
    came_on = TypedDayField(label="On which day?", error_messages={"required": "Give the day on which it came."})
    came_at = TypedTimeField(label="At what time?", required=False, help_text="If you know, for example 14:30")
    author_name = forms.CharField(
        label="In whose name?", max_length=200, error_messages={"required": "Say in whose name it stands."}
    )
    group = forms.CharField(
        label="Which group?", max_length=120, required=False, help_text="“Families” or “Youth forum”, for example."
    )
    organisation = forms.ModelChoiceField(
        label="For which organisation?",
        queryset=Organisation.objects.all(),
        required=False,
        empty_label="For none",
    )
    text = forms.CharField(
        label="What was said",
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text="As it was said. If it may name a child or tell of harm, it is held or passed on as any other.",
        error_messages={"required": "Write down what was said."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["version_asked"].queryset = PublishedVersion.objects.filter(withdrawn_at=None).select_related(
            "self_evaluation"
        )
        choices["consultation"].queryset = ConsultationRound.objects.all()
        choices["criterion"].queryset = criteria_now()
        dressed(
            self,
            Field.select("version_asked"),
            Field.select("consultation"),
            Field.select("criterion"),
            Field.radios("channel", legend_size=Size.SMALL, small=True),
            Field.text("came_on", field_width=Fluid.ONE_THIRD),
            Field.text("came_at", field_width=Fluid.ONE_THIRD),
            Field.text("author_name"),
            Field.text("group"),
            Field.select("organisation"),
            Field.textarea("text", rows=6),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day = data.get("came_on")
        if day and day > timezone.localdate():
            self.add_error("came_on", "Give a day that is not in the future.")
        asked, version = data.get("consultation"), data.get("version_asked")
        if asked and version and asked.version_asked_id != version.pk:
            self.add_error("consultation", "This round asks about another version. Choose that version, or no round.")
        return data

    def received_at(self, now: datetime) -> datetime:
        data = self.cleaned_data
        typed = datetime.combine(data["came_on"], data["came_at"] or time(12))
        return min(timezone.make_aware(typed), now)

    def said(self) -> Said:
        return Said(text=self.cleaned_data["text"], criterion=self.cleaned_data["criterion"])

    def sender(self) -> Sender:
        data = self.cleaned_data
        return Sender(name=data["author_name"].strip(), group=data["group"].strip(), organisation=data["organisation"])


def criteria_now() -> Any:
    framework = current_framework()
    if framework is None:
        return Criterion.objects.none()
    return Criterion.objects.filter(framework=framework, is_archived=False)


def quotable_evidence() -> Any:
    """Items that something may point at: in the log, and not confidential."""
    return Evidence.objects.filter(archived_at=None).exclude(marking=Marking.CONFIDENTIAL)
