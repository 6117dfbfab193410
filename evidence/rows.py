"""How the row of an item is held still, and kept from changing in the archive."""

from accounts.permissions import NotAllowed
from evidence.models import Evidence, Marking


def locked(evidence: Evidence) -> Evidence:
    """The row as it stands, kept still until the transaction ends."""
    rows = Evidence.objects.select_for_update(of=("self",)).select_related("organisation", "added_by")
    return rows.get(pk=evidence.pk)


def check_standing(evidence: Evidence) -> None:
    if evidence.archived_at is not None:
        raise NotAllowed(f"{evidence.code} is in the archive. Take it out again first.")


def file_marking(marking: str) -> str:
    """The marking that a file of an item carries out of the store."""
    return Marking.CONFIDENTIAL.label if marking == Marking.CONFIDENTIAL else ""
