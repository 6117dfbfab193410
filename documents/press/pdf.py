"""Tagged PDF. The same HTML gives the same bytes."""

import base64
import io
from collections.abc import Mapping
from functools import cache
from typing import Any

import pikepdf
from django.template.loader import get_template, render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

from documents.press.pdf_drawing import Drawing, draw


def render_template(
    template: str, context: Mapping[str, Any], *, title: str, marking: str, watermark: str = ""
) -> bytes:
    """A PDF from a template of the body alone (headings, paragraphs, tables); see `render_pdf`."""
    return draw(drawing_of(template, context, title=title, marking=marking, watermark=watermark))


def render_pdf(body: str, *, title: str, marking: str, language: str = "en-GB", watermark: str = "") -> bytes:
    """A PDF from the HTML of the body, which is trusted: build it from a template, so that values are escaped.

    `title` becomes the document's title, `marking` stands in capitals at the top and bottom of each page, `watermark`
    lies across each page behind the text and is no part of what is read aloud. Tables need
    `<thead>` with `<th scope="col">`; the scopes are carried into the tags.
    """
    return draw(_drawing(body, title=title, marking=marking, language=language, watermark=watermark))


def drawing_of(template: str, context: Mapping[str, Any], *, title: str, marking: str, watermark: str = "") -> Drawing:
    """What `render_template` draws, for drawing it elsewhere: see `pdf_beside`."""
    body = render_to_string(template, dict(context))
    return _drawing(body, title=title, marking=marking, language="en-GB", watermark=watermark)


def page_count(drawn: bytes) -> int:
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        return len(pdf.pages)


def _drawing(body: str, *, title: str, marking: str, language: str, watermark: str) -> Drawing:
    trusted = mark_safe(body)  # noqa: S308  # nosec B308 B703  # built from a template, as said above
    page = render_to_string("press/document.html", {"title": title, "language": language, "body": trusted})
    return Drawing(page=page, style=_stylesheet() + _marking_rules(marking) + _watermark_rules(watermark))


@cache
def _stylesheet() -> str:
    return get_template("press/print.css").render()


def _marking_rules(marking: str) -> str:
    """The marking as generated content in the margins, escaped as a CSS string."""
    text = "".join(f"\\{ord(char):06x}" for char in marking.upper())
    return f'@page {{ @top-center {{ content: "{text}"; }} @bottom-center {{ content: "{text}"; }} }}'


def _watermark_rules(watermark: str) -> str:
    """The words aslant behind the text: a picture in the page's background, which has no tags."""
    if not watermark:
        return ""
    size = min(52, 760 // len(watermark))
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842" viewBox="0 0 595 842">'
        f'<text x="297" y="430" font-family="Liberation Sans, Arial, sans-serif" font-size="{size}" font-weight="bold" '
        f'fill="#e3e6e7" text-anchor="middle" transform="rotate(-52 297 421)">{escape(watermark)}</text></svg>'
    )
    picture = base64.b64encode(drawn.encode()).decode()
    return f"@page {{ background: url(data:image/svg+xml;base64,{picture}) center / 210mm 297mm no-repeat; }}"
