"""What people type about a criterion: the partnership's judgement, and a partner's own view."""

from __future__ import annotations

from typing import Any

from django import forms

from selfeval.forms.rows import MARKERS, NO_CHILD
from selfeval.models import Confidence, OutcomeChoice, ScaleGrade, ScaleSetting
from strategy.forms import RowForm, long_text

CONFIDENCES = [("", "Not said yet"), *Confidence.choices]


def is_scale_on() -> bool:
    """Whether criteria are graded here; on until somebody switches it off."""
    setting = ScaleSetting.objects.first()
    return setting is None or setting.is_on


def _grade() -> forms.ModelChoiceField[ScaleGrade]:
    return forms.ModelChoiceField(
        ScaleGrade.objects.none(),
        label="Grade",
        required=False,
        empty_label="Not graded",
        help_text="On our own scale. There is no national one, and no grade is worked out.",
    )


class GradedForm(RowForm):
    """A form with a grade, unless the scale is switched off or empty."""

    def __init__(self, *args: Any, is_graded: bool, **kwargs: Any) -> None:
        self.is_graded = is_graded
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        if not self.is_graded:
            del self.fields["grade"]
            return
        self.fields["grade"].queryset = ScaleGrade.objects.filter(archived_at=None)  # type: ignore[attr-defined]  # a choice


class EvaluationForm(GradedForm):
    know = long_text("What do we know?", rows=9, help_text=f"{MARKERS} {NO_CHILD}")
    meaning = long_text("What does it mean?", rows=6, help_text="For children and families: why does it matter?")
    next_steps = long_text("What next?", rows=5, help_text="What will be done, by whom, and what should then differ.")
    child_friendly = long_text(
        "In plain words for children and young people", rows=3, help_text="Short sentences. It goes into their edition."
    )
    grade = _grade()
    confidence = forms.ChoiceField(
        label="Confidence in the evidence",
        required=False,
        choices=CONFIDENCES,
        help_text="How far does the evidence carry the judgement?",
    )


class ViewForm(GradedForm):
    text = long_text(
        "How your organisation sees it",
        rows=7,
        help_text=f"What goes well, what does not, how you know. It is shown under your name, unedited. {NO_CHILD}",
    )
    grade = _grade()
    confidence = forms.ChoiceField(label="How sure you are", required=False, choices=CONFIDENCES)


class OutcomeForm(RowForm):
    outcome = forms.TypedChoiceField(
        label="How do we see the whole?",
        choices=[("", "Not said yet"), *((str(value), label) for value, label in OutcomeChoice.choices)],
        coerce=lambda value: OutcomeChoice(int(value)),
        empty_value=None,
        required=False,
        help_text="The three published outcomes. People choose one; nothing here works it out.",
    )
    outcome_reason = long_text("Why", rows=6, help_text=f"What carries it, and what speaks against it. {MARKERS}")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("outcome") and not data.get("outcome_reason", "").strip():
            self.add_error("outcome_reason", "Say why: the outcome needs a reason.")
        return data


class AnswersForm(RowForm):
    """What was said in a meeting, beneath the three questions of one criterion."""

    know = long_text("What do we know?", rows=3)
    meaning = long_text("What does it mean?", rows=3)
    next_steps = long_text("What next?", rows=3)


class DocumentForm(RowForm):
    title = forms.CharField(label="Title", max_length=200)
    text = long_text("Text", rows=12, help_text=f"Or choose a file beneath. It is shown as you wrote it. {NO_CHILD}")
    upload = forms.FileField(
        label="File", required=False, help_text="A PDF, Word, Excel, PowerPoint or OpenDocument file, or an image."
    )


class WordForm(forms.Form):
    upload = forms.FileField(
        label="Word document",
        help_text="One that was taken out here and edited since (.docx). You see what would change first.",
    )
