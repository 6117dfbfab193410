"""Where a second person has to look whether anybody can be recognised, and whether they are that second person."""

import hashlib
import json
from collections.abc import Iterable, Sequence

# Told about people: one journey, or what somebody said.
KINDS_TO_CHECK = frozenset({"case_study", "lived_experience"})


def needs_check(kind: str) -> bool:
    return kind in KINDS_TO_CHECK


def is_second_person(checker: int, writers: Iterable[int | None]) -> bool:
    """Whether somebody had no hand in what they check; both by the key of the person."""
    return checker not in set(writers)


def fingerprint_of(texts: Sequence[str], files: Sequence[str]) -> str:
    """Stands for everything that was looked at: the texts in their order, the SHA-256 of each file."""
    whole = json.dumps([list(texts), sorted(files)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
