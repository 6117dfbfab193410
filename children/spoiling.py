"""Faults for invented lists, so that a demonstration shows what the desk is for. No real child stands in them."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from children.domain.cells import Value
from children.domain.schema import ListKind
from children.synthetic import SyntheticLists

Row = dict[str, Value]


def _blank(*keys: str) -> Callable[[Row], None]:
    def spoil(row: Row) -> None:
        for key in keys:
            row.pop(key, None)

    return spoil


def _put(key: str, value: Value) -> Callable[[Row], None]:
    def spoil(row: Row) -> None:
        row[key] = value

    return spoil


def _plan_dates_in_wrong_order(row: Row) -> None:
    first = row.get("plan_initial_on")
    if isinstance(first, date):
        row["plan_updated_on"] = first - timedelta(days=40)


def _team_without_flag(row: Row) -> None:
    row["social_care"], row["social_care_team"] = "No", "Children in need"


# What councils' own extracts suffer from most, in the order in which it is planted.
FAULTS: tuple[Callable[[Row], None], ...] = (
    _blank("primary_need"),
    _put("date_of_birth", "31/02/2015"),
    _blank("upn", "uln"),
    _put("absence", 140),
    _blank("ethnicity"),
    _team_without_flag,
    _put("gender", "unknown to us"),
    _plan_dates_in_wrong_order,
    _put("suspensions", -1),
    _blank("disability"),
    _put("main_urn", "12345"),
)


def spoil(lists: SyntheticLists, *, faults: int, seed: int) -> None:
    """Plants so many faults in rows of their own, in place; the same seed spoils the same rows."""
    random = Random(seed)  # noqa: S311  # invented children need no secure randomness
    rows = [row for kind in (ListKind.EHC_PLAN, ListKind.SEN_SUPPORT) for row in lists.rows[kind]]
    random.shuffle(rows)
    for number in range(min(faults, len(rows))):
        _spoil_next(rows, FAULTS[number % len(FAULTS)])


def _spoil_next(rows: list[Row], fault: Callable[[Row], None]) -> None:
    """Spoils the last row on which the fault leaves a mark, and takes it out."""
    for place in reversed(range(len(rows))):
        before = dict(rows[place])
        fault(rows[place])
        if rows[place] != before:
            del rows[place]
            return
