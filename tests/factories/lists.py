"""Uploads of lists, read and stored as the background worker does it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from children import actions, reading_upload
from children.domain.cells import Cell
from children.models import ListUpload
from tests.factories.children import plan_cells, schema, support_cells
from tests.factories.workbooks import write_xlsx

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
EXTRACTED_ON = date(2026, 11, 23)


def lists_bytes(
    *,
    plans: Sequence[dict[str, Cell]] | None = None,
    support: Sequence[dict[str, Cell]] | None = None,
    local: dict[str, Cell] | None = None,
    renamed: dict[str, str] | None = None,
) -> bytes:
    """A workbook of both lists; a list that isn't given has one clean row.

    `local` adds the council's own columns with these values wherever a row has none of its own; `renamed` gives
    columns, or sheets, another name.
    """
    renamed = renamed or {}
    tables = {"List_1": plans or [plan_cells()], "List_2": support or [support_cells()]}
    sheets = {}
    for name, rows in tables.items():
        layout = schema().sheet(name)
        columns = (*layout.columns, *(layout.local if local is not None else ()))
        table = [[{**(local or {}), **row}.get(column.key, "") for column in columns] for row in rows]
        sheets[renamed.get(name, name)] = [[renamed.get(c.key, c.header) for c in columns], *table]
    with TemporaryDirectory() as folder:
        return write_xlsx(Path(folder) / "lists.xlsx", sheets).read_bytes()


def order_upload(*, by: User, content: bytes, name: str = "lists.xlsx", at: datetime = AT) -> ListUpload:
    """An upload that waits to be read."""
    return actions.upload_lists(
        by=by,
        at=at,
        uploads=[SimpleUploadedFile(name, content)],
        extracted_on=EXTRACTED_ON,
        schema_code="area-send-2023",
    )


def read_lists_of(
    *,
    by: User,
    plans: Sequence[dict[str, Cell]] | None = None,
    support: Sequence[dict[str, Cell]] | None = None,
    at: datetime = AT,
) -> ListUpload:
    """An upload that was read to the end."""
    upload = order_upload(by=by, content=lists_bytes(plans=plans, support=support), at=at)
    done = reading_upload.read_upload(upload.pk)
    assert done is not None
    return done
