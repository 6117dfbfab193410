"""One report, three files: PDF, Word and Excel say the same, and each can be read by everybody."""

import io
from decimal import Decimal

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pdfua import Severity, validate
from pypdf import PdfReader

from documents import charts
from documents.press.charts import Bar, BarChart, Line, TrendChart
from documents.press.sections import Amount, Bullets, Figure, Heading, Paragraph, Report, Table, TableColumn
from documents.reports import write_report

TREND = TrendChart(
    title="Plans in time, 2023 to 2024",
    steps=("2023", "2024"),
    lines=(Line(name="Us", values=(1.0, 2.0), is_own=True),),
)
BARS = BarChart(title="Us and others", bars=(Bar(name="Us", value=1.0, text="1"),))
COLUMNS = (TableColumn("Indicator", 3), TableColumn("Us", 1, is_number=True), TableColumn("State", 2))
ROWS = (
    ("Plans within 20 weeks", Amount("97.5 %", Decimal("97.5")), "Better than England"),
    ("=1+1 <b>Appeals</b>\x0b", Amount("c"), "Suppressed"),
)
REPORT = Report(
    title="Scorecard of the board",
    as_at="22 November 2026",
    sections=(
        Paragraph("What the board should look at.", is_lead=True),
        Heading("At a glance"),
        Table("At a glance", COLUMNS, ROWS * 30, sheet="At a glance"),
        Heading("Timeliness", starts_page=True),
        Heading("In detail", level=3),
        Figure(TREND, "The thick line is ours."),
        Figure(BARS),
        Bullets(("One", "Two")),
        Table("At a glance", COLUMNS, ROWS),
        Paragraph("Small print.", is_quiet=True),
    ),
)


@pytest.fixture(autouse=True)
def chart_folder(settings, tmp_path):
    settings.CHART_DIR = tmp_path / "charts"
    charts._at_hand.clear()


def written(tmp_path, form):
    out = tmp_path / f"report.{form}"
    write_report(REPORT, form, out, marking="Official-Sensitive")
    return out.read_bytes()


def test_pdf_is_tagged_without_faults_and_holds_everything(tmp_path):
    pdf = written(tmp_path, "pdf")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    text = " ".join(" ".join(pages).split())

    assert not [one for one in validate(io.BytesIO(pdf)).findings if one.severity is Severity.ERROR]
    assert all(page.count("OFFICIAL-SENSITIVE") == 2 for page in pages)
    for words in ("Scorecard of the board", "As at 22 November 2026", "97.5 %", "Better than England", "Small print."):
        assert words in text
    assert "<b>Appeals</b>" in text


def test_pdf_figures_carry_their_words(tmp_path):
    with pikepdf.open(io.BytesIO(written(tmp_path, "pdf"))) as pdf:
        figures = [
            str(item.Alt)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.Figure and "/Alt" in item
        ]

    assert figures == [TREND.title, BARS.title]


def test_pdf_of_the_same_report_is_the_same(tmp_path):
    assert written(tmp_path, "pdf") == written(tmp_path, "pdf")


def test_word_has_headings_header_rows_words_for_pictures_and_marking(tmp_path):
    document = Document(io.BytesIO(written(tmp_path, "docx")))

    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Scorecard of the board"),
        ("Heading 2", "At a glance"),
        ("Heading 2", "Timeliness"),
        ("Heading 3", "In detail"),
    ]
    assert [len(table.rows) for table in document.tables] == [61, 3]
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [TREND.title, BARS.title]
    section = document.sections[0]
    assert section.header.paragraphs[0].text == section.footer.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert "PAGE" in section.footer._element.xml
    assert document.core_properties.title == "Scorecard of the board"


def test_word_is_british_english_throughout(tmp_path):
    document = Document(io.BytesIO(written(tmp_path, "docx")))

    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert document.core_properties.language == "en-GB"


def test_workbook_has_a_sheet_for_each_table_with_numbers_as_numbers(tmp_path):
    book = load_workbook(io.BytesIO(written(tmp_path, "xlsx")))

    assert book.sheetnames == ["Report", "At a glance", "At a glance 2"]
    sheet = book["At a glance 2"]
    assert [cell.value for cell in sheet[1]] == ["Indicator", "Us", "State"]
    assert [cell.value for cell in sheet[2]] == ["Plans within 20 weeks", 97.5, "Better than England"]
    assert sheet["A3"].data_type == "s"
    assert sheet["B3"].value == "c"
    assert "OFFICIAL-SENSITIVE" in sheet.oddHeader.center.text


def test_unknown_format_is_refused(tmp_path):
    with pytest.raises(ValueError, match="odt"):
        write_report(REPORT, "odt", tmp_path / "x", marking="")
