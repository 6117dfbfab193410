"""A page of HTML with its style → the bytes of a tagged PDF. Knows no Django, so that a process of its own starts soon.

As a program it reads a drawing as JSON and writes the PDF: `pdf_beside` starts it. The fetcher lets `data:` addresses
through and nothing else: a page can neither read this machine's files nor call out.
"""

import gc
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from documents.press.footnotes import tag_footnotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A whole page and the rules of its style, as text."""

    page: str
    style: str

    def as_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def draw(drawing: Drawing) -> bytes:
    fonts = FontConfiguration()
    sheet = CSS(string=drawing.style, font_config=fonts, url_fetcher=_fetcher())
    html = HTML(string=drawing.page, url_fetcher=_fetcher(), base_url=None)
    with _no_collecting():
        return _finish(html.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True))


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A long report makes millions of small objects that all live to its end: looking for dead ones took a quarter
    of its time (benchmarks/self_evaluation.py)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fetcher() -> URLFetcher:
    return URLFetcher(allowed_protocols=("data",), fail_on_errors=False)


def _finish(drawn: bytes) -> bytes:
    """Gives each header cell its scope, and the file an identifier that comes from its content."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.TH:
                _give_scope(item)
        tag_footnotes(pdf)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _give_scope(header: pikepdf.Object) -> None:
    given = header.get("/A")
    if isinstance(given, pikepdf.Dictionary) and "/Scope" in given:
        return
    row = header.get("/P")
    cells = [kid for kid in row.get("/K", []) if isinstance(kid, pikepdf.Dictionary)] if row is not None else []
    only_headers = all(kid.get("/S") == pikepdf.Name.TH for kid in cells)
    scope = pikepdf.Name.Column if only_headers else pikepdf.Name.Row
    table = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)
    if given is None:
        header.A = table
    elif isinstance(given, pikepdf.Array):
        given.append(table)
    else:
        header.A = pikepdf.Array([given, table])


def main() -> None:
    # The process ends with this one drawing: looking for rubbish would take a quarter of its time.
    gc.disable()
    drawing = Drawing(**json.loads(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(draw(drawing))


if __name__ == "__main__":
    main()
