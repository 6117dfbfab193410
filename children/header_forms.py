"""Which header stands for which column: the choices of the data lead."""

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms

from children.domain.headers import SheetProposal
from children.domain.schema import Column, LocalKey, SheetLayout

LOCAL = frozenset(LocalKey)


class HeadersForm(forms.Form):
    """One choice for each sheet and column that a workbook names otherwise; the nearest name is chosen already."""

    def __init__(self, *args: Any, proposals: Sequence[SheetProposal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.proposals = proposals
        for number, proposal in enumerate(proposals):
            if proposal.is_missing:
                self.fields[f"sheet-{number}"] = _choice(
                    f"Which sheet is {proposal.layout.name}?", proposal.sheets, proposal.name, "None of them"
                )
            for column, header in proposal.columns:
                self.fields[f"column-{number}-{column.key}"] = _choice(
                    column.header, proposal.headers, header, "Leave it missing"
                )
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def sections(self) -> list[dict[str, Any]]:
        """The fields by sheet: published columns, then the council's own."""
        return [
            {
                "proposal": proposal,
                "sheet": self[f"sheet-{number}"] if proposal.is_missing else None,
                "published": self._bound(number, proposal.columns, are_local=False),
                "local": self._bound(number, proposal.columns, are_local=True),
            }
            for number, proposal in enumerate(self.proposals)
        ]

    def _bound(self, number: int, columns: Sequence[tuple[Column, str]], *, are_local: bool) -> list[forms.BoundField]:
        return [self[f"column-{number}-{column.key}"] for column, _ in columns if (column.key in LOCAL) == are_local]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number, proposal in enumerate(self.proposals):
            met: set[str] = set()
            for column, _ in proposal.columns:
                name = f"column-{number}-{column.key}"
                header = cleaned.get(name)
                if header and header in met:
                    self.add_error(name, f"“{header}” is chosen for another column of {proposal.layout.name}, too.")
                met.add(header or "")
        names = [cleaned.get(f"sheet-{number}") for number in range(len(self.proposals))]
        for number, chosen in enumerate(names):
            if chosen and names.count(chosen) > 1:
                self.add_error(f"sheet-{number}", f"The sheet “{chosen}” is chosen twice. It can hold one list only.")
        return cleaned

    def sheets(self) -> dict[str, str]:
        """The layout's sheet → its name in the workbook, where somebody chose one."""
        return {
            proposal.layout.name: name
            for number, proposal in enumerate(self.proposals)
            if (name := self.cleaned_data.get(f"sheet-{number}"))
        }

    def columns(self) -> dict[tuple[str, str], str]:
        """Sheet and column key → header. Headers of a sheet other than the proposed one wait for the next reading."""
        return {
            (proposal.layout.name, column.key): header
            for number, proposal in enumerate(self.proposals)
            if not proposal.is_missing or self.cleaned_data.get(f"sheet-{number}") == proposal.name
            for column, _ in proposal.columns
            if (header := self.cleaned_data.get(f"column-{number}-{column.key}"))
        }


def _choice(label: str, offered: Sequence[str], chosen: str, nothing: str) -> forms.ChoiceField:
    choices = [("", nothing), *((name, name) for name in offered)]
    return forms.ChoiceField(label=label, choices=choices, initial=chosen, required=False)


class MappingForm(forms.Form):
    """Another column for a header that was confirmed."""

    column = forms.ChoiceField(
        label="Stands for", error_messages={"required": "Choose the column that this header stands for."}
    )

    def __init__(self, *args: Any, layout: SheetLayout, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["column"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [(column.key, column.header) for column in (*layout.columns, *layout.local)]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
