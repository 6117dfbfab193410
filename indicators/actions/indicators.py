"""An indicator's own words, its notes and its targets."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from indicators.models import Area, Indicator, SeriesNote, Target


class Changed(Exception):
    """Somebody saved the indicator since the page was opened."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(str(indicator))
        self.indicator = indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person says of an indicator."""

    name: str
    unit: str
    decimals: int
    direction: str
    theme: str = ""
    definition: str = ""
    source: str = ""
    is_unbounded: bool = False


WORDS = tuple(field.name for field in fields(Words))


def add_indicator(*, by: User, at: datetime, code: str, words: Words, is_local: bool = False) -> Indicator:
    check_permission(by, Permission.EDIT_INDICATORS)
    if Indicator.objects.filter(code=code).exists():
        raise NotAllowed(f"There is an indicator with the short name “{code}” already.")
    last = Indicator.objects.order_by("-order").values_list("order", flat=True).first() or 0
    with transaction.atomic():
        values = {name: getattr(words, name) for name in WORDS}
        indicator = Indicator.objects.create(code=code, order=last + 1, is_local=is_local, edited_at=at, **values)
        record(by=by, at=at, action="indicator.added", thing=indicator)
    return indicator


def change_indicator(*, by: User, at: datetime, indicator: Indicator, version: int, words: Words) -> Indicator:
    """Raises Changed when somebody else saved it since `version`."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        held = Indicator.objects.select_for_update().get(pk=indicator.pk)
        if held.version != version:
            raise Changed(held)
        changed = [name for name in WORDS if getattr(held, name) != getattr(words, name)]
        for name in changed:
            setattr(held, name, getattr(words, name))
        if changed:
            held.version += 1
            held.edited_at = at
            held.save()
            record(by=by, at=at, action="indicator.changed", thing=held, fields=changed)
    return held


def archive_indicator(*, by: User, at: datetime, indicator: Indicator, is_archived: bool) -> Indicator:
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        indicator.is_archived = is_archived
        indicator.edited_at = at
        indicator.save(update_fields=["is_archived", "edited_at"])
        record(by=by, at=at, action="indicator.archived" if is_archived else "indicator.restored", thing=indicator)
    return indicator


def add_note(
    *,
    by: User,
    at: datetime,
    indicator: Indicator,
    area: Area | None,
    text: str,
    period_label: str,
    about_on: date | None,
) -> SeriesNote:
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        note = SeriesNote.objects.create(
            indicator=indicator, area=area, text=text, period_label=period_label, about_on=about_on, by=by, at=at
        )
        record(by=by, at=at, action="indicator.noted", thing=indicator)
    return note


def remove_note(*, by: User, at: datetime, note: SeriesNote) -> None:
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        record(by=by, at=at, action="indicator.note_removed", thing=note.indicator, text=note.text)
        note.delete()


def set_target(*, by: User, at: datetime, indicator: Indicator, value: Decimal, by_on: date, set_by: str) -> Target:
    """One target for a day and who set it; setting it again changes the value."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        target, _ = Target.objects.update_or_create(
            indicator=indicator, by_on=by_on, set_by=set_by, defaults={"value": value}
        )
        record(by=by, at=at, action="indicator.target_set", thing=indicator, text=str(target))
    return target


def remove_target(*, by: User, at: datetime, target: Target) -> None:
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        record(by=by, at=at, action="indicator.target_removed", thing=target.indicator, text=str(target))
        target.delete()
