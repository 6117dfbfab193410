"""Which comments somebody looks at before anybody else does: those that seem to name a child or to disclose harm.

The lists are plain words that people edit, one entry on each line; nothing in here knows a word of its own. An entry
is a phrase. In it `*` ends a word that may go on ("abus*"), and a word in braces stands for a kind of word:
{Name} a word with a capital that the list of ordinary words doesn't hold, {age}, {date}, {upn}, {nhs}, {postcode},
{phone}. Capitals, the kind of apostrophe, the number of spaces and a comma in their place make no difference.
A comment that is held is never refused and never changed: this only says that a person should read it first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_LINE = 120
MOST_LINES = 400
LEAST_LETTERS = 3
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
# What a word in braces matches.
TOKENS: dict[str, str] = {
    "Name": r"[^\W\d_](?:[^\W\d_]|[-'’](?=[^\W\d_]{2}))+",
    "age": r"(?:[0-9]|1[0-9]|2[0-5])",
    "date": rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTHS})\s+\d{{4}})",
    "upn": r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]",
    "nhs": r"\d{3}[\s-]?\d{3}[\s-]?\d{4}",
    "postcode": r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}",
    "phone": r"0\d{3,4}[\s-]?\d{3}[\s-]?\d{3,4}",
}
_PIECE = re.compile(r"\{([^{}]*)\}|(\*)|(['’])|(\s+)|([^{}*'’\s]+|[{}])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What people wrote, as lines."""

    child: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The entries that a comment met, in the order of the lists. Words of the comment itself are not repeated."""

    child: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        return not self.child and not self.harm


def look(text: str, lists: Lists) -> Seen:
    """Which entries of both lists a text meets."""
    ordinary = frozenset(word.casefold() for line in lists.ordinary for word in line.split())
    return Seen(
        child=tuple(line for line in lists.child if _meets(line, text, ordinary)),
        harm=tuple(line for line in lists.harm if _meets(line, text, ordinary)),
    )


def reason_of(seen: Seen) -> str:
    """Why a person reads it first, in a sentence that names entries, never words of the comment."""
    parts = []
    if seen.harm:
        parts.append(f"It may tell of harm: {_listed(seen.harm)}.")
    if seen.child:
        parts.append(f"It may name a child: {_listed(seen.child)}.")
    return " ".join(parts)


def lines_of(text: str) -> tuple[str, ...]:
    """What was typed as entries: one on each line, empty ones and repeated ones left out."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def faults_of(lines: Sequence[str], *, is_plain: bool = False) -> tuple[str, ...]:
    """What has to be mended in a list before it can decide anything. `is_plain`: words alone, as in ordinary words."""
    found = []
    if len(lines) > MOST_LINES:
        found.append(f"There are {len(lines)} lines; {MOST_LINES} is the most.")
    for line in lines:
        if len(line) > LONGEST_LINE and not is_plain:
            found.append(f"“{line[:40]}…” is too long: {LONGEST_LINE} characters is the most.")
        elif is_plain:
            if re.search(r"[{}*]", line):
                found.append(f"“{line}”: ordinary words take no * and no braces.")
        else:
            found.extend(_faults_of_entry(line))
    return tuple(found)


def _faults_of_entry(line: str) -> Iterable[str]:
    names = re.findall(r"\{([^{}]*)\}", line)
    for name in names:
        if name not in TOKENS:
            known = ", ".join(f"{{{each}}}" for each in TOKENS)
            yield f"“{line}”: {{{name}}} is not known. Known are {known}."
    rest = re.sub(r"\{[^{}]*\}", "", line)
    if "{" in rest or "}" in rest:
        yield f"“{line}”: a brace has no partner."
    letters = sum(letter.isalnum() for letter in rest)
    if names == ["Name"] and letters < LEAST_LETTERS:
        yield f"“{line}” would hold every comment with a capital: add a word."
    if not names and letters < LEAST_LETTERS:
        yield f"“{line}” is too short: {LEAST_LETTERS} letters at least."


def _listed(entries: Sequence[str]) -> str:
    return ", ".join(f"“{entry}”" for entry in entries[:3]) + (" and more" if len(entries) > 3 else "")


def _meets(line: str, text: str, ordinary: frozenset[str]) -> bool:
    pattern, checks = _compiled(line)
    place = 0
    while match := pattern.search(text, place):
        if all(check(found, ordinary) for check, found in zip(checks, match.groups(), strict=True)):
            return True
        # A name that was none hides nothing that begins behind it.
        place = match.start() + 1
    return False


@lru_cache(maxsize=1024)
def _compiled(line: str) -> tuple[re.Pattern[str], tuple[Callable[[str, frozenset[str]], bool], ...]]:
    """The pattern of an entry, and what each of its groups is asked besides."""
    parts: list[str] = []
    checks: list[Callable[[str, frozenset[str]], bool]] = []
    for token, star, apostrophe, space, words in _PIECE.findall(line):
        if token in TOKENS:
            parts.append(f"({TOKENS[token]})")
            checks.append(_CHECKS.get(token, _anything))
        elif star:
            parts.append(r"\w*")
        elif apostrophe:
            parts.append("['’]")
        elif space:
            parts.append(r"(?:\s*[,:(]\s*|\s+)")
        else:
            parts.append(re.escape(words or f"{{{token}}}"))
    return re.compile(rf"(?<!\w){''.join(parts)}(?!\w)", re.IGNORECASE), tuple(checks)


def _anything(found: str, ordinary: frozenset[str]) -> bool:
    return True


def _is_name(found: str, ordinary: frozenset[str]) -> bool:
    return found[:1].isupper() and found.casefold() not in ordinary


def _is_nhs_number(found: str, ordinary: frozenset[str]) -> bool:
    """Ten digits of which the last checks the others (weights 10 to 2, modulo 11)."""
    digits = [int(letter) for letter in found if letter.isdecimal()]
    rest = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if rest == 11 else rest) == digits[-1]


_CHECKS: dict[str, Callable[[str, frozenset[str]], bool]] = {"Name": _is_name, "nhs": _is_nhs_number}
