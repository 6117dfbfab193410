import io

import openpyxl
from pypdf import PdfReader

from sendready.areas.papers import Block, hand_in, read_text
from sendready.areas.values import DocumentWords

TEXT = """DEMONSTRATION

Fair access protocol
====================

Agreed with <the schools>
of the city.

- Every two weeks
- Within ten days
"""


def paper(tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    return hand_in(DocumentWords(file=tmp_path / name, title="Fair access"), marking="Official-Sensitive")


def test_text_has_title_paragraphs_and_lists():
    title, blocks = read_text(TEXT)

    assert title == "Fair access protocol"
    assert blocks == (
        Block(text="DEMONSTRATION"),
        Block(text="Agreed with <the schools> of the city."),
        Block(points=("Every two weeks", "Within ten days")),
    )


def test_text_becomes_a_tagged_pdf_with_its_words_and_marking(tmp_path):
    handed = paper(tmp_path, "fair-access.txt", TEXT.encode())

    reader = PdfReader(io.BytesIO(handed.read()))
    words = reader.pages[0].extract_text()
    assert handed.name == "fair-access.pdf"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Agreed with <the schools> of the city." in words
    assert words.count("OFFICIAL-SENSITIVE") == 2


def test_table_becomes_a_workbook_and_short_rows_stay_whole(tmp_path):
    handed = paper(tmp_path, "waits.csv", b'Pathway,Weeks\n"Autism, under 5",40\nADHD\n')

    sheet = openpyxl.load_workbook(io.BytesIO(handed.read())).active
    assert handed.name == "waits.xlsx"
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["Pathway", "Weeks"],
        ["Autism, under 5", "40"],
        ["ADHD", None],
    ]


def test_same_text_gives_same_bytes(tmp_path):
    first, second = (paper(tmp_path, "fair-access.txt", TEXT.encode()).read() for _ in range(2))

    assert first == second


def test_what_is_no_text_is_left_to_the_intake(tmp_path):
    handed = paper(tmp_path, "program.txt", b"MZ\x90\xff")

    assert (handed.name, handed.read()) == ("program.txt", b"MZ\x90\xff")
