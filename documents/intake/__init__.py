"""The one check that every file from outside goes through, before a byte of it is stored.

Takes: an upload. Decides by its content, never by its name, whether it may come in. Gives: what it is, its SHA-256, its
size and a safe name, or a refusal with a sentence that says how to mend it.
"""

from documents.intake.check import Examined, examine
from documents.intake.refusal import Refused
from documents.intake.types import (
    CSV,
    DOCX,
    JPEG,
    ODP,
    ODS,
    ODT,
    OFFICE_TYPES,
    PDF,
    PNG,
    PPTX,
    TXT,
    WORKBOOK_TYPES,
    XLSX,
    FileType,
)

__all__ = [
    "CSV",
    "DOCX",
    "JPEG",
    "ODP",
    "ODS",
    "ODT",
    "OFFICE_TYPES",
    "PDF",
    "PNG",
    "PPTX",
    "TXT",
    "WORKBOOK_TYPES",
    "XLSX",
    "Examined",
    "FileType",
    "Refused",
    "examine",
]
