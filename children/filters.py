"""What people choose on the findings page. The queryset comes in already permitted."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from children.composition_tables import CompositionNow
from children.domain.rows import Level
from children.models import ListFinding, ListUpload
from children.owners import FindingChoices
from children.presenters import phase_labels, rule_in_words
from children.trend import CompositionTrend

_LONGEST = 70
_SELECT = {"class": "govuk-select"}


class PlainSelect(forms.Select):
    """The same markup, written at once: hundreds of officers, each through a template of its own, take too long."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None}
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        options = format_html_join(
            "",
            "<option{}>{}</option>",
            ((flatatt({"value": key, "selected": str(key) in chosen}), words) for key, words in self.choices),
        )
        return format_html("<select{}>{}</select>", attributes, options)


class FindingFilter(filters.FilterSet):  # type: ignore[misc]  # the library ships no types
    level = filters.ChoiceFilter(
        label="Level",
        empty_label="Errors and queries",
        choices=[(level.value, f"{level.value.capitalize()}") for level in Level],
        widget=PlainSelect(attrs=_SELECT),
    )
    sheet = filters.ChoiceFilter(label="Sheet", empty_label="All sheets", widget=PlainSelect(attrs=_SELECT))
    rule = filters.ChoiceFilter(label="Rule", empty_label="All rules", widget=PlainSelect(attrs=_SELECT))
    phase = filters.ChoiceFilter(label="Phase", empty_label="All phases", widget=PlainSelect(attrs=_SELECT))
    owner = filters.ChoiceFilter(
        label="Responsible officer", empty_label="Everybody", method="filter_owner", widget=PlainSelect(attrs=_SELECT)
    )
    officer_team = filters.ChoiceFilter(label="Team", empty_label="All teams", widget=PlainSelect(attrs=_SELECT))
    team = filters.ChoiceFilter(
        label="Social care team", empty_label="All social care teams", widget=PlainSelect(attrs=_SELECT)
    )
    is_new = filters.ChoiceFilter(
        label="Since the last upload",
        empty_label="New and old",
        choices=[("True", "New ones alone"), ("False", "Old ones alone")],
        widget=PlainSelect(attrs=_SELECT),
    )
    waived = filters.ChoiceFilter(
        label="Waived",
        empty_label="Left out",
        choices=[("only", "Waived ones alone"), ("all", "With the others")],
        method="filter_waived",
        widget=PlainSelect(attrs=_SELECT),
    )

    class Meta:
        model = ListFinding
        fields = (
            "rule", "level", "sheet", "phase", "owner", "officer_team", "team", "is_new", "waived",
        )  # fmt: skip

    def __init__(self, *args: Any, upload: ListUpload, choices: FindingChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.owners = {str(owner.number): owner for owner in choices.owners}
        sheets = dict.fromkeys([*upload.row_counts, *(count["sheet"] for count in upload.rule_counts)])
        rules = sorted({count["rule"] for count in upload.rule_counts} | _waived_rules(upload))
        self.filters["sheet"].extra["choices"] = [(sheet, sheet) for sheet in sheets]
        self.filters["rule"].extra["choices"] = [(rule, _shown(rule)) for rule in rules]
        labels = phase_labels(upload.schema_code)
        self._offer("phase", [(phase, labels.get(phase, phase.capitalize())) for phase in choices.phases])
        self._offer("owner", [(number, owner.name) for number, owner in self.owners.items()])
        self._offer("officer_team", [(team, team) for team in choices.teams])
        self._offer("team", [(team, team) for team in choices.social_care_teams])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """A filter with nothing to choose from isn't shown."""
        if choices:
            self.filters[name].extra["choices"] = choices
        else:
            del self.filters[name]

    def filter_owner(self, findings: QuerySet[ListFinding], name: str, value: str) -> QuerySet[ListFinding]:
        return findings.filter(self.owners[value].choose())

    def filter_waived(self, findings: QuerySet[ListFinding], name: str, value: str) -> QuerySet[ListFinding]:
        return findings.filter(waiver__isnull=False) if value == "only" else findings

    def filter_queryset(self, queryset: QuerySet[ListFinding]) -> QuerySet[ListFinding]:
        """What is waived is left out until somebody asks for it."""
        if not self.form.cleaned_data.get("waived"):
            queryset = queryset.filter(waiver__isnull=True)
        filtered: QuerySet[ListFinding] = super().filter_queryset(queryset)
        return filtered


def _waived_rules(upload: ListUpload) -> set[str]:
    if not upload.waived_count:
        return set()
    return set(upload.findings.filter(waiver__isnull=False).order_by().values_list("rule", flat=True).distinct())


def _shown(rule: str) -> str:
    words = rule_in_words(rule)
    text = words if words.casefold() == rule.casefold() else f"{rule}: {words}"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


class CompositionForm(forms.Form):
    """Which list, and which two dimensions against each other. Whatever is no choice counts as none."""

    of = forms.ChoiceField(label="List", required=False, widget=forms.Select(attrs=_SELECT))
    first = forms.ChoiceField(label="Cross table: down", required=False, widget=forms.Select(attrs=_SELECT))
    second = forms.ChoiceField(label="Across", required=False, widget=forms.Select(attrs=_SELECT))

    def choice(self) -> dict[str, str]:
        return {name: str(self.data.get(name, ""))[:80] for name in self.fields}

    def offer(self, now: CompositionNow) -> None:
        dimensions = [("", "None"), *((dimension.code, dimension.title) for dimension in now.dimensions)]
        choices = {
            "of": [("", "All lists"), *((name, name) for name in now.lists)],
            "first": dimensions,
            "second": dimensions,
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
            field.choices = offered


class TrendForm(forms.Form):
    """What the lists are divided by, over the uploads."""

    by = forms.ChoiceField(label="Children by", required=False, widget=forms.Select(attrs=_SELECT))

    def code(self) -> str:
        return str(self.data.get("by", ""))[:80]

    def offer(self, trend: CompositionTrend) -> None:
        field = self.fields["by"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = list(trend.choices)
        self.data = {"by": trend.code}
