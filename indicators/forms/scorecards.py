"""A scorecard's words and the indicators on it."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fluid, Layout, Size
from django import forms
from django.http import QueryDict

from indicators.actions.scorecards import MOST_LINES, Words
from indicators.models import Indicator, ScorecardLine


class ScorecardForm(forms.Form):
    """`version` is the save that the form was filled in against. The ticked indicators keep the order they have."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    title = forms.CharField(
        label="Title",
        max_length=160,
        error_messages={"required": "Enter a title, for example “Partnership board, spring”."},
    )
    board = forms.CharField(label="Board", max_length=160, required=False, help_text="Who reads it. May stay empty.")
    note = forms.CharField(
        label="What the board should look at",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences. They stand above the figures.",
    )
    indicator = forms.MultipleChoiceField(label="Indicators", required=False)

    def __init__(
        self,
        *args: Any,
        indicators: Sequence[Indicator],
        lines: Sequence[ScorecardLine] = (),
        boards: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.indicators, self.lines = indicators, lines
        field = self.fields["indicator"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # declared above
        field.choices = [(one.code, one.name) for one in indicators]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version",
            Field.text("title", field_width=Fluid.TWO_THIRDS, label_size=Size.SMALL),
            Field.text("board", field_width=Fluid.TWO_THIRDS, label_size=Size.SMALL),
            Field.textarea("note", rows=3, label_size=Size.SMALL),
        )

    def clean_indicator(self) -> list[str]:
        codes: list[str] = self.cleaned_data["indicator"]
        if not codes:
            raise forms.ValidationError("Tick at least one indicator.")
        if len(codes) > MOST_LINES:
            raise forms.ValidationError(f"Tick {MOST_LINES} indicators at most.")
        return codes

    def words(self) -> Words:
        ticked = self.cleaned_data["indicator"]
        held = [line.indicator.code for line in self.lines]
        in_order = [code for code in held if code in ticked] + [code for code in ticked if code not in held]
        return Words(
            title=self.cleaned_data["title"],
            board=self.cleaned_data["board"],
            note=self.cleaned_data["note"],
            codes=tuple(in_order),
            notes=tuple((code, self.data.get(f"note-{code}", "").strip()) for code in in_order),
        )

    def ticked(self) -> set[str]:
        if isinstance(self.data, QueryDict):
            return set(self.data.getlist("indicator"))
        return {line.indicator.code for line in self.lines}

    def note_of(self, code: str) -> str:
        if self.is_bound:
            return str(self.data.get(f"note-{code}", ""))
        return next((line.note for line in self.lines if line.indicator.code == code), "")

    def choices(self) -> list[tuple[Indicator, bool, str]]:
        ticked = self.ticked()
        return [(one, one.code in ticked, self.note_of(one.code)) for one in self.indicators]
