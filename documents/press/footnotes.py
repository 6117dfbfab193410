"""Gives footnotes of a PDF their tags: `Reference` where a note is cited, `Note` with an identifier where it stands.

The renderer knows neither. It draws a link to each note (`note-3`) and one back from it (`call-3`); by these both ends
are found again in the tree of tags.
"""

import pikepdf

_NOTE, _CALL = "note-", "call-"


def tag_footnotes(pdf: pikepdf.Pdf) -> None:
    """Changes the tree in place. Links get the words that a screen reader says for them."""
    links = [
        item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.Link
    ]
    for link in links:
        annotation = _annotation(link)
        goal = _goal(annotation) if annotation is not None else ""
        if annotation is None:
            continue
        if goal.startswith(_NOTE):
            annotation.Contents = pikepdf.String(f"Note {goal.removeprefix(_NOTE)}")
            _wrap(pdf, link)
        elif goal.startswith(_CALL):
            number = goal.removeprefix(_CALL)
            annotation.Contents = pikepdf.String(f"Back to where note {number} is cited")
            link.P.S = pikepdf.Name.Note
            link.P.ID = pikepdf.String(f"note-{number}")


def _annotation(link: pikepdf.Object) -> pikepdf.Object | None:
    for kid in _kids(link):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR:
            return kid.Obj
    return None


def _goal(annotation: pikepdf.Object) -> str:
    goal = annotation.get("/Dest")
    return str(goal) if isinstance(goal, pikepdf.String) else ""


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _wrap(pdf: pikepdf.Pdf, link: pikepdf.Object) -> None:
    parent = link.P
    reference = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.Reference, P=parent, Pg=link.Pg, K=pikepdf.Array([link])
        )
    )
    kids = parent.K
    for place, kid in enumerate(kids):
        if isinstance(kid, pikepdf.Dictionary) and kid.objgen == link.objgen:
            kids[place] = reference
    link.P = reference
