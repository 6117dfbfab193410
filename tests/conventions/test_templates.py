"""Templates keep to the content security policy: nothing inline (DESIGN 7)."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver

from tests.harness.source import ROOT, committed

INLINE = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*="),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in an attribute": re.compile(r"hx-on|hx-vals=[\"']js:|javascript:", re.IGNORECASE),
}
# Printed documents are read by WeasyPrint, not by a browser: their style sheet stands inside them.
PRINTED = re.compile(r"print|press|pdf")


def test_pages_hold_nothing_inline():
    pages = [path for path in committed() if path.suffix == ".html" and not PRINTED.search(str(path))]
    offenders = {
        f"{page}: {what}" for page in pages for what, found in INLINE.items() if found.search((ROOT / page).read_text())
    }

    assert not offenders


# With "as" it is asked for quietly: what another app does not offer yet stands on no page.
ADDRESS = re.compile(r"{%\s*url\s+[\"']([^\"']+)[\"'](?![^%]*\sas\s)")


def _named(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def test_every_address_that_a_template_names_exists():
    known = set(_named(get_resolver()))
    templates = [path for path in committed() if path.suffix in {".html", ".txt"} and path.parts[0] == "templates"]
    offenders = {
        f"{path}: {name}"
        for path in templates
        for name in ADDRESS.findall((ROOT / path).read_text())
        if name not in known
    }

    assert not offenders


# Shells that others extend, and what is no page: printed documents, mails, the admin site (Django's own patterns).
SHELLS = {"_shell.html", "base.html", "layouts/base.html"}
NO_PAGES = re.compile(r"^templates/(admin/|press/|allauth/|_components/|.*/email/|.*/messages/)|print|pdf")


def _pages() -> list[str]:
    return [
        str(path)
        for path in committed()
        if str(path).startswith("templates/")
        and path.suffix == ".html"
        and not path.name.startswith("_")
        and not NO_PAGES.search(str(path))
        and path.name not in SHELLS
    ]


@pytest.mark.parametrize("page", _pages())
def test_page_has_title_and_one_main_heading(page):
    text = (ROOT / page).read_text()
    fragments = re.findall(r"{% include \"([^\"]+)\"", text)
    whole = text + "".join(
        (ROOT / "templates" / one).read_text() for one in fragments if (ROOT / "templates" / one).exists()
    )

    assert re.search(r"{% extends \"[\w/.]+\" %}", text), "A page extends base.html; a fragment starts with _."
    assert re.search(r"{% block title %}\s*\S", text) or 'extends "base.html"' not in text, "Fill the block title."
    # Branches of one page may each carry the heading; the browser tests count what is shown.
    assert "<h1" in whole, "A page has one h1."


def test_fragments_start_with_an_underscore():
    components = [path for path in committed() if str(path).startswith("templates/_components/")]

    assert all(path.name.startswith("_") for path in components if path.suffix == ".html")


def test_each_component_says_what_it_needs():
    readme = (ROOT / "templates" / "_components" / "README.md").read_text()
    components = [
        path
        for path in committed()
        if str(path).startswith("templates/_components/") and path.suffix == ".html" and (ROOT / path).exists()
    ]

    assert components
    for path in components:
        assert (ROOT / path).read_text().lstrip().startswith("{#"), f"{path} does not say what it needs"
        assert f"`{path.stem}`" in readme, f"{path} is not listed in templates/_components/README.md"
