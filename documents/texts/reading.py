"""Bytes → text, by what kind of file it is. Runs in the child process: no Django, no database.

`python -m documents.texts.reading CONTENT_TYPE` reads a file from standard input and answers with one JSON object.
"""

import json
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO

from defusedxml.ElementTree import iterparse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from documents.domain.texts import Outcome
from documents.intake.types import CSV, DOCX, ODP, ODS, ODT, PDF, PPTX, TXT, XLSX
from documents.texts.limits import LONGEST, MEMORY, MOST_PAGES, MOST_ROWS, SECONDS, Text

_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")
# Ends of a paragraph, a cell, a line, in the languages of Word and PowerPoint.
_ENDS = frozenset({"p", "br", "tab", "tc"})
_NUMBER = re.compile(r"(\d+)")


def pdf(source: BinaryIO) -> Iterator[str]:
    reader = PdfReader(source)
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return
        yield page.extract_text()


def _parts(archive: zipfile.ZipFile, shape: str) -> list[str]:
    found = [name for name in archive.namelist() if re.fullmatch(shape, name)]
    return sorted(found, key=lambda name: [int(part) for part in _NUMBER.findall(name)])


def _xml_words(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """Every piece of text of one part of Word or PowerPoint; a line ends where a paragraph or a cell does."""
    with archive.open(name) as part:
        for _, element in iterparse(part, events=("end",)):
            tag = element.tag.rpartition("}")[2]
            if tag == "t":
                yield element.text or ""
            if tag in _ENDS:
                yield "\n"
            if tag == "p":
                element.clear()


def _office(*shapes: str) -> Callable[[BinaryIO], Iterator[str]]:
    def read(source: BinaryIO) -> Iterator[str]:
        with zipfile.ZipFile(source) as archive:
            for shape in shapes:
                for name in _parts(archive, shape)[:MOST_PAGES]:
                    yield "".join(_xml_words(archive, name))

    return read


def open_document(source: BinaryIO) -> Iterator[str]:
    """Each heading and paragraph, whole: its own words and those of what is marked up in it."""
    with zipfile.ZipFile(source) as archive, archive.open("content.xml") as part:
        for _, element in iterparse(part, events=("end",)):
            if element.tag.rpartition("}")[2] in {"p", "h"}:
                yield "".join(element.itertext())
                element.clear()


def sheets(source: BinaryIO) -> Iterator[str]:
    workbook = CalamineWorkbook.from_filelike(source)
    for name in workbook.sheet_names:
        yield name
        for row in workbook.get_sheet_by_name(name).to_python()[:MOST_ROWS]:
            yield " ".join(str(cell) for cell in row if cell not in ("", None))


def plain(source: BinaryIO) -> Iterator[str]:
    raw = source.read(LONGEST * 4 + 1)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield raw.decode("utf-16", errors="replace")
        return
    try:
        yield raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield raw.decode("cp1252", errors="replace")


READERS: Mapping[str, Callable[[BinaryIO], Iterator[str]]] = {
    PDF.content_type: pdf,
    DOCX.content_type: _office(r"word/document\.xml", r"word/(header|footer)\d*\.xml", r"word/(foot|end)notes\.xml"),
    PPTX.content_type: _office(r"ppt/slides/slide\d+\.xml", r"ppt/notesSlides/notesSlide\d+\.xml"),
    ODT.content_type: open_document,
    ODP.content_type: open_document,
    XLSX.content_type: sheets,
    ODS.content_type: sheets,
    CSV.content_type: plain,
    TXT.content_type: plain,
}


def tidy(pieces: Iterable[str]) -> Text:
    """Joins pieces until there is enough, with single spaces and line ends."""
    found: list[str] = []
    length = 0
    for piece in pieces:
        # Half a character, as a broken PDF may hold it, can be stored nowhere.
        whole = piece.replace("\0", " ").encode("utf-8", "replace").decode()
        words = _BREAKS.sub("\n", _SPACES.sub(" ", whole)).strip()
        if not words:
            continue
        found.append(words)
        length += len(words) + 1
        if length > LONGEST:
            return Text("\n".join(found)[:LONGEST], Outcome.CUT)
    return Text("\n".join(found), Outcome.FOUND if found else Outcome.NONE)


def read(source: BinaryIO, content_type: str) -> Text:
    """What stands in a file. Any fault of a reader comes out as it is."""
    reader = READERS.get(content_type)
    return tidy(reader(source)) if reader else Text("", Outcome.NONE)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    with open(0, "rb", closefd=False) as source:
        found = read(source, sys.argv[1])
    sys.stdout.buffer.write(json.dumps({"text": found.text, "outcome": found.outcome}).encode())


if __name__ == "__main__":
    main()
