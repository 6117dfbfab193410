"""The stored counts of an upload: made when it is read, reduced to suppressed tables when its rows are erased."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import LocalArea, User
from children.domain.composition import Composition, Table, compose, hide_again, single_table
from children.domain.composition_values import composition_from, table_from, table_values, values_of
from children.domain.rows import Workbook
from children.domain.suppression import Rule
from children.loaders import load_schema
from children.models import ListComposition, ListUpload
from children.permissions import can_read_rows
from children.stored_rows import stored_rows


def rule_in_force() -> Rule:
    """The area's own threshold, else the default."""
    area = LocalArea.objects.only("suppress_up_to").first()
    return Rule(area.suppress_up_to) if area else Rule()


def suppression_for(user: User, upload: ListUpload) -> Rule | None:
    """How numbers about an upload are shown to somebody; None is exact, for who may see its rows."""
    return None if can_read_rows(user, upload) else rule_in_force()


def count_rows(upload: ListUpload, workbook: Workbook, *, at: datetime) -> None:
    composition = compose({sheet.layout.name: sheet.rows for sheet in workbook.sheets}, workbook.schema)
    ListComposition.objects.update_or_create(
        upload=upload,
        defaults={
            "counts": values_of(composition),
            "counted_at": at,
            "suppressed": _suppressed(composition, rule_in_force()),
        },
    )


def _suppressed(composition: Composition, rule: Rule) -> list[dict[str, Any]]:
    return [table_values(single_table(composition, dimension, rule)) for dimension in composition.dimensions]


def exact_composition(upload: ListUpload) -> Composition | None:
    """The exact counts while the rows are kept: check READ_CHILD_ROWS before showing any of them. One query.

    Lists that were read before counts were stored are counted now.
    """
    if not upload.has_rows:
        return None
    stored = ListComposition.objects.filter(upload=upload).first()
    if stored and stored.counts:
        return composition_from(stored.counts)
    schema = load_schema(upload.schema_code)
    return compose(stored_rows(upload, schema), schema)


def kept_tables(upload: ListUpload) -> tuple[Table, ...]:
    """What is left of an upload whose rows were erased."""
    stored = ListComposition.objects.filter(upload=upload).first()
    return tuple(table_from(values) for values in stored.suppressed) if stored else ()


def tables_of(uploads: Iterable[ListUpload]) -> dict[int, tuple[Table, ...]]:
    """Suppressed tables of one dimension by upload. Three queries: one for what was made with a laxer rule."""
    rule = rule_in_force()
    wanted = {upload.pk for upload in uploads}
    kept = dict(ListComposition.objects.filter(upload__in=wanted).values_list("upload_id", "suppressed"))
    old = [pk for pk, tables in kept.items() if not tables or any(one["threshold"] < rule.threshold for one in tables)]
    for pk, counts in ListComposition.objects.filter(upload__in=old).values_list("upload_id", "counts"):
        if counts:
            kept[pk] = _suppressed(composition_from(counts), rule)
    return {pk: tuple(_hide_more(table_from(values), rule) for values in tables) for pk, tables in kept.items()}


def _hide_more(table: Table, rule: Rule) -> Table:
    """A table whose exact counts are gone, where small numbers have become larger ones since."""
    if table.rule is None or table.rule.threshold >= rule.threshold:
        return table
    return hide_again(table, rule)


def forget_children(upload: ListUpload) -> None:
    """Takes away what is left of single children beside rows and findings. Call it in the transaction in which they go.

    Exact counts become suppressed tables; apps above drop what they hold by Unique ID.
    """
    keep_suppressed(upload)
    ListUpload.objects.filter(pk=upload.pk).update(seen_headers=[])  # what was taken for headers may be a row
    for path in settings.ERASED_WITH_LISTS:
        import_string(path)(upload)


def keep_suppressed(upload: ListUpload) -> None:
    """Throws the exact counts away, once they are tables with small numbers hidden. Call it as the rows go."""
    stored = ListComposition.objects.filter(upload=upload).first()
    if stored is None or not stored.counts:
        return
    composition, rule = composition_from(stored.counts), rule_in_force()
    stored.suppressed = _suppressed(composition, rule)
    stored.counts = {}
    stored.save(update_fields=["counts", "suppressed"])
