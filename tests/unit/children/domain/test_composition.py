"""Counting rows by what they share, and the tables made of the counts."""

import pytest

from children.domain.composition import (
    ABSENCES,
    AGES,
    NOT_RECORDED,
    SUSPENSIONS,
    band_of,
    compose,
    cross_table,
    single_table,
)
from children.domain.suppression import Rule
from tests.factories.children import plan_cells, read_rows, schema, support_cells


def composed(plans, support=()):
    workbook = read_rows(plans=plans, support=support)
    return compose({sheet.layout.name: sheet.rows for sheet in workbook.sheets}, schema())


def figures(table) -> dict[str, tuple]:
    return {row.label: row.figures for row in table.rows if any(row.figures)} | {"Total": table.total.figures}


@pytest.mark.parametrize(
    ("number", "bands", "label"),
    [
        (0, AGES, "Under 5"),
        (4, AGES, "Under 5"),
        (5, AGES, "5 to 10"),
        (24, AGES, "19 to 24"),
        (25, AGES, "25 and over"),
        (-1, AGES, None),
        (None, AGES, None),
        (9.9, ABSENCES, "5 to under 10 %"),
        (10, ABSENCES, "10 to under 20 %"),
        (100, ABSENCES, "50 % and more"),
        (0, SUSPENSIONS, "None"),
        (5, SUSPENSIONS, "5 and more"),
    ],
)
def test_band_of_a_number(number, bands, label):
    labels = [*(band.label for band in bands), None]

    assert labels[band_of(number, bands)] == label


def test_each_list_and_both_together_are_counted():
    composition = composed([plan_cells(), plan_cells(primary_need="HI")], [support_cells()])

    table = single_table(composition, composition.dimension("need"), None)

    assert table.headers == ("List_1", "List_2", "Both lists")
    assert figures(table) == {
        "Autistic spectrum disorder": (1, 1, 2),
        "Hearing impairment": (1, 0, 1),
        "Total": (2, 1, 3),
    }


def test_blank_and_unreadable_values_are_not_recorded():
    composition = composed([plan_cells(gender=""), plan_cells(gender="woman?")])

    table = single_table(composition, composition.dimension("gender"), None)

    assert figures(table)[NOT_RECORDED] == (2, 0, 2)


@pytest.mark.parametrize(
    ("code", "changes", "label"),
    [
        ("age", {"date_of_birth": "01/02/2024"}, "Under 5"),
        ("phase", {"main_phase": "ap"}, "PRU/AP"),
        ("phase", {"main_phase": ""}, "No phase recorded"),
        ("ethnicity", {"ethnicity": "CHNE"}, "Chinese"),
        ("social-care", {"social_care": "Y"}, "Known to social care"),
        ("absence", {"absence": "12.5 %"}, "10 to under 20 %"),
        ("suspensions", {"suspensions": 3}, "2 to 4"),
        ("exclusions", {"exclusions": 1}, "1 and more"),
        ("absence", {"absence": 140}, NOT_RECORDED),
        ("suspensions", {"suspensions": -1}, NOT_RECORDED),
        ("exclusions", {"exclusions": 1.5}, NOT_RECORDED),
    ],
)
def test_row_stands_in_its_category(code, changes, label):
    composition = composed([plan_cells(**changes)])

    assert label in figures(single_table(composition, composition.dimension(code), None))


def test_cross_table_adds_up_and_turns():
    composition = composed([plan_cells(), plan_cells(gender="b"), plan_cells(gender="b", primary_need="HI")])
    need, gender = composition.dimension("need"), composition.dimension("gender")

    table = cross_table(composition, need, gender, of="List_1", rule=None)
    turned = cross_table(composition, gender, need, of="", rule=None)

    rows = {row.label: row.figures for row in table.rows}
    assert rows["Autistic spectrum disorder"] == (1, 1, 0, 0, 0, 2)
    assert table.total.figures == (1, 2, 0, 0, 0, 3)
    assert {row.label: row.figures[-1] for row in turned.rows}["Female"] == 2
    assert table.title == "Primary need by gender"


def test_suppressed_table_shows_the_symbol_and_never_a_zero_for_it():
    many = [plan_cells(unique_id=f"SYN{n}") for n in range(30)]
    some = [plan_cells(unique_id=f"SYN8{n}", primary_need="SLD") for n in range(9)]
    composition = composed([*many, *some, plan_cells(unique_id="SYN99", primary_need="HI")])

    table = single_table(composition, composition.dimension("need"), Rule())

    assert figures(table) == {
        "Autistic spectrum disorder": (30, 0, 30),
        "Severe learning difficulty": ("c", 0, "c"),
        "Hearing impairment": ("c", 0, "c"),
        "Total": (40, 0, 40),
    }
    assert table.hides_any
