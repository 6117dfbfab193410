"""The grid of points × kinds of evidence × partners: what lies where, how fresh, and where nothing does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selfeval.domain.proof import LIVED_EXPERIENCE, EvidenceFacts, Freshness, freshness_of


class Only(StrEnum):
    """Which points the grid shows."""

    BARE = "bare"
    UNHEARD = "unheard"
    STALE = "stale"
    ONE_PARTNER = "one-partner"


ONLY_NAMES: Mapping[Only, str] = {
    Only.BARE: "Nothing lies under them",
    Only.UNHEARD: "No lived experience",
    Only.ONE_PARTNER: "One partner alone, or none",
    Only.STALE: "Nothing fresh",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Approved items of one kind, or of one partner, under a point; `waiting` nobody has approved yet."""

    count: int = 0
    waiting: int = 0
    sides: int = 0
    freshest: Freshness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One point. `cells` by the key of the column; `whole` counts each item once."""

    point: str
    cells: Mapping[str, Cell]
    whole: Cell
    kinds: int
    partners: int
    has_lived_experience: bool


_ORDER = (Freshness.FRESH, Freshness.AGEING, Freshness.UNDATED, Freshness.STALE)


def grid(
    points: Iterable[str], items: Iterable[EvidenceFacts], today: date, *, by_partner: bool = False
) -> tuple[Row, ...]:
    """Every point in the order given. Columns are kinds, or partners; `sides` of a cell counts the other of the two."""
    under: dict[str, list[EvidenceFacts]] = defaultdict(list)
    states = {}
    for item in items:
        states[item.number] = freshness_of(item, today)
        for point in item.points:
            under[point].append(item)
    return tuple(_row(point, under.get(point, []), states, by_partner=by_partner) for point in points)


def _row(point: str, items: list[EvidenceFacts], states: Mapping[int, Freshness], *, by_partner: bool) -> Row:
    columns: dict[str, list[EvidenceFacts]] = defaultdict(list)
    for item in items:
        columns[item.partner if by_partner else item.kind].append(item)
    approved = [item for item in items if item.is_approved]
    kinds = {item.kind for item in approved}
    return Row(
        point=point,
        cells={key: _cell(held, states, by_partner=by_partner) for key, held in columns.items()},
        whole=_cell(items, states, by_partner=by_partner),
        kinds=len(kinds),
        partners=len({item.partner for item in approved}),
        has_lived_experience=LIVED_EXPERIENCE in kinds,
    )


def _cell(items: list[EvidenceFacts], states: Mapping[int, Freshness], *, by_partner: bool) -> Cell:
    approved = [item for item in items if item.is_approved]
    seen = {states[item.number] for item in approved}
    return Cell(
        count=len(approved),
        waiting=len(items) - len(approved),
        sides=len({item.kind if by_partner else item.partner for item in approved}),
        freshest=next((state for state in _ORDER if state in seen), None),
    )


def wanted(row: Row, only: Only | None) -> bool:
    """Whether a row belongs to what was asked for."""
    match only:
        case None:
            return True
        case Only.BARE:
            return not row.whole.count
        case Only.UNHEARD:
            return not row.has_lived_experience
        case Only.ONE_PARTNER:
            return row.partners < 2
        case Only.STALE:
            return row.whole.freshest is not Freshness.FRESH
