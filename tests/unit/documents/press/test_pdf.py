"""PDFs: tags, language, title, marking, the same bytes, and nothing fetched."""

import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from pdfua import Severity, validate
from pypdf import PdfReader

from documents.press.pdf import render_pdf

BODY = """
<h1>Index of the pack</h1><p>Each item, and where it is.</p>
<h2>Items</h2>
<table><caption>Items</caption>
<thead><tr><th scope="col">Item</th><th scope="col">State</th></tr></thead>
<tbody>{rows}</tbody></table>
<ul><li>One</li><li>Two</li></ul>
""".format(rows="".join(f'<tr><th scope="row">Item {n}</th><td>have</td></tr>' for n in range(80)))


@pytest.fixture(scope="module")
def drawn():
    return render_pdf(BODY, title="Index – Wexcombe", marking="Official-Sensitive")


def test_render_pdf_has_marking_at_top_and_bottom_and_numbers_on_each_page(drawn):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(drawn)).pages]

    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert text.count("OFFICIAL-SENSITIVE") == 2
        assert f"{number} of {len(pages)}" in text


def test_render_pdf_is_tagged_with_language_and_title(drawn):
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Index – Wexcombe"


def test_render_pdf_header_cells_carry_their_scope(drawn):
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        headers = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.TH
        ]
        scopes = [
            str(part.Scope)
            for header in headers
            for part in (header.A if isinstance(header.A, pikepdf.Array) else [header.A])
            if "/Scope" in part
        ]

    assert len(scopes) == len(headers)
    assert scopes.count("/Row") == 80
    assert scopes.count("/Column") >= 2


def test_render_pdf_same_html_gives_same_bytes(drawn):
    assert render_pdf(BODY, title="Index – Wexcombe", marking="Official-Sensitive") == drawn


def test_render_pdf_checker_finds_no_error(drawn, tmp_path):
    path = tmp_path / "index.pdf"
    path.write_bytes(drawn)

    assert [finding for finding in validate(path).findings if finding.severity is Severity.ERROR] == []


class Listener(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *args):
        pass


def test_render_pdf_fetches_neither_files_nor_addresses(tmp_path):
    Listener.asked = []
    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    address = f"http://127.0.0.1:{server.server_port}"

    drawn = render_pdf(
        f'<h1>A</h1><img alt="x" src="{address}/a.png"><img alt="y" src="file://{secret}">'
        f'<link rel="attachment" href="file://{secret}"><link rel="stylesheet" href="{address}/b.css">'
        f'<style>@import url("{address}/c.css"); h1 {{ background: url("{address}/d.png") }}</style>',
        title="A",
        marking="OFFICIAL",
    )

    server.shutdown()
    server.server_close()
    assert Listener.asked == []
    assert b"secret" not in drawn
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        assert not pdf.attachments


def test_render_pdf_marking_with_strange_characters_is_only_text():
    drawn = render_pdf("<h1>A</h1>", title="A", marking='x"; } body { display: none } é')

    text = PdfReader(io.BytesIO(drawn)).pages[0].extract_text()
    assert 'X"; } BODY { DISPLAY: NONE } É' in text
