"""Footnotes in the three forms of a report."""

import io
import zipfile

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from pdfua import Severity, validate
from pypdf import PdfReader

from documents.press.printed import print_report
from documents.press.report_sheets import sheets_of
from documents.press.sections import Bullets, Footnote, Noted, Numbering, Paragraph, Report, Table, TableColumn
from documents.press.word import write_word

REPORT_NOTE = Footnote("E1 Inspection report, July 2024. <Covers> February 2017 to May 2024.")
FIGURES_NOTE = Footnote("Published figures, 2024.")
COLUMNS = (TableColumn("Criterion"), TableColumn("What we know", 3))
REPORT = Report(
    title="Self-evaluation",
    as_at="22 November 2026",
    sections=(
        Paragraph(Noted(("Plans come in time", FIGURES_NOTE, "; reviews do not", REPORT_NOTE, "."))),
        Bullets(("Plain", Noted(("Said again", FIGURES_NOTE, ".")))),
        Table(
            "By criterion", COLUMNS, (("A1", Noted(("In a table", Footnote("E7 Survey."), "."))), ("A2", "Nothing."))
        ),
        Paragraph("The end. " * 900),
        Paragraph(Noted(("On another page", REPORT_NOTE, Footnote("E9 Audit."), "."))),
    ),
)


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return print_report(REPORT, marking="OFFICIAL", drawing=lambda chart: "")


@pytest.fixture(scope="module")
def word() -> bytes:
    return write_word(REPORT, marking="OFFICIAL", picture=lambda chart: b"")


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == f"/{kind}"]


def test_a_note_keeps_its_number():
    numbering = Numbering()

    assert [numbering.number(note) for note in (REPORT_NOTE, FIGURES_NOTE, REPORT_NOTE)] == [
        (1, True),
        (2, True),
        (1, False),
    ]


def test_pdf_has_notes_at_the_foot_of_the_page_that_cites_them_first(drawn: bytes):
    first, *_, last = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(drawn)).pages]

    assert "2 E1 Inspection report, July 2024. <Covers> February 2017 to May 2024." in first
    assert "3 E7 Survey." in first
    assert "4 E9 Audit." in last
    assert "E1 Inspection" not in last


def test_pdf_tags_notes_and_where_they_are_cited(drawn: bytes):
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        notes = elements(pdf, "Note")
        references = elements(pdf, "Reference")
        said = sorted(str(link.K[0].Obj.Contents) for link in (each.K[0] for each in references))

        assert sorted(str(note.ID) for note in notes) == ["note-1", "note-2", "note-3", "note-4"]
        assert said == ["Note 1", "Note 1", "Note 2", "Note 2", "Note 3", "Note 4"]
        assert all(each.P.K is not None and each in list(each.P.K) for each in references)
    assert not [one for one in validate(io.BytesIO(drawn)).findings if one.severity is Severity.ERROR]


def test_pdf_of_the_same_report_is_the_same(drawn: bytes):
    assert print_report(REPORT, marking="OFFICIAL", drawing=lambda chart: "") == drawn


def test_word_has_real_footnotes(word: bytes):
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        notes = etree.fromstring(parts.read("word/footnotes.xml"))
        body = etree.fromstring(parts.read("word/document.xml"))
        types = parts.read("[Content_Types].xml").decode()
        links = parts.read("word/_rels/document.xml.rels").decode()

    texts = ["".join(note.itertext()).strip() for note in notes]
    cited = [each.get(qn("w:id")) for each in body.iter(qn("w:footnoteReference"))]
    assert texts == ["", "", FIGURES_NOTE.text, REPORT_NOTE.text, "E7 Survey.", "E9 Audit."]
    assert cited == ["1", "2", "3", "4"]
    assert "footnotes+xml" in types
    assert "relationships/footnotes" in links


def test_word_cites_a_note_again_by_its_number(word: bytes):
    document = Document(io.BytesIO(word))

    codes = [each.text.split()[:2] for each in document.element.iter(qn("w:instrText")) if "NOTEREF" in each.text]
    names = {each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))}
    assert codes == [["NOTEREF", "_RefNote1"], ["NOTEREF", "_RefNote2"]]
    assert {"_RefNote1", "_RefNote2"} <= names


def test_word_without_notes_has_no_such_part():
    plain = Report(title="Plain", as_at="today", sections=(Paragraph("Words."),))

    with zipfile.ZipFile(io.BytesIO(write_word(plain, marking="", picture=lambda chart: b""))) as parts:
        assert "word/footnotes.xml" not in parts.namelist()


def test_workbook_has_numbers_in_brackets_and_the_notes_beneath():
    words, table = sheets_of(REPORT)

    rows = [row[0] for row in words.rows]
    assert rows[2] == "Plans come in time [1]; reviews do not [2]."
    assert rows[-4:] == [f"[1] {FIGURES_NOTE.text}", f"[2] {REPORT_NOTE.text}", "[3] E7 Survey.", "[4] E9 Audit."]
    assert table.rows[0] == ("A1", "In a table [3].")
