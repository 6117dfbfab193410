"""What goes into a pack, as gathered: request items with their approved versions."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inspection.domain.submissions import Answer

FORMAT = "sendready-pack/1"
# Raise it when the same inputs would be laid out or printed differently: then an earlier pack is not given again.
LAYOUT = 3
INDEX_NAME = "00_index.pdf"
MANIFEST_NAME = "manifest.json"
SUMS_NAME = "SHA256SUMS"


class Status(StrEnum):
    """What the index says of an item."""

    HAVE = "have"
    PART = "part"
    NONE = "none"
    LINK = "link"
    MISSING = "missing"


STATUS_WORDS = {
    Status.HAVE: "Included",
    Status.PART: "Included in part",
    Status.NONE: "None",
    Status.LINK: "Link only",
    Status.MISSING: "Not supplied",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFile:
    """One stored file of an approved version. `stored_id` finds its bytes; `sha256` says what they must be."""

    stored_id: int
    sha256: str
    size: int
    original_name: str
    title: str
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackVersion:
    """The approved version of an item."""

    submission_id: int
    number: int
    answer: Answer
    none_reason: str
    link: str
    note: str
    as_at_on: date | None
    approved_by: str
    approved_on: date | None
    files: tuple[PackFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """One request item of the pack."""

    item_id: int | None
    code: str
    title: str
    group: str
    deadline: str
    owner: str
    version: PackVersion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInputs:
    """Everything that a pack is made from: equal inputs give equal bytes.

    Who ordered it, when, and the number of the export stay outside.
    """

    area: str
    area_code: str
    partnership: str
    marking: str
    occasion: str
    parts: tuple[str, ...]
    part_titles: tuple[str, ...]
    pattern: str
    as_at: datetime
    fingerprint: str
    items: tuple[PackItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A line of the Issues list: what could not go in, and what to do."""

    item: str
    file: str
    sentence: str
