"""One clean case and one faulty case per code of ours, in the order of the tables."""

from datetime import date
from random import Random

import pytest

from children.domain.check import check
from children.domain.reading import read_lists
from children.domain.rules import RULES
from children.domain.rules.answers import ANSWER_RULES
from children.domain.rules.codes import CODE_RULES
from children.domain.rules.consistency import CONSISTENCY_RULES
from children.domain.rules.identity import IDENTITY_RULES
from children.domain.rules.published import PUBLISHED_RULES
from children.loaders import parse_schema
from tests.factories.children import AS_AT, check_rows, plan_cells, raw_sheet, read_rows, schema, support_cells

ULN = "1000000043"
OWN_RULES = (*IDENTITY_RULES, *CODE_RULES, *CONSISTENCY_RULES, *ANSWER_RULES)


def case(code, key, passes, fails, level="error"):
    """One case per list: codes that start S2 are the same about List_2."""
    return [pytest.param(one, level, key, passes, fails, id=one) for one in code.split()]


CASES = [
    *case("S111 S211", "unique_id", {}, {"unique_id": " "}),
    *case("S118 S218", "unique_id", {"unique_id": "SYN 0007"}, {"unique_id": "Invented Person"}),
    *case("S119 S219", "unique_id", {"unique_id": "TOTAL1"}, {"unique_id": "Total:"}),
    *case("S192 S292", "disability", {"disability": "x" * 200}, {"disability": "x" * 201}, "query"),
    *case("S121 S221", "upn", {"upn": ""}, {"upn": "W99920001900"}),
    *case("S122 S222", "upn", {"upn": "K999200019002"}, {"upn": "A999200019002"}),
    *case("S123 S223", "upn", {}, {"upn": "D99920001900A"}, "query"),
    *case("S124 S224", "uln", {"uln": 1000000043.0}, {"uln": "100000004"}),
    *case("S125 S225", "uln", {"uln": ULN}, {"uln": "1000000044"}),
    *case("S126 S226", "main_urn", {"main_urn": "123456.0"}, {"main_urn": "12345"}),
    *case("S131 S231", "gender", {"gender": "Not known"}, {"gender": "e"}),
    *case("S132 S232", "ethnicity", {"ethnicity": "nobt"}, {"ethnicity": "WBRT"}),
    *case("S133 S233", "primary_need", {"primary_need": "vi"}, {"primary_need": "ADHD"}),
    *case("S134 S234", "main_phase", {"main_phase": "All through"}, {"main_phase": "infant"}),
    *case("S135 S235", "subsidiary_phase", {"subsidiary_phase": "special"}, {"subsidiary_phase": "none"}),
    *case("S136", "home_education", {"home_education": "n"}, {"home_education": "maybe"}),
    *case("S137 S237", "pupil_premium", {"pupil_premium": True}, {"pupil_premium": "2"}),
    *case("S138 S238", "social_care", {"social_care": "NO"}, {"social_care": "CIN"}),
    *case("S141 S241", "suspensions", {"suspensions": "3"}, {"suspensions": 1.5}),
    *case("S142 S242", "exclusions", {"exclusions": ""}, {"exclusions": -1}),
    *case("S143 S243", "absence", {"absence": "100 %"}, {"absence": 100.5}),
    *case("S151 S251", "social_care_team", {"social_care": "Yes", "social_care_team": "A"}, {"social_care_team": "A"}),
    *case("S152 S252", "social_care_team", {}, {"social_care": "Yes"}, "query"),
    *case("S160", "plan_initial_on", {}, {"plan_initial_on": ""}),
    *case("S161", "plan_initial_on", {"plan_initial_on": "04/03/2016"}, {"plan_initial_on": "03/03/2016"}),
    *case("S162", "plan_updated_on", {"plan_updated_on": ""}, {"plan_updated_on": date(2015, 3, 4)}),
    *case("S163", "plan_reviewed_on", {}, {"plan_reviewed_on": "01/01/2016"}),
    *case("S164", "plan_updated_on", {"plan_updated_on": "20/05/2026"}, {"plan_updated_on": "21/05/2026"}, "query"),
    *case(
        "S165", "plan_reviewed_on",
        {"plan_reviewed_on": date(2025, 11, 23)}, {"plan_reviewed_on": date(2025, 11, 22)}, "query",
    ),
    *case(
        "S166", "plan_reviewed_on",
        {"plan_reviewed_on": "", "plan_initial_on": date(2025, 11, 23), "plan_updated_on": ""},
        {"plan_reviewed_on": ""}, "query",
    ),
    *case("S171", "home_education", {"home_education": "Yes", "main_urn": ""}, {"home_education": "Yes"}, "query"),
    *case("S173 S273", "main_phase", {"main_phase": "all-through"}, {"main_phase": "nursery"}, "query"),
    *case("S174 S274", "subsidiary_phase", {"subsidiary_phase": ""}, {"subsidiary_phase": "FE college"}, "query"),
    *case("S144 S244", "suspensions", {"suspensions": "", "main_urn": ""}, {"suspensions": ""}, "query"),
    *case("S145 S245", "exclusions", {"exclusions": "0"}, {"exclusions": " "}, "query"),
    *case("S146 S246", "absence", {"absence": "", "main_urn": ""}, {"absence": ""}, "query"),
    *case("S147 S247", "pupil_premium", {"pupil_premium": "2"}, {"pupil_premium": ""}, "query"),
    *case("S153 S253", "social_care", {"social_care": "", "social_care_team": "A"}, {"social_care": ""}, "query"),
    *case("S172", "home_education", {"home_education": "maybe"}, {"home_education": ""}, "query"),
    *case("S175 S275", "main_phase", {"main_phase": "", "main_urn": ""}, {"main_phase": ""}, "query"),
    *case("S176 S276", "main_phase", {"main_urn": "x"}, {"main_urn": ""}, "query"),
    *case("S191 S291", "disability", {"disability": "Not yet – asked"}, {"disability": "Yes\u00a0"}, "query"),
]  # fmt: skip
# Codes that look beyond one row; each has its own tests below.
BEYOND = {
    "S112", "S113", "S114", "S115", "S116", "S117", "S130", "S139", "S148", "S181", "S182",
    "S212", "S213", "S214", "S215", "S216", "S217", "S230", "S239", "S248", "S281", "S282",
}  # fmt: skip


