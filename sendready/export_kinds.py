"""Which exports there are: kind → permission, gather, build, render, file name. `documents` reads it by a setting."""

from documents.exports import ExportKind

EXPORT_KINDS: dict[str, ExportKind] = {}
