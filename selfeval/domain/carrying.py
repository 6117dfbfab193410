"""What of an earlier cycle goes where in a new one: by code within one rulebook, by its mapping between two.

Nothing is moved. A carried text is a new text that says where it came from; its markers make new citations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedText:
    """What an earlier cycle says of one criterion: its texts by field, how many strengths and areas stand there."""

    code: str
    title: str
    texts: Mapping[str, str]
    strengths: int
    areas: int

    @property
    def is_empty(self) -> bool:
        return not any(self.texts.values()) and not self.strengths and not self.areas


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryLine:
    """One criterion of the new cycle and the earlier ones that come together in it."""

    code: str
    title: str
    sources: tuple[CarriedText, ...]

    @property
    def is_joined(self) -> bool:
        return len(self.sources) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryPlan:
    """`lines` by criterion of the new cycle; `left` finds no place in it and stays in the earlier one."""

    lines: tuple[CarryLine, ...]
    left: tuple[CarriedText, ...]

    @property
    def carried(self) -> int:
        return sum(1 for line in self.lines if line.sources)


def plan_carry(
    earlier: Sequence[CarriedText], wanted: Iterable[tuple[str, str]], mapping: Mapping[str, Sequence[str]] | None
) -> CarryPlan:
    """`wanted`: code and title of each new criterion. `mapping`: old code → new codes; None within one rulebook.

    An old code without a line in the mapping goes to the criterion of the same code, where there is one.
    """
    new = list(wanted)
    known = {code for code, _ in new}
    into: dict[str, list[CarriedText]] = {code: [] for code in known}
    left = []
    for text in earlier:
        if text.is_empty:
            continue
        targets = [text.code] if mapping is None or text.code not in mapping else list(mapping[text.code])
        targets = [code for code in dict.fromkeys(targets) if code in known]
        for code in targets:
            into[code].append(text)
        if not targets:
            left.append(text)
    lines = tuple(CarryLine(code=code, title=title, sources=tuple(into[code])) for code, title in new)
    return CarryPlan(lines=lines, left=tuple(left))


def joined_text(sources: Sequence[CarriedText], field: str) -> str:
    """The texts of one field; where several come together, each beneath its old code."""
    found = [(source.code, source.texts.get(field, "").strip()) for source in sources]
    found = [(code, text) for code, text in found if text]
    if len(found) == 1:
        return found[0][1]
    return "\n\n".join(f"From {code}:\n{text}" for code, text in found)
