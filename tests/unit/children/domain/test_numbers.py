import pytest

from children.domain.numbers import is_uln, is_upn, possible_count, possible_percent
from tests.factories.children import check_rows, plan_cells

OTHER_DIGITS = str.maketrans("0123456789", "".join(chr(0x660 + number) for number in range(10)))


def test_digits_of_other_scripts_form_no_number():
    assert (is_upn("W999200019001"), is_uln("1000000043")) == (True, True)
    assert not is_upn("W999200019001".translate(OTHER_DIGITS))
    assert not is_uln("1000000043".translate(OTHER_DIGITS))


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [("upn", "W999200019001", "S121"), ("uln", "1000000043", "S124"), ("main_urn", "123456", "S126")],
)
def test_number_in_other_digits_is_a_finding(column, value, rule):
    report = check_rows(plans=[plan_cells(**{column: value.translate(OTHER_DIGITS)})])

    assert rule in {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("number", "count"), [(0, 0), (3.0, 3), (-1, None), (1.5, None), (None, None), (float("inf"), None)]
)
def test_number_that_counts_nothing_is_not_known(number, count):
    assert possible_count(number) == count


@pytest.mark.parametrize(
    ("number", "percent"), [(0, 0), (100, 100), (-0.1, None), (140, None), (None, None), (float("nan"), None)]
)
def test_percentage_outside_0_to_100_is_not_known(number, percent):
    assert possible_percent(number) == percent
