"""A published report (PDF) as blocks: by its tags where it has them, else by its lines and ruled boxes."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.structure import StructTreeMissing

from inspection.domain.reports.blocks import Block

MOST_PAGES = 120
# Points of the page between two pieces of a paragraph that stand on different lines.
LINE_STEP = 8
MOST_BYTES = 60 * 1024 * 1024
PARAGRAPHS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Caption", "LBody", "TOCI", "Note"}
BULLET = re.compile(r"^(?:[•◼▪■●\uf0b7]\s*)+")
LIST_MARK = re.compile(r"^(?:[•◼▪■●\uf0b7–-]\s*|o\s+)+")


class Unreadable(Exception):
    """The file can't be read at all; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_blocks(path: Path) -> tuple[Block, ...]:
    """The paragraphs of a PDF in reading order. Raises Unreadable."""
    if not path.is_file():
        raise Unreadable(f"{path.name} is not there. Check the name.")
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"{path.name} is larger than {MOST_BYTES // 1024 // 1024} MB, too large for a report.")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise Unreadable(f"{path.name} is not a PDF. Download the report from the publisher's page again.")
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise Unreadable(f"{path.name} has {len(pdf.pages)} pages; a report has fewer than {MOST_PAGES}.")
            blocks = tuple(_tagged(pdf)) or tuple(_untagged(pdf))
    except Unreadable:
        raise
    except Exception as damaged:  # whatever the library stumbles over in a broken file
        raise Unreadable(f"{path.name} is damaged or locked with a password. Download it again.") from damaged
    if not blocks:
        raise Unreadable(f"{path.name} holds no text: it is a scan. Find the report as text on the publisher's page.")
    return blocks


def _tidy(text: str) -> str:
    return " ".join(text.replace("\xad", "").split())


# -- by tags


def _tagged(pdf: PDF) -> Iterator[Block]:
    try:
        tree: list[dict[str, Any]] = list(pdf.structure_tree)
    except StructTreeMissing:
        return
    yield from _Walk(_marked_text(pdf)).blocks(tree)


@dataclass(frozen=True, slots=True)
class _Marked:
    """The text of one mark, and the lines on which it begins and ends."""

    text: str
    first_top: float
    last_top: float


def _marked_text(pdf: PDF) -> dict[tuple[int, int], _Marked]:
    """The text of each marked piece, by page and mark; a new line within one gets its space back."""
    tops: dict[tuple[int, int], list[float]] = {}
    texts: dict[tuple[int, int], list[str]] = defaultdict(list)
    for page in pdf.pages:
        last: dict[int, float] = {}
        for char in page.chars:
            mark = char.get("mcid")
            if mark is None:
                continue
            piece = texts[page.page_number, mark]
            below = char["top"] - last.get(mark, char["top"]) > char["size"] / 2
            if below and piece and not piece[-1][-1:].isspace() and not piece[-1].endswith("-"):
                piece.append(" ")
            piece.append(char["text"])
            last[mark] = char["top"]
            tops.setdefault((page.page_number, mark), [char["top"], 0])[1] = char["top"]
        page.close()
    return {key: _Marked("".join(piece), *tops[key]) for key, piece in texts.items()}


