"""Settings of the installation: the area, its organisations, its school holidays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from accounts import audit
from accounts.actions.people import Changed
from accounts.domain.roles import Permission
from accounts.models import LocalArea, Organisation, SchoolHoliday, User
from accounts.permissions import NotAllowed, check_permission

M = TypeVar("M", LocalArea, Organisation, SchoolHoliday)


def change_area(*, by: User, at: datetime, version: int, values: Mapping[str, Any]) -> LocalArea:
    """Raises Changed when somebody saved in between. What hangs on the settings follows in the same transaction."""
    with transaction.atomic():
        was = LocalArea.objects.get(pk=1)
        row = _change(by=by, at=at, row=was, version=version, values=values, action="area.changed")
        if row.version != was.version:
            for path in settings.AREA_CHANGED:
                import_string(path)(was=was, now=row, by=by, at=at)
    return row


def add_organisation(*, by: User, at: datetime, values: Mapping[str, Any]) -> Organisation:
    return _add(by, at, Organisation(**values), "organisation.added")


def change_organisation(
    *, by: User, at: datetime, organisation: Organisation, version: int, values: Mapping[str, Any]
) -> Organisation:
    return _change(by=by, at=at, row=organisation, version=version, values=values, action="organisation.changed")


def remove_organisation(*, by: User, at: datetime, organisation: Organisation) -> None:
    """Only what nobody and nothing refers to; a member that left gets a last day instead."""
    _remove(by, at, organisation, "organisation.removed")


def add_holiday(*, by: User, at: datetime, values: Mapping[str, Any]) -> SchoolHoliday:
    return _add(by, at, SchoolHoliday(**values), "holiday.added")


def change_holiday(
    *, by: User, at: datetime, holiday: SchoolHoliday, version: int, values: Mapping[str, Any]
) -> SchoolHoliday:
    return _change(by=by, at=at, row=holiday, version=version, values=values, action="holiday.changed")


def remove_holiday(*, by: User, at: datetime, holiday: SchoolHoliday) -> None:
    _remove(by, at, holiday, "holiday.removed")


def _add(by: User, at: datetime, row: M, action: str) -> M:
    check_permission(by, Permission.MANAGE_SETTINGS)
    with transaction.atomic():
        row.save()
        audit.record(by=by, at=at, action=action, thing=row)
    return row


def _change(*, by: User, at: datetime, row: M, version: int, values: Mapping[str, Any], action: str) -> M:
    check_permission(by, Permission.MANAGE_SETTINGS)
    with transaction.atomic():
        current: M = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if current.version != version:
            raise Changed(current)
        changed: list[str] = [name for name, value in values.items() if getattr(current, name) != value]
        if not changed:
            return current
        for name in changed:
            setattr(current, name, values[name])
        current.version += 1
        current.save(update_fields=[*changed, "version"])
        audit.record(by=by, at=at, action=action, thing=current, fields=changed)
    return current


def _remove(by: User, at: datetime, row: Organisation | SchoolHoliday, action: str) -> None:
    check_permission(by, Permission.MANAGE_SETTINGS)
    try:
        with transaction.atomic():
            audit.record(by=by, at=at, action=action, thing=row)
            row.delete()
    except models.ProtectedError as error:
        raise NotAllowed(
            f"“{row}” is in use ({len(error.protected_objects)} times), so it stays. Give it a last day instead."
        ) from None
