"""A report → sheets of a workbook: first its words, then each table with its numbers as numbers."""

from collections.abc import Iterator

from documents.press.sections import (
    Amount,
    Bullets,
    Figure,
    Heading,
    Noted,
    Numbering,
    Paragraph,
    Report,
    Table,
    bracketed,
)
from documents.press.sheets import Cell, Column, ColumnKind, Sheet

WIDEST = 60
LONG_NAME = 31


def sheets_of(report: Report) -> list[Sheet]:
    """A workbook has no footnotes: their numbers stand in brackets, and the notes at the end of the words."""
    numbering = Numbering()
    _number(report, numbering)
    return [_words(report, numbering), *_tables(report, numbering)]


def _number(report: Report, numbering: Numbering) -> None:
    """Numbers every note in the order of the report, so that the sheets agree with its other forms."""
    for section in report.sections:
        match section:
            case Paragraph():
                bracketed(section.text, numbering)
            case Bullets():
                for point in section.points:
                    bracketed(point, numbering)
            case Table():
                for row in section.rows:
                    for cell in row:
                        bracketed(cell, numbering)


def _words(report: Report, numbering: Numbering) -> Sheet:
    rows: list[tuple[Cell, ...]] = [(report.title,), (f"As at {report.as_at}",)]
    for section in report.sections:
        match section:
            case Heading():
                rows.append((section.text,))
            case Paragraph():
                rows.append((bracketed(section.text, numbering),))
            case Bullets():
                rows += [(f"• {bracketed(point, numbering)}",) for point in section.points]
            case Figure():
                rows.append((section.sentence or section.chart.title,))
            case Table():
                rows.append((f"Table: {section.title}",))
    if numbering.notes:
        rows.append(("Notes",))
        rows += [(f"[{number}] {note.text}",) for number, note in numbering.notes]
    return Sheet(name="Report", columns=[Column("Report", 110, is_wrapped=True)], rows=rows)


def _tables(report: Report, numbering: Numbering) -> Iterator[Sheet]:
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
        rows = [tuple(_cell(cell, numbering) for cell in row) for row in table.rows]
        yield Sheet(name=_free_name(table.sheet or table.title, taken), columns=columns, rows=rows)


def _holds_numbers(table: Table, place: int) -> bool:
    return any(isinstance(row[place], Amount) and row[place].value is not None for row in table.rows)  # type: ignore[union-attr]  # asked just before


def _cell(cell: str | Amount | Noted, numbering: Numbering) -> Cell:
    match cell:
        case Amount():
            return cell.words if cell.value is None else cell.value
        case Noted():
            return bracketed(cell, numbering)
        case str():
            return cell


def _free_name(title: str, taken: set[str]) -> str:
    """A name of at most 31 characters that no other sheet has, whatever its capitals."""
    name, number = title[:LONG_NAME], 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = title[: LONG_NAME - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name
