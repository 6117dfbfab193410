"""A chart → one SVG for pages, PDFs and Word: no script, no style, a title for who can't see it."""

import json
import re
from functools import cache
from typing import Any
from xml.etree import ElementTree  # nosec B405  # writes only; what is read goes through defusedxml

from defusedxml.ElementTree import fromstring

from documents.press.charts import Chart
from documents.press.vega import FONT, TEXT, specification

VEGA_LITE = "5.20"
# What the renderer adds for screen readers speaks of marks and axes; our title and table say it better.
_NOISE = {"role", "class", "pointer-events", "style", "display"}
_BARE = {"opacity": "1", "stroke-miterlimit": "10", "text-anchor": "start", "font-weight": "normal"}
_OF_THE_WHOLE = {
    "xmlns": "http://www.w3.org/2000/svg",
    "class": "app-chart",
    "role": "img",
    "focusable": "false",
    "font-family": FONT,
    "font-size": f"{TEXT}px",
}
_LONG = {"d", "transform", "x2", "y2"}
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


@cache
def _engine() -> Any:
    """The renderer carries a JavaScript engine: it is imported when the first chart is drawn."""
    import vl_convert

    return vl_convert


def draw(chart: Chart) -> str:
    """The SVG. Its first drawing in a process takes about half a second, each one after some 40 ms."""
    drawn = _engine().vegalite_to_svg(json.dumps(specification(chart)), vl_version=VEGA_LITE)
    return _clean(drawn, chart.title)


def picture(svg: str, *, scale: float = 2.0) -> bytes:
    """The same drawing as PNG, for Word."""
    drawn: bytes = _engine().svg_to_png(svg, scale=scale)
    return drawn


def _clean(drawn: str, title: str) -> str:
    root = fromstring(drawn)
    _sweep(root)
    root.attrib = {name: root.attrib[name] for name in ("width", "height", "viewBox")}
    for name, value in _OF_THE_WHOLE.items():
        root.set(name, value)
    root.set("aria-label", title)
    words = ElementTree.Element("title")
    words.text = title
    root.insert(0, words)
    return ElementTree.tostring(root, encoding="unicode")


def _sweep(element: Any) -> None:
    element.tag = element.tag.rpartition("}")[2]
    for name, value in list(element.attrib.items()):
        if name in _NOISE or name.startswith("aria-") or _OF_THE_WHOLE.get(name) == value or _BARE.get(name) == value:
            del element.attrib[name]
        elif name in _LONG:
            element.set(name, _LONG_NUMBER.sub(_shorter, value))
    for child in list(element):
        _sweep(child)
        if _is_nothing(child):
            element.remove(child)


def _shorter(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _is_nothing(element: Any) -> bool:
    """What holds a place for what is not drawn: groups without content, paths without stroke or filling."""
    match element.tag:
        case "g":
            return len(element) == 0
        case "path":
            return "fill" not in element.attrib and "stroke" not in element.attrib
        case tag:
            return bool(tag == "style")
