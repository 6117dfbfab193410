"""A forecast: what is forecast, by which method, until when."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fluid, Layout, Size
from django import forms

from indicators.actions.forecasts import Wish
from indicators.domain.forecast import Growth, Method, Rounding
from indicators.models import Indicator

FARTHEST = 20
_LINE = re.compile(
    r"^\s*(?P<from>\d{4})\s*(?:[-–]\s*(?P<to>\d{4})\s*)?[:=]?\s+(?P<percent>[-−+]?\d+(?:\.\d+)?)\s*%?\s*$"
)
_PRINTED = re.compile(r"^\s*(?P<year>\d{4})\s*[:=]?\s+(?P<value>[\d,]+(?:\.\d+)?)\s*$")

_YEAR = forms.TextInput(attrs={"inputmode": "numeric"})


class ForecastForm(forms.Form):
    indicator = forms.ChoiceField(label="Indicator")
    title = forms.CharField(
        label="Title",
        max_length=160,
        help_text="What it will be called beside later ones, for example “Strategy, 2022”.",
        error_messages={"required": "Enter a title, for example “Budget, autumn 2026”."},
    )
    source = forms.CharField(
        label="Where it stands", max_length=300, required=False, help_text="The paper and page. May stay empty."
    )
    method = forms.ChoiceField(
        label="Method",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a method."},
    )
    base_year = forms.IntegerField(
        label="Start from the figure of", required=False, widget=_YEAR, help_text="A year, for example 2021"
    )
    growth = forms.CharField(
        label="Growth by year",
        required=False,
        widget=forms.Textarea,
        help_text="One line for each year or stretch of years: “2022-2024 10”, then “2025-2029 7”. Per cent a year.",
    )
    rounding = forms.ChoiceField(label="Rounding", required=False, widget=forms.RadioSelect)
    printed = forms.CharField(
        label="Figures that the paper printed",
        required=False,
        widget=forms.Textarea,
        help_text="Only for a forecast out of a paper: “2022 2008” on a line each. A difference is named.",
    )
    from_year = forms.IntegerField(
        label="Trend of the figures since", required=False, widget=_YEAR, help_text="A year, for example 2019"
    )
    until_year = forms.IntegerField(label="Until", required=False, widget=_YEAR, help_text="The last year of the trend")

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (
            ("indicator", [("", "Choose one"), *((one.code, one.name) for one in indicators)]),
            ("method", _METHODS),
            ("rounding", _ROUNDINGS),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
            field.choices = choices
        self.fields["rounding"].initial = Rounding.WHOLE.value
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field.select("indicator", label_size=Size.SMALL),
            Field.text("title", field_width=Fluid.TWO_THIRDS, label_size=Size.SMALL),
            Field.text("source", field_width=Fluid.TWO_THIRDS, label_size=Size.SMALL),
            Field.radios("method", legend_size=Size.SMALL),
            Field.text("base_year", field_width=Fluid.ONE_THIRD, label_size=Size.SMALL),
            Field.textarea("growth", rows=4, label_size=Size.SMALL),
            Field.radios("rounding", legend_size=Size.SMALL, small=True),
            Field.textarea("printed", rows=4, label_size=Size.SMALL),
            Field.text("from_year", field_width=Fluid.ONE_THIRD, label_size=Size.SMALL),
            Field.text("until_year", field_width=Fluid.ONE_THIRD, label_size=Size.SMALL),
        )

    def clean_growth(self) -> tuple[Growth, ...]:
        found: dict[int, Decimal] = {}
        for line in self.cleaned_data["growth"].splitlines():
            if not line.strip():
                continue
            match = _LINE.match(line)
            if match is None:
                raise forms.ValidationError(f"“{line.strip()[:60]}” can't be read. Write “2022-2024 10”.")
            first, last = int(match["from"]), int(match["to"] or match["from"])
            if last < first or last - first > FARTHEST:
                raise forms.ValidationError(
                    f"“{line.strip()[:60]}”: put the earlier year first, {FARTHEST} years at most."
                )
            for year in range(first, last + 1):
                if year in found:
                    raise forms.ValidationError(f"{year} stands twice. Give each year one rate.")
                found[year] = Decimal(match["percent"].replace("−", "-"))
        return tuple(Growth(year=year, percent=percent) for year, percent in sorted(found.items()))

    def clean_printed(self) -> tuple[tuple[int, Decimal], ...]:
        found: dict[int, Decimal] = {}
        for line in self.cleaned_data["printed"].splitlines():
            if not line.strip():
                continue
            match = _PRINTED.match(line)
            if match is None:
                raise forms.ValidationError(f"“{line.strip()[:60]}” can't be read. Write “2022 2008”.")
            found[int(match["year"])] = Decimal(match["value"].replace(",", ""))
        return tuple(sorted(found.items()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("method") == Method.CHAINED_GROWTH:
            self._check_growth(data)
        elif data.get("method") == Method.TREND:
            self._check_trend(data)
        return data

    def _check_growth(self, data: dict[str, Any]) -> None:
        base, growth = data.get("base_year"), data.get("growth")
        if base is None and "base_year" not in self.errors:
            self.add_error("base_year", "Enter the year whose figure the forecast starts from.")
        if growth == ():
            self.add_error("growth", "Enter the growth of at least one year, for example “2022-2024 10”.")
        elif growth and base is not None:
            expected = list(range(base + 1, base + 1 + len(growth)))
            if [step.year for step in growth] != expected:
                self.add_error("growth", f"Give one rate for each year from {base + 1} on, none left out.")

    def _check_trend(self, data: dict[str, Any]) -> None:
        first, last = data.get("from_year"), data.get("until_year")
        if first is None and "from_year" not in self.errors:
            self.add_error("from_year", "Enter the first year of the figures to follow.")
        if last is None and "until_year" not in self.errors:
            self.add_error("until_year", "Enter the last year to forecast.")
        elif first is not None and last is not None and not first < last <= first + 2 * FARTHEST:
            self.add_error("until_year", "The last year must come after the first, and within 40 years.")

    def wish(self, *, made_on: date) -> Wish:
        data = self.cleaned_data
        return Wish(
            title=data["title"],
            method=Method(data["method"]),
            made_on=made_on,
            source=data["source"],
            base_year=data["base_year"] or 0,
            growth=data["growth"],
            rounding=Rounding(data["rounding"] or Rounding.WHOLE),
            printed=data["printed"],
            from_year=data["from_year"] or 0,
            until_year=data["until_year"] or 0,
        )


_METHODS = [
    Choice(
        Method.CHAINED_GROWTH.value, "Growth rates, chained", hint="Each year is the year before and so many per cent."
    ),
    Choice(Method.TREND.value, "Trend", hint="The straight line through past figures, drawn on."),
]
_ROUNDINGS = [
    (Rounding.WHOLE.value, "Round each year’s figure before the next is worked out"),
    (Rounding.DOWN.value, "Cut each year’s figure to a whole number"),
    (Rounding.NONE.value, "Round nothing"),
]
