"""The text of each kind of file that may come in, and what happens with one that breaks its reader."""

import io

import pytest

from documents.domain.texts import Outcome
from documents.intake.types import CSV, DOCX, JPEG, ODT, PDF, PPTX, TXT, XLSX
from documents.press.pdf import render_pdf
from documents.texts.child import read_text
from documents.texts.limits import LONGEST
from documents.texts.reading import read, tidy
from tests.factories.office import make_ooxml, make_zip

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def word(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return make_zip({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()})


def slides() -> bytes:
    def slide(text: str) -> bytes:
        return f'<p:sld xmlns:p="p" xmlns:a="{A}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'.encode()

    return make_zip({"ppt/slides/slide10.xml": slide("Tenth"), "ppt/slides/slide2.xml": slide("Second")})


def open_text() -> bytes:
    content = (
        '<o:body xmlns:o="urn:office" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        "<t:h>Heading</t:h><t:p>Families <t:span>wait</t:span> long</t:p></o:body>"
    )
    return make_zip({"content.xml": content.encode()})


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        pytest.param(b"Families\r\n\r\n  wait  long", TXT, "Families\nwait long", id="plain text"),
        pytest.param("Größe".encode("utf-16"), TXT, "Größe", id="plain text in two bytes"),
        pytest.param("Caf\xe9".encode("cp1252"), CSV, "Café", id="an older code page"),
        pytest.param(word("First", "Second"), DOCX, "First\nSecond", id="Word"),
        pytest.param(slides(), PPTX, "Second\nTenth", id="slides in their order"),
        pytest.param(open_text(), ODT, "Heading\nFamilies wait long", id="OpenDocument"),
    ],
)
def test_words_of_a_file_are_read(content, kind, words):
    found = read(io.BytesIO(content), kind.content_type)

    assert (found.text, found.outcome) == (words, Outcome.FOUND)


def test_words_of_a_pdf_are_read():
    drawn = render_pdf(
        "<html lang='en'><body><h1>Waits</h1><p>Families wait.</p></body></html>", title="Waits", marking=""
    )

    assert "Families wait." in read(io.BytesIO(drawn), PDF.content_type).text


def test_picture_has_no_text():
    assert read(io.BytesIO(b"\xff\xd8\xff"), JPEG.content_type).outcome is Outcome.NONE


def test_half_a_character_is_replaced():
    assert tidy(["Half \ud83d of one"]).text == "Half ? of one"


def test_long_file_is_cut():
    found = read(io.BytesIO(b"word " * LONGEST), TXT.content_type)

    assert (len(found.text), found.outcome) == (LONGEST, Outcome.CUT)


def test_child_process_reads_a_file_on_disk(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(word("Families wait."))

    with path.open("rb") as source:
        found = read_text(source, DOCX.content_type)

    assert (found.text, found.outcome) == ("Families wait.", Outcome.FOUND)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", make_ooxml("xlsx")])
def test_file_that_breaks_its_reader_is_unreadable_and_nothing_more(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)

    with path.open("rb") as source:
        found = read_text(source, XLSX.content_type)

    assert found.outcome is Outcome.UNREADABLE
