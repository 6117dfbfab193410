"""Two uploads held against each other: rows added, gone and changed; findings new, fixed and still there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from children.domain.rows import RowFinding, Workbook

# rule, sheet, Unique ID (or, for what concerns no child, nothing), column
FindingKey = tuple[str, str, str, str]


@dataclass(slots=True)
class SheetDifference:
    """Counts of one sheet. `by_column` counts changed cells by header."""

    added: int = 0
    gone: int = 0
    changed: int = 0
    by_column: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Difference:
    """`changes` has, by sheet and Excel row of the later upload, the headers that changed; an added row has none."""

    sheets: dict[str, SheetDifference]
    changes: dict[tuple[str, int], tuple[str, ...] | None]


def compare_rows(workbook: Workbook, before: Iterable[tuple[str, str, Mapping[str, str]]]) -> Difference:
    """`before` gives sheet, Unique ID and shown cells of each earlier row, and is read once.

    Rows without a Unique ID, and all but the first of a repeated one, can't be followed: they count as added or gone.
    """
    sheets = {sheet.layout.name: SheetDifference() for sheet in workbook.sheets}
    changes: dict[tuple[str, int], tuple[str, ...] | None] = {}
    now = {
        (sheet.layout.name, unique_id): rows[0]
        for sheet in workbook.sheets
        for unique_id, rows in sheet.index.by_unique_id.items()
    }
    headers = {sheet.layout.name: {c.key: c.header for c in sheet.layout.columns} for sheet in workbook.sheets}
    met: set[tuple[str, int]] = set()
    for name, unique_id, cells in before:
        row = now.get((name, unique_id.casefold())) if unique_id else None
        if name not in sheets:
            continue
        if row is None or (name, row.excel_row) in met:
            sheets[name].gone += 1
            continue
        met.add((name, row.excel_row))
        texts = row.texts()
        if texts != cells:
            keys = texts.keys() | cells.keys()
            changed = [headers[name].get(key, key) for key in keys if texts.get(key, "") != cells.get(key, "")]
            sheets[name].changed += 1
            sheets[name].by_column.update(changed)
            changes[name, row.excel_row] = tuple(sorted(changed))
    for sheet in workbook.sheets:
        name = sheet.layout.name
        for row in sheet.rows:
            if (name, row.excel_row) not in met:
                sheets[name].added += 1
                changes[name, row.excel_row] = None
    return Difference(sheets, changes)


def key_of_finding(rule: str, sheet: str, unique_id: str, column: str) -> FindingKey:
    return rule, sheet, unique_id.casefold(), column


@dataclass(frozen=True, slots=True)
class FindingDifference:
    """What became of the findings of the upload before. `before` holds its keys."""

    before: frozenset[FindingKey]
    fixed: int
    still: int

    def is_new(self, finding: RowFinding) -> bool:
        return _key(finding) not in self.before


def compare_findings(findings: Iterable[RowFinding], before: frozenset[FindingKey]) -> FindingDifference:
    now = {_key(finding) for finding in findings}
    return FindingDifference(before, fixed=len(before - now), still=len(before & now))


def _key(finding: RowFinding) -> FindingKey:
    return key_of_finding(finding.rule, finding.sheet, finding.unique_id[:80], finding.column[:200])
