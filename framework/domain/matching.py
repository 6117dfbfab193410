"""Matches a pasted official text to criteria and points, for a person to confirm. Nothing is decided here.

A pasted line is likened to each row by the telling words that both use: a word that stands in few rows tells more than
one that stands in all. Official texts keep the order of the rows, so among the likenesses those are proposed that keep
it too. Each proposal says which words it rests on and how sure that makes it.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

_BULLET = re.compile(r"^\s*(?:[-–—*•◼▪●o]|\(?[a-z0-9]{1,3}[.)])\s+")
_WORD = re.compile(r"[a-z]+")
# What stands in every such text and tells nothing.
_COMMON_WORDS = """
a an and are as at be been but by can for from has have how in including into is it its not of on one or so
such than that the their them they this to was were what when where which who will with within without where
needed children child young people person person's send special educational disabilities
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ness", "ied", "ies", "ed", "es", "ly", "s")
_SHORTEST_STEM = 4
_FEWEST_WORDS = 3
# Beneath the first nothing is proposed; above the second the words alone carry it.
PERHAPS, SURE = 0.12, 0.34


class Surety(StrEnum):
    SURE = "sure"
    PERHAPS = "perhaps"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A criterion or a point as it stands: its own words, and what is already pasted."""

    kind: str
    code: str
    title: str
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One pasted line and the row proposed for it; `code` is empty where none is like it.

    `likeness` is 0 to 1; `shared` are the telling words of both; `other` is the next likeliest row. `is_by_place`:
    the lines before and after it leave just this row, though the words alone would not have proposed it.
    """

    text: str
    code: str = ""
    likeness: float = 0
    shared: tuple[str, ...] = ()
    other: str = ""
    is_by_place: bool = False

    @property
    def surety(self) -> Surety:
        if not self.code:
            return Surety.NONE
        return Surety.SURE if self.likeness >= SURE and not self.is_by_place else Surety.PERHAPS

    @property
    def reason(self) -> str:
        """Why it is proposed, in a sentence."""
        if not self.code:
            return "No row uses enough of the same words."
        words = ", ".join(self.shared) if self.shared else "none"
        if self.is_by_place:
            return f"Its place: the lines before and after it leave just this row. Same telling words: {words}."
        how = "" if self.surety is Surety.SURE else " Few, so its place in the order counts: look twice."
        return f"Same telling words: {words} ({self.likeness:.0%}).{how}"


def lines_of(pasted: str) -> tuple[str, ...]:
    """The sentences of a pasted text: a bullet or a line each, wrapped lines joined, headings of two words dropped."""
    lines: list[str] = []
    is_open = False
    for raw in pasted.splitlines():
        text = " ".join(raw.split())
        if not text:
            is_open = False
            continue
        is_bullet = bool(_BULLET.match(raw))
        text = _BULLET.sub("", text).strip()
        continues = is_open and not is_bullet and text[:1].islower() and not lines[-1].endswith((".", ";", ":"))
        if continues:
            lines[-1] = f"{lines[-1]} {text}"
        else:
            lines.append(text)
        is_open = True
    return tuple(dict.fromkeys(line for line in lines if len(_WORD.findall(line.casefold())) >= _FEWEST_WORDS))


def match(pasted: Sequence[str], rows: Sequence[Row]) -> tuple[Proposal, ...]:
    """A proposal for each pasted line, each row at most once, the rows in their published order."""
    telling = [_words(f"{row.title} {row.wording}") for row in rows]
    weights = _weights(telling)
    lines = [_words(text) for text in pasted]
    likeness = [[_likeness(line, row, weights) for row in telling] for line in lines]
    chosen = dict(_in_order(likeness))
    by_place = dict(_between(chosen))
    every = chosen | by_place
    found = []
    for place, text in enumerate(pasted):
        row = every.get(place)
        ranked = sorted(range(len(rows)), key=lambda each, likes=likeness[place]: -likes[each])  # type: ignore[misc]  # a default binds the loop variable
        others = [rows[each].code for each in ranked if each != row and likeness[place][each] >= PERHAPS]
        proposal = Proposal(text=text, other=others[0] if others else "")
        if row is not None:
            proposal = replace(
                proposal,
                code=rows[row].code,
                likeness=likeness[place][row],
                shared=tuple(sorted(set(lines[place]) & set(telling[row]))),
                is_by_place=place in by_place,
            )
        found.append(proposal)
    return tuple(found)


def _between(chosen: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Where as many lines as rows lie between two pairs, they go together one by one."""
    pairs = sorted(chosen.items())
    for (line, row), (next_line, next_row) in pairwise(pairs):
        if next_line - line == next_row - row:
            yield from zip(range(line + 1, next_line), range(row + 1, next_row), strict=True)


def _words(text: str) -> Counter[str]:
    found = (_stem(word) for word in _WORD.findall(text.casefold().replace("’", "'")) if word not in _COMMON)
    return Counter(word for word in found if len(word) > 2)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _weights(rows: Sequence[Counter[str]]) -> dict[str, float]:
    """How telling a word is: the fewer rows it stands in, the more."""
    standing = Counter(word for row in rows for word in row)
    return {word: math.log(1 + len(rows) / number) for word, number in standing.items()}


def _likeness(one: Counter[str], other: Counter[str], weights: dict[str, float]) -> float:
    """The weight of the shared words against that of the words of both (Dice)."""
    unknown = max(weights.values(), default=1.0)
    whole = sum(weights.get(word, unknown) for word in one) + sum(weights.get(word, unknown) for word in other)
    shared = sum(weights.get(word, unknown) for word in one if word in other)
    return 2 * shared / whole if whole else 0.0


def _in_order(likeness: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """The pairs with the greatest sum of likeness that keep the order of lines and of rows (Needleman and Wunsch)."""
    if not likeness or not likeness[0]:
        return
    lines, rows = len(likeness), len(likeness[0])
    best = [[0.0] * (rows + 1) for _ in range(lines + 1)]
    for line in range(lines - 1, -1, -1):
        for row in range(rows - 1, -1, -1):
            like = likeness[line][row]
            pair = like + best[line + 1][row + 1] if like >= PERHAPS else 0.0
            best[line][row] = max(pair, best[line + 1][row], best[line][row + 1])
    line = row = 0
    while line < lines and row < rows:
        like = likeness[line][row]
        if like >= PERHAPS and best[line][row] == like + best[line + 1][row + 1]:
            yield line, row
            line, row = line + 1, row + 1
        elif best[line][row] == best[line + 1][row]:
            line += 1
        else:
            row += 1
