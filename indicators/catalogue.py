"""The catalogue as values: families, their entries, and what a new column may be."""

from collections import Counter, defaultdict

from indicators.domain.families import Candidate, Entry, Family
from indicators.domain.figures import Unit
from indicators.models import CatalogueEntry, FileFamily, Indicator


def families() -> tuple[Family, ...]:
    return tuple(
        Family(key=row.pk, title=row.title, filters=frozenset(row.filters), figures=frozenset(row.columns))
        for row in FileFamily.objects.order_by("pk")
    )


def entries_of(family: FileFamily) -> tuple[Entry, ...]:
    """The confirmed entries of indicators in use."""
    rows = family.entries.filter(state="confirmed", indicator__is_archived=False).select_related("indicator")
    return tuple(_entry(row) for row in rows.order_by("indicator__order", "pk"))


def _entry(row: CatalogueEntry) -> Entry:
    return Entry(
        key=row.pk,
        indicator=row.indicator_id,
        code=row.indicator.code,
        name=row.indicator.name,
        unit=Unit(row.indicator.unit),
        column=row.value_column,
        filters=row.filters,
        period_as=row.period_as,
        is_unbounded=row.indicator.is_unbounded,
        is_confirmed=row.state == "confirmed",
    )


def candidates() -> tuple[Candidate, ...]:
    """Indicators that a column may turn out to be, with the columns that hold them elsewhere."""
    columns: dict[int, list[str]] = defaultdict(list)
    for indicator, column in CatalogueEntry.objects.filter(state="confirmed").values_list("indicator", "value_column"):
        columns[indicator].append(column)
    rows = Indicator.objects.in_use().filter(is_local=False, list_figure="")
    return tuple(
        Candidate(code=row.code, name=row.name, unit=Unit(row.unit), columns=(*columns[row.pk], *row.also_called))
        for row in rows
    )


def known_filters() -> dict[str, str]:
    """For each filter column the value that the catalogue uses most."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for filters in CatalogueEntry.objects.filter(state="confirmed").values_list("filters", flat=True):
        for column, value in filters.items():
            if isinstance(value, str):
                used[column][value] += 1
    return {column: values.most_common(1)[0][0] for column, values in used.items()}
