"""A file of figures, and which of its columns is which indicator."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.utils.text import slugify

from accounts.typed_fields import TypedDayField
from indicators.domain.families import FilterValue
from indicators.models import CatalogueEntry, FileFamily, Indicator
from indicators.models.catalogue import PERIODS_AS
from indicators.models.figures import DIRECTIONS, UNITS

NEW = "new"


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Data file",
        help_text="One .csv file as downloaded from explore education statistics: “Download data set (CSV)”.",
        error_messages={
            "required": "Choose the data file that you downloaded. Its name ends in .csv.",
            "empty": "The file is empty. Download the data set again, then import it.",
        },
    )
    title = forms.CharField(
        label="What it is called (optional)",
        max_length=200,
        required=False,
        help_text="For example “SEN2 2025: plans issued”. Without it the name of the file is used.",
    )
    published_on = TypedDayField(
        label="Published on (optional)", required=False, help_text="As in 26/6/2025. A later day counts as the newer."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class EntryForm(forms.Form):
    """One indicator's place in a family of files. The filters' fields are `filter-0`, `filter-1` …, by name of column:
    not every database keeps the order of the file."""

    column = forms.ChoiceField(
        label="Column that holds its figures", error_messages={"required": "Choose the column that holds the figures."}
    )
    indicator = forms.ChoiceField(label="Indicator", error_messages={"required": "Choose which indicator it is."})
    name = forms.CharField(
        label="Name of the new indicator",
        max_length=160,
        required=False,
        help_text="Only for a new one: in words that a board understands.",
    )
    unit = forms.ChoiceField(label="Unit of the new indicator", choices=UNITS, required=False)
    direction = forms.ChoiceField(
        label="Which way is good", choices=DIRECTIONS, required=False, initial="neither", widget=forms.RadioSelect
    )
    period_as = forms.ChoiceField(
        label="Its periods",
        choices=PERIODS_AS,
        required=False,
        initial="",
        widget=forms.RadioSelect,
        help_text="The file may say 2024/25 and mean a count in January 2025, as with plans and the school census.",
    )

    def __init__(self, *args: Any, family: FileFamily, entry: CatalogueEntry | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.family, self.entry = family, entry
        _choose(self.fields["column"], [("", "Choose a column"), *((name, name) for name in family.columns)])
        taken = set(family.entries.values_list("indicator__code", flat=True))
        offered = Indicator.objects.in_use().filter(is_local=False).order_by("theme", "name")
        _choose(
            self.fields["indicator"],
            [
                ("", "Choose an indicator"),
                (NEW, "A new indicator, named below"),
                *((one.code, f"{one.name} ({one.theme})" if one.theme else one.name)
                  for one in offered if one.code not in taken),
            ],
        )  # fmt: skip
        if entry is not None:
            for name in ("indicator", "name", "unit", "direction"):
                del self.fields[name]
        for number, (column, values) in enumerate(sorted(family.filters.items())):
            self.fields[f"filter-{number}"] = forms.ChoiceField(
                label=f"{column} is",
                choices=[("", "Choose a value"), *((value, value) for value in values)],
                required=False,
            )
            self.fields[f"sum-{number}"] = forms.MultipleChoiceField(
                label=f"Add up these values of {column}",
                choices=[(value, value) for value in values],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Only numbers, such as ages that make an age group. They count in place of the one above.",
            )
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    @property
    def filter_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each filter the field of its one value, and the one of several to add up."""
        return [(self[f"filter-{n}"], self[f"sum-{n}"]) for n in range(len(self.family.filters))]

    @staticmethod
    def initial_of(entry: CatalogueEntry) -> dict[str, Any]:
        initial: dict[str, Any] = {"column": entry.value_column, "period_as": entry.period_as}
        for number, column in enumerate(sorted(entry.family.filters)):
            value = entry.filters.get(column, "")
            initial[f"{'filter' if isinstance(value, str) else 'sum'}-{number}"] = value
        return initial

    def filters(self) -> dict[str, FilterValue]:
        found: dict[str, FilterValue] = {}
        for number, column in enumerate(sorted(self.family.filters)):
            added = self.cleaned_data.get(f"sum-{number}") or []
            found[column] = added if len(added) > 1 else (*added, self.cleaned_data.get(f"filter-{number}", ""))[0]
        return found

    def clean(self) -> dict[str, Any] | None:
        values = super().clean()
        for number, (column, value) in enumerate(self.filters().items()):
            if not value:
                self.add_error(f"filter-{number}", f"Choose the value of “{column}” that counts.")
        if "indicator" in self.fields and self.cleaned_data.get("indicator") == NEW:
            name = self.cleaned_data.get("name", "")
            if not name:
                self.add_error("name", "Enter a name for the new indicator.")
            elif not self.code():
                self.add_error("name", "Use letters or digits in the name.")
            elif Indicator.objects.filter(code=self.code()).exists():
                self.add_error("name", "There is one with such a name already. Choose it above, or find another name.")
        return values

    def code(self) -> str:
        """The short name of the new indicator, for addresses."""
        name: str = self.cleaned_data.get("name", "")
        return str(slugify(name))[:60].strip("-")


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
    field.choices = choices


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="It stands in the audit trail.",
        error_messages={"required": "Say why these figures should not count."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
