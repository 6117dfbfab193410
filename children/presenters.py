"""Values into page words. No queries here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate

from children.domain.finding_figures import shown_counts, shown_movement
from children.domain.rules import RULES
from children.domain.rules.reading import BLANK_ROWS, READING_RULES, UNREADABLE_VALUE
from children.domain.suppression import Figure, Rule
from children.loaders import SchemaRefused, load_schema
from children.models import HeaderMapping, ListFinding, ListRow, ListUpload, Waiver
from children.owners import Owner
from documents.presenters import State, state_of

LEVEL_STATES = {"error": State("Error", "red"), "query": State("Query", "yellow")}
_WRONG = {rule.code: rule.wrong for rule in RULES}
_READING = {rule.code for rule in READING_RULES}
# Findings whose row number is no child's row.
UNKNOWN_HEADER = "a column that the layout does not know"
_WITHOUT_ROW = _READING - {UNREADABLE_VALUE.code, BLANK_ROWS.code}


def rule_in_words(code: str) -> str:
    """What a rule is about, without any child's value."""
    return _WRONG.get(code) or code.capitalize()


def phase_labels(schema_code: str) -> dict[str, str]:
    """Code of a phase → its words; empty where the layout is no longer there."""
    try:
        schema = load_schema(schema_code)
    except SchemaRefused:
        return {}
    return {
        code.code: code.label
        for sheet in schema.sheets
        for column in sheet.columns
        if column.key == "main_phase" and column.codes
        for code in column.codes.codes
    }


def code_in_words(code: str) -> str:
    """The code of a rule; findings of the reader have none that says more than their words."""
    return "" if code in _READING else code


def columns_of(upload: ListUpload, lines: "Iterable[FindingLine]") -> set[str]:
    """The columns of the layout that stand on a page, for the audit trail.

    A header that the layout does not know is told as such: where the header row is missing it is a child's value.
    """
    try:
        known = {column.header for sheet in load_schema(upload.schema_code).sheets for column in sheet.columns}
    except SchemaRefused:
        known = set()
    named = {line.finding.column for line in lines if line.finding.column}
    return named & known | ({UNKNOWN_HEADER} if named - known else set())


