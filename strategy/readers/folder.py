"""`strategy.yaml` of an area's folder → values, strictly: all its faults are told together, each with its line.

What stands under plans, actions and areas for improvement is handed on as unread entries: `later` holds them, and its
reader closes them before the faults are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framework.readers.lines import Entry, Faults, read_entry
from strategy.models import BoardKind, LinkedKind, MeasureKind, SuccessKind, Verdict

STRATEGY_FILE = "strategy.yaml"
AimRef = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: `key` tells it from its siblings each time the file is loaded, `fields` are the model's."""

    line: int
    key: str
    fields: dict[str, Any]
    indicator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    row: Row
    reports_to: str
    former: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeRow:
    row: Row
    priorities: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AimRows:
    number: int
    row: Row
    measures: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRows:
    number: int
    row: Row
    answers: tuple[Row, ...]
    aims: tuple[AimRows, ...]


@dataclass(slots=True, kw_only=True)
class Later:
    """Entries that another reader takes: the actions of each aim, the plans, the areas for improvement."""

    actions: dict[AimRef, list[Entry]] = field(default_factory=dict)
    plans: list[Entry] = field(default_factory=list)
    areas: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyFile:
    strategy: Row
    board: str
    principles: tuple[Row, ...]
    enablers: tuple[Row, ...]
    linked: tuple[Row, ...]
    success_measures: tuple[Row, ...]
    challenges: tuple[ChallengeRow, ...]
    boards: tuple[BoardRow, ...]
    priorities: tuple[PriorityRows, ...]
    later: Later
    faults: Faults


def read_strategy_file(path: Path) -> StrategyFile | None:
    """Everything that a folder says about its strategy; None where it has no such file.

    Raises UnusableFile when the file can't be read at all. Faults of its rows are in `faults`: call
    `faults.stop_if_any()` once the entries of `later` are read.
    """
    if not (path / STRATEGY_FILE).exists():
        return None
    top, faults = read_entry(path / STRATEGY_FILE)
    head = top.entry("strategy", required=True)
    later = Later(plans=top.entries("plans", what="this plan"), areas=top.entries("areas_for_improvement"))
    boards = tuple(_board(entry) for entry in _once(top.entries("boards", what="this board"), "name"))
    names = {board.row.key for board in boards}
    strategy, board = _strategy(head) if head else (Row(line=1, key="", fields={}), "")
    if head and board and board not in names:
        head.fault("board", f"“{board}” isn't a board of this file.")
    for entry in boards:
        if entry.reports_to and entry.reports_to not in names:
            faults.add(entry.row.line, f"“{entry.reports_to}”, to whom it reports, isn't a board of this file.")
    priorities = tuple(_priority(entry, later) for entry in _once(top.entries("priorities"), "number"))
    numbers = {priority.number for priority in priorities}
    file = StrategyFile(
        strategy=strategy,
        board=board,
        principles=_rows(top.entries("principles", what="this principle"), _titled),
        enablers=_rows(top.entries("enablers", what="this enabler"), _titled),
        linked=_rows(top.entries("linked", what="this linked document"), _linked),
        success_measures=_rows(top.entries("success_measures", what="this success measure"), _success),
        challenges=tuple(_challenge(entry, numbers) for entry in _once(top.entries("challenges"), "title")),
        boards=boards,
        priorities=priorities,
        later=later,
        faults=faults,
    )
    top.finish()
    return file


def _once(entries: list[Entry], key: str) -> Iterator[Entry]:
    """The entries, each told when its name or number stands there a second time."""
    lines: dict[str, int] = {}
    for entry in entries:
        node = entry.nodes.get(key)
        value = str(getattr(node, "value", ""))
        if value and value in lines:
            entry.fault(key, f"“{value}” stands twice: first on line {lines[value]}.")
        lines.setdefault(value, entry.line_of(key))
        yield entry


def _rows(entries: list[Entry], read: Callable[[Entry], Row]) -> tuple[Row, ...]:
    """Rows whose keys differ: words that stand twice among siblings are numbered."""
    found: list[Row] = []
    seen: dict[str, int] = {}
    for order, entry in enumerate(entries, 1):
        row = read(entry)
        entry.finish()
        seen[row.key] = seen.get(row.key, 0) + 1
        key = row.key if seen[row.key] == 1 else f"{row.key[:290]} #{seen[row.key]}"
        found.append(Row(line=row.line, key=key, fields={**row.fields, "order": order}, indicator=row.indicator))
    return tuple(found)


def _strategy(entry: Entry) -> tuple[Row, str]:
    title = entry.text("title", required=True, longest=200)
    starts, ends = entry.day("from_on", required=True), entry.day("to_on", required=True)
    if starts and ends and ends < starts:
        entry.fault("to_on", "The strategy ends before it starts.")
    fields = {
        "title": title,
        "from_on": starts,
        "to_on": ends,
        "vision": entry.text("vision"),
        "introduction": entry.text("introduction"),
        "source": entry.text("source"),
    }
    board = entry.text("board")
    entry.finish()
    return Row(line=entry.line, key=title, fields=fields), board


