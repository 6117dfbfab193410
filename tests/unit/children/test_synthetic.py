from datetime import date, timedelta

import pytest

from children.domain.numbers import has_right_digit, has_right_letter, is_uln, is_upn
from children.domain.schema import ListKind
from children.synthetic import synthetic_lists
from tests.factories.children import check_rows

AS_AT = date(2026, 11, 22)


def lists(**changes):
    return synthetic_lists(**({"plans": 300, "support": 300, "seed": 7, "as_at": AS_AT} | changes)).rows


def test_same_seed_gives_the_same_children_and_another_gives_others():
    assert lists() == lists()
    assert lists(seed=8) != lists()


@pytest.mark.parametrize("days_later", [0, 7, 28])
@pytest.mark.parametrize("as_at", [AS_AT, date(2026, 8, 31), date(2026, 9, 1), date(2028, 2, 29)])
def test_synthetic_rows_are_clean_by_every_rule(as_at, days_later):
    rows = lists(as_at=as_at)

    report = check_rows(
        plans=rows[ListKind.EHC_PLAN], support=rows[ListKind.SEN_SUPPORT], as_at=as_at + timedelta(days=days_later)
    )

    assert report.findings == ()
    assert report.not_run == ()


def test_numbers_carry_right_check_characters_and_ids_say_that_they_are_synthetic():
    rows = [row for rows in lists().values() for row in rows]
    upns = [row["upn"] for row in rows if "upn" in row]
    ulns = [row["uln"] for row in rows if "uln" in row]

    assert all(row["unique_id"].startswith("SYN") for row in rows)
    assert len({row["unique_id"] for row in rows}) == len(rows)
    assert all(is_upn(upn) and has_right_letter(upn) for upn in upns)
    assert all(is_uln(uln) and has_right_digit(uln) for uln in ulns)
    assert len(set(upns)) == len(upns)
