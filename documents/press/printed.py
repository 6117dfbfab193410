"""A report → tagged PDF."""

from collections.abc import Callable, Sequence
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents.press.charts import Chart
from documents.press.pdf import render_pdf
from documents.press.sections import (
    Bullets,
    Cell,
    Figure,
    Heading,
    Noted,
    Numbering,
    Paragraph,
    Report,
    Section,
    Table,
    words_of,
)
from documents.press.sheets import text_of


def print_report(report: Report, *, marking: str, drawing: Callable[[Chart], str]) -> bytes:
    """`drawing` gives the SVG of a chart, marked as safe HTML."""
    numbering = Numbering()
    shown = [_shown(section, drawing, numbering) | {"id": f"h{place}"} for place, section in enumerate(report.sections)]
    for one in shown:
        if one["kind"] == "contents":
            one["entries"] = _entries(report.sections, one["section"].depth)
    body = render_to_string("press/report.html", {"report": report, "sections": shown})
    return render_pdf(body, title=report.title, marking=marking, watermark=report.watermark)


def _entries(sections: Sequence[Section], depth: int) -> list[dict[str, Any]]:
    return [
        {"id": f"h{place}", "text": section.text, "level": section.level}
        for place, section in enumerate(sections)
        if isinstance(section, Heading) and section.level <= min(depth, 3)
    ]


def _shown(section: Section, drawing: Callable[[Chart], str], numbering: Numbering) -> dict[str, Any]:
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
                    {"words": _words(cell, numbering), "is_number": column.is_number}
                    for cell, column in zip(row, section.columns, strict=True)
                ]
                for row in section.rows
            ]
            return {"kind": kind, "title": section.title, "columns": columns, "rows": rows}
        case Paragraph():
            return {"kind": kind, "section": section, "words": _words(section.text, numbering)}
        case Bullets():
            return {"kind": kind, "points": [_words(point, numbering) for point in section.points]}
        case _:
            return {"kind": kind, "section": section}


def _words(words: Cell, numbering: Numbering) -> SafeString:
    """As HTML. A note stands where it is cited; the stylesheet moves it to the foot of that page."""
    if not isinstance(words, Noted):
        return linebreaksbr(words_of(words))
    return format_html_join(
        "",
        "{}",
        (
            (
                linebreaksbr(text_of(piece))
                if isinstance(piece, str)
                else _note(text_of(piece.text), *numbering.number(piece)),
            )
            for piece in words.pieces
        ),
    )


def _note(text: str, number: int, is_first: bool) -> SafeString:
    """Call and note link to each other; `documents.press.footnotes` gives them their tags."""
    if not is_first:
        return format_html('<a class="call" href="#note-{}">{}</a>', number, number)
    return format_html(
        '<a class="call" id="call-{0}" href="#note-{0}">{0}</a>'
        '<span class="note" id="note-{0}"><a class="number-of-note" href="#call-{0}">{0}</a> {1}</span>',
        number,
        text,
    )
