"""What is handed over by a deadline of week 1, and how that stands. A part that is not built yet is left out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """`batch` is that of the deadline; `thing` is the export in the middle of a sentence."""

    batch: str
    title: str
    thing: str
    sentence: str


HANDOVERS: tuple[Handover, ...] = (
    Handover(
        batch="lists",
        title="Person-level lists",
        thing="the person-level lists",
        sentence="The workbook of the two lists with its notice, a separate export with stricter rights.",
    ),
    Handover(
        batch="annex-a",
        title="Annex A documents",
        thing="the Annex A pack",
        sentence="The pack of approved documents, signed off by the director and released by the LANO.",
    ),
)


class HandoverState(StrEnum):
    DELIVERED = "delivered"
    TICKED = "ticked"
    LATE = "late"
    DUE = "due"
    NOT_ASKED = "not asked"
    NO_VISIT = "no visit"


def state_of(
    *, is_live: bool, due_at: datetime | None, met_at: datetime | None, has_delivery: bool, is_asked: bool, at: datetime
) -> HandoverState:
    """Where a handover stands. `is_asked` is False where the visit's letter leaves the deadline out."""
    if has_delivery:
        return HandoverState.DELIVERED
    if not is_live:
        return HandoverState.NO_VISIT
    if not is_asked:
        return HandoverState.NOT_ASKED
    if met_at is not None:
        return HandoverState.TICKED
    return HandoverState.LATE if due_at is not None and due_at < at else HandoverState.DUE
