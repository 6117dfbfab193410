"""What people type about the answer of a request item."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fluid, Layout, Size
from django import forms
from django.db.models import QuerySet

from accounts.models import User
from accounts.typed_fields import TypedDayField
from documents.domain.links import link_fault
from documents.forms import ManyFilesField
from inspection.actions.items import MAX_FILES, Words
from inspection.domain.submissions import ANSWER_NAMES, Answer
from inspection.models import ItemSubmission

ANSWER_HINTS = {
    Answer.FILES: "Word, Excel, PowerPoint, PDF, text or a picture. Nobody can change what you attach.",
    Answer.LINK: "Links rot: attach the file as well whenever you can.",
    Answer.NONE: "An approver has to agree. Inspectors read the reason in the index of the pack.",
}


class DraftForm(forms.Form):
    """The words of one version and the files to add to it. `lock` is the save that it was filled in against."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(label="What answers this item?", widget=forms.RadioSelect)
    uploads = ManyFilesField(
        label="Attach files",
        required=False,
        help_text=f"One or more at a time, {MAX_FILES} in all.",
    )
    link = forms.CharField(
        label="Link",
        required=False,
        max_length=500,
        help_text="Only if the answer is a link. It starts with https://",
    )
    none_reason = forms.CharField(
        label="None, because …",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Only if there is none: why, and what is done instead.",
    )
    as_at_on = TypedDayField(
        label="As at",
        required=False,
        help_text="The day as at which it is right, for example 31/10/2026",
    )
    review_by_on = TypedDayField(
        label="Review by",
        required=False,
        help_text="Leave empty for a year after the as-at date.",
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Anything that a reader of the index should know. Never a child's name.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [  # type: ignore[attr-defined]  # a choice field
            Choice(answer.value, name, hint=ANSWER_HINTS[answer]) for answer, name in ANSWER_NAMES.items()
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "lock",
            Field.radios("answer", legend_size=Size.MEDIUM),
            Field("uploads"),
            Field.text("link"),
            Field.textarea("none_reason", rows=3),
            Field.text("as_at_on", field_width=Fluid.ONE_HALF),
            Field.text("review_by_on", field_width=Fluid.ONE_HALF),
            Field.textarea("note", rows=3),
        )

    def clean_answer(self) -> Answer:
        return Answer(self.cleaned_data["answer"])

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        fault = link_fault(link) if link else ""
        if fault:
            raise forms.ValidationError(fault)
        return link

    def words(self) -> Words:
        """What was typed, as values. Call it once the form is valid."""
        data = self.cleaned_data
        return Words(
            answer=data["answer"],
            link=data["link"],
            none_reason=data["none_reason"].strip(),
            note=data["note"].strip(),
            as_at_on=data["as_at_on"] or None,
            review_by_on=data["review_by_on"] or None,
        )

    @staticmethod
    def initial_of(submission: ItemSubmission) -> dict[str, object]:
        return {
            "lock": submission.lock,
            "answer": submission.answer,
            "link": submission.link,
            "none_reason": submission.none_reason,
            "note": submission.note,
            "as_at_on": _typed(submission.as_at_on),
            "review_by_on": _typed(submission.review_by_on),
        }


def _typed(day: date | None) -> str:
    """A day as people type it."""
    return f"{day:%d/%m/%Y}" if day else ""


class ReturnForm(forms.Form):
    """Why a version goes back."""

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


class OwnerForm(forms.Form):
    """Who answers for an item."""

    owner = forms.ModelChoiceField(
        label="Owner",
        queryset=User.objects.none(),
        empty_label="Nobody",
        required=False,
        help_text="The person who keeps this item right all year.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a model choice field
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Field.select("owner"))
