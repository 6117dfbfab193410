"""Keys of rows as an address or a form names them, and stamps of several rows that are saved together."""

import hashlib
from collections.abc import Iterable

LONGEST_KEY = 9


def is_key(text: str) -> bool:
    """Whether it can be the key of a row: a longer number would be too large for the database."""
    return text.isdecimal() and len(text) <= LONGEST_KEY


def stamp_of(rows: Iterable[object]) -> str:
    """The same for the same rows in any order: a form carries the stamp of what it was filled in against."""
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()[:16]