def state_of_upload(upload: ListUpload) -> State:
    if upload.rows_erased_at is not None and upload.is_done:
        return State("Rows erased", "grey")
    if upload.is_current:
        return State("Current", "green")
    if upload.is_done and not upload.row_count:
        return State("No rows read", "red")
    if upload.is_done:
        return State("Earlier", "grey")
    return state_of(upload)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule that found something on one sheet."""

    rule: str
    words: str
    sheet: str
    level: State
    count: Figure
    url: str


def rule_lines(upload: ListUpload, rule: Rule | None = None) -> list[RuleLine]:
    """What concerns whole sheets and columns first, then errors before queries, most first.

    With a rule of suppression small counts are hidden: for who may not see rows.
    """
    figures = shown_counts(upload.rule_counts, rule)
    counts = sorted(
        ({**count, "figure": figure} for count, figure in zip(upload.rule_counts, figures, strict=True)),
        key=lambda count: (
            count["rule"] not in _WITHOUT_ROW,
            count["level"] != "error",
            -count["count"],
            count["rule"],
        ),
    )
    findings = reverse("children:finding-list", args=[upload.pk])
    return [
        RuleLine(
            rule="" if count["rule"] in _READING else count["rule"],
            words=rule_in_words(count["rule"]),
            sheet=count["sheet"],
            level=LEVEL_STATES[count["level"]],
            count=count["figure"],
            url=f"{findings}?{urlencode({'rule': count['rule'], 'sheet': count['sheet']})}",
        )
        for count in counts
    ]


@dataclass(frozen=True, slots=True)
class SheetLine:
    sheet: str
    rows: Figure
    errors: Figure
    queries: Figure
    not_run: int


def sheet_lines(upload: ListUpload, rule: Rule | None = None) -> list[SheetLine]:
    """With a rule of suppression: where one sheet's number is small, no sheet's is shown, because the totals stand."""

    def total(sheet: str, level: str) -> int:
        return sum(
            count["count"] for count in upload.rule_counts if count["sheet"] == sheet and count["level"] == level
        )

    others = {count["sheet"] for count in upload.rule_counts} - upload.row_counts.keys()
    sheets = (*upload.row_counts, *sorted(others))
    rows = shown_movement({sheet: upload.row_counts.get(sheet, 0) for sheet in sheets}, rule)
    errors = shown_movement({sheet: total(sheet, "error") for sheet in sheets}, rule)
    queries = shown_movement({sheet: total(sheet, "query") for sheet in sheets}, rule)
    return [
        SheetLine(
            sheet,
            rows[sheet],
            errors[sheet],
            queries[sheet],
            sum(skipped["sheet"] == sheet for skipped in upload.rules_not_run),
        )
        for sheet in sheets
    ]


@dataclass(frozen=True, slots=True)
class UploadLine:
    upload: ListUpload
    state: State
    url: str


def upload_lines(uploads: Sequence[ListUpload]) -> list[UploadLine]:
    return [
        UploadLine(upload, state_of_upload(upload), reverse("children:upload-show", args=[upload.pk]))
        for upload in uploads
    ]


def age_in_words(extracted_on: date, *, today: date) -> str:
    days = (today - extracted_on).days
    if days < 0:
        return "dated in the future"
    return {0: "today", 1: "1 day old"}.get(days, f"{days} days old")


def facts_of(upload: ListUpload, *, now: datetime) -> list[dict[str, object]]:
    """The rows of a summary list."""
    age = age_in_words(upload.extracted_on, today=now.date())
    held = ", and longer: a legal hold stands" if upload.has_legal_hold else ""
    return [
        {"key": "Extract of", "value": f"{upload.extracted_on:%-d %B %Y}, {age}"},
        {
            "key": "Uploaded",
            "value": f"{localdate(upload.ordered_at):%-d %B %Y} by {upload.ordered_by or 'sendready itself'}",
        },
        {"key": "Read", "value": f"{localdate(upload.finished_at):%-d %B %Y}" if upload.finished_at else "Not yet"},
        *_again_fact(upload),
        {"key": "Layout", "value": upload.schema_code},
        *_local_fact(upload),
        {"key": "Kept until", "value": f"{upload.keep_until_on:%-d %B %Y}{held}"},
    ]


def _again_fact(upload: ListUpload) -> list[dict[str, object]]:
    if upload.replaces is None:
        return []
    return [
        {"key": "File", "value": f"The one uploaded on {localdate(upload.replaces.ordered_at):%-d %B %Y}, read again"}
    ]


def _local_fact(upload: ListUpload) -> list[dict[str, object]]:
    headers = list(dict.fromkeys(header for each in upload.local_columns.values() for header in each))
    return [{"key": "Your own columns", "value": f"{', '.join(headers)}: never given to inspectors"}] if headers else []


@dataclass(frozen=True, slots=True)
class FindingLine:
    finding: ListFinding
    level: State
    rule: str
    row_url: str


def finding_lines(upload: ListUpload, findings: Sequence[ListFinding]) -> list[FindingLine]:
    return [
        FindingLine(
            finding,
            LEVEL_STATES[finding.level],
            "" if finding.rule in _READING else finding.rule,
            reverse("children:row-show", args=[upload.pk, finding.sheet, finding.excel_row])
            if finding.excel_row and finding.rule not in _WITHOUT_ROW
            else "",
        )
        for finding in findings
    ]


@dataclass(frozen=True, slots=True)
class WaiverLine:
    waiver: Waiver
    words: str
    state: State


def waiver_lines(waivers: Sequence[Waiver], *, today: date) -> list[WaiverLine]:
    def state(waiver: Waiver) -> State:
        if waiver.withdrawn_at is not None:
            return State("Withdrawn", "grey")
        return State("Over", "grey") if waiver.until_on < today else State("In force", "green")

    return [WaiverLine(waiver, rule_in_words(waiver.rule), state(waiver)) for waiver in waivers]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What changed on one sheet, in numbers. `columns` has header and number of changed cells, most first."""

    sheet: str
    added: Figure
    gone: Figure
    changed: Figure
    columns: list[tuple[str, Figure]]


