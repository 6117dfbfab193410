"""The council's own scale for criteria: edited, put in order, switched off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from selfeval.models import ScaleGrade, ScaleSetting


def switch_scale(*, by: User, at: datetime, is_on: bool) -> ScaleSetting:
    """Whether criteria are graded here. Grades that were given are kept, and shown again when it is back on."""
    check_permission(by, Permission.MODERATE)
    with transaction.atomic():
        setting, _ = ScaleSetting.objects.get_or_create(pk=1)
        setting.is_on = is_on
        setting.save(update_fields=["is_on"])
        record(by=by, at=at, action="scale.switched_on" if is_on else "scale.switched_off", thing=setting)
    return setting


def save_grade(*, by: User, at: datetime, grade: ScaleGrade | None, label: str, description: str) -> ScaleGrade:
    """A step of the scale, new at its end or changed where it stands."""
    check_permission(by, Permission.MODERATE)
    with transaction.atomic():
        others = ScaleGrade.objects.exclude(pk=grade.pk) if grade else ScaleGrade.objects.all()
        other = others.filter(label__iexact=label).first()
        if other:
            place = " among those taken off" if other.archived_at else ""
            raise NotAllowed(f"There is a grade “{other.label}”{place} already. Give this one another name.")
        if grade is None:
            last = ScaleGrade.objects.aggregate(last=Max("order"))["last"] or 0
            grade = ScaleGrade(order=last + 1)
        grade.label, grade.description = label, description
        grade.save()
        record(by=by, at=at, action="scalegrade.saved", thing=grade, fields=["description", "label"])
    return grade


def move_grade(*, by: User, at: datetime, grade: ScaleGrade, up: bool) -> ScaleGrade:
    check_permission(by, Permission.MODERATE)
    with transaction.atomic():
        rows = list(ScaleGrade.objects.select_for_update().filter(archived_at=None))
        keys = [row.pk for row in rows]
        if grade.pk not in keys:
            raise NotAllowed("Somebody has taken it off the scale meanwhile.")
        place = keys.index(grade.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return grade
        rows[place], rows[other] = rows[other], rows[place]
        for order, row in enumerate(rows, 1):
            if row.order != order:
                ScaleGrade.objects.filter(pk=row.pk).update(order=order)
        record(by=by, at=at, action="scalegrade.moved", thing=grade, text="Up." if up else "Down.")
    grade.refresh_from_db()
    return grade


def archive_grade(*, by: User, at: datetime, grade: ScaleGrade, is_archived: bool) -> ScaleGrade:
    """Takes a grade off the scale, or puts it back. Judgements that carry it keep it."""
    check_permission(by, Permission.MODERATE)
    with transaction.atomic():
        grade.archived_at = at if is_archived else None
        grade.save(update_fields=["archived_at"])
        record(by=by, at=at, action="scalegrade.archived" if is_archived else "scalegrade.restored", thing=grade)
    return grade
