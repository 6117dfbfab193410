"""The request items and their versions as pages read them, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from framework.models import RequestItem
from inspection.domain.submissions import State
from inspection.gather.evidence import taken
from inspection.models import Inspection, ItemOwner, ItemsLook, ItemSubmission, SubmissionFile, VisitItem

EMPTY = "empty"


def with_standing(items: QuerySet[RequestItem]) -> QuerySet[RequestItem]:
    """Each item with `newest_state` ("empty" where there is no version), `has_approved`, `moved_at`."""
    standing = ItemSubmission.objects.standing().filter(item=OuterRef("pk"))
    owners = ItemOwner.objects.filter(item=OuterRef("pk"))
    latest = ItemSubmission.objects.filter(item=OuterRef("pk")).order_by("-changed_at").values("changed_at")[:1]
    assigned = owners.values("assigned_at")[:1]
    return items.annotate(
        newest_state=Coalesce(Subquery(standing.order_by("-version").values("state")[:1]), Value(EMPTY)),
        has_approved=Exists(standing.filter(state=State.APPROVED)),
        changed_at=Subquery(latest),
        assigned_at=Subquery(assigned),
        moved_at=Greatest(Coalesce("changed_at", "assigned_at"), Coalesce("assigned_at", "changed_at")),
        batch_order=Case(
            When(deadline__batch="lists", then=1),
            When(deadline__batch="six", then=2),
            When(deadline__batch="annex-a", then=3),
            default=4,
            output_field=IntegerField(),
        ),
    ).select_related("deadline")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One line of the list."""

    item: RequestItem
    owner: User | None
    newest: ItemSubmission | None
    approved: ItemSubmission | None
    file_count: int
    has_changed: bool
    visit_item: VisitItem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsPage:
    lines: tuple[ItemLine, ...]
    visit: Inspection | None
    added: tuple[VisitItem, ...]
    looked_at: datetime | None


def items_page(user: User, items: QuerySet[Any]) -> ItemsPage:
    """The lines of the list page for an already permitted, annotated and filtered queryset."""
    look = ItemsLook.objects.filter(user=user).first()
    looked_at = look.at if look else None
    rows: list[RequestItem] = list(items.order_by("batch_order", "deadline__order", "order", "code"))
    keys = [row.pk for row in rows]
    owners = {row.item_id: row.owner for row in ItemOwner.objects.filter(item__in=keys).select_related("owner")}
    newest, approved = _versions(keys)
    counts = _file_counts([version.pk for version in (*newest.values(), *approved.values())])
    visit = Inspection.objects.open().first()
    visit_items = list(visit.visititems.select_related("deadline")) if visit else []
    by_item = {row.request_item_id: row for row in visit_items if row.request_item_id}
    lines = tuple(
        ItemLine(
            item=row,
            owner=owners.get(row.pk),
            newest=newest.get(row.pk),
            approved=approved.get(row.pk),
            file_count=counts.get(newest[row.pk].pk, 0) if row.pk in newest else 0,
            has_changed=_has_changed(row, looked_at),
            visit_item=by_item.get(row.pk),
        )
        for row in rows
    )
    added = tuple(row for row in visit_items if row.request_item_id is None and not row.is_dropped)
    return ItemsPage(lines=lines, visit=visit, added=added, looked_at=looked_at)


def _has_changed(item: RequestItem, looked_at: datetime | None) -> bool:
    moved_at: datetime | None = getattr(item, "moved_at", None)
    return looked_at is not None and moved_at is not None and moved_at > looked_at


def _versions(keys: list[int]) -> tuple[dict[int, ItemSubmission], dict[int, ItemSubmission]]:
    """The newest standing version and the approved one, by item."""
    newest: dict[int, ItemSubmission] = {}
    approved: dict[int, ItemSubmission] = {}
    found = (
        ItemSubmission.objects.standing()
        .filter(item__in=keys)
        .exclude(state=State.SUPERSEDED)
        .select_related("submitted_by", "decided_by", "changed_by")
        .order_by("version")
    )
    for version in found:
        newest[version.item_id] = version
        if version.state == State.APPROVED:
            approved[version.item_id] = version
    return newest, approved


def _file_counts(keys: list[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for key in SubmissionFile.objects.filter(submission__in=keys).values_list("submission_id", flat=True):
        counts[key] = counts.get(key, 0) + 1
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDetail:
    """One item with its history."""

    item: RequestItem
    owner: User | None
    owner_since: datetime | None
    versions: tuple[ItemSubmission, ...]
    visit: Inspection | None
    visit_item: VisitItem | None

    @property
    def standing(self) -> tuple[ItemSubmission, ...]:
        return tuple(version for version in self.versions if version.archived_at is None)

    @property
    def archived(self) -> tuple[ItemSubmission, ...]:
        return tuple(version for version in self.versions if version.archived_at is not None)

    @property
    def draft(self) -> ItemSubmission | None:
        return next((version for version in self.standing if version.state == State.DRAFT), None)

    @property
    def submitted(self) -> ItemSubmission | None:
        return next((version for version in self.standing if version.state == State.SUBMITTED), None)

    @property
    def approved(self) -> ItemSubmission | None:
        return next((version for version in self.standing if version.state == State.APPROVED), None)

    @property
    def returned(self) -> ItemSubmission | None:
        """The newest version, if it came back."""
        newest = next(iter(self.standing), None)
        return newest if newest and newest.state == State.RETURNED else None

    @property
    def older(self) -> tuple[ItemSubmission, ...]:
        shown = {version.pk for version in (self.draft, self.submitted, self.approved, self.returned) if version}
        return tuple(version for version in self.standing if version.pk not in shown)


def item_detail(item: RequestItem) -> ItemDetail:
    """Everything that the page of one item shows, newest version first."""
    owner = ItemOwner.objects.filter(item=item).select_related("owner").first()
    versions = (
        ItemSubmission.objects.filter(item=item)
        .select_related("item", "created_by", "changed_by", "submitted_by", "decided_by", "archived_by")
        .prefetch_related("files__stored", "files__added_by", taken())
        .order_by("-version")
    )
    visit = Inspection.objects.open().first()
    visit_item = visit.visititems.filter(request_item=item).select_related("deadline").first() if visit else None
    return ItemDetail(
        item=item,
        owner=owner.owner if owner else None,
        owner_since=owner.assigned_at if owner else None,
        versions=tuple(versions),
        visit=visit,
        visit_item=visit_item,
    )


def awaiting_approval(items: QuerySet[RequestItem]) -> tuple[ItemSubmission, ...]:
    """Submitted versions of permitted items, oldest first, with their files."""
    found = (
        ItemSubmission.objects.standing()
        .filter(item__in=items, state=State.SUBMITTED)
        .select_related("item", "item__deadline", "submitted_by")
        .prefetch_related("files__stored")
        .order_by("submitted_at", "pk")
    )
    return tuple(found)


def possible_owners() -> QuerySet[User]:
    """People who can sign in, by name."""
    return User.objects.filter(is_active=True).order_by("name")
