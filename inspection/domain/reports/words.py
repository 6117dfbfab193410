"""Ties a text to criteria by words that a person can read and change; no hidden judgement."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The words of one criterion or theme. A `*` at the end of a word stands for any ending ("assess*")."""

    code: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A criterion that a text was tied to, and the words of the text that did it."""

    code: str
    because: tuple[str, ...]


def tie(text: str, lists: Sequence[Phrases]) -> tuple[Tie, ...]:
    """The lists whose words stand in the text, those with the most different words first, then in the lists' order."""
    found = []
    for one in lists:
        because = tuple(dict.fromkeys(match.lower() for match in _pattern(one.phrases).findall(_plain(text))))
        if because:
            found.append(Tie(code=one.code, because=because))
    return tuple(sorted(found, key=lambda tied: -len(tied.because)))


def first_match(text: str, lists: Mapping[str, Sequence[str]]) -> str | None:
    """The code of the list whose phrase comes first in the text; None where no phrase stands in it."""
    plain = _plain(text)
    places = [
        (match.start(), code) for code, phrases in lists.items() if (match := _pattern(tuple(phrases)).search(plain))
    ]
    return min(places)[1] if places else None


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‑", "-"))


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Whole words, any spaces between them, longer phrases before shorter ones. No phrases: a pattern of nothing."""
    if not phrases:
        return re.compile(r"(?!)")
    longest_first = sorted((_plain(phrase).strip() for phrase in phrases), key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\*", r"[\w'-]*") for phrase in longest_first)
    return re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)
