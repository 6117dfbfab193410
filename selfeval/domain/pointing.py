"""Which way a sentence points, by plain lists of words that people edit. Nothing in here knows a word of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

LONGEST_LINE = 80
MOST_LINES = 200
LEAST_LETTERS = 2
# A word of `turns` counts when it stands among so many words before what it turns.
REACH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """Each a list of words or phrases; `*` at the end of a word lets it go on."""

    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    admits: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()


KINDS: tuple[str, ...] = tuple(field.name for field in fields(WordLists))


def first_said(sentence: str, phrases: Sequence[str], turns: Sequence[str] = ()) -> str:
    """The first of the phrases that a sentence holds, as the sentence spells it, unless it is turned round; else ""."""
    turned = frozenset(word.casefold() for word in turns)
    found = [match for phrase in phrases for match in _pattern(phrase).finditer(sentence)]
    for match in sorted(found, key=lambda each: each.start()):
        before = re.findall(r"[\w'’]+", sentence[: match.start()])[-REACH:]
        if not any(word.casefold() in turned or word.casefold().endswith(("n't", "n’t")) for word in before):
            return match[0]
    return ""


def says(sentence: str, phrases: Sequence[str], turns: Sequence[str] = ()) -> bool:
    return bool(first_said(sentence, phrases, turns))


@lru_cache(maxsize=2048)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in phrase.split())
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)


def lines_of(text: str) -> tuple[str, ...]:
    """What was typed as entries: one on each line, empty and repeated ones left out."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def faults_of(lines: Sequence[str]) -> tuple[str, ...]:
    """What has to be mended in a list, as instructions."""
    return tuple(_faults(lines))


def _faults(lines: Sequence[str]) -> Iterator[str]:
    if len(lines) > MOST_LINES:
        yield f"There are {len(lines)} lines; {MOST_LINES} is the most."
    for line in lines:
        if len(line) > LONGEST_LINE:
            yield f"“{line[:30]}…” is too long: {LONGEST_LINE} characters is the most."
        elif re.search(r"\*(?!\s|$)|(?<!\S)\*", line):
            yield f"“{line}”: put the * at the end of a word."
        elif sum(letter.isalnum() for letter in line) < LEAST_LETTERS:
            yield f"“{line}” is too short: {LEAST_LETTERS} letters at least."
