"""check_lists and make_lists; none of them touches a database."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from tests.factories.children import plan_cells, schema, support_cells
from tests.factories.workbooks import write_xlsx


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        call_command(*map(str, arguments))
    return end.value.code, capsys.readouterr()


def make(path, *more):
    call_command("make_lists", "--list1", "40", "--list2", "50", "--seed", "5", "--out", str(path), *more)
    return path


def faulty(path):
    sheets = {}
    for name, row in (("List_1", plan_cells(date_of_birth="31/02/2015", gender="")), ("List_2", support_cells())):
        layout = schema().sheet(name)
        sheets[name] = [[column.header for column in layout.columns], [row.get(c.key, "") for c in layout.columns]]
    return write_xlsx(path, sheets)


def test_make_lists_writes_a_workbook_that_check_lists_finds_clean(tmp_path, capsys):
    path = make(tmp_path / "lists.xlsx")

    code, printed = run(capsys, "check_lists", path)

    assert code == 0
    assert "List_1 40, List_2 50. 0 errors, 0 queries" in printed.out
    assert " 0 not run" in printed.out


def test_make_lists_with_a_councils_own_columns_is_clean_too(tmp_path, capsys):
    path = make(tmp_path / "lists.xlsx", "--local-columns")

    code, printed = run(capsys, "check_lists", path)

    assert (code, "0 errors, 0 queries" in printed.out) == (0, True)
    headers = [cell.value for cell in load_workbook(path)["List_2"][1]]
    assert headers[-4:] == ["Responsible officer", "Team", "Source", "As at"]


def test_make_lists_writes_opendocument_that_check_lists_finds_clean(tmp_path, capsys):
    path = make(tmp_path / "lists.ods", "--local-columns")

    code, printed = run(capsys, "check_lists", path)

    assert (code, "0 errors, 0 queries" in printed.out) == (0, True)
    assert path.read_bytes() == make(tmp_path / "again.ods", "--local-columns").read_bytes()


def test_make_lists_refuses_a_format_it_does_not_write(tmp_path, capsys):
    code, printed = run(capsys, "make_lists", "--list1", "1", "--list2", "1", "--out", tmp_path / "lists.csv")

    assert code == 2
    assert "end the name in .xlsx or .ods" in printed.err


def test_make_lists_leaves_a_councils_own_columns_out_unless_asked(tmp_path):
    headers = [cell.value for cell in load_workbook(make(tmp_path / "lists.xlsx"))["List_1"][1]]

    assert headers == [column.header for column in schema().sheet("List_1").columns]


def test_make_lists_writes_the_same_bytes_twice(tmp_path):
    first = make(tmp_path / "a.xlsx", "--as-at", "2026-11-22")
    second = make(tmp_path / "b.xlsx", "--as-at", "22/11/2026")

    assert first.read_bytes() == second.read_bytes()


def test_check_lists_writes_the_promised_json(tmp_path, capsys):
    out = tmp_path / "report.json"

    code, _ = run(capsys, "check_lists", faulty(tmp_path / "a.xlsx"), "--as-at", "2026-11-23", "--json", out)

    report = json.loads(out.read_text())
    assert code == 1
    assert report["rows"] == {"List_1": 1, "List_2": 1}
    assert report["counts"]["error"] == 2
    assert report["not_run"] == []
    found = {finding["rule"]: finding for finding in report["findings"]}
    assert set(found) == {"unreadable value", "101b"}
    assert set(found["101b"]) >= {"sheet", "row", "unique_id", "column", "rule", "level", "message", "value"}
    date_finding = found["unreadable value"]
    assert (date_finding["sheet"], date_finding["row"], date_finding["column"]) == ("List_1", 2, "Date of birth")
    assert (date_finding["unique_id"], date_finding["value"], date_finding["level"]) == ("SYN1", "31/02/2015", "error")


@pytest.fixture
def renamed(tmp_path):
    sheets = {}
    for name, title, row in (("List_1", "Statutory", plan_cells()), ("List_2", "List_2", support_cells())):
        columns = schema().sheet(name).columns
        headers = ["DOB" if column.key == "date_of_birth" else column.header for column in columns]
        sheets[title] = [headers, [row.get(column.key, "") for column in columns]]
    return write_xlsx(tmp_path / "renamed.xlsx", sheets)


def test_check_lists_reads_own_headers_with_a_map(renamed, tmp_path, capsys):
    columns = "columns: {List_1: {Date of birth: DOB}, List_2: {date_of_birth: [DOB, Born]}}"
    (tmp_path / "map.yaml").write_text(f"sheets: {{List_1: Statutory}}\n{columns}\n", encoding="utf-8")

    without, _ = run(capsys, "check_lists", renamed, "--as-at", "2026-11-23")
    code, printed = run(capsys, "check_lists", renamed, "--as-at", "2026-11-23", "--map", tmp_path / "map.yaml")

    assert (without, code) == (1, 0)
    assert "“DOB”, was read as “Date of birth”" in printed.out
    assert "0 errors, 3 queries" in printed.out


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("sheets: {List_3: Mine}", "no sheet “List_3”"),
        ("columns: {List_1: {Shoe size: Feet}}", "no column “Shoe size”"),
        ("rows: 1", "no field “rows”"),
        ("sheets: [", "can't be read"),
    ],
    ids=["empty", "sheet", "column", "field", "no YAML"],
)
def test_check_lists_refuses_a_map_that_fits_nothing(renamed, tmp_path, capsys, text, reason):
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")

    code, printed = run(capsys, "check_lists", renamed, "--map", tmp_path / "map.yaml")

    assert code == 2
    assert reason in printed.err


def test_check_lists_prints_json_alone_when_asked(tmp_path, capsys):
    _, printed = run(capsys, "check_lists", faulty(tmp_path / "a.xlsx"), "--json", "-")

    assert json.loads(printed.out)["rows"]


def test_check_lists_judges_ages_on_the_day_it_is_given(tmp_path, capsys):
    path = make(tmp_path / "lists.xlsx", "--as-at", "2016-01-01")

    code, printed = run(capsys, "check_lists", path, "--as-at", "01/01/2036")

    assert code == 1
    assert "102b" in printed.out


def test_queries_alone_do_not_block(tmp_path, capsys):
    layout = {name: schema().sheet(name) for name in ("List_1", "List_2")}
    rows = {"List_1": plan_cells(date_of_birth=date(2001, 5, 5)), "List_2": support_cells()}
    sheets = {
        name: [[c.header for c in layout[name].columns], [row.get(c.key, "") for c in layout[name].columns]]
        for name, row in rows.items()
    }
    path = write_xlsx(tmp_path / "a.xlsx", sheets)

    code, printed = run(capsys, "check_lists", path, "--as-at", "2026-11-23")

    assert code == 0
    assert "query 102a" in printed.out


@pytest.mark.parametrize(
    "arguments",
    [["missing.xlsx"], ["--schema", "none", "x.xlsx"], ["--as-at", "tomorrow", "x.xlsx"]],
    ids=["no file", "no layout", "no day"],
)
def test_unusable_input_ends_with_two_and_a_sentence(capsys, arguments):
    code, printed = run(capsys, "check_lists", *arguments)

    assert code == 2
    assert printed.err.strip()
    assert "Traceback" not in printed.err


def test_report_that_cant_be_written_ends_with_two(tmp_path, capsys):
    code, printed = run(capsys, "check_lists", faulty(tmp_path / "a.xlsx"), "--json", tmp_path / "no" / "where.json")

    assert code == 2
    assert "can't be written" in printed.err


def test_make_lists_into_a_folder_that_is_not_there_ends_with_two(tmp_path, capsys):
    code, printed = run(capsys, "make_lists", "--list1", "1", "--list2", "1", "--out", tmp_path / "no" / "x.xlsx")

    assert code == 2
    assert "can't be written" in printed.err


def test_checking_does_not_import_pandas():
    code = (
        "import django; django.setup(); import children.management.commands.check_lists, sys; "
        "sys.exit('pandas' in sys.modules)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "sendready.settings"}

    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **environment}, check=False)

    assert done.returncode == 0


def test_check_lists_hands_the_workbook_back_with_marks(tmp_path, capsys):
    out = tmp_path / "marked.xlsx"

    code, printed = run(capsys, "check_lists", faulty(tmp_path / "a.xlsx"), "--as-at", "2026-11-23", "--marked", out)

    book = load_workbook(out)
    assert code == 1
    assert book.sheetnames[0] == "Issues"
    assert "31/02/2015" in [cell.value for cell in book["Issues"]["E"]]
    assert "101b" in book["List_1"]["E2"].comment.text
    assert "may be lost" in printed.err
    assert "may be lost" in book["Issues"].cell(book["Issues"].max_row, 8).value


def test_check_lists_marks_nothing_but_xlsx(tmp_path, capsys):
    path = tmp_path / "List_1.csv"
    path.write_text("Unique ID,UPN,ULN\n1,2,3\n")

    code, printed = run(capsys, "check_lists", path, "--marked", tmp_path / "marked.xlsx")

    assert code == 2
    assert "--marked" in printed.err
