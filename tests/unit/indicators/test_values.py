"""Cells: numbers, symbols, and what is neither."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.figures import Unit
from indicators.domain.values import implausible, read_cell


@pytest.mark.parametrize("symbol", ["c", "z", "x", "k", "low", ":", "~", "..", "-", "u", "C", " x "])
def test_symbol_is_kept_and_is_never_zero(symbol):
    cell = read_cell(symbol)

    assert (cell.value, cell.symbol) == (None, symbol.strip().lower())


def test_empty_cell_is_no_zero():
    assert (read_cell("  ").value, read_cell("").symbol) == (None, "blank")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("97.5", "97.5"),
        ("1,234", "1234"),
        ("-3.2", "-3.2"),
        ("1e3", "1000"),
        (".5", ".5"),
        ("1.23456", "1.2346"),
    ],
)
def test_number_is_read(text, value):
    assert read_cell(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["n/a", "12,34", "NaN", "inf", "5 pupils", "12.3.4", "١٢", "1e99", "94%"])
def test_other_text_is_not_understood(text):
    assert not read_cell(text).is_understood


@given(st.text(max_size=30))
def test_any_text_is_a_value_a_symbol_or_neither(text):
    cell = read_cell(text)

    assert (cell.value is None) or not cell.symbol


@pytest.mark.parametrize(
    ("value", "unit", "is_unbounded", "is_told"),
    [
        ("140", Unit.PERCENT, False, True),
        ("-0.1", Unit.PERCENT, False, True),
        ("100", Unit.PERCENT, False, False),
        ("140", Unit.PERCENT, True, False),
        ("-1", Unit.COUNT, False, True),
        ("-1.3", Unit.SCORE, False, False),
    ],
)
def test_implausible_value_is_told(value, unit, is_unbounded, is_told):
    assert bool(implausible(Decimal(value), unit, is_unbounded=is_unbounded)) == is_told
