"""One clean case and one faulty case per published code, in the order of the table in `published.py`."""

from collections import Counter
from datetime import date

import pytest

from children.domain.check import check
from children.domain.rows import Level
from children.domain.rules.published import PUBLISHED_RULES
from children.domain.schema import ListKind
from tests.factories.children import check_rows, plan_cells, read_rows, schema, support_cells

TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)
NO_NUMBERS = {"upn": "", "uln": ""}
NO_SCHOOL = {"main_urn": "", "main_phase": "", "subsidiary_phase": ""}
SUBSIDIARY = NO_SCHOOL | {"subsidiary_phase": "special"}
AGED_4 = {"date_of_birth": date(2021, 11, 24)}
AGED_5 = {"date_of_birth": date(2020, 11, 24)}
AGED_16 = {"date_of_birth": date(2010, 1, 1)}
AGED_17 = {"date_of_birth": date(2009, 1, 1)}

# code, level, column key of the finding, changes that pass, changes that fail
CASES = [
    ("101a", "error", "date_of_birth", {}, {"date_of_birth": ""}),
    ("201a", "error", "date_of_birth", {"date_of_birth": "04/03/2016"}, {"date_of_birth": " \u00a0 "}),
    ("101b", "error", "gender", {"gender": "Female"}, {"gender": ""}),
    ("201b", "error", "gender", {"gender": 1.0}, {"gender": ""}),
    ("101c", "error", "ethnicity", {"ethnicity": "unknown"}, {"ethnicity": ""}),
    ("201c", "error", "ethnicity", {"ethnicity": "refu"}, {"ethnicity": ""}),
    ("101d", "error", "primary_need", {"primary_need": "semh"}, {"primary_need": ""}),
    ("201d", "error", "primary_need", {"primary_need": "MLD "}, {"primary_need": ""}),
    ("102a", "query", "date_of_birth", {"date_of_birth": date(2001, 11, 24)}, {"date_of_birth": date(2001, 11, 23)}),
    ("202a", "query", "date_of_birth", {"date_of_birth": date(2000, 11, 23)}, {"date_of_birth": date(2000, 11, 24)}),
    ("102b", "error", "date_of_birth", {"date_of_birth": date(2000, 11, 24)}, {"date_of_birth": date(2000, 11, 23)}),
    ("202b", "error", "date_of_birth", {"date_of_birth": date(2001, 5, 5)}, {"date_of_birth": date(1990, 5, 5)}),
    ("103", "error", "disability", {"disability": "No"}, {"disability": ""}),
    ("203", "error", "disability", {"disability": "c"}, {"disability": ""}),
    ("105a", "query", "date_of_birth", {"date_of_birth": TODAY}, {"date_of_birth": TOMORROW}),
    ("205a", "query", "date_of_birth", {"date_of_birth": TODAY}, {"date_of_birth": TOMORROW}),
    ("105b", "query", "plan_initial_on", {"plan_initial_on": TODAY}, {"plan_initial_on": TOMORROW}),
    ("105c", "query", "plan_updated_on", {"plan_updated_on": ""}, {"plan_updated_on": TOMORROW}),
    ("105d", "query", "plan_reviewed_on", {"plan_reviewed_on": TODAY}, {"plan_reviewed_on": "24/11/2026"}),
    ("106a", "error", "plan_initial_on", {"plan_updated_on": date(2021, 5, 6)}, {"plan_updated_on": date(2021, 5, 5)}),
    ("106b", "error", "plan_initial_on", {"plan_reviewed_on": ""}, {"plan_reviewed_on": date(2021, 5, 5)}),
    ("107", "error", "upn", NO_NUMBERS | AGED_5, NO_NUMBERS | {"date_of_birth": date(2020, 11, 23)}),
    ("207", "error", "upn", {"upn": "", "uln": "1234567890"}, NO_NUMBERS),
    ("108a", "error", "main_urn", NO_SCHOOL | AGED_17, NO_SCHOOL | AGED_16),
    ("208a", "error", "main_urn", NO_SCHOOL | AGED_4, NO_SCHOOL | {"date_of_birth": date(2021, 11, 23)}),
    ("108b", "error", "main_urn", SUBSIDIARY | AGED_17, SUBSIDIARY),
    ("208b", "error", "main_urn", {"subsidiary_phase": "special"}, NO_SCHOOL | {"subsidiary_phase": "PRU"}),
]  # fmt: skip
REPEATED = [("109", "upn"), ("209", "upn")]


