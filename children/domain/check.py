"""Rules over rows → findings, and the rules that could not be asked."""

from collections import Counter
from dataclasses import dataclass

from children.domain.rows import Level, NotRun, Row, RowFinding, SheetRows, Workbook
from children.domain.rules import RULES
from children.domain.rules.rule import Rule
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


def check(workbook: Workbook, *, rules: tuple[Rule, ...] = RULES) -> Report:
    """Asks every rule of every sheet. The order of the rules makes no difference to what each finds.

    A rule about columns that a layout's sheet doesn't have at all doesn't apply there; a rule whose column is in the
    layout and missing in the workbook is not run, and said to be so.
    """
    findings = list(workbook.findings)
    not_run: list[NotRun] = []
    rules_run = 0
    for layout in workbook.schema.sheets:
        sheet = workbook.sheet(layout.name)
        for rule in rules:
            if rule.list_kind is not layout.kind or not layout.keys.issuperset(rule.columns):
                continue
            why = _why_not(layout, sheet, rule)
            if sheet is None or why:
                not_run.append(NotRun(rule=rule.code, sheet=layout.name, why=why))
                continue
            rules_run += 1
            findings.extend(_finding(rule, layout, row) for row in rule.check(sheet))
    order = {layout.name: number for number, layout in enumerate(workbook.schema.sheets)}
    findings.sort(key=lambda found: (order.get(found.sheet, -1), found.row or 0, found.rule))
    return Report(
        rows={
            layout.name: len(sheet.rows) if (sheet := workbook.sheet(layout.name)) else 0
            for layout in workbook.schema.sheets
        },
        findings=tuple(findings),
        not_run=tuple(not_run),
        rules_run=rules_run,
    )


def _why_not(layout: SheetLayout, sheet: SheetRows | None, rule: Rule) -> str:
    if sheet is None:
        return f"The sheet {layout.name} is missing or can't be read."
    if missing := [layout.header(key) for key in rule.columns if key not in sheet.keys]:
        names = " and ".join(f"“{header}”" for header in missing)
        return f"{layout.name} has no usable column {names}."
    return ""


def _finding(rule: Rule, layout: SheetLayout, row: Row) -> RowFinding:
    is_softer = rule.softer is not None and rule.softer(row)
    return RowFinding(
        sheet=layout.name,
        row=row.excel_row,
        unique_id=row.unique_id,
        column=layout.header(rule.columns[0]),
        columns=tuple(layout.header(key) for key in rule.columns),
        rule=rule.code,
        level=Level.QUERY if is_softer else rule.level,
        message=f"{rule.wrong} {rule.softer_fix}" if is_softer else rule.message,
        value=row.text(rule.columns[0]),
    )
