"""What a pack is made from, and the packs that were made."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from accounts.models import LocalArea
from documents.domain.job_states import JobState
from documents.models import Export, StoredFile
from framework.models import RequestItem, RequestKind
from inspection.domain.clock import say
from inspection.domain.packs.contents import LAYOUT, PackFile, PackInputs, PackItem, PackVersion
from inspection.domain.packs.names import DEFAULT_PATTERN
from inspection.domain.packs.parts import Part, chosen
from inspection.domain.submissions import Answer, State
from inspection.models import Inspection, ItemOwner, ItemSubmission, Pack, PackNaming, VisitItem

KIND = "annex-a-pack"
STANDING = "Standing collection, no inspection announced"
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredPack:
    """The values of a pack, and the stored files that hold its bytes, by key."""

    inputs: PackInputs
    stored: Mapping[int, StoredFile]
    submissions: Mapping[str, int]
    items: Mapping[str, int]

    @property
    def as_at(self) -> datetime:
        return self.inputs.as_at

    @property
    def fingerprint(self) -> str:
        return self.inputs.fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """One request item that the pack is to hold, as the standing list or as a visit's letter has it."""

    item: RequestItem | None
    code: str
    title: str
    group: str
    deadline: str


def gather_pack(params: Mapping[str, Any]) -> GatheredPack:
    """Everything in a fixed number of queries. `params`: inspection (key or None), parts (codes)."""
    parts = chosen(tuple(params["parts"]))
    area = LocalArea.objects.first()
    naming = PackNaming.objects.first()
    key = params.get("inspection")
    visit = Inspection.objects.filter(pk=key).first() if key else None
    wanted = _of_visit(visit, parts) if visit else _standing(parts)
    keys = [one.item.pk for one in wanted if one.item]
    owners = {row.item_id: row for row in ItemOwner.objects.filter(item__in=keys).select_related("owner")}
    approved = {row.item_id: row for row in _approved(keys)}
    stored = {file.stored_id: file.stored for row in approved.values() for file in row.files.all()}
    items = tuple(
        PackItem(
            item_id=one.item.pk if one.item else None,
            code=one.code,
            title=one.title,
            group=one.group,
            deadline=one.deadline,
            owner=owners[one.item.pk].owner.name if one.item and one.item.pk in owners else "",
            version=_version(approved[one.item.pk]) if one.item and one.item.pk in approved else None,
        )
        for one in wanted
    )
    moments = [row.decided_at for row in approved.values() if row.decided_at]
    moments += [row.assigned_at for row in owners.values()]
    moments += [naming.changed_at] if naming else []
    inputs = PackInputs(
        area=area.name if area else "",
        area_code=area.short_code if area else "AREA",
        partnership=area.partnership_name if area else "",
        marking=area.marking if area else "",
        occasion=f"{visit.title}, called on {say(visit.notified_on)}" if visit else STANDING,
        parts=tuple(part.code for part in parts),
        part_titles=tuple(part.title for part in parts),
        pattern=naming.pattern if naming else DEFAULT_PATTERN,
        as_at=timezone.localtime(max(moments, default=_first_day(visit))),
        fingerprint="",
        items=items,
    )
    erased = sorted(key for key, file in stored.items() if file.erased_at)
    return GatheredPack(
        inputs=replace(inputs, fingerprint=_fingerprint(inputs, erased)),
        stored=stored,
        submissions={row.item.code: row.pk for row in approved.values()},
        items={one.code: one.item.pk for one in wanted if one.item},
    )


def fingerprint_now(params: Mapping[str, Any]) -> str:
    return gather_pack(params).fingerprint


def _first_day(visit: Inspection | None) -> datetime:
    """The moment that an empty pack carries: it must not be the clock's."""
    return visit.called_at if visit else NO_DAY


def _standing(parts: tuple[Part, ...]) -> list[_Wanted]:
    items = (
        RequestItem.objects.filter(
            framework__is_current=True,
            is_archived=False,
            kind=RequestKind.DOCUMENT,
            is_person_level=False,
            deadline__batch__in=[part.batch for part in parts],
        )
        .select_related("deadline")
        .order_by("deadline__order", "order", "code")
    )
    return [
        _Wanted(item=item, code=item.code, title=item.title, group=item.group, deadline=item.deadline.title)
        for item in items
    ]


