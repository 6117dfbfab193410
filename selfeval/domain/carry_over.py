"""Between two rulebooks: where a row of the earlier one stands in the later, and how what was carried is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """What leads from the earlier row to the later one."""

    MAPPED = "mapped"
    SAME_CODE = "same_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where one earlier row goes: codes of the later rulebook, or, where there is none, the reason in a sentence."""

    codes: tuple[str, ...] = ()
    why: Why = Why.MAPPED
    reason: str = ""


def way_of(
    code: str, *, parent: str, new: Mapping[str, str], mapping: Mapping[str, Sequence[str]], noun: str = "point"
) -> Way:
    """`new`: codes of the later rows with the code of what they stand in. `mapping`: earlier code → later ones.

    An empty code in the mapping says that the row was dropped. Without a line in the mapping the same code counts,
    unless the mapping sends what the row stands in elsewhere: then the same code may well mean something else.
    """
    if code in mapping:
        return _mapped(mapping[code], new, noun)
    moved = [each for each in mapping.get(parent, ()) if each]
    if code in new and (parent not in mapping or new[code] in moved):
        return Way(codes=(code,), why=Why.SAME_CODE)
    if moved:
        return Way(reason=f"{parent} has become {_listed(moved)}, and the mapping names no {noun} there for this one.")
    if parent in mapping:
        return Way(reason=f"The mapping says that the new rulebook dropped {parent}.")
    return Way(reason=f"The new rulebook has no {noun} with this code, and the mapping does not name it.")


def _mapped(mapped: Sequence[str], new: Mapping[str, str], noun: str) -> Way:
    targets = tuple(dict.fromkeys(each for each in mapped if each))
    found = tuple(each for each in targets if each in new)
    if found:
        return Way(codes=found)
    if not targets:
        return Way(reason="The mapping says that the new rulebook dropped it.")
    return Way(reason=f"The mapping leads to {_listed(targets)}, which is no {noun} of the new rulebook.")


def _listed(codes: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkNow:
    """A link as it stands."""

    pk: int
    sentence: str
    said_at: datetime


def reason_to_keep_link(*, made: int, sentence: str, made_at: datetime, now: LinkNow | None) -> str:
    """Why a carried link can't be taken back: empty where it is still what was made."""
    if now is None or now.pk != made:
        return "The link that was made was taken out since: nothing is left to undo."
    if now.sentence != sentence or now.said_at != made_at:
        return "The sentence of the link was changed since. Take it out on the page of the evidence, if you mean to."
    return ""


CHANGED_ANSWER = "The carried words were changed since. Take out by hand what you don't want: nothing was undone."


def beneath(before: str, piece: str) -> str:
    """The piece beneath what stands there already."""
    return f"{before.rstrip()}\n\n{piece}" if before.strip() else piece


def without_piece(text: str, *, piece: str, before: str) -> str | None:
    """The text without the piece that was written beneath `before`; None where its words stand there no more.

    Words that others wrote around it stay. Browsers send their own ends of lines: they are no change.
    """
    lines, wanted = text.splitlines(), piece.splitlines()
    if lines == beneath(before, piece).splitlines():
        return before
    places = [at for at in range(len(lines) - len(wanted) + 1) if lines[at : at + len(wanted)] == wanted]
    if not wanted or len(places) != 1:
        return None
    above, below = lines[: places[0]], lines[places[0] + len(wanted) :]
    parts = ["\n".join(above).rstrip(), "\n".join(below).strip("\n")]
    return "\n\n".join(part for part in parts if part.strip())
