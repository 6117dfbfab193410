"""Which words two statements share, and which way a statement points. Plain rules that a reader can check by hand."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# Words that stand in most statements of such a strategy and so tell none apart, by their stems.
COMMON = _words(
    "send child children need support service offer provision their with from that this have will they",
    "them also into across within which where what when more less fewer better other each every under over than those",
    "these make made been being such through between including include ensure develop review city range area local new",
    "year working work take taking place places",
)
RISES = _words("rose rise rises rising increase increased increasing grow grows grew growing up more higher")
FALLS = _words("fell fall falls falling decrease decreased reduce reduced reducing drop dropped down fewer lower")
WORD = re.compile(r"[a-z][a-z'’-]*[a-z]|[a-z]")
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
SHORTEST = 4
ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s", "ly", "y", "e")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The word without its ending: “identified”, “identifies” and “identify” become one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending).rstrip("i")
    return word


_COMMON_STEMS = frozenset(stem(word) for word in COMMON) | COMMON


@lru_cache(maxsize=2048)
def words_of(text: str) -> frozenset[str]:
    """The telling words of a statement: four letters or more, without endings, without words that all of them use."""
    parts = (part for word in WORD.findall(text.lower()) for part in re.split(r"['’-]", word))
    stems = {stem(part) for part in parts if len(part) >= SHORTEST and part not in COMMON}
    return frozenset(stems - _COMMON_STEMS)


def shared(text: str, other: str) -> tuple[str, ...]:
    """The telling words that two statements share, as the first spells them."""
    both = words_of(text) & words_of(other)
    parts = (part for word in WORD.findall(text.lower()) for part in re.split(r"['’-]", word))
    return tuple(dict.fromkeys(part for part in parts if part not in COMMON and stem(part) in both))


def direction_of(text: str) -> int:
    """1 where a statement says that something grows, -1 where it shrinks, 0 where it says neither or both."""
    words = set(WORD.findall(text.lower()))
    rises, falls = bool(words & RISES), bool(words & FALLS)
    return rises - falls


def plain(text: str) -> str:
    """The words of a statement alone, to see whether two are the same."""
    return " ".join(WORD.findall(text.lower()))


def figures_of(text: str) -> tuple[Decimal, ...]:
    """The numbers in a text, in their order: “85 to 80 %” → 85, 80."""
    return tuple(Decimal(found.replace(",", "")) for found in FIGURE.findall(text))


def one_figure(text: str) -> Decimal | None:
    """The number of a text that holds exactly one; None otherwise."""
    try:
        figures = figures_of(text)
    except InvalidOperation:
        return None
    return figures[0] if len(figures) == 1 else None