def _of_visit(visit: Inspection, parts: tuple[Part, ...]) -> list[_Wanted]:
    batches = {part.batch for part in parts}
    found = VisitItem.objects.filter(inspection=visit, kind=RequestKind.DOCUMENT, is_person_level=False)
    found = found.exclude(request_item__is_person_level=True)
    rows = list(found.select_related("deadline", "request_item").order_by("order", "pk"))
    now = _items_now([row.request_item for row in rows if row.request_item])
    wanted = []
    for row in rows:
        batch = row.deadline.batch if row.deadline else "annex-a"
        if row.is_dropped or batch not in batches:
            continue
        wanted.append(
            _Wanted(
                item=now[row.request_item.pk] if row.request_item else None,
                code=row.request_item.code if row.request_item else row.code,
                title=row.title,
                group=row.group or "Added by the letter",
                deadline=row.deadline.title if row.deadline else "",
            )
        )
    return wanted


def _items_now(items: list[RequestItem]) -> dict[int, RequestItem]:
    """By the key of an item that a visit has: the item that holds its documents, also where another rulebook became
    current meanwhile. Two queries.
    """
    same = RequestItem.objects.filter(
        framework__is_current=True,
        is_archived=False,
        kind=RequestKind.DOCUMENT,
        is_person_level=False,
        code__in=[item.code for item in items],
    )
    current = {item.code: item for item in same}
    keys = [item.pk for item in (*items, *current.values())]
    holding = set(ItemSubmission.objects.standing().filter(item__in=keys).values_list("item_id", flat=True))
    return {
        item.pk: other
        if (other := current.get(item.code)) and (other.pk in holding or item.pk not in holding)
        else item
        for item in items
    }


def _approved(keys: list[int]) -> list[ItemSubmission]:
    found = (
        ItemSubmission.objects.standing()
        .filter(item__in=keys, state=State.APPROVED)
        .select_related("item", "decided_by")
        .prefetch_related("files__stored")
    )
    return list(found)


def _version(row: ItemSubmission) -> PackVersion:
    return PackVersion(
        submission_id=row.pk,
        number=row.version,
        answer=Answer(row.answer),
        none_reason=row.none_reason,
        link=row.link,
        note=row.note,
        as_at_on=row.as_at_on,
        approved_by=row.decided_by.name if row.decided_by else "",
        approved_on=timezone.localdate(row.decided_at) if row.decided_at else None,
        # A version starts with the files of the one before it: "none" hands over none of them.
        files=()
        if Answer(row.answer) is Answer.NONE
        else tuple(
            PackFile(
                stored_id=file.stored_id,
                sha256=file.stored.sha256,
                size=file.stored.size,
                original_name=file.stored.original_name,
                title=file.title,
                content_type=file.stored.content_type,
            )
            for file in row.files.all()
        ),
    )


def _fingerprint(inputs: PackInputs, erased: list[int]) -> str:
    values = asdict(inputs) | {"erased": erased, "layout": LAYOUT}
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def packs() -> list[Pack]:
    """The packs that are there, newest first."""
    found = Pack.objects.select_related("export", "export__ordered_by", "signed_off_by", "released_by")
    return list(found.order_by("-export__finished_at", "-pk")[:50])


def newest_pack(visit: Inspection | None, made: Iterable[Pack] | None = None) -> Pack | None:
    """The newest pack with the Annex A documents that can still be taken: of this visit, without one the standing one.

    `made`: the packs, newest first, where they were read already.
    """
    key = visit.pk if visit else None
    for pack in packs() if made is None else made:
        if pack.export.has_bytes and "annex-a" in pack.parts and pack.export.params.get("inspection") == key:
            return pack
    return None


def running_exports() -> list[Export]:
    unfinished = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED)
    return list(Export.objects.filter(kind=KIND, state__in=unfinished).select_related("ordered_by")[:20])
