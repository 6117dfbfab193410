"""What was handed over, where, when and by whom: put on record, corrected, taken back."""

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from documents.actions import order_export
from documents.models import Export
from inspection.actions.deadlines import meet_by_delivery, unmeet_by_correction
from inspection.models import Deadline, Delivery, Inspection, Pack
from inspection.permissions.deliveries import LISTS, check_can_correct, check_can_deliver, check_can_order_lists


class WrongDelivery(Exception):
    """A delivery that cannot be as it is told; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class WrongMoment(WrongDelivery):
    """At a time that cannot be."""


class WrongDeadline(WrongDelivery):
    """For a deadline that asks for something else."""


def order_lists(*, by: User, at: datetime) -> Export:
    """Orders the person-level lists as they stand, or gives the export that is there for them."""
    check_can_order_lists(by)
    return order_export(by=by, at=at, kind=LISTS, params={})


def record_delivery(
    *,
    by: User,
    at: datetime,
    export: Export,
    destination: str,
    delivered_at: datetime,
    delivered_by: User,
    batch: str = "",
    inspection: Inspection | None = None,
    note: str = "",
    corrects: Delivery | None = None,
) -> Delivery:
    """Keeps that an export was handed over, and meets the deadline. A mistake is corrected by a further record.

    The audit trail gets the file's name, version and sum; the words that people type stay in the record alone.
    """
    with transaction.atomic():
        row = _locked(export)
        check_can_deliver(by, row)
        _check_moment(row, delivered_at, at)
        _check_deadline(row, batch)
        if corrects is not None:
            check_can_correct(by, corrects)
        delivery = Delivery.objects.create(
            export=row,
            inspection=inspection,
            batch=batch,
            destination=destination.strip(),
            delivered_at=delivered_at,
            delivered_by=delivered_by,
            note=note.strip(),
            recorded_by=by,
            recorded_at=at,
            corrects=corrects,
        )
        _trace(delivery, "export.delivered" if corrects is None else "export.delivery-corrected")
        _settle(delivery)
        return delivery


def withdraw_delivery(*, by: User, at: datetime, delivery: Delivery, reason: str) -> Delivery:
    """Keeps that nothing was delivered after all; the deadline is open again unless another delivery meets it."""
    with transaction.atomic():
        _locked(delivery.export)
        check_can_correct(by, delivery)
        withdrawal = Delivery.objects.create(
            export=delivery.export,
            inspection=delivery.inspection,
            batch=delivery.batch,
            destination=delivery.destination,
            delivered_at=delivery.delivered_at,
            delivered_by=delivery.delivered_by,
            note=reason.strip(),
            recorded_by=by,
            recorded_at=at,
            corrects=delivery,
            is_withdrawal=True,
        )
        _trace(withdrawal, "export.delivery-withdrawn")
        _settle(withdrawal)
        return withdrawal


def _locked(export: Export) -> Export:
    return Export.objects.select_for_update(of=("self",)).get(pk=export.pk)


def _check_moment(export: Export, delivered_at: datetime, at: datetime) -> None:
    if delivered_at > at:
        raise WrongMoment("Give a time that is not in the future: record the delivery once it is made.")
    if export.finished_at and delivered_at < export.finished_at.replace(second=0, microsecond=0):
        raise WrongMoment("Give a time after this version was made: it cannot have been delivered before.")


def _check_deadline(export: Export, batch: str) -> None:
    pack = Pack.objects.filter(export=export).first()
    if pack is not None and batch and batch not in pack.parts:
        raise WrongDeadline("This pack does not hold what that deadline asks for.")


def _trace(delivery: Delivery, action: str) -> None:
    export, visit = delivery.export, delivery.inspection
    words = [f"Version {export.version}, SHA-256 {export.sha256}"]
    words += [delivery.get_batch_display()] if delivery.batch else []
    words += [str(visit)] if visit else []
    record(
        by=delivery.recorded_by,
        at=delivery.recorded_at,
        action=action,
        thing=export,
        text=", ".join(words),
        fields=["destination", "delivered_at", "delivered_by", "note"],
    )


def _settle(delivery: Delivery) -> None:
    """Deadlines follow the records: met by the earliest delivery that stands, open again where none is left."""
    corrected = delivery.corrects
    if corrected is not None:
        for deadline in _deadlines(corrected):
            # Somebody who ticked it by hand said so for another reason: that stays.
            if deadline.met_at == corrected.delivered_at:
                unmeet_by_correction(by=delivery.recorded_by, at=delivery.recorded_at, deadline=deadline)
            _meet(deadline, corrected, delivery)
    for deadline in _deadlines(delivery):
        _meet(deadline, delivery, delivery)


def _deadlines(delivery: Delivery) -> list[Deadline]:
    visit = delivery.inspection
    if visit is None or not delivery.batch or not visit.is_open:
        return []
    rows = Deadline.objects.filter(inspection=visit, batch=delivery.batch)
    return [deadline for deadline in rows if not deadline.is_dropped]


def _meet(deadline: Deadline, where: Delivery, why: Delivery) -> None:
    standing = Delivery.objects.standing().filter(inspection=where.inspection, batch=where.batch)
    first = standing.order_by("delivered_at", "pk").first()
    if first is not None:
        meet_by_delivery(by=why.recorded_by, at=why.recorded_at, deadline=deadline, delivered_at=first.delivered_at)
