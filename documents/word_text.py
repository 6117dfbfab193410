"""A Word document as headings and paragraphs, in its order. Tables and pictures are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from documents.word_tables import Unreadable

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST = re.compile(r"list (bullet|paragraph|number)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordParagraph:
    """`level` is that of a heading, 0 for text. A point of a list begins with "- "."""

    level: int
    text: str


def read_paragraphs(stream: BinaryIO) -> tuple[WordParagraph, ...]:
    """Every heading and paragraph that holds words. Raises documents.word_tables.Unreadable."""
    try:
        document = Document(stream)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise Unreadable from error
    found = []
    for paragraph in document.paragraphs:
        text = " ".join(paragraph.text.split())
        if not text:
            continue
        style = (paragraph.style.name or "") if paragraph.style else ""
        heading = _HEADING.match(style)
        is_point = bool(_LIST.match(style)) and not text.startswith("- ")
        found.append(WordParagraph(level=int(heading[1]) if heading else 0, text=f"- {text}" if is_point else text))
    return tuple(found)
