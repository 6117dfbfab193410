"""Items of earlier rulebooks that still hold what this area collected."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from framework.models import Framework, RequestItem
from inspection.domain.carry_over import Fate, fate_of
from inspection.models import ItemSubmission


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftItem:
    """An item of an earlier rulebook; `successor` has the same code in the current one."""

    item: RequestItem
    version_count: int
    successor: RequestItem | None
    fate: Fate


def items_left_behind() -> QuerySet[RequestItem]:
    """Those with versions; the newest rulebook first."""
    versions = ItemSubmission.objects.filter(item=OuterRef("pk")).order_by()
    counted = versions.values("item").annotate(number=Count("pk")).values("number")
    return (
        RequestItem.objects.exclude(framework__is_current=True)
        .filter(Exists(versions))
        .annotate(version_count=counted)
        .select_related("framework")
        .order_by("-framework__in_force_from", "-framework_id", "order", "code")
    )


def items_to_carry_over() -> QuerySet[RequestItem]:
    """Those that carrying over would take along: the current item of the same code has no versions yet.

    What was put away with the earlier rulebook and isn't asked for any more stays there.
    """
    current = ItemSubmission.objects.filter(item__framework__is_current=True, item__code=OuterRef("code"))
    successor = RequestItem.objects.filter(framework__is_current=True, is_archived=False, code=OuterRef("code"))
    return items_left_behind().exclude(Exists(current)).exclude(~Exists(successor), is_archived=True)


def gather_left_items() -> tuple[LeftItem, ...]:
    """Three queries. Of two earlier items with one code the later moves; none where no rulebook is current."""
    current = {item.code: item for item in RequestItem.objects.filter(framework__is_current=True, is_archived=False)}
    if not Framework.objects.filter(is_current=True).exists():
        return ()
    taken = set(ItemSubmission.objects.filter(item__framework__is_current=True).values_list("item__code", flat=True))
    lines = []
    for item in items_left_behind():
        successor = current.get(item.code)
        fate = fate_of(has_successor=successor is not None, successor_has_versions=item.code in taken)
        if fate is Fate.KEPT and (item.code in taken or item.is_archived):
            fate = Fate.STAYS
        if fate is not Fate.STAYS:
            taken.add(item.code)
        lines.append(
            LeftItem(item=item, version_count=getattr(item, "version_count", 0), successor=successor, fate=fate)
        )
    return tuple(lines)
