"""A report → tagged PDF."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from documents.press.charts import Chart
from documents.press.pdf import render_pdf
from documents.press.sections import Figure, Report, Section, Table, words_of


def print_report(report: Report, *, marking: str, drawing: Callable[[Chart], str]) -> bytes:
    """`drawing` gives the SVG of a chart, marked as safe HTML."""
    shown = [_shown(section, drawing) for section in report.sections]
    body = render_to_string("press/report.html", {"report": report, "sections": shown})
    return render_pdf(body, title=report.title, marking=marking)


def _shown(section: Section, drawing: Callable[[Chart], str]) -> dict[str, Any]:
    kind = type(section).__name__.lower()
    match section:
        case Figure():
            return {"kind": kind, "svg": drawing(section.chart), "sentence": section.sentence}
        case Table():
            whole = sum(column.share for column in section.columns)
            columns = [
                {"header": column.header, "is_number": column.is_number, "width": round(100 * column.share / whole)}
                for column in section.columns
            ]
            rows = [
                [
                    {"words": words_of(cell), "is_number": column.is_number}
                    for cell, column in zip(row, section.columns, strict=True)
                ]
                for row in section.rows
            ]
            return {"kind": kind, "title": section.title, "columns": columns, "rows": rows}
        case _:
            return {"kind": kind, "section": section}
