"""Who answers for a deadline, and whether it was met."""

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from inspection.models import ChangeKind, Deadline, VisitChange
from inspection.permissions.visits import check_can_change, check_can_meet


def _locked(deadline: Deadline) -> Deadline:
    return Deadline.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=deadline.pk)


def assign_deadline(
    *, by: User, at: datetime, deadline: Deadline, person: User | None, deputy: User | None
) -> Deadline:
    """Names the person and the deputy. None leaves it to whoever holds the role on the day."""
    with transaction.atomic():
        deadline = _locked(deadline)
        check_can_change(by, deadline.inspection)
        before = _owners_in_words(deadline)
        deadline.person, deadline.deputy = person, deputy
        after = _owners_in_words(deadline)
        if after == before:
            return deadline
        deadline.save(update_fields=["person", "deputy"])
        _note(deadline, ChangeKind.ASSIGNED, before=before, after=after, by=by, at=at)
        record(by=by, at=at, action="deadline.assigned", thing=deadline, text=after)
    return deadline


def _owners_in_words(deadline: Deadline) -> str:
    person = deadline.person.name if deadline.person else "whoever holds the role"
    return f"{person}, deputy {deadline.deputy.name}" if deadline.deputy else person


def meet_deadline(*, by: User, at: datetime, deadline: Deadline) -> Deadline:
    with transaction.atomic():
        deadline = _locked(deadline)
        check_can_meet(by, deadline)
        _meet(deadline, by=by, at=at, met_at=at)
    return deadline


def meet_by_delivery(*, by: User, at: datetime, deadline: Deadline, delivered_at: datetime) -> Deadline:
    """What was handed over meets its deadline, at the moment of the delivery, whoever owns the deadline.

    The caller has checked the right to deliver.
    """
    with transaction.atomic():
        deadline = _locked(deadline)
        _meet(deadline, by=by, at=at, met_at=delivered_at)
    return deadline


def unmeet_by_correction(*, by: User, at: datetime, deadline: Deadline) -> Deadline:
    """The delivery that met it was recorded by mistake. The caller has checked the right to correct it."""
    with transaction.atomic():
        deadline = _locked(deadline)
        _unmeet(deadline, by=by, at=at)
    return deadline


def unmeet_deadline(*, by: User, at: datetime, deadline: Deadline) -> Deadline:
    """Takes "met" back, for a slip of the finger."""
    with transaction.atomic():
        deadline = _locked(deadline)
        check_can_meet(by, deadline)
        _unmeet(deadline, by=by, at=at)
    return deadline


def _meet(deadline: Deadline, *, by: User, at: datetime, met_at: datetime) -> None:
    if deadline.is_met:
        return
    deadline.met_at, deadline.met_by = met_at, by
    deadline.save(update_fields=["met_at", "met_by"])
    _note(deadline, ChangeKind.MET, by=by, at=at)
    record(by=by, at=at, action="deadline.met", thing=deadline)


def _unmeet(deadline: Deadline, *, by: User, at: datetime) -> None:
    if not deadline.is_met:
        return
    deadline.met_at, deadline.met_by = None, None
    deadline.save(update_fields=["met_at", "met_by"])
    _note(deadline, ChangeKind.NOT_MET, by=by, at=at)
    record(by=by, at=at, action="deadline.not-met", thing=deadline)


def _note(deadline: Deadline, kind: ChangeKind, *, by: User, at: datetime, before: str = "", after: str = "") -> None:
    VisitChange.objects.create(
        inspection=deadline.inspection, deadline=deadline, kind=kind, before=before, after=after, by=by, at=at
    )