class _Walk:
    """Goes through the tree once and gives a block for each paragraph, with its innermost row and cell."""

    def __init__(self, texts: dict[tuple[int, int], _Marked]) -> None:
        self.texts = texts
        self.rows = 0
        self.page = 1

    def blocks(
        self, elements: list[dict[str, Any]], *, page: int | None = None, row: int | None = None, cell: int = 0
    ) -> Iterator[Block]:
        for element in elements:
            kind, here = element.get("type", ""), element.get("page_number", page)
            children = element.get("children", [])
            if kind == "TR":
                self.rows += 1
                yield from self._cells(children, page=here, row=self.rows)
            elif kind in PARAGRAPHS or not any(_holds_paragraphs(child) for child in children):
                text = self._text(element, here)
                if LIST_MARK.sub("", text):
                    yield self._block(text, kind, row=row, cell=cell)
            else:
                yield from self.blocks(children, page=here, row=row, cell=cell)

    def _cells(self, cells: list[dict[str, Any]], *, page: int | None, row: int) -> Iterator[Block]:
        for number, one in enumerate(cells):
            yield from self.blocks([one], page=one.get("page_number", page), row=row, cell=number)

    def _block(self, text: str, kind: str, *, row: int | None, cell: int) -> Block:
        is_bullet = kind in ("LBody", "LI") or bool(BULLET.match(text))
        bare = LIST_MARK.sub("", text) if is_bullet else text
        return Block(text=bare, page=self.page, row=row, cell=cell, is_bullet=is_bullet)

    def _text(self, element: dict[str, Any], page: int | None) -> str:
        whole, bottom = "", None
        for piece in self._pieces(element, page):
            is_lower = bottom is not None and abs(piece.first_top - bottom) > LINE_STEP
            if is_lower and not whole[-1:].isspace() and not whole.endswith("-"):
                whole += " "
            whole, bottom = whole + piece.text, piece.last_top
        return _tidy(whole)

    def _pieces(self, element: dict[str, Any], page: int | None) -> Iterator[_Marked]:
        here = element.get("page_number", page)
        for mark in element.get("mcids", []):
            if here is not None and (here, mark) in self.texts:
                self.page = here
                yield self.texts[here, mark]
        for child in element.get("children", []):
            yield from self._pieces(child, here)


def _holds_paragraphs(element: dict[str, Any]) -> bool:
    kind = element.get("type", "")
    return (
        kind in PARAGRAPHS
        or kind in ("TR", "TD", "TH", "Table", "L", "LI")
        or any(_holds_paragraphs(child) for child in element.get("children", []))
    )


# -- by lines


def _untagged(pdf: PDF) -> Iterator[Block]:
    rows = 0
    for page in pdf.pages:
        for _, cells in _pieces_of(page):
            if len(cells) == 1 and cells[0][1] is None:
                yield _block(cells[0][0], page.page_number)
                continue
            rows += 1
            for text, place in cells:
                yield _block(text, page.page_number, row=rows, cell=place or 0)
        page.close()


def _block(text: str, page: int, *, row: int | None = None, cell: int = 0) -> Block:
    bare = BULLET.sub("", text)
    return Block(text=bare, page=page, row=row, cell=cell, is_bullet=bare != text)


def _pieces_of(page: Page) -> list[tuple[float, list[tuple[str, int | None]]]]:
    """Paragraphs outside of ruled boxes and rows of boxes, from the top down."""
    tables = page.find_tables()
    found: list[tuple[float, list[tuple[str, int | None]]]] = []
    for table in tables:
        for row, texts in zip(table.rows, table.extract(), strict=True):
            cells = [(_tidy(text), place) for place, text in enumerate(texts) if text and text.strip()]
            if cells:
                found.append((row.bbox[1], [(text, place) for text, place in cells]))
    boxes = [table.bbox for table in tables]
    outside = page.filter(
        lambda thing: (
            not any(box[0] <= thing.get("x0", 0) <= box[2] and box[1] <= thing.get("top", 0) <= box[3] for box in boxes)
        )
    )
    found += [(top, [(text, None)]) for top, text in _paragraphs(outside)]
    return sorted(found, key=lambda piece: piece[0])


def _paragraphs(page: Page) -> list[tuple[float, str]]:
    """Lines joined into paragraphs where the gap between them is that of lines and not of paragraphs."""
    found: list[tuple[float, str]] = []
    bottom = -1000.0
    for line in page.extract_text_lines(return_chars=False):
        text, height = _tidy(line["text"]), line["bottom"] - line["top"]
        is_new = line["top"] - bottom > height * 0.45 or bool(BULLET.match(text))
        if is_new or not found:
            found.append((line["top"], text))
        else:
            top, before = found[-1]
            found[-1] = (top, f"{before} {text}")
        bottom = line["bottom"]
    return [(top, text) for top, text in found if BULLET.sub("", text)]
