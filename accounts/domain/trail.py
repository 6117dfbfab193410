"""The audit trail as rows of a spreadsheet in which nothing becomes a formula."""

from collections.abc import Sequence
from datetime import datetime

CSV_HEADER = ("When", "Who", "What", "Kind of thing", "Thing", "In words", "Fields")
# Spreadsheet programs run a cell that starts so.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """
    >>> harmless("=cmd()")
    "'=cmd()"
    """
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def csv_row(
    *, at: datetime, actor: str, action: str, kind: str, thing: str, text: str, fields: Sequence[str]
) -> tuple[str, ...]:
    cells = (at.isoformat(sep=" ", timespec="seconds"), actor, action, kind, thing, text, ", ".join(fields))
    return tuple(harmless(cell) for cell in cells)
