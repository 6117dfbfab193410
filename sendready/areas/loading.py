"""A folder's values → rows. Each step can run again: what stands already is left alone or brought in line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEvent, LocalArea, Organisation, RoleAssignment, SchoolHoliday, User
from sendready.areas.values import AreaFolder, PersonWords

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
    organisations = _organisations(load, folder, at)
    _holidays(load, folder, at)
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


def _organisations(load: AreaLoad, folder: AreaFolder, at: datetime) -> dict[str, Organisation]:
    found = {}
    for each in folder.organisations:
        values = {"name": each.name, "kind": each.kind, "from_on": each.from_on, "to_on": each.to_on}
        row = _bring_in_line(load, Organisation, each.name, values, at)
        if row is not None:
            found[each.name] = row
    return found


def _holidays(load: AreaLoad, folder: AreaFolder, at: datetime) -> None:
    for each in folder.holidays:
        values = {"name": each.name, "starts_on": each.starts_on, "ends_on": each.ends_on}
        _bring_in_line(load, SchoolHoliday, each.name, values, at)


def _bring_in_line(
    load: AreaLoad, model: type[DatedRow], name: str, values: Mapping[str, Any], at: datetime
) -> DatedRow | None:
    """The row of this name in the folder, as the folder has it.

    One that somebody entered, edited or took out here is left alone, whichever page it was done on.
    """
    row: DatedRow | None = model._default_manager.filter(loaded_as=name).first()
    if row is None and _was_taken_out(model, name):
        load.kept.append(f"{name} (taken out here)")
        return None
    row = row or _entered_here(model, name)
    if row is None:
        row = model._default_manager.create(**values, loaded_as=name)
        # Under the name in the folder, so that it is known as this one when it is renamed and then taken out.
        kind = model._meta.model_name
        record(by=None, at=at, action=f"{kind}.loaded", thing=row, text="Came with the folder of the area.")
        return row
    differing = [key for key, value in values.items() if getattr(row, key) != value]
    if differing and row.version:
        load.kept.append(f"{name} (edited here)")
    elif differing:
        for key in differing:
            setattr(row, key, values[key])
        row.save(update_fields=differing)
    return row


def _entered_here(model: type[DatedRow], name: str) -> DatedRow | None:
    """The row of this name that somebody entered before the folder was loaded: the folder's from now on, as edited."""
    row = model._default_manager.filter(loaded_as="", name__iexact=name).first()
    if row is not None:
        row.loaded_as = name
        row.version = row.version or 1
        row.save(update_fields=["loaded_as", "version"])
    return row


# What a row's going is called: on its own page (for each kind by its own noun), and on the admin site.
_TAKEN_OUT = ("organisation.removed", "holiday.removed", "organisation.deleted", "schoolholiday.deleted")


def _was_taken_out(model: type[DatedRow], name: str) -> bool:
    """Whether somebody took out the row that came under this name, also if it was called otherwise by then."""
    trail = AuditEvent.objects.filter(thing_type=model._meta.label_lower)
    came = trail.filter(action=f"{model._meta.model_name}.loaded", thing_label=name).values("thing_id")
    gone = trail.filter(action__in=_TAKEN_OUT)
    return gone.filter(Q(thing_label=name) | Q(thing_id__in=came)).exists()


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
    if not users[words.email].is_active:
        return
    for role in words.roles:
        RoleAssignment.objects.get_or_create(
            user=users[words.email],
            role=role.value,
            deputy_for=users.get(words.deputy_for),
            defaults={"from_on": timezone.localdate(at), "organisation": organisations.get(words.organisation)},
        )
