from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from children.domain.cells import Unreadable, display, parser_for, read_date, read_number
from children.domain.numbers import has_right_digit, has_right_letter, is_uln, is_upn, uln_digit
from children.domain.words import plain
from documents.domain.cells import EPOCH_1904, BrokenCell
from tests.factories.children import schema

THIRD_OF_MAY = date(2015, 5, 3)


@pytest.mark.parametrize(
    "cell",
    [
        THIRD_OF_MAY,
        datetime(2015, 5, 3, 14, 30),  # noqa: DTZ001  # as a workbook holds it
        "03/05/2015",
        "3/5/2015",
        " 03/05/2015\u00a0",
        "03-05-2015",
        "03.05.2015",
        "03 05 2015",
        "03/05/2015 00:00:00",
        "2015-05-03",
        "2015-05-03T00:00:00",
        "2015/05/03",
        "20150503",
        20150503.0,
        "3 May 2015",
        "03-May-2015",
        "3rd May, 2015",
        "０３／０５／２０１５",
        "03‑05‑2015",
        42127.0,
        42127,
        "42127",
        42127.6,
    ],
)
def test_read_date_understands_every_usual_form(cell):
    assert read_date(cell) == THIRD_OF_MAY


def test_read_date_counts_serials_from_the_workbooks_own_first_day():
    assert read_date(42127.0 - 1462, day_zero=EPOCH_1904) == THIRD_OF_MAY


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31/02/2015", "no such day"),
        ("29/02/2015", "no such day"),
        ("05/13/2015", "no such month"),
        ("00/05/2015", "no such day"),
        ("03/05/15", "two digits"),
        ("3 May 15", "two digits"),
        ("not known", "DD/MM/YYYY"),
        ("03/05/0215", "year 215"),
        (date(1815, 5, 3), "year 1815"),
        (17.0, "can be meant"),
        (9_999_999.0, "can be meant"),
        (20151332.0, "no such month|no such day"),
        (time(12, 0), "DD/MM/YYYY"),
        (timedelta(days=3), "DD/MM/YYYY"),
        (True, "DD/MM/YYYY"),
        ("03/05/2015?", "DD/MM/YYYY"),
    ],
)
def test_read_date_reports_what_it_cant_read(cell, reason):
    import re

    value = read_date(cell)

    assert isinstance(value, Unreadable)
    assert re.search(reason, value.reason)


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2060, 12, 31)))
def test_read_date_reads_back_what_is_written(day):
    assert read_date(day.strftime("%d/%m/%Y")) == read_date(day.isoformat()) == day


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers()))
def test_read_date_never_breaks_and_never_drops(cell):
    value = read_date(cell)

    assert isinstance(value, date | Unreadable) or (value is None and not plain(str(cell)))


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (3.0, 3),
        (12.5, 12.5),
        ("3", 3),
        ("12.5 %", 12.5),
        ("1,204", 1204),
        ("-1", -1),
        ("１２", 12),
        ("", None),
        ("  ", None),
    ],
)
def test_read_number_understands_digits(cell, number):
    assert read_number(cell) == number


@pytest.mark.parametrize("cell", ["two", "1.2.3", "1,20", "3 or 4", float("nan"), float("inf"), date(2020, 1, 1)])
def test_read_number_reports_what_it_cant_read(cell):
    assert isinstance(read_number(cell), Unreadable)


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("upn", "w999200019001 ", "W999200019001"),
        ("uln", 1234567890.0, "1234567890"),
        ("main_urn", 123456.0, "123456"),
        ("gender", "Male", "a"),
        ("gender", "F", "b"),
        ("gender", 1.0, "a"),
        ("home_education", "YES", "yes"),
        ("pupil_premium", "TRUE", "yes"),
        ("main_phase", "All-through", "all-through"),
        ("main_phase", "all–through", "all-through"),
        ("main_phase", "PRU/AP", "pru/ap"),
        ("ethnicity", " wbri", "WBRI"),
        ("social_care_team", "  Team \u00a0 A ", "Team A"),
        ("unique_id", 1001.0, "1001"),
    ],
)
def test_parser_reads_by_type_of_column(key, cell, value):
    assert parser_for(schema().sheet("List_1").column(key))(cell) == value


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("gender", "man"),
        ("ethnicity", "WBRIX"),
        ("suspensions", "none"),
        ("unique_id", date(2020, 1, 1)),
        ("disability", "#REF!"),
        ("upn", "#N/A"),
        ("social_care_team", "Err:502"),
        ("upn", BrokenCell("#N/A", "the spreadsheet shows the error #N/A")),
    ],
)
def test_parser_reports_a_value_that_does_not_fit_its_column(key, cell):
    assert isinstance(parser_for(schema().sheet("List_1").column(key))(cell), Unreadable)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        (12.5, "12.5"),
        (date(2015, 5, 3), "03/05/2015"),
        (datetime(2015, 5, 3, 9, 5), "03/05/2015 09:05"),  # noqa: DTZ001  # as a workbook holds it
        (True, "TRUE"),
        (None, ""),
        ("=cmd()", "=cmd()"),
    ],
)
def test_display_shows_a_cell_as_the_workbook_does(cell, text):
    assert display(cell) == text


def test_check_characters_of_numbers_that_are_right_and_wrong():
    assert is_upn("W999200019001")
    assert has_right_letter("W999200019001")
    assert not has_right_letter("K999200019001")
    assert is_uln("1000000043") is True
    assert uln_digit("100000004") is not None
    assert has_right_digit("100000004" + str(uln_digit("100000004")))
