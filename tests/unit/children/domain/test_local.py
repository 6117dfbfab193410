"""The council's own columns: read, told apart from the published ones, and never in the way."""

from datetime import date

import pytest

from children.domain.check import check
from children.domain.reading import RawSheet, read_lists
from children.domain.rows import LocalValues
from tests.factories.children import AS_AT, plan_cells, schema

LAYOUT = schema().sheet("List_1")
HEADERS = [column.header for column in LAYOUT.columns]
CLEAN = [plan_cells().get(column.key, "") for column in LAYOUT.columns]
LOCAL = ["Responsible officer", "Team", "Source", "As at"]


def read(*rows, headers=LOCAL):
    table = [[*headers, *HEADERS], *([*row, *CLEAN] for row in rows)]
    raw = RawSheet(name="List_1", rows=enumerate(table, start=1))
    return read_lists([raw], schema(), as_at=AS_AT)


def local_findings(workbook):
    return [
        (finding.rule, finding.row, finding.column, finding.level.value)
        for finding in check(workbook).findings
        if "local" in finding.rule
    ]


def test_local_columns_are_read_and_are_no_unknown_columns():
    workbook = read(["Officer 3", "North", "Casework system", date(2026, 10, 1)])

    row = workbook.sheets[0].rows[0]
    assert row.local == LocalValues("Officer 3", "North", "Casework system", date(2026, 10, 1))
    assert "unknown column" not in {finding.rule for finding in workbook.findings}
    assert workbook.sheets[0].local_keys == {"responsible_officer", "responsible_team", "source", "as_at"}


def test_local_values_are_in_nothing_that_goes_by_the_published_columns():
    row = read(["Officer 3", "North", "Casework system", ""]).sheets[0].rows[0]

    assert not {"Officer 3", "North", "Casework system"} & set(row.texts().values())
    assert not row.values.keys() & {"responsible_officer", "responsible_team", "source", "as_at"}


def test_officer_keeps_the_spelling_met_first():
    workbook = read(["Officer 3", "", "", ""], ["  officer\u00a03 ", "", "", ""])

    assert {row.local.officer for row in workbook.sheets[0].rows} == {"Officer 3"}


@pytest.mark.parametrize("value", ["31/02/2026", "last week", "#N/A", date(2026, 12, 1)])
def test_as_at_that_can_not_be_used_is_a_query_at_its_row(value):
    assert local_findings(read(["", "", "", value])) == [("local value", 2, "As at", "query")]


def test_local_column_that_stands_twice_is_told_and_not_read():
    workbook = read(["One", "Two"], headers=["Team", "Responsible team"])

    assert local_findings(workbook) == [("repeated local column", 1, "Team", "query")]
    assert workbook.sheets[0].rows[0].local.team == ""


def test_list_without_local_columns_has_nothing_to_say_about_them():
    assert local_findings(read([], headers=[])) == []