def report_of(code, changes):
    if code.startswith("S1"):
        return check_rows(plans=[plan_cells(**changes)])
    return check_rows(support=[support_cells(**changes)])


def found(report, code):
    return [(finding.row, finding.level, finding.column) for finding in report.findings if finding.rule == code]


@pytest.mark.parametrize(("code", "level", "key", "passes", "fails"), CASES)
def test_rule_stays_silent_on_a_row_that_passes(code, level, key, passes, fails):
    assert found(report_of(code, passes), code) == []


@pytest.mark.parametrize(("code", "level", "key", "passes", "fails"), CASES)
def test_rule_finds_the_row_at_fault(code, level, key, passes, fails):
    sheet = "List_1" if code.startswith("S1") else "List_2"

    assert found(report_of(code, fails), code) == [(2, level, schema().sheet(sheet).header(key))]


def test_every_own_rule_has_its_cases():
    assert {param.id for param in CASES} | BEYOND == {rule.code for rule in OWN_RULES}


def test_table_of_all_rules_has_no_code_twice_and_more_than_sixty():
    codes = [rule.code for rule in RULES]

    assert len(codes) == len(set(codes)) == len(PUBLISHED_RULES) + len(OWN_RULES)
    assert len(codes) >= 60


@pytest.mark.parametrize("rule", OWN_RULES, ids=lambda rule: rule.code)
def test_own_rule_cites_its_source_and_says_what_to_do(rule):
    assert rule.source
    assert rule.wrong.endswith(".")
    assert rule.fix.endswith(".")


