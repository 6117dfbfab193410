"""Reads a published area SEND report: whose, when, with what outcome, and each thing to be done, whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from inspection.domain.reports.blocks import Block
from inspection.domain.reports.days import read_span
from inspection.domain.reports.words import first_match

IMPROVEMENT, PRIORITY = "improvement", "priority"
# Beside a table, anything shorter is a caption or a page number.
SHORTEST = 25
_FULL_STOP = re.compile(r"[.!?][”’\"')]*$")
_FURNITURE = re.compile(
    r"^((area send )?inspection report\b.{0,140}|\d{1,2} [\w –-]{5,40} \d{4}\s+\d{1,3}|\d{1,3})$", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How reports are worded, as data: headings by the part that they open ("" closes a part), phrases by outcome,
    and what a sentence about the next visit says.
    """

    headings: Mapping[str, str]
    outcomes: Mapping[str, Sequence[str]]
    next_activity: Sequence[str]
    responsible: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One area for improvement or priority action, as printed; `responsible` is empty where the report names nobody."""

    text: str
    page: int
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What could be read; None or empty where it could not: then a sentence in `unread` says which part and why."""

    area: str = ""
    kind: str = "full"
    inspection_start: date | None = None
    inspection_end: date | None = None
    previous_start: date | None = None
    previous_end: date | None = None
    outcome: int | None = None
    next_activity: str = ""
    areas_for_improvement: tuple[Todo, ...] = ()
    priority_actions: tuple[Todo, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    """A row of a table, or a paragraph beside the table that is long enough to be one."""

    page: int
    is_outside: bool = False
    cells: dict[int, list[Block]] = field(default_factory=dict)

    def text(self, cell: int) -> str:
        whole = ""
        for one in self.cells.get(cell, []):
            piece = f"• {one.text}" if one.is_bullet else one.text
            whole = f"{whole}{_between(whole, piece)}{piece}" if whole else piece
        return whole


def read_report(blocks: Sequence[Block], wording: Wording) -> Report:
    """Reads the blocks of one report, in reading order. Never raises: what is missing stands in `unread`."""
    unread: list[str] = []
    front = _before(blocks, wording)
    area = _area(front)
    if not area:
        unread.append("The area: no line “Area SEND inspection of …” was found on the first page.")
    days, previous = _days(front)
    if not days:
        unread.append("The inspection dates: no day after “Inspection dates” could be read.")
    if not previous:
        unread.append("The previous inspection: no day after “Date of previous inspection” could be read.")
    about_outcome = _part(blocks, wording, "outcome")
    words = " ".join(one.text for one in about_outcome)
    outcome = first_match(words, wording.outcomes)
    if outcome is None:
        unread.append("The outcome: none of the known phrases stands under “Inspection outcome”.")
    upcoming = " ".join(
        sentence for sentence in _SENTENCE.split(words) if first_match(sentence, {"next": wording.next_activity})
    )
    if not upcoming:
        unread.append("The next activity: no sentence about the next inspection was found.")
    improvements = _todos(_part(blocks, wording, IMPROVEMENT), wording)
    actions = _todos(_part(blocks, wording, PRIORITY), wording)
    unread += _odd(improvements, actions, outcome)
    return Report(
        area=area,
        kind="monitoring" if _is_monitoring(front) else "full",
        inspection_start=days[0] if days else None,
        inspection_end=days[1] if days else None,
        previous_start=previous[0] if previous else None,
        previous_end=previous[1] if previous else None,
        outcome=int(outcome) if outcome else None,
        next_activity=upcoming,
        areas_for_improvement=tuple(replace(one, text=_all(one)) for one in improvements),
        priority_actions=actions,
        unread=tuple(unread),
    )


def _odd(improvements: Sequence[Todo], actions: Sequence[Todo], outcome: str | None) -> list[str]:
    said = []
    if not improvements:
        said.append("Areas for improvement: no such part was found, or nothing stands in it.")
    if actions and outcome in ("1", "2"):
        said.append(f"The outcome reads as {outcome}, yet there are priority actions: check the report by hand.")
    if outcome == "3" and not actions:
        said.append("Areas for priority action: the outcome asks for them, but no such part was found.")
    for kind, found in (("area for improvement", improvements), ("priority action", actions)):
        for number, one in enumerate(found, 1):
            if not _FULL_STOP.search(one.text):
                said.append(
                    f"{kind.capitalize()} {number} (page {one.page}) has no full stop at its end: it may go on."
                )
            if kind == "priority action" and not one.responsible:
                said.append(f"Priority action {number} (page {one.page}): no responsible body was found.")
    return said


def _all(one: Todo) -> str:
    """An area for improvement keeps the body that its row names, as the first line: the list has no column for it."""
    return f"{one.responsible}: {one.text}" if one.responsible else one.text


def _heading(text: str, wording: Wording) -> str | None:
    return wording.headings.get(re.sub(r"\s+", " ", text).strip(" :.?").lower().replace("’", "'"))


def _before(blocks: Sequence[Block], wording: Wording) -> list[Block]:
    front: list[Block] = []
    for one in blocks:
        if _heading(one.text, wording) is not None:
            break
        front.append(one)
    return front


def _part(blocks: Sequence[Block], wording: Wording, name: str) -> list[Block]:
    """All blocks under the headings that open the part, without the headings and the page's own header and footer."""
    found: list[Block] = []
    is_inside = False
    for one in blocks:
        heading = _heading(one.text, wording)
        if heading is not None:
            is_inside = heading == name
        elif is_inside and not _FURNITURE.match(one.text):
            found.append(one)
    return found


def _area(front: Sequence[Block]) -> str:
    whole = re.sub(r"\s+", " ", " ".join(one.text for one in front))
    found = re.search(
        r"Area SEND (?:full |monitoring )?inspection of (.+?)\s+(?:local area partnership|inspection dates?\b)",
        whole,
        re.IGNORECASE,
    )
    name = found.group(1).strip() if found else ""
    return re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)


