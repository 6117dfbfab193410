"""What came of reading the text of a file."""

from collections.abc import Mapping
from enum import StrEnum


class Outcome(StrEnum):
    FOUND = "found"
    CUT = "cut"
    NONE = "none"
    UNREADABLE = "unreadable"


OUTCOME_WORDS: Mapping[str, str] = {
    Outcome.FOUND.value: "Text found",
    Outcome.CUT.value: "Long: only the beginning is searched",
    Outcome.NONE.value: "No text found: it may be a scan or a picture",
    Outcome.UNREADABLE.value: "Its text could not be read",
}
