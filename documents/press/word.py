"""A report → Word: real heading styles, header rows that repeat, pictures with their words, the marking on each page.

Word files carry the time in their parts, so the same report doesn't give the same bytes: they stay out of packs.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents.press.charts import Chart
from documents.press.sections import (
    Bullets,
    Cell,
    Contents,
    Figure,
    Heading,
    Noted,
    Paragraph,
    Report,
    Section,
    Table,
    TableColumn,
    words_of,
)
from documents.press.sheets import text_of
from documents.press.word_notes import WordNotes
from documents.press.word_pages import lay_watermark, list_contents

FONT = "Arial"
LANGUAGE = "en-GB"
INK = RGBColor(0x0B, 0x0C, 0x0C)
TEAL = RGBColor(0x0B, 0x5A, 0x60)
QUIET = RGBColor(0x50, 0x5A, 0x5F)
WIDTH = Mm(174)
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_SIZES = {
    "Title": 22,
    "Heading 1": 20,
    "Heading 2": 15,
    "Heading 3": 12,
    "Heading 4": 10.5,
    "Normal": 10.5,
    "Caption": 9.5,
}


def write_word(report: Report, *, marking: str, picture: Callable[[Chart], bytes]) -> bytes:
    """`picture` gives the PNG of a chart."""
    document = Document()
    _set_up(document, title=report.title, marking=marking)
    if report.watermark:
        lay_watermark(document, text_of(report.watermark))
    document.add_heading(text_of(report.title), level=1)
    _paragraph(document, f"As at {report.as_at}", size=12)
    notes = WordNotes(document)
    for section in report.sections:
        if isinstance(section, Contents):
            _contents(document, section, report)
        else:
            _add(document, section, picture, notes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, *, title: str, marking: str) -> None:
    properties = document.core_properties
    properties.title, properties.language, properties.author, properties.comments = text_of(title), LANGUAGE, "", ""
    properties.created = properties.modified = CREATED
    for name, size in _SIZES.items():
        _set_style(document.styles[name], size, is_heading=name.startswith(("Heading", "Title")))
    _set_language(document)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(22), Mm(20)
    _mark(page.header.paragraphs[0], marking)
    foot = page.footer.paragraphs[0]
    _mark(foot, marking)
    _number_pages(page.footer.add_paragraph())


def _set_style(style: Any, size: float, *, is_heading: bool) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), TEAL if is_heading else INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _set_language(document: Any) -> None:
    """The language of everything, so that a screen reader pronounces it and the spelling checker knows it."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    properties = document.styles["Normal"].element.get_or_add_rPr()
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), LANGUAGE)


def _mark(paragraph: Any, marking: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text_of(marking.upper()))
    run.bold = True


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for code in ("PAGE", "NUMPAGES"):
        if code == "NUMPAGES":
            paragraph.add_run(" of ")
        run = paragraph.add_run()
        for kind, text in (("begin", ""), ("", code), ("end", "")):
            if kind:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
            else:
                part = OxmlElement("w:instrText")
                part.set(qn("xml:space"), "preserve")
                part.text = text
            run._r.append(part)


def _contents(document: Any, contents: Contents, report: Report) -> None:
    document.add_heading(text_of(contents.title), level=2)
    headings = [section for section in report.sections if isinstance(section, Heading)]
    list_contents(document, headings, contents.depth)


def _add(document: Any, section: Section, picture: Callable[[Chart], bytes], notes: WordNotes) -> None:
    match section:
        case Heading():
            heading = document.add_heading(text_of(section.text), level=section.level)
            heading.paragraph_format.page_break_before = section.starts_page
        case Paragraph():
            size = 12 if section.is_lead else 9 if section.is_quiet else None
            _write(document.add_paragraph(), section.text, notes, size=size)
        case Bullets():
            for point in section.points:
                _write(document.add_paragraph(style="List Bullet"), point, notes)
        case Table():
            _table(document, section, notes)
        case Figure():
            _figure(document, section, picture(section.chart))


def _paragraph(document: Any, text: str, *, size: float | None = None) -> None:
    _write(document.add_paragraph(), text, None, size=size)


def _write(
    paragraph: Any, words: Cell, notes: WordNotes | None, *, size: float | None = None, is_bold: bool = False
) -> None:
    """Words at the end of a paragraph, each note where it is cited."""
    for piece in words.pieces if isinstance(words, Noted) else (words_of(words),):
        if isinstance(piece, str):
            run = paragraph.add_run(text_of(piece))
            run.bold = is_bold or None
            if size is not None:
                run.font.size = Pt(size)
        elif notes is not None:
            notes.cite(paragraph, piece)


def _figure(document: Any, figure: Figure, png: bytes) -> None:
    document.add_picture(io.BytesIO(png), width=Mm(135))
    shape = document.inline_shapes[-1]._inline.docPr
    shape.set("descr", text_of(figure.chart.title))
    shape.set("title", "Chart")
    if figure.sentence:
        _paragraph(document, figure.sentence, size=9)


def _table(document: Any, table: Table, notes: WordNotes) -> None:
    caption = document.add_paragraph(text_of(table.title), style="Caption")
    caption.paragraph_format.keep_with_next = True
    drawn = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    drawn.autofit = False
    _describe(drawn, table.title)
    widths = _widths(table.columns)
    headers = tuple(column.header for column in table.columns)
    _fill(drawn.rows[0], headers, table.columns, widths, notes, is_header=True)
    _repeat(drawn.rows[0])
    for row in table.rows:
        added = drawn.add_row()
        _fill(added, row, table.columns, widths, notes, is_header=False)
        _keep_whole(added)
    document.add_paragraph()


def _widths(columns: tuple[TableColumn, ...]) -> list[int]:
    whole = sum(column.share for column in columns)
    return [int(WIDTH * column.share / whole) for column in columns]


def _fill(
    row: Any,
    cells: tuple[Cell, ...],
    columns: tuple[TableColumn, ...],
    widths: list[int],
    notes: WordNotes,
    *,
    is_header: bool,
) -> None:
    for drawn, cell, column, width in zip(row.cells, cells, columns, widths, strict=True):
        drawn.width = width
        paragraph = drawn.paragraphs[0]
        _write(paragraph, cell, notes, size=9, is_bold=is_header)
        if column.is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: Any) -> None:
    """Makes the row a header: Word repeats it on each page and tells it to screen readers."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _describe(drawn: Any, title: str) -> None:
    """The alternative text of the table, and that its first row and column are headers."""
    properties = drawn._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "1")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), text_of(title))
    properties.append(caption)
