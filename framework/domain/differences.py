"""What differs between two rulebooks, row by row, by code."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import time

from framework.domain.rulebook import KIND_NAMES, Placed, Rulebook, Value, placed_rows, values_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs. `change` is added, removed or changed; for the first two `field` is "title"."""

    kind: str
    code: str
    change: str
    field: str
    old: str
    new: str


def _words(value: Value | tuple[str, ...]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _head(rulebook: Rulebook) -> dict[str, str]:
    named = ("name", "about", "in_force_from", "in_force_to", "source", "confirmed_on", "list_layouts")
    return {each.name: _words(getattr(rulebook, each.name)) for each in fields(rulebook) if each.name in named}


def _index(rulebook: Rulebook) -> dict[tuple[str, str], Placed]:
    return {(placed.kind, placed.row.code): placed for placed in placed_rows(rulebook)}


def _row_words(placed: Placed) -> dict[str, str]:
    return {"belongs to": placed.parent} | {name: _words(value) for name, value in values_of(placed.row).items()}


def _changes(kind: str, code: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Difference]:
    for name, text in old.items():
        if text != new[name]:
            yield Difference(kind, code, "changed", name, text, new[name])


def differences(old: Rulebook, new: Rulebook) -> tuple[Difference, ...]:
    """Every difference: the framework's own words first, then row by row in the order of the kinds."""
    found = list(_changes("framework", new.code, _head(old), _head(new)))
    before, after = _index(old), _index(new)
    for kind in KIND_NAMES:
        codes = [code for each, code in before if each == kind]
        codes += [code for each, code in after if each == kind and (kind, code) not in before]
        for code in codes:
            was, now = before.get((kind, code)), after.get((kind, code))
            if was and now:
                found.extend(_changes(kind, code, _row_words(was), _row_words(now)))
            elif was:
                found.append(Difference(kind, code, "removed", "title", was.row.title, ""))
            elif now:
                found.append(Difference(kind, code, "added", "title", "", now.row.title))
    return tuple(found)
