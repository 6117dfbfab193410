"""The sheets of a strategy workbook and their columns. Every value is a plain text in one form: days as 2026-11-30,
choices as their codes, “yes” or nothing; so two strategies can be compared cell by cell."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Values = Mapping[str, str]


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"
    PRIORITY = "priority"
    PRIORITIES = "priorities"
    AIM = "aim"
    INDICATOR = "indicator"
    PERSON = "person"
    ORGANISATION = "organisation"
    BOARD = "board"
    OLD_NAMES = "old_names"
    PLANS = "plans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Col:
    """`choices`: code → the word that stands in the cell. `longest` 0 means as long as a cell can be."""

    header: str
    field: str
    kind: CellKind = CellKind.TEXT
    is_required: bool = False
    longest: int = 0
    width: int = 24
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpec:
    """`key`: what tells a row without an ID from its siblings, in the words of a reader."""

    name: str
    noun: str
    columns: tuple[Col, ...]
    key: Callable[[Values], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row of a file or of the database. `place`: “row 5”; `id`: “aim-12”, empty for a row that names none."""

    place: str
    id: str
    values: Values


Tables = Mapping[str, tuple[SheetRow, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a file can't be taken over: where, what, and how to mend it."""

    sheet: str
    place: str
    column: str
    reason: str
    fix: str


ID_HEADER = "ID (leave as it is)"
BOARD_KINDS = {
    "strategic": "Strategic board",
    "partnership": "Partnership board",
    "scrutiny": "Scrutiny",
    "working": "Working group",
    "forum": "Forum of families or young people",
    "other": "Other",
}
LINKED_KINDS = {"strategy": "Strategy or plan", "corporate_goal": "Corporate goal", "law": "Law or statutory guidance"}
SUCCESS_KINDS = {"soft": "Soft measure", "quantitative": "Quantitative measure"}
MEASURE_KINDS = {"figure": "Figure", "survey": "Survey", "deliverable": "Deliverable", "qualitative": "Qualitative"}
VERDICTS = {
    "achieved": "Achieved",
    "partly": "Partly achieved",
    "not_achieved": "Not achieved",
    "not_known": "Not known",
}


def _col(header: str, name: str, **more: object) -> Col:
    return Col(header=header, field=name, **more)  # type: ignore[arg-type]  # the fields of a column by name


def _required(header: str, name: str, **more: object) -> Col:
    return _col(header, name, is_required=True, **more)


def _choice(header: str, name: str, choices: Mapping[str, str]) -> Col:
    return _required(header, name, kind=CellKind.CHOICE, choices=choices)


EXTRACTED = (
    _col("As extracted", "is_as_extracted", kind=CellKind.FLAG, width=12),
    _col("Note", "note", width=40),
)


def _titled(name: str, noun: str) -> SheetSpec:
    columns = (_required("Title", "title", longest=200, width=40), _col("Text", "text", width=70))
    return SheetSpec(name=name, noun=noun, columns=columns, key=lambda values: values["title"])


STRATEGY = SheetSpec(
    name="Strategy",
    noun="strategy",
    columns=(
        _required("Title", "title", longest=200, width=40),
        _required("From", "from_on", kind=CellKind.DAY, width=12),
        _required("Until", "to_on", kind=CellKind.DAY, width=12),
        _col("Vision", "vision", width=60),
        _col("Introduction", "introduction", width=80),
        _col("Source", "source", width=40),
        _col("Overseen by", "board", kind=CellKind.BOARD, width=30),
    ),
    key=lambda values: "the one",
)
BOARDS = SheetSpec(
    name="Boards",
    noun="board",
    columns=(
        _required("Name", "name", longest=160, width=40),
        _choice("Kind", "kind", BOARD_KINDS),
        _col("Chair", "chair", longest=160, width=30),
        _col("Purpose", "purpose", width=60),
        _col("Reports to", "reports_to", kind=CellKind.BOARD, width=40),
        _col("Meets since", "from_on", kind=CellKind.DAY, width=12),
        _col("Met until", "to_on", kind=CellKind.DAY, width=12),
        _col("Former names", "former", kind=CellKind.OLD_NAMES, width=50),
    ),
    key=lambda values: values["name"],
)
LINKED = SheetSpec(
    name="Linked documents",
    noun="linked document",
    columns=(
        _choice("Kind", "kind", LINKED_KINDS),
        _required("Title", "title", longest=200, width=50),
        _col("Period", "period", longest=40),
        _col("Note", "note", width=40),
        _col("Link", "url", longest=500, width=40),
    ),
    key=lambda values: values["title"],
)
SUCCESS = SheetSpec(
    name="Success measures",
    noun="success measure",
    columns=(
        _choice("Kind", "kind", SUCCESS_KINDS),
        _required("Measure", "text", width=70),
        _col("How it is measured", "how", width=40),
        _col("Indicator", "indicator", kind=CellKind.INDICATOR),
    ),
    key=lambda values: values["text"],
)
PRIORITIES = SheetSpec(
    name="Priorities",
    noun="priority",
    columns=(
        _required("Number", "number", kind=CellKind.NUMBER, width=10),
        _required("Title", "title", longest=200, width=40),
        _col("Summary", "summary", width=60),
        _col("Lead (e-mail)", "lead", kind=CellKind.PERSON, width=30),
        _col("Leading organisation", "lead_organisation", kind=CellKind.ORGANISATION, width=40),
    ),
    key=lambda values: values["number"],
)
CHALLENGES = SheetSpec(
    name="Challenges",
    noun="challenge",
    columns=(
        _required("Challenge", "title", longest=300, width=50),
        _col("Causes", "cause", width=50),
        _col("Impact", "impact", width=50),
        _col("Solutions", "solutions", width=50),
        _col("Priorities", "priorities", kind=CellKind.PRIORITIES, width=14),
        *EXTRACTED,
    ),
    key=lambda values: values["title"],
)
ANSWERS = SheetSpec(
    name="You asked",
    noun="answer",
    columns=(
        _required("Priority", "priority", kind=CellKind.PRIORITY, width=10),
        _required("You asked", "you_asked", width=50),
        _col("So we did", "so_we_did", width=50),
        _col("Result", "result", width=50),
        _col("Figure", "figure", longest=120),
        _col("Period", "period", longest=60),
        _choice("Verdict", "verdict", VERDICTS),
        *EXTRACTED,
    ),
    key=lambda values: f"{values['priority']}: {values['you_asked']}",
)
AIMS = SheetSpec(
    name="Aims",
    noun="aim",
    columns=(
        _required("Aim", "ref", kind=CellKind.AIM, width=10),
        _required("Text", "text", width=70),
        *EXTRACTED,
    ),
    key=lambda values: values["ref"],
)
MEASURES = SheetSpec(
    name="Measures",
    noun="measure",
    columns=(
        _required("Aim", "aim", kind=CellKind.AIM, width=10),
        _required("Measure", "text", width=60),
        _choice("Kind", "kind", MEASURE_KINDS),
        _col("Indicator", "indicator", kind=CellKind.INDICATOR),
        _col("Baseline", "baseline_value", longest=60),
        _col("Period of the baseline", "baseline_period", longest=60),
        _col("Target", "target_value", longest=60),
        _col("Target by", "target_by_on", kind=CellKind.DAY, width=12),
        _col("How it is measured", "how", width=40),
        *EXTRACTED,
    ),
    key=lambda values: f"{values['aim']}: {values['text']}",
)
ACTIONS = SheetSpec(
    name="Actions",
    noun="action",
    columns=(
        _required("Aim", "aim", kind=CellKind.AIM, width=10),
        _required("Action", "text", width=70),
        _col("Lead (e-mail)", "lead", kind=CellKind.PERSON, width=30),
        _col("Lead without an account", "lead_name", longest=160),
        _col("Organisation", "organisation", kind=CellKind.ORGANISATION, width=30),
        _col("Starts", "starts_on", kind=CellKind.DAY, width=12),
        _col("Due", "due_on", kind=CellKind.DAY, width=12),
        _col("Plans", "plans", kind=CellKind.PLANS, width=50),
        *EXTRACTED,
    ),
    key=lambda values: f"{values['aim']}: {values['text']}",
)
PRINCIPLES, ENABLERS = _titled("Principles", "principle"), _titled("Enablers", "enabler")

# In the order in which rows have to exist: what others name comes first.
SPECS: tuple[SheetSpec, ...] = (
    STRATEGY,
    BOARDS,
    PRINCIPLES,
    ENABLERS,
    LINKED,
    SUCCESS,
    PRIORITIES,
    CHALLENGES,
    ANSWERS,
    AIMS,
    ACTIONS,
    MEASURES,
)
BY_NAME: Mapping[str, SheetSpec] = {spec.name.lower(): spec for spec in SPECS}
