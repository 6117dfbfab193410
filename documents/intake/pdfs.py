"""PDF: opens, is not encrypted, runs nothing, carries nothing."""

from collections.abc import Iterator
from typing import BinaryIO

import pikepdf

from documents.intake.refusal import DAMAGED, Refused

_LOCKED = "This PDF is protected by a password. Save a copy without the password and upload that."
_RESTRICTED = (
    "This PDF is protected against changes. Print it to a new PDF, which carries no protection, and upload that."
)
_RUNS = {
    "/JavaScript": "This PDF contains JavaScript. Print it to a new PDF and upload that.",
    "/Launch": "This PDF starts other programs. Print it to a new PDF and upload that.",
    "/RichMedia": "This PDF contains films or other active content. Print it to a new PDF and upload that.",
    "/Movie": "This PDF contains films or other active content. Print it to a new PDF and upload that.",
    "/ImportData": "This PDF imports data from elsewhere. Print it to a new PDF and upload that.",
    "/SubmitForm": "This PDF sends data to an address. Print it to a new PDF and upload that.",
}
_CARRIES = "This PDF carries other files inside it. Save those files on their own and upload each of them."
_FORM = "This PDF is a form that only some programs show (XFA). Print it to a new PDF and upload that."
_DEEPEST = 40


def check(source: BinaryIO) -> None:
    """Raises Refused. Looks at every object, also those in compressed object streams; decodes no page content."""
    source.seek(0)
    try:
        with pikepdf.open(source) as pdf:
            if pdf.is_encrypted:
                raise Refused(_RESTRICTED)
            if not len(pdf.pages):
                raise Refused("This PDF has no pages. Save it again and upload that.")
            for item in pdf.objects:
                _check_object(item)
    except pikepdf.PasswordError:
        raise Refused(_LOCKED) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError, KeyError, TypeError):
        raise Refused(DAMAGED) from None


def _check_object(item: pikepdf.Object) -> None:
    for dictionary in _dictionaries(item, 0):
        keys = dictionary.keys()
        if "/JS" in keys:
            raise Refused(_RUNS["/JavaScript"])
        for key in ("/S", "/Subtype"):
            value = dictionary.get(key)
            if isinstance(value, pikepdf.Name) and str(value) in _RUNS:
                raise Refused(_RUNS[str(value)])
        if "/EmbeddedFiles" in keys or _is_dictionary_of_streams(dictionary.get("/EF")):
            raise Refused(_CARRIES)
        if isinstance(dictionary.get("/XFA"), pikepdf.Array | pikepdf.Stream):
            raise Refused(_FORM)


def _is_dictionary_of_streams(value: object) -> bool:
    """What a file specification carries, whether or not it says that it is one; a font called EF is not that."""
    if not isinstance(value, pikepdf.Dictionary) or isinstance(value, pikepdf.Stream):
        return False
    return any(isinstance(value.get(key), pikepdf.Stream) for key in value.keys())  # noqa: SIM118  # not a dict


def _dictionaries(item: object, depth: int) -> Iterator[pikepdf.Object]:
    """Every dictionary that stands directly in an object; indirect ones come by themselves."""
    if depth > _DEEPEST or not isinstance(item, pikepdf.Object):
        return
    if depth and item.is_indirect:
        return
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        for key in item.keys():  # noqa: SIM118  # not a dict: iterating over a stream reads its bytes
            yield from _dictionaries(item.get(key), depth + 1)
    elif isinstance(item, pikepdf.Array):
        for part in item:
            yield from _dictionaries(part, depth + 1)
