"""What becomes of an item of an earlier rulebook when another one is followed."""

from enum import StrEnum


class Fate(StrEnum):
    """MOVES: to the item of the same code. KEPT: as an item of the area's own. STAYS: with the earlier rulebook."""

    MOVES = "moves"
    KEPT = "kept"
    STAYS = "stays"


def fate_of(*, has_successor: bool, successor_has_versions: bool) -> Fate:
    """Two histories are never mixed: where the successor has versions of its own, the earlier ones stay."""
    if not has_successor:
        return Fate.KEPT
    return Fate.STAYS if successor_has_versions else Fate.MOVES