def findings_of(code: str, changes: dict) -> list:
    if code.startswith("1"):
        return check_rows(plans=[plan_cells(**changes)]).findings
    return check_rows(support=[support_cells(**changes)]).findings


@pytest.mark.parametrize(("code", "level", "column", "passes", "fails"), CASES, ids=[case[0] for case in CASES])
def test_rule_stays_silent_on_a_row_that_passes(code, level, column, passes, fails):
    found = findings_of(code, passes)

    assert code not in [finding.rule for finding in found]


@pytest.mark.parametrize(("code", "level", "column", "passes", "fails"), CASES, ids=[case[0] for case in CASES])
def test_rule_finds_the_row_at_fault(code, level, column, passes, fails):
    found = [finding for finding in findings_of(code, fails) if finding.rule == code]

    assert len(found) == 1
    sheet = "List_1" if code.startswith("1") else "List_2"
    assert (found[0].sheet, found[0].row, found[0].level) == (sheet, 2, level)
    assert found[0].column == schema().sheet(sheet).header(column)
    assert found[0].unique_id in {"SYN1", "SYN2"}


def test_109_finds_every_row_with_a_repeated_upn():
    rows = [
        plan_cells(unique_id="SYN1"),
        plan_cells(unique_id="SYN2", upn="K999200019002"),
        plan_cells(unique_id="SYN3"),
    ]

    found = [finding for finding in check_rows(plans=rows, support=[]).findings if finding.rule == "109"]

    assert [(finding.row, finding.value) for finding in found] == [(2, "W999200019001"), (4, "W999200019001")]


def test_209_forgives_spaces_and_case_when_it_compares():
    rows = [support_cells(unique_id="SYN1"), support_cells(unique_id="SYN2", upn=" k9992000 19002")]

    found = [finding for finding in check_rows(support=rows).findings if finding.rule == "209"]

    assert [finding.row for finding in found] == [2, 3]


@pytest.mark.parametrize("code", ["109", "209"])
def test_blank_upns_are_not_a_repetition(code):
    rows = [plan_cells(unique_id=f"SYN{n}", upn="", uln=f"123456789{n}") for n in (1, 2)]
    others = [support_cells(unique_id=f"SYN{n}", upn="", uln=f"123456780{n}") for n in (3, 4)]

    report = check_rows(plans=rows, support=others)

    assert code not in report.by_rule


def test_table_holds_the_29_codes_of_the_sector_once_each():
    codes = [rule.code for rule in PUBLISHED_RULES]

    assert codes == [case[0] for case in CASES] + [code for code, _ in REPEATED]
    assert len(codes) == len(set(codes)) == 29
    assert Counter(rule.list_kind for rule in PUBLISHED_RULES) == {ListKind.EHC_PLAN: 17, ListKind.SEN_SUPPORT: 12}


@pytest.mark.parametrize("rule", PUBLISHED_RULES, ids=lambda rule: rule.code)
def test_rule_cites_its_source_and_says_what_to_do(rule):
    assert rule.source
    assert rule.wrong.endswith(".")
    assert rule.fix.endswith(".")
    assert rule.columns


def test_home_educated_child_without_a_school_is_a_query():
    report = check_rows(plans=[plan_cells(home_education="Yes", **NO_SCHOOL)])

    found = [finding for finding in report.findings if finding.rule == "108a"]
    assert [finding.level for finding in found] == [Level.QUERY]
    assert "home educated" in found[0].message


def test_clean_rows_raise_nothing():
    report = check_rows()

    assert report.findings == ()
    assert report.not_run == ()
    assert not report.blocks


def test_order_of_the_rules_makes_no_difference():
    faulty = plan_cells(gender="", plan_reviewed_on=date(2020, 1, 1), **NO_NUMBERS)
    workbook = read_rows(plans=[faulty, plan_cells(), plan_cells()], support=[support_cells(gender="")])

    forwards = check(workbook, rules=PUBLISHED_RULES)
    backwards = check(workbook, rules=tuple(reversed(PUBLISHED_RULES)))

    assert [finding.rule for finding in forwards.findings] == ["107", "101b", "106b", "109", "109", "201b"]
    assert forwards.findings == backwards.findings
