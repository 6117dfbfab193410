from datetime import date

import pytest

from children.domain.schema import ListKind
from children.spoiling import FAULTS, spoil
from children.synthetic import synthetic_lists
from tests.factories.children import check_rows

AS_AT = date(2026, 11, 22)


def spoiled(*, faults, seed=852):
    lists = synthetic_lists(plans=300, support=300, seed=7, as_at=AS_AT)
    spoil(lists, faults=faults, seed=seed)
    return lists.rows


def findings_of(rows):
    return check_rows(plans=rows[ListKind.EHC_PLAN], support=rows[ListKind.SEN_SUPPORT], as_at=AS_AT).findings


def test_no_faults_leave_the_rows_clean():
    assert findings_of(spoiled(faults=0)) == ()


def test_same_seed_spoils_the_same_rows():
    assert spoiled(faults=20) == spoiled(faults=20)
    assert spoiled(faults=20) != spoiled(faults=20, seed=1)


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_fault_is_found_in_a_row_that_it_spoils(number):
    lists = synthetic_lists(plans=300, support=20, seed=7, as_at=AS_AT)
    row = next(row for row in lists.rows[ListKind.EHC_PLAN] if row["date_of_birth"] < date(2014, 1, 1) and "uln" in row)

    FAULTS[number](row)

    found = findings_of(lists.rows)
    assert {finding.unique_id for finding in found} == {row["unique_id"]}
