"""What lies around the text of a Word file: the list of contents, the watermark behind each page."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from documents.press.sections import Heading
from documents.press.sheets import text_of

_DRAWING = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def list_contents(document: Any, headings: Iterable[Heading], depth: int) -> None:
    """A table of contents that Word fills with page numbers when it is updated; until then the headings stand in it."""
    wanted = [heading for heading in headings if heading.level <= depth]
    paragraphs = []
    for heading in wanted:
        paragraph = document.add_paragraph(text_of(heading.text))
        paragraph.paragraph_format.left_indent = Mm(5 * (heading.level - 2))
        paragraph.paragraph_format.space_after = 0
        paragraphs.append(paragraph)
    if not paragraphs:
        return
    first = [_field("begin"), _instruction(rf'TOC \o "2-{depth}" \h \z \u'), _field("separate")]
    for place, run in enumerate(first):
        paragraphs[0]._p.insert(_after_properties(paragraphs[0]) + place, run)
    paragraphs[-1]._p.append(_field("end"))


def _after_properties(paragraph: Any) -> int:
    return 1 if paragraph._p.find(qn("w:pPr")) is not None else 0


def _field(kind: str) -> Any:
    run, char = OxmlElement("w:r"), OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    run.append(char)
    return run


def _instruction(code: str) -> Any:
    run, text = OxmlElement("w:r"), OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = code
    run.append(text)
    return run


def lay_watermark(document: Any, words: str) -> None:
    """Across each page, behind the text, in the header: as Word's own watermarks are, so that Word can take it out."""
    paragraph = document.sections[0].header.paragraphs[0]
    drawn = parse_xml(
        f"<w:r {nsdecls('w')}><w:rPr><w:noProof/></w:rPr><w:pict {_DRAWING}>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt={quoteattr(words)} '
        'style="position:absolute;margin-left:0;margin-top:0;width:560pt;height:44pt;rotation:308;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" fillcolor="#d0d4d6" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:Arial;font-size:1pt;font-weight:bold" string={quoteattr(words)}/>'
        "</v:shape></w:pict></w:r>"
    )
    paragraph._p.append(drawn)
