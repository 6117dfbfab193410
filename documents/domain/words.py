"""Two texts word by word: what stayed, what went, what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\S+\s*|\s+")


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that share a fate. The pieces that are not gone make up the newer text, the rest the older."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return all(piece.kind is Kind.SAME for piece in self.pieces)

    @property
    def words_gone(self) -> int:
        return sum(len(piece.text.split()) for piece in self.pieces if piece.kind is Kind.GONE)

    @property
    def words_new(self) -> int:
        return sum(len(piece.text.split()) for piece in self.pieces if piece.kind is Kind.NEW)

    @property
    def sentence(self) -> str:
        """ "3 words added, 1 taken out"."""
        if self.is_same:
            return "The same words"
        gone, new = self.words_gone, self.words_new
        parts = [f"{new} {'word' if new == 1 else 'words'} added"] if new else []
        parts += [f"{gone} {'' if new else 'word ' if gone == 1 else 'words '}taken out"] if gone else []
        return ", ".join(parts)


def compare_words(old: str, new: str) -> Comparison:
    """Compares two texts by whole words; white space alone is no difference."""
    before, after = _WORD.findall(old.strip()), _WORD.findall(new.strip())
    return Comparison(pieces=tuple(_joined(_pieces(before, after))))


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    old_keys, new_keys = [word.strip() for word in before], [word.strip() for word in after]
    for step, a, b, c, d in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if step == "equal":
            yield Piece(Kind.SAME, "".join(after[c:d]))
            continue
        if b > a:
            yield Piece(Kind.GONE, "".join(before[a:b]))
        if d > c:
            yield Piece(Kind.NEW, "".join(after[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Puts a blank between pieces whose own blank went with the end of a text."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None:
            needs_blank = bool(held.text) and not held.text[-1].isspace()
            yield Piece(held.kind, held.text + " ") if needs_blank else held
        held = piece
    if held is not None:
        yield held


def similarity(old: str, new: str) -> float:
    """How much of two texts is shared, 0 to 1, by words regardless of case and punctuation."""
    before, after = _bare(old), _bare(new)
    if not before and not after:
        return 1.0
    return SequenceMatcher(None, before, after, autojunk=False).ratio()


def _bare(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())
