"""Proposing the six, and swapping one for another."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from accounts.permissions import NotAllowed
from children.domain.likely_six import propose
from children.models import ListRow, ListUpload
from children.stored_rows import candidates
from inspection.models import LikelyChild, LikelySix
from inspection.permissions.likely_six import check_can_choose

FIELDS = ("unique_id",)


def propose_six(*, by: User, at: datetime, upload: ListUpload, seed: str) -> LikelySix:
    """Reads the rows and chooses; an earlier proposal with its swaps is replaced."""
    check_can_choose(by, upload)
    found = propose(candidates(upload), seed=seed)
    with transaction.atomic():
        LikelySix.objects.filter(upload=upload).delete()
        proposal = LikelySix.objects.create(
            upload=upload, seed=seed, available=list(found.available), made_by=by, made_at=at
        )
        LikelyChild.objects.bulk_create(
            LikelyChild(proposal=proposal, place=place, is_substitute=is_substitute, unique_id=child.unique_id)
            for is_substitute, chosen in ((False, found.six), (True, found.substitutes))
            for place, child in enumerate(chosen, start=1)
        )
        audit.record(by=by, at=at, action="likely_six.proposed", thing=proposal, fields=["seed"])
    return proposal


def swap_child(*, by: User, at: datetime, proposal: LikelySix, place: int, unique_id: str, version: int) -> LikelySix:
    """Puts a child of the lists in a place of the six; a substitute changes places with who stood there.

    Raises NotAllowed when somebody swapped in between.
    """
    check_can_choose(by, proposal.upload)
    if not ListRow.objects.filter(upload=proposal.upload, unique_id=unique_id).exists():
        raise NotAllowed("No row of the current lists has this Unique ID.")
    with transaction.atomic():
        moved = LikelySix.objects.filter(pk=proposal.pk, version=version).update(version=F("version") + 1)
        if not moved:
            raise NotAllowed("Somebody changed the six in the meantime. Look at them again, then swap.")
        places = list(LikelyChild.objects.filter(proposal=proposal))
        leaving = next((one for one in places if not one.is_substitute and one.place == place), None)
        if leaving is None:
            raise NotAllowed("There is no such place among the six.")
        coming = next((one for one in places if one.unique_id == unique_id), None)
        if coming is not None and not coming.is_substitute:
            raise NotAllowed("This child is among the six already.")
        changed = [leaving]
        if coming is not None:
            coming.unique_id = leaving.unique_id
            changed.append(coming)
        leaving.unique_id = unique_id
        for one in changed:
            one.swapped_by, one.swapped_at = by, at
        LikelyChild.objects.bulk_update(changed, ["unique_id", "swapped_by", "swapped_at"])
        audit.record(by=by, at=at, action="likely_six.swapped", thing=proposal, text=f"Place {place}.", fields=FIELDS)
    proposal.refresh_from_db()
    return proposal
