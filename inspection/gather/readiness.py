"""Everything that home says, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import RoleAssignment
from accounts.permissions import protection_findings
from children.gather import list_totals
from documents.exports import is_out_of_date
from documents.models import StoredFile
from framework.models import Batch, RequestItem, RequestKind
from inspection.domain.deadlines import DeadlineFact
from inspection.domain.readiness.items import ItemFact, ItemFacts, VersionFact
from inspection.domain.readiness.lists import ListsFacts
from inspection.domain.readiness.packs import DueFact, PackFact, PackFacts
from inspection.domain.readiness.protections import ProtectionFacts
from inspection.domain.readiness.report import Facts
from inspection.domain.readiness.table import own_day
from inspection.domain.submissions import Answer, State
from inspection.gather.carry_over import items_to_carry_over
from inspection.gather.evidence import moved_on
from inspection.gather.packs import newest_pack
from inspection.gather.readiness_clock import clock_facts, people_facts
from inspection.gather.visits import ClockNow, gather_clock
from inspection.models import (
    Delivery,
    Inspection,
    ItemOwner,
    ItemSubmission,
    Pack,
    SubmissionFile,
    VisitItem,
    VisitKind,
)
from selfeval.gather.claims import home_claims
from selfeval.gather.heard import hearing_facts
from strategy.finding_gather import gather_home_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessNow:
    """The clock, and the facts of every table of checks."""

    clock: ClockNow
    facts: Facts


def gather_readiness(at: datetime, *, sees_lists: bool) -> ReadinessNow:
    """The number of queries does not grow with items, versions, files, people or packs.

    `sees_lists`: whether the reader may see totals of the person-level lists.
    """
    clock = gather_clock(at, only=VisitKind.FULL)
    items_url = reverse("inspection:item-list")
    return ReadinessNow(
        clock=clock,
        facts=Facts(
            clock=clock_facts(clock),
            people=people_facts(clock),
            items=ItemFacts(
                today=clock.today,
                items=_items(clock.visit),
                is_live=clock.visit is not None,
                items_url=items_url,
                left_behind=items_to_carry_over().count(),
                carry_url=reverse("inspection:items-carry"),
            ),
            lists=_lists(clock) if sees_lists else None,
            packs=_packs(clock),
            protections=ProtectionFacts(missing=protection_findings()),
            strategy=gather_home_findings(),
            claims=home_claims(clock.today),
            hearing=hearing_facts(at),
        ),
    )


def _items(visit: Inspection | None) -> tuple[ItemFact, ...]:
    """Documents that inspectors would be given; during a visit those that its letter asks for."""
    rows = list(VisitItem.objects.filter(inspection=visit).select_related("deadline")) if visit else []
    asked = {row.request_item_id: row for row in rows if row.request_item_id}
    items = list(
        RequestItem.objects.filter(
            framework__is_current=True, is_archived=False, kind=RequestKind.DOCUMENT, is_person_level=False
        )
        .select_related("deadline")
        .order_by("order", "code")
    )
    owners = {row.item_id: row.owner for row in ItemOwner.objects.select_related("owner")}
    newest, approved = _versions(items)
    facts = []
    for item in items:
        visit_item = asked.get(item.pk)
        if visit_item and visit_item.is_dropped:
            continue
        owner = owners.get(item.pk)
        approved_one, newest_one = approved.get(item.pk), newest.get(item.pk)
        facts.append(
            ItemFact(
                code=item.code,
                title=visit_item.title if visit_item else item.title,
                url=reverse("inspection:item-show", args=[item.code]),
                threatens=_threatens(visit_item, item.deadline.batch),
                is_health_item=item.is_health_item,
                responsible_role=Role(item.responsible_role),
                owner=owner.name if owner else "",
                owner_is_active=owner.is_active if owner else True,
                approved=approved_one,
                newest=newest_one,
            )
        )
    return (*facts, *_added(rows))


def _threatens(row: VisitItem | None, batch: str) -> str:
    """The batch with which an item is due, or the day that the letter gave to it alone."""
    if row is None or row.own_due_at is None or (row.deadline and row.deadline.due_at == row.own_due_at):
        return batch
    return own_day(timezone.localtime(row.own_due_at), has_time=row.has_own_due_time)


def _added(rows: list[VisitItem]) -> list[ItemFact]:
    """Documents that the letter asks for beside the standing items: nothing can be collected until one is adopted."""
    return [
        ItemFact(
            code=row.code,
            title=row.title,
            url=reverse("inspection:item-list"),
            threatens=_threatens(row, row.deadline.batch if row.deadline else Batch.ANNEX_A.value),
            is_health_item=row.is_health_item,
            responsible_role=Role(row.responsible_role),
            owner="",
            owner_is_active=True,
            approved=None,
            newest=None,
        )
        for row in rows
        if row.request_item_id is None
        and row.kind == RequestKind.DOCUMENT
        and not row.is_person_level
        and not row.is_dropped
    ]


def _versions(items: list[RequestItem]) -> tuple[dict[int, VersionFact], dict[int, VersionFact]]:
    """The newest standing version and the approved one, by item."""
    rows = list(
        ItemSubmission.objects.standing()
        .filter(item__in=[item.pk for item in items])
        .exclude(state=State.SUPERSEDED)
        .select_related("submitted_by", "decided_by")
        .order_by("version")
    )
    counts, lost = _files([row.pk for row in rows])
    health = _health_approvals(rows)
    moved = moved_on([row.pk for row in rows])
    newest: dict[int, VersionFact] = {}
    approved: dict[int, VersionFact] = {}
    for row in rows:
        fact = VersionFact(
            number=row.version,
            state=State(row.state),
            answer=Answer(row.answer),
            as_at_on=row.as_at_on,
            review_by_on=row.review_by_on,
            none_reason=row.none_reason,
            return_reason=row.return_reason,
            submitted_by_id=row.submitted_by_id,
            submitted_by=row.submitted_by.name if row.submitted_by else "",
            decided_by_id=row.decided_by_id,
            decided_by=row.decided_by.name if row.decided_by else "",
            is_decided_by_health=row.pk in health,
            file_count=counts.get(row.pk, 0),
            lost_files=tuple(lost.get(row.pk, ())),
            moved_on=tuple(link.what_moved_on for link in moved.get(row.pk, ()) if not link.is_confidential),
            confidential=tuple(link.revision.evidence.code for link in moved.get(row.pk, ()) if link.is_confidential),
        )
        newest[row.item_id] = fact
        if fact.state is State.APPROVED:
            approved[row.item_id] = fact
    return newest, approved


def _files(keys: list[int]) -> tuple[dict[int, int], dict[int, list[str]]]:
    """How many files each version has, and the names of those whose bytes were erased."""
    counts: dict[int, int] = {}
    lost: dict[int, list[str]] = {}
    files: QuerySet[SubmissionFile] = SubmissionFile.objects.filter(submission__in=keys)
    for key, name, path, erased_at in files.values_list(
        "submission_id", "stored__original_name", "stored__path", "stored__erased_at"
    ):
        counts[key] = counts.get(key, 0) + 1
        if not StoredFile(path=path, erased_at=erased_at).has_bytes:
            lost.setdefault(key, []).append(name)
    return counts, lost


def _health_approvals(rows: list[ItemSubmission]) -> frozenset[int]:
    """The versions decided by somebody who was health lead on that day."""
    held = RoleAssignment.objects.filter(role=Role.HEALTH_LEAD).values_list("user_id", "from_on", "to_on")
    terms = list(held)
    return frozenset(
        row.pk
        for row in rows
        for user_id, from_on, to_on in terms
        if row.decided_by_id == user_id
        and row.decided_at
        and from_on <= row.decided_at.date()
        and (to_on is None or row.decided_at.date() <= to_on)
    )


def _lists(clock: ClockNow) -> ListsFacts:
    totals = list_totals(today=clock.today)
    lists_url = reverse("children:upload-list")
    findings_url = (
        reverse("children:upload-show", args=[totals.upload_id]) if totals.upload_id is not None else lists_url
    )
    return ListsFacts(
        today=clock.today,
        lists_url=lists_url,
        findings_url=findings_url,
        as_at_on=totals.as_at_on,
        uploaded_on=timezone.localdate(totals.uploaded_at) if totals.uploaded_at else None,
        row_count=sum(totals.rows.values()),
        empty_lists=totals.empty_lists,
        error_count=totals.errors,
        query_count=totals.queries,
        rules_not_run=totals.rules_not_run,
        is_live=clock.visit is not None,
    )


def _packs(clock: ClockNow) -> PackFacts:
    pack = newest_pack(clock.visit)
    packs_url = reverse("inspection:pack-list")
    newest = None
    if pack is not None:
        newest = PackFact(
            name=str(pack),
            url=reverse("inspection:pack-show", args=[pack.pk]),
            made_at=pack.made_at,
            is_out_of_date=is_out_of_date(pack.export),
            is_signed_off=pack.signed_off_at is not None,
            issue_count=pack.issue_count,
        )
    return PackFacts(
        at=clock.at,
        packs_url=packs_url,
        newest=newest,
        due=_due(clock, pack),
        is_live=clock.visit is not None,
    )


def _due(clock: ClockNow, pack: Pack | None) -> tuple[DueFact, ...]:
    """What the visit that runs hands over in week 1; nothing is due while no visit runs."""
    if clock.visit is None:
        return ()
    standing = Delivery.objects.standing().filter(inspection=clock.visit).exclude(batch="")
    delivered = set(standing.values_list("batch", flat=True))
    return tuple(
        DueFact(
            batch=fact.batch,
            title=fact.title,
            due_at=fact.due_at,
            is_delivered=fact.batch in delivered or fact.met_at is not None,
            url=_where_to_deliver(fact, clock.visit, pack),
            owner_role=fact.owner_role,
        )
        for fact in clock.deadlines
        if fact.batch and fact.due_at is not None
    )


def _where_to_deliver(fact: DeadlineFact, visit: Inspection, pack: Pack | None) -> str:
    """The page of the pack or of what is handed over; what has none yet is marked as met on its deadline's page."""
    if fact.batch == Batch.LISTS:
        return f"{reverse('inspection:pack-list')}#lists"
    if fact.batch == Batch.ANNEX_A:
        return reverse("inspection:pack-show", args=[pack.pk]) if pack else reverse("inspection:pack-list")
    return reverse("inspection:deadline-show", args=[visit.pk, fact.id])
