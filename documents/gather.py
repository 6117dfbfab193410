"""Database → what pages show, in a fixed number of queries."""

from collections.abc import Iterator

from django.db.models import Max, Min, Q, QuerySet

from accounts.models import User
from accounts.permissions import NotAllowed
from documents.domain.job_states import JobState
from documents.exports import ExportKind, Offer, kinds
from documents.models import Download, Export


def readable_exports(user: User) -> QuerySet[Export]:
    """The exports that this person may see: each kind is asked once for each set of parameters."""
    samples = Export.objects.order_by().values("kind", "params_key").annotate(sample=Min("pk")).values("sample")
    allowed = Q(pk__in=[])
    for export in Export.objects.filter(pk__in=samples).only("kind", "params", "params_key"):
        if _may(user, export):
            allowed |= Q(kind=export.kind, params_key=export.params_key)
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


def downloads_of(export: Export) -> QuerySet[Download]:
    return Download.objects.filter(thing_type="documents.export", thing_id=str(export.pk)).select_related("user")
