"""What is handed over by which deadline, what there is to hand over, and what is on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from children.exporting import PERSON_LEVEL_LISTS
from children.gather import current_upload
from children.models import ListUpload
from documents.domain.job_states import UNFINISHED, JobState
from documents.exports import is_out_of_date
from documents.models import Export
from inspection.domain.deadlines import DeadlineFact
from inspection.domain.packs.handovers import HANDOVERS, Handover, HandoverState, state_of
from inspection.domain.states import VisitState
from inspection.gather.packs import KIND as ANNEX_A
from inspection.gather.packs import newest_pack
from inspection.gather.visits import ClockNow, gather_clock
from inspection.models import Deadline, Delivery, Inspection, Pack

LISTS = PERSON_LEVEL_LISTS.code
RECENT = 50
VERSIONS = 20
CLOSED_VISITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverNow:
    """One handover: its deadline (None where the letter leaves it out), its newest export, the delivery that counts.

    `others` are further deliveries that stand for the same deadline, `unfinished` an export that is being made.
    """

    handover: Handover
    deadline: DeadlineFact | None
    state: HandoverState
    latest: Export | None
    is_out_of_date: bool
    unfinished: Export | None
    delivery: Delivery | None
    others: int = 0
    pack: Pack | None = None
    upload: ListUpload | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoversNow:
    clock: ClockNow
    lists: HandoverNow
    annex_a: HandoverNow

    @property
    def lines(self) -> tuple[HandoverNow, ...]:
        return (self.lists, self.annex_a)


def gather_handovers(at: datetime, made: Iterable[Pack]) -> HandoversNow:
    """The handovers of the visit that runs, else of the next call that could come. `made`: the packs, newest first.

    The number of queries does not grow with exports, packs or deliveries.
    """
    clock = gather_clock(at)
    lists, annex_a = HANDOVERS
    unfinished = _unfinished()
    deliveries = _deliveries(clock.visit)
    latest = lists_exports().first()
    upload = current_upload()
    pack = newest_pack(clock.visit, made)
    return HandoversNow(
        clock=clock,
        lists=_line(
            lists,
            clock,
            deliveries,
            latest=latest,
            is_old=_is_old(latest),
            unfinished=unfinished.get(LISTS),
            upload=upload if upload and upload.has_rows else None,
        ),
        annex_a=_line(
            annex_a,
            clock,
            deliveries,
            latest=pack.export if pack else None,
            is_old=_is_old(pack.export if pack else None),
            unfinished=unfinished.get(ANNEX_A),
            pack=pack,
        ),
    )


def _line(
    handover: Handover,
    clock: ClockNow,
    deliveries: list[Delivery],
    *,
    latest: Export | None,
    is_old: bool,
    unfinished: Export | None,
    pack: Pack | None = None,
    upload: ListUpload | None = None,
) -> HandoverNow:
    deadline = next((fact for fact in clock.deadlines if fact.batch == handover.batch), None)
    own = [delivery for delivery in deliveries if delivery.batch == handover.batch]
    return HandoverNow(
        handover=handover,
        deadline=deadline,
        state=state_of(
            is_live=clock.visit is not None,
            due_at=deadline.due_at if deadline else None,
            met_at=deadline.met_at if deadline else None,
            has_delivery=bool(own),
            is_asked=deadline is not None,
            at=clock.at,
        ),
        latest=latest,
        is_out_of_date=is_old,
        unfinished=unfinished,
        delivery=own[0] if own else None,
        others=max(0, len(own) - 1),
        pack=pack,
        upload=upload,
    )


def _is_old(export: Export | None) -> bool:
    return export is not None and export.has_bytes and is_out_of_date(export)


def _unfinished() -> dict[str, Export]:
    """The export that is waiting or being made, by kind."""
    found = Export.objects.filter(kind__in=(LISTS, ANNEX_A), state__in=UNFINISHED, cancel_asked_at__isnull=True)
    return {export.kind: export for export in found.order_by("ordered_at")}


def _deliveries(visit: Inspection | None) -> list[Delivery]:
    """Those of the visit that count, the latest first; none without a visit."""
    if visit is None:
        return []
    found = Delivery.objects.standing().filter(inspection=visit).exclude(batch="")
    return list(found.select_related("export", "delivered_by"))


def lists_exports() -> QuerySet[Export]:
    """The finished exports of the person-level lists, the newest first; also those that were erased."""
    done = Export.objects.filter(kind=LISTS, state=JobState.DONE)
    return done.select_related("ordered_by").order_by("-finished_at", "-pk")


def deliverable_lists() -> QuerySet[Export]:
    """The versions to choose from when a delivery of the lists is recorded."""
    keys = list(lists_exports().values_list("pk", flat=True)[:VERSIONS])
    return lists_exports().filter(pk__in=keys)


def released_packs() -> QuerySet[Export]:
    """The versions to choose from when a delivery of a pack is corrected."""
    released = Pack.objects.filter(released_at__isnull=False)
    keys = list(released.order_by("-released_at").values_list("export_id", flat=True)[:VERSIONS])
    return Export.objects.filter(pk__in=keys).select_related("ordered_by").order_by("-finished_at", "-pk")


def versions_for(delivery: Delivery) -> QuerySet[Export]:
    """The versions that a correction can name; the one on record is among them."""
    choices = deliverable_lists() if delivery.export.kind == LISTS else released_packs()
    keys = [*choices.values_list("pk", flat=True), delivery.export_id]
    return Export.objects.filter(pk__in=keys).select_related("ordered_by").order_by("-finished_at", "-pk")


def visits_for(delivery: Delivery | None = None) -> list[Inspection]:
    """The visits that a delivery can be for: those that run, then those closed of late, and the one on record."""
    visits = list(Inspection.objects.open())
    closed = Inspection.objects.filter(state=VisitState.CLOSED).order_by("-notified_on", "-id")[:CLOSED_VISITS]
    visits += list(closed)
    on_record = delivery.inspection if delivery else None
    return visits if on_record is None or on_record in visits else [*visits, on_record]


def deliveries_for(deadline: Deadline) -> list[Delivery]:
    """The deliveries that stand for a deadline, the latest first."""
    if not deadline.batch:
        return []
    found = Delivery.objects.standing().filter(inspection=deadline.inspection_id, batch=deadline.batch)
    return list(found.select_related("export", "delivered_by").order_by("-delivered_at", "-pk"))


_RELATED = ("export", "inspection", "delivered_by", "recorded_by", "corrects", "correction")


def recent_deliveries() -> list[Delivery]:
    """Every record, the latest first, corrected ones among them."""
    return list(Delivery.objects.select_related(*_RELATED).order_by("-recorded_at", "-pk")[:RECENT])


def deliveries_of(export: Export) -> list[Delivery]:
    return list(Delivery.objects.filter(export=export).select_related(*_RELATED))


def delivery_rows() -> QuerySet[Delivery]:
    """For the page of one record."""
    return Delivery.objects.select_related(*_RELATED)
