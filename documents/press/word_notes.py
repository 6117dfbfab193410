"""Real footnotes in a Word file: people go on editing, and Word numbers them.

The library that writes the file knows none, so the part is made here (ECMA-376 part 1, 17.11). The first citing of a
note carries it; a further one refers to its number by a field, which follows when the numbers change.
"""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from documents.press.sections import Footnote, Numbering
from documents.press.sheets import text_of

TEXT_STYLE, CALL_STYLE = "footnote text", "footnote reference"
# The numbers of the two that every such part begins with: the line above the notes, and the one above their rest.
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class WordNotes:
    """The notes of one file. The part is made with the first note, so that a file without any has none."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._numbering = Numbering()
        self._root: Any = None

    def cite(self, paragraph: Any, note: Footnote) -> None:
        """Puts the number of a note at the end of a paragraph as it stands."""
        number, is_first = self._numbering.number(note)
        if not is_first:
            _refer(paragraph, number)
            return
        if self._root is None:
            self._root = _make_part(self._document)
        self._root.append(_note(number, text_of(note.text)))
        call = _run(CALL_ID)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        call.append(reference)
        paragraph._p.extend([_bookmark("Start", number), call, _bookmark("End", number)])


TEXT_ID, CALL_ID = "FootnoteText", "FootnoteReference"


def _make_part(document: Any) -> Any:
    _add_styles(document)
    root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
    for kind, number in _SEPARATORS:
        root.append(
            parse_xml(
                f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" '
                f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            )
        )
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    _announce(document)
    return root


def _announce(document: Any) -> None:
    """Names the two separators in the settings, after what the schema puts before them."""
    named = OxmlElement("w:footnotePr")
    for _, number in _SEPARATORS:
        each = OxmlElement("w:footnote")
        each.set(qn("w:id"), str(number))
        named.append(each)
    settings = document.settings.element
    later = ("w:endnotePr", "w:compat", "w:docVars", "w:rsids", "w:themeFontLang", "w:clrSchemeMapping")
    following = next((child for child in settings if child.tag in {qn(name) for name in later}), None)
    maths = next((child for child in settings if child.tag.endswith("}mathPr")), None)
    before = following if following is not None else maths
    if before is None:
        settings.append(named)
    else:
        before.addprevious(named)


def _add_styles(document: Any) -> None:
    styles = document.styles
    text = styles.add_style(TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    text.element.set(qn("w:styleId"), TEXT_ID)
    call = styles.add_style(CALL_STYLE, WD_STYLE_TYPE.CHARACTER)
    call.font.superscript = True
    call.element.set(qn("w:styleId"), CALL_ID)


def _note(number: int, words: str) -> Any:
    note = OxmlElement("w:footnote")
    note.set(qn("w:id"), str(number))
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    style = OxmlElement("w:pStyle")
    style.set(qn("w:val"), TEXT_ID)
    properties.append(style)
    mark = _run(CALL_ID)
    mark.append(OxmlElement("w:footnoteRef"))
    run = OxmlElement("w:r")
    run.append(_text(f" {words}"))
    paragraph.extend([properties, mark, run])
    note.append(paragraph)
    return note


def _refer(paragraph: Any, number: int) -> None:
    """A field that shows the number of a note cited before: NOTEREF, with \\f for its style and \\h for the link."""
    for kind, text in (
        ("begin", ""),
        ("", f" NOTEREF {_name(number)} \\f \\h "),
        ("separate", ""),
        (None, str(number)),
        ("end", ""),
    ):
        run = _run(CALL_ID)
        if kind is None:
            run.append(_text(text))
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)
        else:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run.append(code)
        paragraph._p.append(run)


def _bookmark(end: str, number: int) -> Any:
    mark = OxmlElement(f"w:bookmark{end}")
    mark.set(qn("w:id"), str(number))
    if end == "Start":
        mark.set(qn("w:name"), _name(number))
    return mark


def _name(number: int) -> str:
    return f"_RefNote{number}"


def _run(style: str) -> Any:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    named = OxmlElement("w:rStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    run.append(properties)
    return run


def _text(words: str) -> Any:
    text = OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = words
    return text