def _is_monitoring(front: Sequence[Block]) -> bool:
    whole = " ".join(one.text for one in front)
    return re.search(r"\bmonitoring inspection of\b", whole, re.IGNORECASE) is not None


def _days(front: Sequence[Block]) -> tuple[tuple[date, date] | None, tuple[date, date] | None]:
    whole = re.sub(r"\s+", " ", " ".join(one.text for one in front))
    now, then = _after(whole, r"(?<!previous )inspection dates?\s*:?"), _after(whole, r"previous inspection\s*:?")
    return now, then


def _after(whole: str, label: str) -> tuple[date, date] | None:
    found = re.search(label + r"\s*(.{4,60})", whole, re.IGNORECASE)
    return read_span(found.group(1)) if found else None


def _todos(blocks: Sequence[Block], wording: Wording) -> tuple[Todo, ...]:
    rows = _rows(blocks, wording)
    is_one_box = len(rows) == 1 and len(rows[0].cells) == 1
    if is_one_box or all(one.row is None for one in blocks):
        return tuple(_paragraphs(blocks))
    joined: list[Todo] = []
    for row in rows:
        places = sorted(row.cells)
        responsible = row.text(places[0]) if len(places) > 1 else ""
        text = "\n".join(row.text(place) for place in (places[1:] if len(places) > 1 else places))
        one = Todo(text=text, page=row.page, responsible=responsible.replace("\n", " "))
        if joined and _goes_on(joined[-1], one, row):
            last = joined[-1]
            joined[-1] = replace(
                last,
                text=f"{last.text}{_between(last.text, one.text)}{one.text}",
                responsible=f"{last.responsible} {one.responsible}".strip(),
            )
        else:
            joined.append(one)
    return tuple(joined)


def _goes_on(last: Todo, one: Todo, row: _Row) -> bool:
    """A row that the page's end cut in two: on the next page, and what stood before had not come to its end."""
    if row.page == last.page and not row.is_outside:
        return False
    first = row.cells[max(row.cells)][0]
    has_lost_its_name = bool(last.responsible) and not one.responsible
    return not _FULL_STOP.search(last.text) or first.is_bullet or one.text[:1].islower() or has_lost_its_name


def _between(before: str, after: str) -> str:
    """A list entry begins a new line, and so does what follows an end; a sentence that was cut goes on."""
    is_over = bool(_FULL_STOP.search(before)) or before.endswith(":")
    return "\n" if after.startswith("•") or (is_over and not after[:1].islower()) else " "


def _rows(blocks: Sequence[Block], wording: Wording) -> list[_Row]:
    by_number: dict[int, _Row] = {}
    for place, one in enumerate(blocks):
        if first_match(one.text, {"is": wording.responsible}):
            continue
        if one.row is None and not one.is_bullet and len(one.text) < SHORTEST:
            continue
        number = -place - 1 if one.row is None else one.row
        row = by_number.setdefault(number, _Row(page=one.page, is_outside=one.row is None))
        row.cells.setdefault(one.cell, []).append(one)
    return list(by_number.values())


def _paragraphs(blocks: Sequence[Block]) -> list[Todo]:
    """Without rows each paragraph is one, with the list entries beneath it and a sentence that the page cut in two."""
    found: list[Todo] = []
    for one in blocks:
        last = found[-1] if found else None
        if last and one.is_bullet and (":" in last.text[-2:] or "\n•" in last.text):
            found[-1] = replace(last, text=f"{last.text}\n• {one.text}")
        elif last and _is_cut(last.text, one):
            found[-1] = replace(last, text=f"{last.text} {one.text}")
        else:
            found.append(Todo(text=one.text, page=one.page))
    return found


def _is_cut(before: str, after: Block) -> bool:
    """A paragraph that came to no end goes on; the entries of a list often come to none."""
    if _FULL_STOP.search(before) or before.endswith(":"):
        return False
    return "\n•" not in before or after.text[:1].islower()
