"""Headers that a council names otherwise: what is proposed, and what happens once it is confirmed."""

import pytest

from children.domain.check import check
from children.domain.headers import (
    HeaderMap,
    SeenSheet,
    header_row_among,
    propose_columns,
    propose_sheets,
    with_mapping,
)
from children.domain.reading import RawSheet, read_lists
from children.domain.words import key_of
from tests.factories.children import AS_AT, plan_cells, schema, support_cells

PLANS, SUPPORT = schema().sheets


def sheet(layout, cells, *, name="", renamed=None):
    renamed = renamed or {}
    headers = [renamed.get(column.key, column.header) for column in layout.columns]
    return RawSheet(
        name=name or layout.name, rows=enumerate([headers, [cells.get(c.key, "") for c in layout.columns]], start=1)
    )


def read(plans, *, mapping=None):
    return read_lists(
        [plans, sheet(SUPPORT, support_cells())], with_mapping(schema(), mapping or HeaderMap()), as_at=AS_AT
    )


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("DOB", "date_of_birth"),
        ("Birth date", "date_of_birth"),
        ("Child unique ID", "unique_id"),
        ("Primary need", "primary_need"),
        ("Ethnic origin", None),
        ("Date of first EHC plan issued", "plan_initial_on"),
        ("Known to social care", "social_care"),
        ("Officer", "responsible_officer"),
        ("Favourite colour", None),
    ],
)
def test_likely_meaning_is_proposed(header, key):
    others = [column.header for column in PLANS.columns if column.key != key]

    proposed = propose_columns(PLANS, [*others, header])

    assert proposed == ({key: header} if key else {})


def test_each_header_is_proposed_once():
    proposed = propose_columns(SUPPORT, ["Education establishment URN", "Education establishment phase"])

    assert proposed == {
        "main_urn": "Education establishment URN",
        "main_phase": "Education establishment phase",
    }


def test_unknown_sheets_are_proposed_by_their_headers():
    seen = [
        SeenSheet("SEN K", "", tuple(column.header for column in SUPPORT.columns)),
        SeenSheet("Statutory", "", tuple(column.header for column in PLANS.columns)),
        SeenSheet("Notes", "", ("Written by", "On", "About")),
    ]

    assert propose_sheets(schema(), seen) == {"List_1": "Statutory", "List_2": "SEN K"}


def test_mapped_column_is_read_and_said_to_be():
    mapping = HeaderMap(columns={("List_1", "date_of_birth"): ("DOB",)})

    workbook = read(sheet(PLANS, plan_cells(), renamed={"date_of_birth": "dob "}), mapping=mapping)

    assert [(finding.rule, finding.level.value) for finding in check(workbook).findings] == [("mapped column", "query")]
    assert [(one.sheet, one.column, one.header) for one in workbook.mapped] == [("List_1", "Date of birth", "dob")]
    assert workbook.sheets[0].rows[0]["date_of_birth"] == plan_cells()["date_of_birth"]


def test_column_that_is_really_missing_stays_missing_beside_a_mapping():
    mapping = HeaderMap(columns={("List_1", "gender"): ("Sex",)})

    found = {
        finding.rule
        for finding in read(sheet(PLANS, plan_cells(), renamed={"gender": "Town"}), mapping=mapping).findings
    }

    assert found == {"missing column", "unknown column"}


def test_published_header_wins_over_a_mapped_one():
    mapping = HeaderMap(columns={("List_1", "gender"): ("Disabled?",)})

    workbook = read(sheet(PLANS, plan_cells(), renamed={"disability": "Disabled?"}), mapping=mapping)

    assert workbook.mapped == ()
    assert {finding.rule for finding in workbook.findings} == {"unknown column", "missing column"}


def test_sheet_with_no_published_header_at_all_is_read_once_mapped():
    renamed = {column.key: f"Our {column.header}" for column in PLANS.columns}
    mapping = HeaderMap(
        sheets={"List_1": ("Statutory",)},
        columns={("List_1", key): (header,) for key, header in renamed.items()},
    )

    before = read(sheet(PLANS, plan_cells(), name="Statutory", renamed=renamed))
    after = read(sheet(PLANS, plan_cells(), name="Statutory", renamed=renamed), mapping=mapping)

    assert list(map(key_of, before.seen[0].headers)) == list(map(key_of, renamed.values()))
    assert check(after).rows == {"List_1": 1, "List_2": 1}
    assert {finding.rule for finding in after.findings} == {"mapped sheet", "mapped column"}


def test_childs_row_is_never_taken_for_headers():
    cells = [plan_cells().get(column.key, "") for column in PLANS.columns]

    assert header_row_among([(1, cells), (2, ["SYN1", "boy", "Yes", "12/03/2015"])]) is None
