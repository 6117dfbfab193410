"""A folder's values → rows. Each step can run again: what stands already is left alone or brought in line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEvent, LocalArea, Organisation, RoleAssignment, SchoolHoliday, User
from sendready.areas.values import AreaFolder, DatedName, PersonWords

DatedRow = TypeVar("DatedRow", Organisation, SchoolHoliday)


class OtherArea(Exception):
    """The installation serves another area already."""


@dataclass(slots=True)
class AreaLoad:
    """What loading did."""

    area: LocalArea
    organisations: int = 0
    holidays: int = 0
    people: int = 0
    new_people: int = 0
    # What differs from the folder because somebody edited it here.
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def load_area(*, at: datetime, folder: AreaFolder, password: str = "") -> AreaLoad:
    """The area, its organisations, holidays and people. Raises OtherArea when another area is served here.

    `password` is given to the people who are new; without one they choose theirs through a mailed link.
    """
    today = timezone.localdate(at)
    area = _area(folder, at)
    load = AreaLoad(area)
    organisations = _organisations(load, folder.organisations)
    _holidays(load, folder)
    # Hashed once for all: a hash is slow on purpose, and in a demonstration everybody has the same.
    hashed = make_password(password or None)
    users = {person.email: _person(load, person, organisations, at, hashed) for person in folder.people}
    for person in folder.people:
        _roles(person, users, organisations, at)
    if folder.area.safeguarding_lead and not area.version:
        area.safeguarding_lead = users[folder.area.safeguarding_lead]
        area.save(update_fields=["safeguarding_lead"])
    record(by=None, at=at, action="area.loaded", thing=area, text=f"Loaded from a folder on {today:%d %B %Y}.")
    load.organisations, load.holidays, load.people = len(organisations), len(folder.holidays), len(users)
    return load


def _area(folder: AreaFolder, at: datetime) -> LocalArea:
    words = folder.area
    area = LocalArea.objects.filter(pk=1).first()
    if area and area.la_code and area.la_code != words.la_code:
        raise OtherArea(
            f"This installation serves {area.name} ({area.la_code}). "
            f"Load {words.name} ({words.la_code}) into an installation of its own."
        )
    area = area or LocalArea(pk=1)
    if not area.version:
        for name in ("name", "partnership_name", "la_code", "ons_code", "region_name", "short_code", "marking"):
            setattr(area, name, getattr(words, name))
        area.strategic_board_name = folder.board_on(timezone.localdate(at))
    area.set_up_at = area.set_up_at or at
    area.save()
    return area


def _organisations(load: AreaLoad, wanted: tuple[DatedName, ...]) -> dict[str, Organisation]:
    found = {}
    for each in wanted:
        values = {"name": each.name, "kind": each.kind, "from_on": each.from_on, "to_on": each.to_on}
        row = _bring_in_line(load, Organisation, each.name, values, removed="organisation.removed")
        if row is not None:
            found[each.name] = row
    return found


def _holidays(load: AreaLoad, folder: AreaFolder) -> None:
    for each in folder.holidays:
        values = {"name": each.name, "starts_on": each.starts_on, "ends_on": each.ends_on}
        _bring_in_line(load, SchoolHoliday, each.name, values, removed="holiday.removed")


def _bring_in_line(
    load: AreaLoad, model: type[DatedRow], name: str, values: Mapping[str, Any], *, removed: str
) -> DatedRow | None:
    """The row of this name in the folder, as the folder has it; one that somebody edited or took out is left alone."""
    row: DatedRow | None = (
        model._default_manager.filter(loaded_as=name).first()
        or model._default_manager.filter(loaded_as="", name=name).first()
    )
    if row is None and AuditEvent.objects.filter(action=removed, thing_label=name).exists():
        load.kept.append(f"{name} (taken out here)")
        return None
    differing = [key for key, value in values.items() if row is not None and getattr(row, key) != value]
    if row is not None and row.version and differing:
        load.kept.append(f"{name} (edited here)")
        values = {}
    row = row or model()
    for key, value in {**values, "loaded_as": name}.items():
        setattr(row, key, value)
    row.save()
    return row


def _person(
    load: AreaLoad, words: PersonWords, organisations: dict[str, Organisation], at: datetime, hashed: str
) -> User:
    """The person with this address; one who exists keeps name, password and whether they are active."""
    user = User.objects.filter(email__iexact=words.email).first()
    if user is not None:
        return user
    user = User.objects.create(
        email=words.email,
        password=hashed,
        name=words.name,
        job_title=words.job_title,
        organisation=organisations.get(words.organisation),
        created_at=at,
    )
    record(by=None, at=at, action="user.loaded", thing=user, text="Came with the folder of the area.")
    load.new_people += 1
    return user


def _roles(words: PersonWords, users: dict[str, User], organisations: dict[str, Organisation], at: datetime) -> None:
    """Gives each role once, from today; a role that was given before, even if it has ended, isn't given again."""
    for role in words.roles:
        RoleAssignment.objects.get_or_create(
            user=users[words.email],
            role=role.value,
            deputy_for=users.get(words.deputy_for),
            defaults={"from_on": timezone.localdate(at), "organisation": organisations.get(words.organisation)},
        )