def change_lines(upload: ListUpload, rule: Rule | None = None) -> list[ChangeLine]:
    """With a rule of suppression: where one of a sheet's numbers is small, none of them is shown."""
    lines = []
    for name, sheet in upload.difference.get("sheets", {}).items():
        moved = shown_movement({key: sheet[key] for key in ("added", "gone", "changed")}, rule)
        columns = shown_movement(sheet["columns"], rule)
        lines.append(ChangeLine(name, moved["added"], moved["gone"], moved["changed"], list(columns.items())))
    return lines


def finding_changes(upload: ListUpload, rule: Rule | None = None) -> dict[str, Figure]:
    """New, fixed and still there; empty where there was nothing to compare with."""
    return shown_movement(upload.difference.get("findings", {}), rule)


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """One officer or team with what they have to mend."""

    owner: Owner
    url: str
    findings_url: str
    oldest: str


def owner_lines(upload: ListUpload, owners: Sequence[Owner], *, today: date) -> list[OwnerLine]:
    findings = reverse("children:finding-list", args=[upload.pk])
    return [
        OwnerLine(
            owner,
            reverse("children:fix-list", args=[upload.pk, owner.number]),
            f"{findings}?{urlencode({'owner': owner.number})}",
            day_with_age(owner.oldest_on, today=today),
        )
        for owner in owners
    ]


def day_with_age(day: date | None, *, today: date) -> str:
    return f"{day:%-d %b %Y}, {age_in_words(day, today=today)}" if day else ""


def local_facts(row: ListRow, *, today: date) -> list[dict[str, object]]:
    """The council's own columns of a row, as rows of a summary list; those that are blank are left out."""
    pairs = (
        ("Responsible officer", row.officer),
        ("Team", row.officer_team),
        ("Source", row.source),
        ("As at", day_with_age(row.as_at_on, today=today)),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


@dataclass(frozen=True, slots=True)
class FixRow:
    """One row of a fix list with all that is to mend in it. `row` is None for what concerns no child's row."""

    place: str
    url: str
    unique_id: str
    row: ListRow | None
    age: str
    lines: list[FindingLine]


def fix_rows(
    upload: ListUpload,
    findings: Sequence[ListFinding],
    rows: Mapping[tuple[str, int], ListRow],
    *,
    today: date,
) -> list[FixRow]:
    """`findings` in the order of sheet and row."""
    shown = []
    for (sheet, number), group in groupby(
        finding_lines(upload, findings), key=lambda line: (line.finding.sheet, line.finding.excel_row)
    ):
        lines = list(group)
        row = rows.get((sheet, number or 0))
        shown.append(
            FixRow(
                place=f"{sheet} row {number}" if number else sheet,
                url=lines[0].row_url,
                unique_id=lines[0].finding.unique_id,
                row=row,
                age=day_with_age(row.as_at_on, today=today) if row else "",
                lines=lines,
            )
        )
    return shown


@dataclass(frozen=True, slots=True)
class MappingLine:
    mapping: HeaderMapping
    stands_for: str
    where: str


def mapping_lines(mappings: Sequence[HeaderMapping]) -> list[MappingLine]:
    return [
        MappingLine(
            mapping,
            _column_words(mapping) if mapping.column else f"the sheet {mapping.sheet}",
            f"{mapping.sheet}, layout {mapping.schema_code}" if mapping.column else f"layout {mapping.schema_code}",
        )
        for mapping in mappings
    ]


def _column_words(mapping: HeaderMapping) -> str:
    """The published header; the key where the layout is no longer there."""
    try:
        schema = load_schema(mapping.schema_code)
    except SchemaRefused:
        return mapping.column
    columns = {
        (sheet.name, column.key): column.header for sheet in schema.sheets for column in (*sheet.columns, *sheet.local)
    }
    return columns.get((mapping.sheet, mapping.column), mapping.column)
