"""Rows of `evidence`: items and revisions, what they speak to, how they come in, how they are found."""

from evidence.models.checks import DeidentificationCheck
from evidence.models.intake import BulkAdd, BulkOutcome, BulkRow, EvidenceImport, ImportState
from evidence.models.items import (
    Evidence,
    EvidenceKind,
    EvidenceQuerySet,
    EvidenceRevision,
    Marking,
    RevisionFile,
    RevisionQuerySet,
)
from evidence.models.links import LensLink, PointLink
from evidence.models.supply import SuppliedFile, Supply, SupplyLink, SupplyState
from evidence.models.texts import FileText, SearchText, Source

__all__ = [
    "BulkAdd",
    "BulkOutcome",
    "BulkRow",
    "DeidentificationCheck",
    "Evidence",
    "EvidenceImport",
    "EvidenceKind",
    "EvidenceQuerySet",
    "EvidenceRevision",
    "FileText",
    "ImportState",
    "LensLink",
    "Marking",
    "PointLink",
    "RevisionFile",
    "RevisionQuerySet",
    "SearchText",
    "Source",
    "SuppliedFile",
    "Supply",
    "SupplyLink",
    "SupplyState",
]
