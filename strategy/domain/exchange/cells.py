"""One cell → its plain text, or what is wrong with it and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from accounts.domain.typed_days import Unreadable, read_day
from strategy.domain.exchange.lines import Wrong, names_of, plans_of, text_of_names, text_of_plans
from strategy.domain.exchange.sheets import CellKind, Col

RawCell = str | float | int | bool | date | datetime | None
AIM = re.compile(r"(\d{1,2})\.(\d{1,2})")
__all__ = ["Known", "RawCell", "Wrong", "read_cell", "text_of"]
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"", "no", "n", "false", "0", "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What cells may name: codes of indicators, addresses of people, names of organisations, titles of plans."""

    indicators: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()


def text_of(raw: RawCell) -> str:
    """What a person sees in the cell, without spaces around it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    lines = str(raw).replace("\r\n", "\n").replace("_x000D_", "").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def read_cell(column: Col, raw: RawCell, known: Known) -> str:
    """The text of a cell in the one form of its kind. Raises Wrong."""
    text = text_of(raw)
    if not text:
        if column.is_required:
            raise Wrong("The cell is empty.", f"Fill in “{column.header}”.")
        return ""
    if column.longest and len(text) > column.longest:
        raise Wrong(f"It has {len(text)} characters.", f"Say it in {column.longest} at most.")
    reader = READERS.get(column.kind)
    if reader:
        return reader(text)
    if column.kind is CellKind.CHOICE:
        return _choice(text, column.choices)
    if column.kind is CellKind.PLANS:
        return text_of_plans(plans_of(text, known.plans))
    return _named(column, text, known)


def _number(text: str) -> str:
    if not re.fullmatch(r"\d{1,2}", text) or int(text) == 0:
        raise Wrong(f"“{text}” isn't a number from 1 to 99.", "Write the number alone, for example 3.")
    return str(int(text))


def _numbers(text: str) -> str:
    numbers = sorted({int(_number(part)) for part in re.split(r"[\s,;]+", text) if part})
    return ", ".join(str(number) for number in numbers)


def _aim(text: str) -> str:
    found = AIM.fullmatch(text)
    if not found:
        raise Wrong(
            f"“{text}” isn't the number of an aim.",
            "Write priority, point and number, as in 3.2, and give the column the format Text.",
        )
    return f"{int(found[1])}.{int(found[2])}"


def _day(text: str) -> str:
    try:
        return read_day(text).isoformat()
    except Unreadable as refused:
        raise Wrong(f"“{text}” isn't a day.", refused.sentence) from None


def _flag(text: str) -> str:
    if text.lower() in YES:
        return "yes"
    if text.lower() in NO:
        return ""
    raise Wrong(f"“{text}” is neither yes nor no.", "Write yes, or leave the cell empty.")


READERS: Mapping[CellKind, Callable[[str], str]] = {
    CellKind.NUMBER: _number,
    CellKind.PRIORITY: _number,
    CellKind.PRIORITIES: _numbers,
    CellKind.AIM: _aim,
    CellKind.DAY: _day,
    CellKind.FLAG: _flag,
    CellKind.OLD_NAMES: lambda text: text_of_names(names_of(text)),
}


def _choice(text: str, choices: Mapping[str, str]) -> str:
    by_word = {word.lower(): code for code, word in choices.items()} | {code: code for code in choices}
    code = by_word.get(text.lower())
    if code is None:
        raise Wrong(f"“{text}” isn't one of the choices.", f"Choose from: {', '.join(choices.values())}.")
    return code


def _named(column: Col, text: str, known: Known) -> str:
    if column.kind is CellKind.INDICATOR and text not in known.indicators:
        raise Wrong(f"No indicator has the code “{text}”.", "Copy the code from the page of the indicator.")
    if column.kind is CellKind.PERSON:
        text = text.lower()
        if text not in known.people:
            raise Wrong(f"Nobody here signs in as {text}.", "Leave it empty, or invite them first.")
    if column.kind is CellKind.ORGANISATION and text not in known.organisations:
        raise Wrong(f"“{text}” isn't an organisation of the partnership.", "Write its name as in the settings.")
    return text
