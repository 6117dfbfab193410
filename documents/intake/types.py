"""The types of file that may come in. A type that isn't in this table is refused."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileType:
    """`words` follows "accepts": what people call it, with the ending that they see."""

    content_type: str
    extension: str
    words: str


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

PDF = FileType("application/pdf", ".pdf", "PDF (.pdf)")
DOCX = FileType(_OOXML + "wordprocessingml.document", ".docx", "Word (.docx)")
XLSX = FileType(_OOXML + "spreadsheetml.sheet", ".xlsx", "Excel (.xlsx)")
PPTX = FileType(_OOXML + "presentationml.presentation", ".pptx", "PowerPoint (.pptx)")
ODT = FileType(_ODF + "text", ".odt", "OpenDocument text (.odt)")
ODS = FileType(_ODF + "spreadsheet", ".ods", "OpenDocument spreadsheet (.ods)")
ODP = FileType(_ODF + "presentation", ".odp", "OpenDocument presentation (.odp)")
PNG = FileType("image/png", ".png", "PNG picture (.png)")
JPEG = FileType("image/jpeg", ".jpg", "JPEG picture (.jpg)")
CSV = FileType("text/csv", ".csv", "CSV (.csv)")
TXT = FileType("text/plain", ".txt", "plain text (.txt)")

OFFICE_TYPES = (PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG, JPEG, CSV, TXT)
WORKBOOK_TYPES = (XLSX, ODS, CSV)

OOXML_TYPES = (DOCX, XLSX, PPTX)
ODF_TYPES = (ODT, ODS, ODP)

# What a file that isn't accepted looks like in its first bytes, and what to do about it.
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "This is a program. Programs are not accepted."),
    (b"\x7fELF", "This is a program. Programs are not accepted."),
    (b"{\\rtf", "This is a rich text file (.rtf). Open it in Word, save it as .docx and upload that."),
    (b"Rar!", "This is a RAR archive. Unpack it and upload the documents one by one."),
    (b"7z\xbc\xaf\x27\x1c", "This is a 7-Zip archive. Unpack it and upload the documents one by one."),
    (b"\x1f\x8b", "This is a compressed archive. Unpack it and upload the documents one by one."),
    (b"BZh", "This is a compressed archive. Unpack it and upload the documents one by one."),
    (b"\xfd7zXZ", "This is a compressed archive. Unpack it and upload the documents one by one."),
    (b"GIF8", "This is a GIF picture. Save it as .png and upload that."),
    (b"BM", "This is a bitmap picture. Save it as .png and upload that."),
    (b"II*\0", "This is a TIFF picture. Save it as .pdf or .png and upload that."),
    (b"MM\0*", "This is a TIFF picture. Save it as .pdf or .png and upload that."),
    (b"%!PS", "This is a PostScript file. Save it as .pdf and upload that."),
)


def list_in_words(accepted: Iterable[FileType]) -> str:
    """ "PDF (.pdf), Word (.docx) or plain text (.txt)"."""
    words = [kind.words for kind in accepted]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
