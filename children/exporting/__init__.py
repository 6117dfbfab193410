"""What leaves this app as a file, one module per export; what they share is in `source`."""

from children.exporting.composition import LIST_COMPOSITION, LIST_COMPOSITION_EXACT
from children.exporting.findings import LIST_FINDINGS
from children.exporting.fixes import LIST_FIXES
from children.exporting.lists import PERSON_LEVEL_LISTS
from children.exporting.marked import MARKED_LISTS
from children.exporting.source import person_level_upload

__all__ = [
    "LIST_COMPOSITION",
    "LIST_COMPOSITION_EXACT",
    "LIST_FINDINGS",
    "LIST_FIXES",
    "MARKED_LISTS",
    "PERSON_LEVEL_LISTS",
    "person_level_upload",
]
