"""Rules over rows → findings, and the rules that could not be asked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from children.domain.rows import Index, Level, NotRun, Row, RowFinding, SheetRows, Workbook
from children.domain.rules import RULES
from children.domain.rules.rule import Asked, Hit, Need, Rule
from children.domain.schema import SheetLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a check. `rows` counts per sheet of the layout; a sheet that is missing counts none."""

    rows: dict[str, int]
    findings: tuple[RowFinding, ...]
    not_run: tuple[NotRun, ...]
    rules_run: int

    @property
    def errors(self) -> int:
        return sum(finding.level is Level.ERROR for finding in self.findings)

    @property
    def queries(self) -> int:
        return len(self.findings) - self.errors

    @property
    def by_rule(self) -> dict[str, int]:
        return dict(Counter(finding.rule for finding in self.findings).most_common())

    @property
    def blocks(self) -> bool:
        return bool(self.errors or self.not_run)


def check(
    workbook: Workbook,
    *,
    rules: tuple[Rule, ...] = RULES,
    earlier_rows: Mapping[str, int] | None = None,
    today: date | None = None,
) -> Report:
    """Asks every rule of every sheet. The order of the rules makes no difference to what each finds.

    A rule about columns that a layout's sheet doesn't have at all doesn't apply there; a rule whose column is in the
    layout and missing in the workbook is not run, and said to be so. `earlier_rows` (rows by sheet of the upload
    before) and `today` let the rules apply that need them.
    """
    findings = list(workbook.findings)
    not_run: list[NotRun] = []
    rules_run = 0
    earlier = earlier_rows or {}
    for layout in workbook.schema.sheets:
        sheet = workbook.sheet(layout.name)
        asked = _asked(workbook, sheet, earlier.get(layout.name), today) if sheet else None
        for rule in rules:
            if not _applies(rule, layout, has_earlier=layout.name in earlier, has_today=today is not None):
                continue
            why = _why_not(workbook, layout, sheet, rule)
            if asked is None or why:
                not_run.append(NotRun(rule=rule.code, sheet=layout.name, why=why))
                continue
            rules_run += 1
            findings.extend(_finding(rule, layout, hit) for hit in rule.check(asked))
    order = {layout.name: number for number, layout in enumerate(workbook.schema.sheets)}
    places = {
        (layout.name, column.header): place
        for layout in workbook.schema.sheets
        for place, column in enumerate(layout.columns)
    }
    findings.sort(
        key=lambda found: (
            order.get(found.sheet, -1),
            found.row or 0,
            places.get((found.sheet, found.column), -1),
            found.rule,
        )
    )
    return Report(
        rows={
            layout.name: len(sheet.rows) if (sheet := workbook.sheet(layout.name)) else 0
            for layout in workbook.schema.sheets
        },
        findings=tuple(findings),
        not_run=tuple(not_run),
        rules_run=rules_run,
    )


def _asked(workbook: Workbook, sheet: SheetRows, earlier_rows: int | None, today: date | None) -> Asked:
    others = [other.index for other in workbook.sheets if other is not sheet]
    elsewhere = (
        others[0]
        if len(others) == 1
        else Index.of(row for other in workbook.sheets if other is not sheet for row in other.rows)
    )
    return Asked(sheet=sheet, elsewhere=elsewhere, earlier_rows=earlier_rows, today=today)


def _applies(rule: Rule, layout: SheetLayout, *, has_earlier: bool, has_today: bool) -> bool:
    if rule.list_kind is not layout.kind or not layout.keys.issuperset(rule.columns):
        return False
    return (has_earlier or Need.EARLIER_UPLOAD not in rule.needs) and (has_today or Need.TODAY not in rule.needs)


def _why_not(workbook: Workbook, layout: SheetLayout, sheet: SheetRows | None, rule: Rule) -> str:
    if sheet is None:
        return f"The sheet {layout.name} is missing or can't be read."
    if missing := [layout.header(key) for key in rule.columns if key not in sheet.keys]:
        names = " and ".join(f"“{header}”" for header in missing)
        return f"{layout.name} has no usable column {names}."
    if Need.OTHER_LIST in rule.needs:
        for other in workbook.schema.sheets:
            if other is layout:
                continue
            found = workbook.sheet(other.name)
            if found is None or not found.keys.issuperset(rule.columns):
                return f"{other.name}, with which it compares, is missing or lacks the column."
    return ""


def _finding(rule: Rule, layout: SheetLayout, place: Row | Hit) -> RowFinding:
    hit = place if isinstance(place, Hit) else Hit(row=place)
    row, key = hit.row, hit.column or (rule.columns[0] if rule.columns else "")
    is_softer = row is not None and rule.softer is not None and rule.softer(row)
    wrong, fix = hit.wrong or rule.wrong, rule.softer_fix if is_softer else hit.fix or rule.fix
    value = hit.value if hit.value is not None else row.text(key) if row is not None and key else ""
    keys = rule.columns or ((key,) if key else ())
    return RowFinding(
        sheet=layout.name,
        row=row.excel_row if row is not None else hit.excel_row,
        unique_id=row.unique_id if row is not None else "",
        column=layout.header(key) if key else "",
        columns=_same(tuple(layout.header(name) for name in keys)),
        rule=rule.code,
        level=Level.QUERY if is_softer else rule.level,
        message=_sentences(wrong, fix),
        value=value,
    )


@lru_cache(maxsize=512)
def _sentences(wrong: str, fix: str) -> str:
    """One text for all findings that say the same: a list may have a hundred thousand of them."""
    return f"{wrong} {fix}"


@lru_cache(maxsize=512)
def _same(headers: tuple[str, ...]) -> tuple[str, ...]:
    return headers