def pair(cells, first, second):
    return [cells(**first), cells(**({"unique_id": "SYN8", "upn": "", "uln": ULN} | second))]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("112", ({}, {"unique_id": "syn1"})),
        ("116", ({"uln": ULN}, {"uln": ULN})),
        ("117", ({}, {})),
    ],
    ids=["Unique ID repeated", "ULN repeated", "probably one child twice"],
)
@pytest.mark.parametrize("number", ["1", "2"])
def test_rule_across_rows_finds_each_row_of_the_group(code, changes, number):
    first, second = changes
    own = f"S{number}{code[1:]}"
    if number == "1":
        report = check_rows(plans=pair(plan_cells, first, second))
    else:
        second = {"unique_id": "SYN2"} if code == "112" else second
        report = check_rows(support=pair(support_cells, first, second))

    assert [row for row, _, _ in found(report, own)] == [2, 3]
    assert found(check_rows(), own) == []


@pytest.mark.parametrize(
    ("code", "change"),
    [("13", {"unique_id": "SYN1"}), ("14", {"upn": "W999200019001"}), ("15", {"uln": ULN})],
    ids=["Unique ID", "UPN", "ULN"],
)
def test_child_on_both_lists_is_found_on_both(code, change):
    report = check_rows(plans=[plan_cells(uln=ULN)], support=[support_cells(**change)])

    assert len(found(report, f"S1{code}")) == len(found(report, f"S2{code}")) == 1
    assert found(check_rows(), f"S1{code}") == []


def test_rules_across_lists_are_not_run_without_the_other_list():
    report = check(read_lists([raw_sheet("List_1", [plan_cells()])], schema(), as_at=AS_AT))

    skipped = {item.rule: item.why for item in report.not_run if item.sheet == "List_1"}
    assert set(skipped) == {"S113", "S114", "S115"}
    assert "List_2" in skipped["S113"]


@pytest.mark.parametrize("code", ["S139", "S239"])
def test_other_spellings_are_one_query_for_the_column(code):
    rows = [{"gender": "M"}, {"gender": "F", "unique_id": "SYN8", "upn": "", "uln": ULN}]
    if code == "S139":
        report = check_rows(plans=[plan_cells(**row) for row in rows])
    else:
        report = check_rows(support=[support_cells(**row) for row in rows])

    assert found(report, code) == [(1, "query", "Gender")]
    assert found(check_rows(), code) == []


@pytest.mark.parametrize(("code", "sheet", "cells"), [("S148", 0, plan_cells), ("S248", 1, support_cells)])
def test_absences_that_look_like_fractions_are_one_query_for_the_column(code, sheet, cells):
    def report(most):
        rows = [cells(unique_id=f"SYN{number}", upn="", uln="", absence=number / 30) for number in range(30)]
        rows[-1]["absence"] = most
        return check_rows(plans=rows) if sheet == 0 else check_rows(support=rows)

    assert found(report(1), code) == [(1, "query", "Absence")]
    assert found(report(1.5), code) == []


@pytest.mark.parametrize("key", ["O'Nobody Anna", "Person, Invented", "A. Nobody", "Anna-Nobody", "Person,Invented"])
def test_names_of_several_shapes_are_told_from_keys(key):
    assert found(check_rows(plans=[plan_cells(unique_id=key)]), "S118") == [(2, "error", "Unique ID")]


@pytest.mark.parametrize("key", ["SYN-0001", "EHC A12", "a1b2-c3d4", "AB-CD-1", "SYN", "A B"])
def test_keys_are_not_taken_for_names(key):
    assert found(check_rows(plans=[plan_cells(unique_id=key)]), "S118") == []


@pytest.mark.parametrize("code", ["S119", "S219"])
def test_row_without_anything_of_a_child_is_told_from_one(code):
    nothing = dict.fromkeys(("date_of_birth", "gender", "ethnicity", "primary_need", "main_urn"), "")

    assert found(report_of(code, {"unique_id": "Source: the case system", **nothing}), code) == [
        (2, "error", "Unique ID")
    ]


