"""The parts that a pack can have. A part that is not built yet is not in this list, so it stands on no page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Request items that are handed over together: those of documents whose deadline has this batch."""

    code: str
    title: str
    sentence: str
    batch: str


PARTS: tuple[Part, ...] = (
    Part(
        code="annex-a",
        title="Annex A documents",
        sentence="What inspectors read before they come, due on the Friday of week 1.",
        batch="annex-a",
    ),
    Part(
        code="papers",
        title="Papers to have ready",
        sentence="The context presentation and the papers for the meetings of weeks 2 and 3.",
        batch="",
    ),
)
PART_CODES = frozenset(part.code for part in PARTS)


def chosen(codes: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts with these codes, in the order of the table."""
    return tuple(part for part in PARTS if part.code in codes)
