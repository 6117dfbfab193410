"""Starting an installation: the one-time link, the area with what belongs to it, the first administrator."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts import audit
from accounts.actions.invitations import Invited, invite
from accounts.domain.roles import Role
from accounts.domain.term_dates import Holiday
from accounts.invitation_links import hash_of
from accounts.models import FirstRunLink, Invitation, LocalArea, Organisation, SchoolHoliday, User
from accounts.permissions import NotAllowed

PATH = "/first-run/"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaStart:
    """What the first-run page asks, cleaned: the fields of LocalArea, and the rows beside it (unsaved)."""

    area: LocalArea
    organisations: Sequence[Organisation]
    holidays: Sequence[Holiday]


def make_first_run_link(*, by: None, at: datetime) -> str:
    """A new one-time link for whoever sits at the machine; earlier ones stop working."""
    if User.objects.exists():
        raise NotAllowed("This installation has people already: sign in, or ask for a new password.")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        FirstRunLink.objects.filter(used_at__isnull=True).update(used_at=at)
        FirstRunLink.objects.create(token_sha256=hash_of(token), created_at=at)
    return f"{settings.SITE_URL.rstrip('/')}{PATH}{token}/"


def start_installation(
    *, by: None, at: datetime, token: str, start: AreaStart | None, name: str, email: str
) -> Invited:
    """Stores the area and invites the first administrator, all or nothing. The token permits it, once.

    `start` is None when the area stands already and only the administrator's link was lost.
    """
    with transaction.atomic():
        if User.objects.exists():
            raise NotAllowed("This installation has people already: sign in.")
        taken = FirstRunLink.objects.filter(token_sha256=hash_of(token), used_at__isnull=True).update(used_at=at)
        if not taken:
            raise NotAllowed("This link has been used. Run the command first_run_link again for a new one.")
        if start is not None:
            _store(start, at)
        lost = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
        lost.update(withdrawn_at=at)
        return invite(by=by, at=at, email=email, name=name, role=Role.ADMINISTRATOR)


def _store(start: AreaStart, at: datetime) -> None:
    start.area.pk = 1
    start.area.set_up_at = at
    # Somebody chose these words: the folder of an area that is loaded later leaves them alone.
    start.area.version = 1
    start.area.save()
    for organisation in start.organisations:
        organisation.save()
    SchoolHoliday.objects.bulk_create(
        SchoolHoliday(name=holiday.name, starts_on=holiday.starts_on, ends_on=holiday.ends_on)
        for holiday in start.holidays
    )
    audit.record(by=None, at=at, action="area.started", thing=start.area, text="Set up through the first-run page.")