def test_space_inside_a_upn_is_untidy_and_the_upn_is_read_all_the_same():
    report = check_rows(plans=[plan_cells(upn="W9992 0001 9001")])

    assert [(finding.rule, finding.row, finding.column) for finding in report.findings] == [("S191", 2, "UPN")]


@pytest.mark.parametrize("seed", range(3))
def test_order_of_the_rules_changes_nothing(seed):
    plans = [plan_cells(**change) for change in ({}, {"upn": ""}, {"gender": "e"}, {"unique_id": " "}, {"uln": ULN})]
    support = [support_cells(**change) for change in ({"uln": ULN}, {"absence": 140}, {"main_phase": "nursery"})]
    workbook = read_rows(plans=plans, support=support)
    shuffled = list(RULES)
    Random(seed).shuffle(shuffled)

    one = check(workbook, today=AS_AT, earlier_rows={"List_1": 100})
    other = check(workbook, rules=tuple(shuffled), today=AS_AT, earlier_rows={"List_1": 100})

    assert one.findings == other.findings
    assert len(one.findings) > 10
    assert set(one.not_run) == set(other.not_run)


@pytest.mark.parametrize(("code", "sheet"), [("S181", "List_1"), ("S281", "List_2")])
def test_change_of_the_number_of_rows_is_asked_about(code, sheet):
    workbook = read_rows(plans=[plan_cells()], support=[support_cells()])

    far = check(workbook, earlier_rows={sheet: 100})
    near = check(workbook, earlier_rows={sheet: 9})
    unknown = check(workbook)

    assert found(far, code) == [(None, "query", "")]
    assert found(near, code) == found(unknown, code) == []
    assert unknown.not_run == ()


@pytest.mark.parametrize("code", ["S182", "S282"])
def test_extract_of_more_than_a_month_ago_is_asked_about(code):
    workbook = read_rows(plans=[plan_cells()], support=[support_cells()])

    assert found(check(workbook, today=date(2026, 12, 25)), code) == [(None, "query", "")]
    assert found(check(workbook, today=date(2026, 12, 24)), code) == []


INVENTED = """\
schema: invented
title: Invented
source: a test
columns:
  unique_id: {header: Key, type: identifier}
  colour: {header: Colour, type: code, codes: colour}
sheets:
  - {name: Plans, list: ehc_plan, title: Plans, columns: [unique_id, colour]}
  - {name: Support, list: sen_support, title: Support, columns: [unique_id, colour]}
code_lists:
  colour:
    title: Colour
    codes:
      - {code: red, label: Red, to: 2026-08-31}
      - {code: blue, label: Blue}
"""


@pytest.mark.parametrize(
    ("colour", "wrong"),
    [("green", "not a code for colour"), ("red", "not in force on 23/11/2026"), ("blue", "")],
    ids=["not on the list", "no longer in force", "in force"],
)
@pytest.mark.parametrize(("code", "sheet"), [("S130", "Plans"), ("S230", "Support")])
def test_codes_of_a_column_that_no_rule_names_are_checked_too(colour, wrong, code, sheet):
    layout = parse_schema(INVENTED, file="invented.yaml")
    sheets = [raw_sheet(name, [{"unique_id": name, "colour": colour}], schema=layout) for name in ("Plans", "Support")]

    report = check(read_lists(sheets, layout, as_at=AS_AT))

    messages = [finding.message for finding in report.findings if finding.rule == code and finding.sheet == sheet]
    assert [wrong in message for message in messages] == ([True] if wrong else [])


def test_code_is_judged_on_the_day_of_the_extract():
    layout = parse_schema(INVENTED, file="invented.yaml")
    sheets = [raw_sheet("Plans", [{"unique_id": "k", "colour": "red"}], schema=layout)]

    report = check(read_lists(sheets, layout, as_at=date(2026, 8, 31)))

    assert found(report, "S130") == []
