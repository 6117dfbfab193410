"""Text as the plain words by which it is found: the same on every database, whatever its own idea of a word."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# More words than this in one question narrow nothing any more.
MOST_WORDS = 12
SHORTEST_EXCERPT, EXCERPT = 40, 220


def plain_words(text: str) -> str:
    """Lower case, without accents, words parted by one space."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(bare))


def asked_words(question: str) -> tuple[str, ...]:
    """The words that somebody looks for, each once, in their order."""
    return tuple(dict.fromkeys(plain_words(question).split()))[:MOST_WORDS]
