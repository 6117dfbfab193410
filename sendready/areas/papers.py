"""The papers of a folder as an officer would hand them in: plain text as a tagged PDF, a table as a workbook.

A folder keeps its papers in forms that people can read and compare. Text has its title underlined with equals signs,
blank lines between paragraphs, and lists of lines that start with "- ". Any other file is handed in as it is.
"""

import csv
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile

from documents.press.pdf import render_template
from documents.press.workbook import Column, Sheet, write_workbook
from sendready.areas.values import DocumentWords

TEMPLATE = "press/paper.html"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a list where there is more than one point."""

    text: str = ""
    points: tuple[str, ...] = ()


def hand_in(document: DocumentWords, *, marking: str) -> "File[bytes]":
    """The file to upload. The same folder gives the same bytes; what is no readable text is left to the intake."""
    path, raw = document.file, document.file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ContentFile(raw, name=path.name)
    if path.suffix == ".txt" and text.strip():
        return ContentFile(_pdf(text, title=document.title, marking=marking), name=f"{path.stem}.pdf")
    if path.suffix == ".csv" and text.strip():
        return ContentFile(_workbook(text, title=document.title, marking=marking), name=f"{path.stem}.xlsx")
    return ContentFile(raw, name=path.name)


def _pdf(text: str, *, title: str, marking: str) -> bytes:
    heading, blocks = read_text(text)
    context = {"title": heading or title, "blocks": blocks}
    return render_template(TEMPLATE, context, title=title, marking=marking)


def read_text(text: str) -> tuple[str, tuple[Block, ...]]:
    """The title, empty where no line is underlined, and what stands around it."""
    title, blocks = "", []
    for chunk in text.strip().split("\n\n"):
        lines = [line.strip() for line in chunk.strip().splitlines()]
        if len(lines) > 1 and lines[1] and not lines[1].strip("="):
            title, lines = lines[0], lines[2:]
        if lines and all(line.startswith("- ") for line in lines):
            blocks.append(Block(points=tuple(line.removeprefix("- ") for line in lines)))
        elif lines:
            blocks.append(Block(text=" ".join(lines)))
    return title, tuple(blocks)


def _workbook(text: str, *, title: str, marking: str) -> bytes:
    headers, *rows = csv.reader(io.StringIO(text, newline=""))
    columns = [Column(header, width=18 if number else 60) for number, header in enumerate(headers)]
    even = [[*row, *[""] * len(headers)][: len(headers)] for row in rows]
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / "table.xlsx"
        write_workbook(out, [Sheet(name=title, columns=columns, rows=even)], marking=marking, title=title)
        return out.read_bytes()
