"""Tagged PDF. The same HTML gives the same bytes.

The fetcher lets `data:` addresses through and nothing else: a page can neither read this machine's files nor call out.
"""

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

import pikepdf
from django.template.loader import get_template, render_to_string
from django.utils.safestring import mark_safe
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from documents.press.footnotes import tag_footnotes


def render_template(template: str, context: Mapping[str, Any], *, title: str, marking: str) -> bytes:
    """A PDF from a template of the body alone (headings, paragraphs, tables); see `render_pdf`."""
    return render_pdf(render_to_string(template, dict(context)), title=title, marking=marking)


def render_pdf(body: str, *, title: str, marking: str, language: str = "en-GB") -> bytes:
    """A PDF from the HTML of the body, which is trusted: build it from a template, so that values are escaped.

    `title` becomes the document's title, `marking` stands in capitals at the top and bottom of each page. Tables need
    `<thead>` with `<th scope="col">`; the scopes are carried into the tags.
    """
    trusted = mark_safe(body)  # noqa: S308  # nosec B308 B703  # built from a template, as said above
    page = render_to_string("press/document.html", {"title": title, "language": language, "body": trusted})
    fonts = FontConfiguration()
    sheet = CSS(string=_stylesheet() + _marking_rules(marking), font_config=fonts, url_fetcher=_fetcher())
    html = HTML(string=page, url_fetcher=_fetcher(), base_url=None)
    drawn = html.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)
    return _finish(drawn)


def page_count(drawn: bytes) -> int:
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        return len(pdf.pages)


def _fetcher() -> URLFetcher:
    return URLFetcher(allowed_protocols=("data",), fail_on_errors=False)


@cache
def _stylesheet() -> str:
    return get_template("press/print.css").render()


def _marking_rules(marking: str) -> str:
    """The marking as generated content in the margins, escaped as a CSS string."""
    text = "".join(f"\\{ord(char):06x}" for char in marking.upper())
    return f'@page {{ @top-center {{ content: "{text}"; }} @bottom-center {{ content: "{text}"; }} }}'


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
