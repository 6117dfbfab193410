"""Person-level rows for tests: clean ones, changed by name."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from children.domain.cells import Cell
from children.domain.check import Report, check
from children.domain.reading import RawSheet, read_lists
from children.domain.rows import Workbook
from children.domain.schema import ListSchema
from children.loaders import load_schema

AS_AT = date(2026, 11, 23)

_BOTH: dict[str, Cell] = {
    "unique_id": "SYN1",
    "upn": "W999200019001",
    "uln": "",
    "date_of_birth": date(2016, 3, 4),
    "gender": "a",
    "ethnicity": "WBRI",
    "primary_need": "ASD",
    "main_urn": 123456.0,
    "main_phase": "primary",
    "subsidiary_phase": "",
    "suspensions": 0.0,
    "exclusions": 0.0,
    "absence": 4.5,
    "pupil_premium": "No",
    "social_care": "No",
    "social_care_team": "",
    "disability": "Yes",
}
_PLAN: dict[str, Cell] = {
    "plan_initial_on": date(2021, 5, 6),
    "plan_updated_on": date(2025, 7, 8),
    "plan_reviewed_on": date(2026, 5, 20),
    "home_education": "No",
}


@cache
def schema() -> ListSchema:
    return load_schema()


def plan_cells(**changes: Cell) -> dict[str, Cell]:
    """A clean row of List_1 by column key."""
    return _BOTH | _PLAN | changes


def support_cells(**changes: Cell) -> dict[str, Cell]:
    """A clean row of List_2 by column key."""
    return _BOTH | {"unique_id": "SYN2", "upn": "K999200019002"} | changes


def raw_sheet(
    name: str, rows: Sequence[dict[str, Cell]], *, without: Sequence[str] = (), schema: ListSchema | None = None
) -> RawSheet:
    """A sheet with the published headers in row 1 and `rows` from row 2."""
    layout = (schema or load_schema()).sheet(name)
    columns = [column for column in layout.columns if column.key not in without]
    table: list[list[Cell]] = [[column.header for column in columns]]
    table += [[row.get(column.key, "") for column in columns] for row in rows]
    return RawSheet(name=name, rows=enumerate(table, start=1))


def read_rows(*, plans: Sequence[dict[str, Cell]], support: Sequence[dict[str, Cell]], as_at: date = AS_AT) -> Workbook:
    sheets = [raw_sheet("List_1", plans), raw_sheet("List_2", support)]
    return read_lists(sheets, schema(), as_at=as_at)


def check_rows(
    *,
    plans: Sequence[dict[str, Cell]] | None = None,
    support: Sequence[dict[str, Cell]] | None = None,
    as_at: date = AS_AT,
) -> Report:
    """Checks rows of both lists; a list that isn't given has one clean row."""
    return check(
        read_rows(
            plans=[plan_cells()] if plans is None else plans,
            support=[support_cells()] if support is None else support,
            as_at=as_at,
        )
    )
