"""Confirming what a council's own headers stand for, changing it and taking it back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from children.domain.headers import names_of
from children.domain.schema import Column, ListSchema, SheetLayout
from children.domain.words import key_of
from children.loaders import load_schema
from children.models import HeaderMapping, ListUpload
from children.permissions import check_can_read_rows


def confirm_headers(
    *,
    by: User,
    at: datetime,
    upload: ListUpload,
    sheets: Mapping[str, str],
    columns: Mapping[tuple[str, str], str],
) -> list[HeaderMapping]:
    """Keeps what headers of an upload stand for, for every later one of its layout.

    `sheets` has the layout's sheet → the name in the workbook, `columns` sheet and column key → the header. What was
    confirmed before for the same header is put right.
    """
    check_permission(by, Permission.UPLOAD_LISTS)
    check_can_read_rows(by, upload)
    if not sheets and not columns:
        raise NotAllowed("Choose at least one header, or mend the export and upload it again.")
    schema = load_schema(upload.schema_code)
    lines = [(sheet, "", name) for sheet, name in sheets.items()]
    lines += [(sheet, key, header) for (sheet, key), header in columns.items()]
    with transaction.atomic():
        kept = [
            _keep(by=by, at=at, schema=schema, sheet=sheet, column=key, header=header) for sheet, key, header in lines
        ]
        audit.record(
            by=by,
            at=at,
            action="headers.confirmed",
            thing=upload,
            text=f"{len(kept)} name(s) of sheets and columns.",
            fields=[_field(schema, sheet, key) for sheet, key, _ in lines],
        )
    return kept


def change_mapping(*, by: User, at: datetime, mapping: HeaderMapping, column: str) -> HeaderMapping:
    """Lets a header stand for another column of its sheet."""
    check_permission(by, Permission.UPLOAD_LISTS)
    if not mapping.column:
        raise NotAllowed("The name of a sheet can't be changed into a column. Remove it, and read the lists again.")
    schema = load_schema(mapping.schema_code)
    before = _field(schema, mapping.sheet, mapping.column)
    _column(_layout(schema, mapping.sheet), column)
    with transaction.atomic():
        mapping.column, mapping.confirmed_by, mapping.confirmed_at = column, by, at
        mapping.save(update_fields=["column", "confirmed_by", "confirmed_at"])
        after = _field(schema, mapping.sheet, column)
        audit.record(by=by, at=at, action="headers.changed", thing=mapping, fields=[before, after])
    return mapping


def remove_mapping(*, by: User, at: datetime, mapping: HeaderMapping) -> None:
    """Later uploads no longer read the header under the published name; what was read stays as it is."""
    check_permission(by, Permission.UPLOAD_LISTS)
    with transaction.atomic():
        audit.record(by=by, at=at, action="headers.removed", thing=mapping, fields=[mapping.sheet, mapping.column])
        mapping.delete()


def _keep(*, by: User, at: datetime, schema: ListSchema, sheet: str, column: str, header: str) -> HeaderMapping:
    layout = _layout(schema, sheet)
    if column:
        _column(layout, column)
    taken = {name for each in (*layout.columns, *layout.local) for name in names_of(each)} if column else set()
    if key_of(header) in taken:
        raise NotAllowed(f"“{header}” is a published header of {sheet}; it can't stand for another column.")
    same = {"schema_code": schema.code, "header_key": key_of(header)[:200]}
    found = HeaderMapping.objects.filter(**same)
    mapping = (found.filter(sheet=sheet).exclude(column="") if column else found.filter(column="")).first()
    mapping = mapping or HeaderMapping(**same)
    mapping.sheet, mapping.column, mapping.header = sheet, column, header[:200]
    mapping.confirmed_by, mapping.confirmed_at = by, at
    mapping.save()
    return mapping


def _layout(schema: ListSchema, sheet: str) -> SheetLayout:
    layout = next((layout for layout in schema.sheets if layout.name == sheet), None)
    if layout is None:
        raise NotAllowed(f"The layout has no sheet {sheet}.")
    return layout


def _column(layout: SheetLayout, key: str) -> Column:
    column = next((column for column in (*layout.columns, *layout.local) if column.key == key), None)
    if column is None:
        raise NotAllowed(f"The sheet {layout.name} has no such column.")
    return column


def _field(schema: ListSchema, sheet: str, key: str) -> str:
    layout = next((layout for layout in schema.sheets if layout.name == sheet), None)
    every = (*layout.columns, *layout.local) if layout else ()
    header = next((column.header for column in every if column.key == key), key)
    return f"{sheet}: {header}" if key else sheet
