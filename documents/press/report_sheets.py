"""A report → sheets of a workbook: first its words, then each table with its numbers as numbers."""

from collections.abc import Iterator

from documents.press.sections import Amount, Bullets, Figure, Heading, Paragraph, Report, Table
from documents.press.sheets import Cell, Column, ColumnKind, Sheet

WIDEST = 60
LONG_NAME = 31


def sheets_of(report: Report) -> list[Sheet]:
    return [_words(report), *_tables(report)]


def _words(report: Report) -> Sheet:
    rows: list[tuple[Cell, ...]] = [(report.title,), (f"As at {report.as_at}",)]
    for section in report.sections:
        match section:
            case Heading() | Paragraph():
                rows.append((section.text,))
            case Bullets():
                rows += [(f"• {point}",) for point in section.points]
            case Figure():
                rows.append((section.sentence or section.chart.title,))
            case Table():
                rows.append((f"Table: {section.title}",))
    return Sheet(name="Report", columns=[Column("Report", 110, is_wrapped=True)], rows=rows)


def _tables(report: Report) -> Iterator[Sheet]:
    taken = {"report"}
    for table in report.tables:
        numeric = [_holds_numbers(table, place) for place in range(len(table.columns))]
        whole = sum(column.share for column in table.columns)
        columns = [
            Column(
                column.header,
                min(WIDEST, max(10, 110 * column.share / whole)),
                ColumnKind.NUMBER if is_number else ColumnKind.TEXT,
                is_wrapped=not is_number,
            )
            for column, is_number in zip(table.columns, numeric, strict=True)
        ]
        rows = [tuple(_cell(cell) for cell in row) for row in table.rows]
        yield Sheet(name=_free_name(table.sheet or table.title, taken), columns=columns, rows=rows)


def _holds_numbers(table: Table, place: int) -> bool:
    return any(isinstance(row[place], Amount) and row[place].value is not None for row in table.rows)  # type: ignore[union-attr]  # asked just before


def _cell(cell: str | Amount) -> Cell:
    if isinstance(cell, Amount):
        return cell.words if cell.value is None else cell.value
    return cell


def _free_name(title: str, taken: set[str]) -> str:
    """A name of at most 31 characters that no other sheet has, whatever its capitals."""
    name, number = title[:LONG_NAME], 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = title[: LONG_NAME - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name