def _titled(entry: Entry) -> Row:
    title = entry.text("title", required=True, longest=200)
    return Row(line=entry.line, key=title, fields={"title": title, "text": entry.text("text")})


def _linked(entry: Entry) -> Row:
    title = entry.text("title", required=True, longest=200)
    fields = {
        "title": title,
        "kind": entry.choice("kind", LinkedKind.values),
        "period": entry.text("period", longest=40),
        "note": entry.text("note"),
        "url": entry.text("url", longest=500),
    }
    return Row(line=entry.line, key=title, fields=fields)


def _success(entry: Entry) -> Row:
    text = entry.text("text", required=True)
    fields = {"text": text, "kind": entry.choice("kind", SuccessKind.values), "how": entry.text("how")}
    return Row(line=entry.line, key=text[:300], fields=fields, indicator=_indicator(entry))


def _indicator(entry: Entry) -> str:
    return entry.code("indicator") if "indicator" in entry.nodes else ""


def _extracted(entry: Entry) -> dict[str, Any]:
    return {"is_as_extracted": entry.flag("as_extracted"), "note": entry.text("note")}


def _lines(entry: Entry, key: str) -> str:
    return "\n".join(" ".join(line.split()) for line in entry.texts(key))


def _challenge(entry: Entry, numbers: set[int]) -> ChallengeRow:
    title = entry.text("title", required=True, longest=300)
    fields = {
        "title": title,
        **{key: _lines(entry, key) for key in ("cause", "impact", "solutions")},
        **_extracted(entry),
    }
    priorities = []
    for number in entry.texts("priorities"):
        if not number.isdecimal() or int(number) not in numbers:
            entry.fault("priorities", f"“{number}” isn't the number of a priority of this file.")
        else:
            priorities.append(int(number))
    entry.finish()
    return ChallengeRow(row=Row(line=entry.line, key=title, fields=fields), priorities=tuple(priorities))


def _board(entry: Entry) -> BoardRow:
    name = entry.text("name", required=True, longest=160)
    former = []
    for each in entry.entries("former", what="this former name"):
        former.append({"name": each.text("name", required=True, longest=160), **_span(each)})
        each.finish()
    fields = {
        "name": name,
        "kind": entry.choice("kind", BoardKind.values),
        "chair": entry.text("chair", longest=160),
        "purpose": entry.text("purpose"),
        **_span(entry),
    }
    reports_to = entry.text("reports_to")
    if reports_to and reports_to == name:
        entry.fault("reports_to", "A board can't report to itself.")
    entry.finish()
    return BoardRow(row=Row(line=entry.line, key=name, fields=fields), reports_to=reports_to, former=tuple(former))


def _span(entry: Entry) -> dict[str, Any]:
    starts, ends = entry.day("from_on"), entry.day("to_on")
    if starts and ends and ends < starts:
        entry.fault("to_on", "It ends before it starts.")
    return {"from_on": starts, "to_on": ends}


def _priority(entry: Entry, later: Later) -> PriorityRows:
    number = entry.whole("number", required=True, least=1, most=99) or 0
    fields = {
        "number": number,
        "title": entry.text("title", required=True, longest=200),
        "summary": entry.text("summary"),
    }
    answers = _rows(entry.entries("answers", what="this answer"), _answer)
    aims = tuple(
        _aim(each, number, later) for each in _once(entry.entries("aims", what="this aim", required=True), "number")
    )
    entry.finish()
    row = Row(line=entry.line, key=str(number), fields=fields)
    return PriorityRows(number=number, row=row, answers=answers, aims=aims)


def _answer(entry: Entry) -> Row:
    asked = entry.text("you_asked", required=True)
    fields = {
        "you_asked": asked,
        "so_we_did": entry.text("so_we_did"),
        "result": entry.text("result"),
        "figure": entry.text("figure", longest=120),
        "period": entry.text("period", longest=60),
        "verdict": entry.choice("verdict", Verdict.values),
        **_extracted(entry),
    }
    return Row(line=entry.line, key=asked[:300], fields=fields)


def _aim(entry: Entry, priority: int, later: Later) -> AimRows:
    number = entry.whole("number", required=True, least=1, most=99) or 0
    later.actions[(priority, number)] = entry.entries("actions", what="this action")
    measures = _rows(entry.entries("measures", what="this measure"), _measure)
    fields = {"number": number, "text": entry.text("text", required=True), **_extracted(entry)}
    entry.finish()
    return AimRows(number=number, row=Row(line=entry.line, key=str(number), fields=fields), measures=measures)


def _measure(entry: Entry) -> Row:
    text = entry.text("text", required=True)
    fields = {
        "text": text,
        "kind": entry.choice("kind", MeasureKind.values),
        "how": entry.text("how"),
        "baseline_value": entry.text("baseline", longest=60),
        "baseline_period": entry.text("baseline_period", longest=60),
        "target_value": entry.text("target", longest=60),
        "target_by_on": entry.day("target_by_on"),
        **_extracted(entry),
    }
    return Row(line=entry.line, key=text[:300], fields=fields, indicator=_indicator(entry))
