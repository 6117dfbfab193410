from datetime import date

import pytest

from children.domain.check import check
from children.domain.reading import RawSheet, read_lists
from children.domain.rules.published import PUBLISHED_RULES
from tests.factories.children import AS_AT, check_rows, plan_cells, raw_sheet, schema, support_cells

HEADERS = [column.header for column in schema().sheet("List_1").columns]
CLEAN = [plan_cells().get(column.key, "") for column in schema().sheet("List_1").columns]


def report_of(*tables, names=("List_1", "List_2"), **options):
    """Checks tables of cells (row 1 first) as sheets; a clean List_2 stands in when only one is given."""
    sheets = [
        RawSheet(name=name, rows=enumerate([list(row) for row in table], start=1), **options)
        for name, table in zip(names, tables, strict=False)
    ]
    if len(sheets) == 1:
        sheets.append(raw_sheet("List_2", [support_cells()]))
    return check(read_lists(sheets, schema(), as_at=AS_AT), rules=PUBLISHED_RULES)


def rules_of(report):
    return [(finding.rule, finding.row) for finding in report.findings]


def test_missing_column_is_named_and_its_rules_are_not_run():
    sheets = [raw_sheet("List_1", [plan_cells()], without=["gender"]), raw_sheet("List_2", [support_cells()])]

    report = check(read_lists(sheets, schema(), as_at=AS_AT), rules=PUBLISHED_RULES)

    assert rules_of(report) == [("missing column", 1)]
    assert report.findings[0].column == "Gender"
    assert [(skipped.rule, skipped.sheet) for skipped in report.not_run] == [("101b", "List_1")]
    assert "“Gender”" in report.not_run[0].why
    assert report.blocks


def test_renamed_column_is_unknown_and_missing_with_a_hint():
    headers = [header.replace("Date of birth", "Birth date") for header in HEADERS]

    report = report_of([headers, CLEAN])

    assert {finding.rule for finding in report.findings} == {"unknown column", "missing column"}
    unknown = next(finding for finding in report.findings if finding.rule == "unknown column")
    assert (unknown.sheet, unknown.row, unknown.column) == ("List_1", 1, "Birth date")
    assert "Column D" in unknown.message
    assert {skipped.rule for skipped in report.not_run} == {"101a", "102a", "102b", "105a", "107", "108a", "108b"}


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.upper(),
        lambda header: f"  {header}\u00a0",
        lambda header: header.replace("–", "-"),
        lambda header: header.replace("–", "—"),
        lambda header: header.replace("'", "’"),
        lambda header: header.replace(" ", "\n"),
    ],
    ids=["capitals", "spaces around", "hyphen", "em dash", "smart quote", "line breaks"],
)
def test_header_that_differs_in_typing_only_is_known(change):
    report = report_of([[change(header) for header in HEADERS], CLEAN])

    assert report.findings == ()


def test_extra_column_is_named_with_its_letter():
    report = report_of([[*HEADERS, "Officer"], [*CLEAN, "somebody"]])

    assert rules_of(report) == [("unknown column", 1)]
    assert "Column V" in report.findings[0].message


def test_values_without_a_header_are_named():
    report = report_of([HEADERS, [*CLEAN, "stray"]])

    assert rules_of(report) == [("unknown column", 1)]
    assert "(no header, column V)" in report.findings[0].column


def test_header_that_stands_twice_is_not_used():
    report = report_of([[*HEADERS, "UPN"], [*CLEAN, "W999200019001"]])

    assert rules_of(report) == [("repeated column", 1)]
    assert {skipped.rule for skipped in report.not_run} == {"107", "109"}


def test_unknown_and_missing_sheets_are_named():
    report = report_of([HEADERS, CLEAN], [["a"]], names=("List_1", "Sheet2"))

    assert {(finding.rule, finding.sheet) for finding in report.findings} == {
        ("unknown sheet", "Sheet2"),
        ("missing sheet", "List_2"),
    }
    assert len(report.not_run) == 12
    assert report.rows == {"List_1": 1, "List_2": 0}


@pytest.mark.parametrize("name", ["List_1", "list 1", "LIST1", " List_1 "])
def test_sheet_is_known_by_its_accepted_spellings(name):
    assert report_of([HEADERS, CLEAN], names=(name,)).findings == ()


def test_two_sheets_for_one_list_are_reported():
    second = [[column.header for column in schema().sheet("List_2").columns]]

    report = report_of([HEADERS, CLEAN], [HEADERS, CLEAN], second, names=("List_1", "List 1", "List_2"))

    assert ("repeated sheet", None) in rules_of(report)


def test_hidden_sheet_is_checked_and_reported():
    report = report_of([HEADERS, ["", *CLEAN[1:3], "", *CLEAN[4:]]], is_hidden=True)

    assert {finding.rule for finding in report.findings} == {"hidden sheet", "101a"}


def test_headers_below_a_title_are_found_and_row_numbers_stay_excels():
    report = report_of([["Our area"], [], HEADERS, [*CLEAN[:4], "", *CLEAN[5:]]])

    assert rules_of(report) == [("text above the headers", 3), ("101b", 4)]


def test_second_header_row_is_not_a_child():
    report = report_of([HEADERS, HEADERS, CLEAN])

    assert rules_of(report) == [("second header row", 2)]
    assert report.rows["List_1"] == 1


def test_blank_rows_between_are_reported_and_at_the_end_are_not():
    report = report_of([HEADERS, CLEAN, [""] * 21, [" "], ["SYN9", "", *CLEAN[2:]], [], []])

    assert set(rules_of(report)) == {("107", 5), ("blank rows", 5)}


def test_sheet_without_headers_fails_loudly():
    report = report_of([["x", "y"], ["1", "2"]])

    assert rules_of(report) == [("missing header row", None)]
    assert len(report.not_run) == 17


def test_sheet_with_headers_alone_is_reported():
    assert rules_of(report_of([HEADERS])) == [("empty sheet", 1)]


def test_merged_cells_are_reported_with_their_range():
    report = report_of([HEADERS, CLEAN], merged=((2, 9, 3, 9),))

    assert rules_of(report) == [("merged cells", 2)]
    assert report.findings[0].value == "J2:J3"


def test_merged_title_above_the_headers_is_no_matter():
    report = report_of([["Our area"], HEADERS, CLEAN], merged=((1, 0, 1, 5),))

    assert rules_of(report) == [("text above the headers", 2)]


def test_unreadable_date_is_reported_and_not_taken_for_blank():
    report = check_rows(plans=[plan_cells(date_of_birth="31/02/2015")])

    assert rules_of(report) == [("unreadable value", 2)]
    finding = report.findings[0]
    assert (finding.column, finding.value, finding.level) == ("Date of birth", "31/02/2015", "error")
    assert finding.unique_id == "SYN1"


def test_short_rows_are_filled_with_blanks():
    report = report_of([HEADERS, ["SYN1", "W999200019001", "", date(2016, 3, 4)]])

    assert {"101b", "101c", "101d", "103", "108a"} <= {finding.rule for finding in report.findings}
