"""What a person's calendar feed holds."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import LocalArea, User
from inspection.domain.states import OPEN_STATES
from inspection.domain.tokens import hash_token
from inspection.feed import FeedEntry
from inspection.gather.people import gather_people
from inspection.gather.visits import fact_of_deadline
from inspection.models import CalendarFeed, Deadline, LetterStanding


def current_feed(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user, revoked_at=None).first()


def feed_reader(token: str) -> User | None:
    """Whose address this is; nobody's when it was revoked, or when its owner left or may no longer read deadlines."""
    feed = CalendarFeed.objects.select_related("user").filter(token_sha256=hash_token(token), revoked_at=None).first()
    if feed is None or Permission.READ_ITEMS not in feed.user.permissions:
        return None
    return feed.user


def gather_feed(user: User, at: datetime) -> tuple[str, list[FeedEntry]]:
    """The calendar's name and its entries: every deadline with a day, of every open visit. Five queries."""
    area = LocalArea.objects.first()
    today = timezone.localdate(at)
    people = gather_people(today)
    rows = (
        Deadline.objects.filter(inspection__state__in=OPEN_STATES, due_at__isnull=False)
        .exclude(standing=LetterStanding.DROPPED)
        .select_related("inspection", "met_by")
        .order_by("due_at", "pk")
    )
    code = (area.short_code if area else "area").lower()
    entries = []
    for row in rows:
        fact = fact_of_deadline(row, people, today)
        assert row.due_at is not None  # noqa: S101  # filtered above
        entries.append(
            FeedEntry(
                uid=f"visit-{row.inspection_id}-deadline-{row.pk}@{code}.sendready",
                title=row.original_title or "Added deadline (its name is in sendready)",
                is_rehearsal=row.inspection.is_rehearsal,
                is_yours=user.pk in (fact.owner.person_id, fact.owner.deputy_id),
                is_met=row.is_met,
                is_certain=row.is_confirmed,
                owner=fact.owner.person,
                url=settings.SITE_URL.rstrip("/")
                + reverse("inspection:deadline-show", args=[row.inspection_id, row.pk]),
                sequence=row.version - 1,
                stamped_at=row.inspection.called_at,
                due_at=row.due_at,
                ends_at=row.ends_at,
                has_time=row.has_time,
                ends_at_time=row.ends_at_time is not None,
            )
        )
    name = f"Inspection deadlines{f' – {area.name}' if area else ''}"
    return name, entries
