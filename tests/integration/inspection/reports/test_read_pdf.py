"""A report as a file: with tags, without them, as a scan, damaged. The files are made here, in invented words."""

import io
from pathlib import Path

import pikepdf
import pytest

from documents.press.pdf import render_pdf
from inspection.readers.reports import Unreadable, read_blocks

BODY = """
<style>td, th { border: 1px solid black }</style>
<h1>Area SEND inspection of Eastmarsh Local Area Partnership</h1>
<p>Inspection dates: 3 to 7 March 2025</p>
<h2>Areas for priority action</h2>
<table><thead><tr><th scope="col">Responsible body</th><th scope="col">Areas for priority action</th></tr>
</thead><tbody><tr><td>Eastmarsh Council</td><td><p>Leaders must issue plans that are whole,</p>
<ul><li>older children first</li><li>then all others.</li></ul></td></tr></tbody></table>
<p>The end of it.</p>
"""


@pytest.fixture
def tagged(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf(BODY, title="A report", marking="demonstration"))
    return path


def _without_tags(path: Path) -> Path:
    bare = path.with_name("bare.pdf")
    with pikepdf.open(path) as pdf:
        del pdf.Root["/StructTreeRoot"]
        pdf.save(bare)
    return bare


def test_pdf_with_tags_is_read_by_rows_and_cells(tagged: Path):
    blocks = read_blocks(tagged)

    start = next(place for place, one in enumerate(blocks) if one.text == "Eastmarsh Council")
    assert [(one.text, one.cell, one.is_bullet) for one in blocks[start : start + 5]] == [
        ("Eastmarsh Council", 0, False),
        ("Leaders must issue plans that are whole,", 1, False),
        ("older children first", 1, True),
        ("then all others.", 1, True),
        ("The end of it.", 0, False),
    ]
    assert len({one.row for one in blocks[start : start + 4]}) == 1
    assert blocks[start].row is not None
    assert blocks[start + 4].row is None


def test_pdf_without_tags_is_read_by_its_lines(tagged: Path):
    texts = [one.text for one in read_blocks(_without_tags(tagged))]

    assert "Inspection dates: 3 to 7 March 2025" in texts
    assert "The end of it." in texts
    assert texts.index("Areas for priority action") < texts.index("The end of it.")


def test_pdf_by_its_lines_keeps_the_boxes(tagged: Path):
    rows = [one for one in read_blocks(_without_tags(tagged)) if one.row is not None]

    assert any(one.text == "Eastmarsh Council" and one.cell == 0 for one in rows)
    assert any(one.cell == 1 and one.text.startswith("Leaders must issue plans") for one in rows)


def test_pdf_that_is_a_scan_says_so(tmp_path: Path):
    path = tmp_path / "scan.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)

    with pytest.raises(Unreadable, match="it is a scan"):
        read_blocks(path)


def test_pdf_with_a_password_or_cut_short_is_refused(tagged: Path):
    locked, cut = tagged.with_name("locked.pdf"), tagged.with_name("cut.pdf")
    with pikepdf.open(tagged) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="word", owner="word"))
    cut.write_bytes(tagged.read_bytes()[:3000])

    for path in (locked, cut):
        with pytest.raises(Unreadable, match=f"^{path.name} is damaged or locked with a password"):
            read_blocks(path)


def test_pdf_that_is_none_or_is_not_there_is_refused(tmp_path: Path):
    text = tmp_path / "report.pdf"
    text.write_text("Areas for improvement", encoding="utf-8")

    with pytest.raises(Unreadable, match="is not a PDF"):
        read_blocks(text)
    with pytest.raises(Unreadable, match="is not there"):
        read_blocks(tmp_path / "none.pdf")


def test_pdf_with_too_many_pages_is_refused(tmp_path: Path):
    many = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(121):
            pdf.add_blank_page()
        pdf.save(many)
    path = tmp_path / "many.pdf"
    path.write_bytes(many.getvalue())

    with pytest.raises(Unreadable, match="has 121 pages"):
        read_blocks(path)
