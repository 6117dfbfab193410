"""What people type about evidence."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Organisation, User
from accounts.typed_fields import TypedDayField
from documents.domain.links import link_fault
from documents.forms import ManyFilesField
from evidence.actions.items import FACT_NAMES, Facts
from evidence.actions.revisions import MAX_FILES, Words
from evidence.domain.revisions import LINK_WARNING
from evidence.models import Evidence, EvidenceKind, EvidenceRevision, Marking
from evidence.permissions import possible_owners
from framework.models import CriterionPoint, LensStatement

KIND_HINTS = {
    EvidenceKind.LIVED_EXPERIENCE: "What children, young people and families say: surveys, letters, complaints.",
    EvidenceKind.CASE_STUDY: "One journey, told so that nobody can be recognised.",
    EvidenceKind.AGGREGATED_DATA: "Figures about groups, never about one child.",
    EvidenceKind.QUALITY_ASSURANCE: "Audits, moderation, reviews by peers.",
    EvidenceKind.POLICY_OR_PLAN: "What was decided or agreed.",
}
MARKING_HINTS = {
    Marking.OPEN: "It may be quoted in what everybody reads.",
    Marking.PARTNERSHIP: "Read by those who work on the self-evaluation and the plans.",
    Marking.CONFIDENTIAL: "Never part of anything that is published; not even named there.",
}


class FactsForm(forms.Form):
    """What an item is. `version` is the save that it was filled in against."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="How a colleague would call it.",
        error_messages={"required": "Give it a title."},
    )
    kind = forms.ChoiceField(
        label="What kind of evidence is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of evidence it is."},
    )
    shows = forms.CharField(
        label="What does it show?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="One or two sentences, also when it shows that something does not work. Never a child's name.",
    )
    organisation = forms.ModelChoiceField(
        label="Which partner does it come from?",
        queryset=Organisation.objects.all(),
        required=False,
        empty_label="The partnership as a whole",
    )
    covers_from_on = TypedDayField(
        label="It covers the time from", required=False, help_text="The first day, for example 1/9/2025"
    )
    covers_to_on = TypedDayField(label="to", required=False, help_text="The last day, for example 31/8/2026")
    collected_on = TypedDayField(
        label="Collected on", required=False, help_text="Leave empty if it is the last day that it covers."
    )
    review_by_on = TypedDayField(
        label="Look at it again by", required=False, help_text="From then on it counts as out of date."
    )
    marking = forms.ChoiceField(label="Who may see it?", widget=forms.RadioSelect, initial=Marking.PARTNERSHIP)
    owner = forms.ModelChoiceField(
        label="Owner",
        queryset=User.objects.none(),
        required=False,
        empty_label="Me",
        help_text="Who keeps it right and up to date.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["kind"].choices = [Choice(kind.value, kind.label, hint=KIND_HINTS[kind]) for kind in EvidenceKind]
        choices["marking"].choices = [Choice(each.value, each.label, hint=MARKING_HINTS[each]) for each in Marking]
        owners, held = possible_owners(), self.initial.get("owner")
        # An owner who has left stays a choice: a change of something else doesn't take the item from them.
        choices["owner"].queryset = owners | User.objects.filter(pk=held.pk) if isinstance(held, User) else owners
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version",
            Field.text("title"),
            Field.radios("kind", legend_size=Size.SMALL, small=True),
            Field.textarea("shows", rows=3),
            Field.select("organisation"),
            Field.text("covers_from_on", field_width=Fluid.ONE_THIRD),
            Field.text("covers_to_on", field_width=Fluid.ONE_THIRD),
            Field.text("collected_on", field_width=Fluid.ONE_THIRD),
            Field.text("review_by_on", field_width=Fluid.ONE_THIRD),
            Field.radios("marking", legend_size=Size.SMALL, small=True),
            Field.select("owner"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("covers_from_on"), data.get("covers_to_on")
        if starts and ends and ends < starts:
            self.add_error("covers_to_on", "Give a last day that is not before the first.")
        return data

    def facts(self, user: User) -> Facts:
        """What was typed, as values; an owner left at “Me” is the person at the form. Call it on a valid form."""
        data = {name: self.cleaned_data[name] for name in FACT_NAMES}
        data["collected_on"] = data["collected_on"] or data["covers_to_on"]
        data["owner"] = data["owner"] or user
        return Facts(**data)

    @staticmethod
    def initial_of(evidence: Evidence) -> dict[str, object]:
        return {"version": evidence.version, **{name: getattr(evidence, name) for name in FACT_NAMES}}


class RevisionForm(forms.Form):
    """Files, a link or a text. `lock` is the save that it was filled in against."""

    lock = forms.IntegerField(widget=forms.HiddenInput, required=False)
    uploads = ManyFilesField(
        label="Attach files", required=False, help_text=f"One or more at a time, {MAX_FILES} in all."
    )
    link = forms.CharField(
        label="Link", required=False, max_length=500, help_text=f"It starts with https:// {LINK_WARNING}"
    )
    text = forms.CharField(
        label="Or write it down here",
        required=False,
        max_length=20_000,
        widget=forms.Textarea,
        help_text="What was seen, heard or counted. Never a child's name.",
    )
    note = forms.CharField(
        label="Note about this revision",
        required=False,
        max_length=1000,
        help_text="What changed since the last one, for example.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "lock", Field("uploads"), Field.text("link"), Field.textarea("text", rows=6), Field.text("note")
        )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        fault = link_fault(link) if link else ""
        if fault:
            raise ValidationError(fault)
        return link

    def words(self) -> Words:
        """What was typed, as values. Call it once the form is valid."""
        data = self.cleaned_data
        return Words(text=data["text"].strip(), link=data["link"], note=data["note"].strip())

    @staticmethod
    def initial_of(revision: EvidenceRevision) -> dict[str, object]:
        return {"lock": revision.lock, "text": revision.text, "link": revision.link, "note": revision.note}


class PointForm(forms.Form):
    """Which point of the criteria an item speaks to, and how."""

    point = forms.ModelChoiceField(
        label="Point",
        queryset=CriterionPoint.objects.none(),
        empty_label="Choose a point",
        error_messages={"required": "Choose the point that it speaks to."},
    )
    relevance = forms.CharField(
        label="What does it say about it?",
        max_length=500,
        help_text="One sentence.",
        error_messages={"required": "Say in a sentence what it says about this point."},
    )

    def __init__(
        self, *args: Any, points: tuple[tuple[str, tuple[CriterionPoint, ...]], ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["point"]
        field.queryset = CriterionPoint.objects.filter(pk__in=[point.pk for _, under in points for point in under])
        field.choices = [
            ("", "Choose a point"),
            *((criterion, [(point.pk, str(point)) for point in under]) for criterion, under in points),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field.select("point"), Field.text("relevance"))


class StatementForm(forms.Form):
    """Which statement of a lens an item speaks to, and how."""

    statement = forms.ModelChoiceField(
        label="Statement",
        queryset=LensStatement.objects.none(),
        empty_label="Choose a statement",
        error_messages={"required": "Choose the statement that it speaks to."},
    )
    says = forms.CharField(
        label="What does it say about this statement?",
        max_length=500,
        help_text="One sentence.",
        error_messages={"required": "Say in a sentence what it says about this statement."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["statement"]
        field.queryset = LensStatement.objects.filter(
            framework__is_current=True, is_archived=False, lens__is_archived=False
        ).order_by("lens__order", "order")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field.select("statement"), Field.text("says"))


class CheckForm(forms.Form):
    """What a second person found. `seen` stands for what the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput)
    found = forms.ChoiceField(
        label="Can anybody be recognised?",
        widget=forms.RadioSelect,
        choices=(
            Choice("clear", "No, nobody", hint="Not by name, place, dates or a rare combination of facts."),
            Choice("not", "Yes, or perhaps", hint="Something has to go first."),
        ),
        error_messages={"required": "Say whether anybody can be recognised."},
    )
    note = forms.CharField(
        label="What has to go?",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Say where it stands, without repeating it: “the second paragraph names a school”.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "seen", Field.radios("found", legend_size=Size.SMALL, small=True), Field.textarea("note", rows=3)
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("found") == "not" and not data.get("note", "").strip():
            self.add_error("note", "Say what has to go, without repeating it.")
        return data


class ReturnForm(forms.Form):
    """Why a revision goes back."""

    reason = forms.CharField(
        label="What has to change?",
        max_length=2000,
        widget=forms.Textarea,
        help_text="The supplier reads this and nothing else.",
        error_messages={"required": "Say what has to change, so that the supplier can mend it."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field.textarea("reason", rows=4))
