"""Templates keep to the content security policy: nothing inline (DESIGN 7)."""

import re

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
