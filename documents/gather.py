"""Database → what pages show, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from accounts.models import User
from accounts.permissions import NotAllowed
from documents.domain.job_states import JobState
from documents.exports import ExportKind, Offer, kinds
from documents.models import Download, Erasure, Export, Kept, StoredFile


def readable_exports(user: User) -> QuerySet[Export]:
    """The exports that this person may see: each kind is asked once for each set of parameters."""
    samples = Export.objects.order_by().values("kind", "params_key").annotate(sample=Min("pk")).values("sample")
    keys: dict[str, list[str]] = defaultdict(list)
    for export in Export.objects.filter(pk__in=samples).only("kind", "params", "params_key"):
        if _may(user, export):
            keys[export.kind].append(export.params_key)
    allowed = Q(pk__in=[])
    for kind, allowed_keys in keys.items():
        allowed |= Q(kind=kind, params_key__in=allowed_keys)
    return Export.objects.filter(allowed).select_related("ordered_by")


def _may(user: User, export: Export) -> bool:
    try:
        kinds()[export.kind].check(user, export.params)
    except (KeyError, NotAllowed):
        return False
    return True


def newest_done(exports: QuerySet[Export]) -> frozenset[int]:
    """Of each kind and set of parameters the newest finished one: only that one can be out of date."""
    newest = exports.filter(state=JobState.DONE).order_by().values("kind", "params_key").annotate(newest=Max("pk"))
    return frozenset(row["newest"] for row in newest)


def offers_for(user: User) -> Iterator[tuple[ExportKind, Offer]]:
    """What this person may order from the exports page."""
    for kind in kinds().values():
        for offer in kind.offers(user):
            yield kind, offer


def downloads_of(kept: Kept) -> QuerySet[Download]:
    """Who took a copy, the latest first."""
    return Download.objects.filter(thing_type=kept._meta.label_lower, thing_id=str(kept.pk)).select_related("user")


def kept_rows(model: type[StoredFile] | type[Export]) -> QuerySet[Any]:
    """Everything with bytes, and what had them, the newest first."""
    who = "uploaded_by" if model is StoredFile else "ordered_by"
    return model._default_manager.exclude(path="").select_related(who)


def erasure_of(kept: Kept) -> Erasure | None:
    found = Erasure.objects.filter(thing_type=kept._meta.label_lower, thing_id=str(kept.pk))
    return found.select_related("by").first()
