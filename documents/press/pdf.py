"""Tagged PDF. The same HTML gives the same bytes."""

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

import pikepdf
from django.template.loader import get_template, render_to_string
from django.utils.safestring import mark_safe

from documents.press.pdf_drawing import Drawing, draw


def render_template(template: str, context: Mapping[str, Any], *, title: str, marking: str) -> bytes:
    """A PDF from a template of the body alone (headings, paragraphs, tables); see `render_pdf`."""
    return draw(drawing_of(template, context, title=title, marking=marking))


def render_pdf(body: str, *, title: str, marking: str, language: str = "en-GB") -> bytes:
    """A PDF from the HTML of the body, which is trusted: build it from a template, so that values are escaped.

    `title` becomes the document's title, `marking` stands in capitals at the top and bottom of each page. Tables need
    `<thead>` with `<th scope="col">`; the scopes are carried into the tags.
    """
    return draw(_drawing(body, title=title, marking=marking, language=language))


def drawing_of(template: str, context: Mapping[str, Any], *, title: str, marking: str) -> Drawing:
    """What `render_template` draws, for drawing it elsewhere: see `pdf_beside`."""
    return _drawing(render_to_string(template, dict(context)), title=title, marking=marking, language="en-GB")


def page_count(drawn: bytes) -> int:
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        return len(pdf.pages)


def _drawing(body: str, *, title: str, marking: str, language: str) -> Drawing:
    trusted = mark_safe(body)  # noqa: S308  # nosec B308 B703  # built from a template, as said above
    page = render_to_string("press/document.html", {"title": title, "language": language, "body": trusted})
    return Drawing(page=page, style=_stylesheet() + _marking_rules(marking))


@cache
def _stylesheet() -> str:
    return get_template("press/print.css").render()


def _marking_rules(marking: str) -> str:
    """The marking as generated content in the margins, escaped as a CSS string."""
    text = "".join(f"\\{ord(char):06x}" for char in marking.upper())
    return f'@page {{ @top-center {{ content: "{text}"; }} @bottom-center {{ content: "{text}"; }} }}'
