"""Actions with everything that decides how they stand: a fixed number of queries for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import AuditEvent
from evidence.domain.revisions import State
from evidence.models import EvidenceRevision
from strategy.domain.status import ActionState, Course, MilestoneDay, Override, Report, Status, month_ends, status_on
from strategy.models import (
    Action,
    ActionEvidence,
    ActionUpdate,
    AreaAction,
    Milestone,
    PlanAction,
    StatusOverride,
    UpdateEvidence,
)

MONTHS_BACK = 6
HISTORY_LENGTH = 30


def with_course(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The same actions with what `course_of` reads: seven queries in all, however many they are."""
    decided = EvidenceRevision.objects.filter(state__in=[State.APPROVED.value, State.SUPERSEDED.value])
    proofs = ActionEvidence.objects.select_related("evidence", "evidence__organisation").prefetch_related(
        Prefetch("evidence__revisions", queryset=decided.order_by("number"), to_attr="decided")
    )
    return actions.select_related("aim__priority", "lead", "organisation").prefetch_related(
        Prefetch("milestones", queryset=Milestone.objects.order_by("due_on", "pk")),
        Prefetch(
            "updates",
            queryset=ActionUpdate.objects.filter(withdrawn_at__isnull=True)
            .select_related("by")
            .order_by("-reported_on", "-pk"),
            to_attr="reports",
        ),
        Prefetch("overrides", queryset=StatusOverride.objects.select_related("by", "withdrawn_by")),
        Prefetch("evidence_links", queryset=proofs),
        Prefetch("memberships", queryset=PlanAction.objects.select_related("plan").filter(plan__archived_at=None)),
    )


def course_of(action: Action) -> Course:
    """What decides how an action stands; of an action from `with_course`, without a query."""
    reports: Sequence[ActionUpdate] = action.reports  # type: ignore[attr-defined]  # prefetched by `with_course`
    return Course(
        starts_on=action.starts_on,
        due_on=action.due_on,
        milestones=tuple(MilestoneDay(each.title, each.due_on, each.reached_on) for each in action.milestones.all()),
        reports=tuple(Report(each.reported_on, ActionState(each.progress)) for each in reports),
        overrides=tuple(
            Override(
                ActionState(each.state),
                each.reason,
                each.from_on,
                each.until_on,
                timezone.localdate(each.withdrawn_at) if each.withdrawn_at else None,
            )
            for each in action.overrides.all()
        ),
        impact_since_on=min(
            (day for link in action.evidence_links.all() if (day := _impact_since(link)) is not None), default=None
        ),
    )


def _impact_since(link: ActionEvidence) -> date | None:
    """Since when an item shows impact: its first approval, or the day it was tied to the action if that came later.

    An item that is archived, or of which no revision stands approved any more, shows nothing.
    """
    if not link.is_impact or link.evidence.archived_at:
        return None
    decided: Sequence[EvidenceRevision] = link.evidence.decided  # type: ignore[attr-defined]  # prefetched
    return _shown_since(link.at, [(one.state, one.decided_at, one.return_reason) for one in decided])


Decided = tuple[str, datetime | None, str]


def _shown_since(tied_at: datetime, decided: Iterable[Decided]) -> date | None:
    """`decided`: state, day and reason of each revision of the item that was approved once."""
    rows = list(decided)
    if not any(state == State.APPROVED for state, _, _ in rows):
        return None
    approvals = [decided_at for _, decided_at, reason in rows if decided_at and not reason]
    return max(timezone.localdate(min(approvals)), timezone.localdate(tied_at)) if approvals else None


def courses_of(keys: Collection[int], days: Mapping[int, tuple[date | None, date | None]]) -> dict[int, Course]:
    """What decides how actions stand, by key, without a row of a model: five queries. `days`: start and due."""
    milestones: dict[int, list[MilestoneDay]] = defaultdict(list)
    steps = Milestone.objects.filter(action__in=keys).order_by("due_on", "pk")
    for key, title, due_on, reached_on in steps.values_list("action", "title", "due_on", "reached_on"):
        milestones[key].append(MilestoneDay(title, due_on, reached_on))
    reports: dict[int, list[Report]] = defaultdict(list)
    updates = ActionUpdate.objects.filter(action__in=keys, withdrawn_at__isnull=True).order_by("-reported_on", "-pk")
    for key, reported_on, progress in updates.values_list("action", "reported_on", "progress"):
        reports[key].append(Report(reported_on, ActionState(progress)))
    overrides: dict[int, list[Override]] = defaultdict(list)
    columns = ("action", "state", "reason", "from_on", "until_on", "withdrawn_at")
    for key, state, reason, from_on, until_on, withdrawn_at in (
        StatusOverride.objects.filter(action__in=keys).order_by("-at", "-pk").values_list(*columns)
    ):
        withdrawn_on = timezone.localdate(withdrawn_at) if withdrawn_at else None
        overrides[key].append(Override(ActionState(state), reason, from_on, until_on, withdrawn_on))
    impact = _impact_days(keys)
    return {
        key: Course(
            starts_on=days[key][0],
            due_on=days[key][1],
            milestones=tuple(milestones[key]),
            reports=tuple(reports[key]),
            overrides=tuple(overrides[key]),
            impact_since_on=impact.get(key),
        )
        for key in keys
    }


def _impact_days(keys: Collection[int]) -> dict[int, date]:
    """Since when approved evidence of impact stands, by action."""
    links = ActionEvidence.objects.filter(action__in=keys, is_impact=True, evidence__archived_at__isnull=True)
    tied = list(links.order_by().values_list("action", "evidence", "at"))
    decided: dict[int, list[Decided]] = defaultdict(list)
    rows = EvidenceRevision.objects.filter(evidence__in={evidence for _, evidence, _ in tied})
    rows = rows.filter(state__in=[State.APPROVED.value, State.SUPERSEDED.value]).order_by()
    for evidence, state, decided_at, reason in rows.values_list("evidence", "state", "decided_at", "return_reason"):
        decided[evidence].append((state, decided_at, reason))
    found: dict[int, date] = {}
    for key, evidence, tied_at in tied:
        since = _shown_since(tied_at, decided[evidence])
        if since is not None:
            found[key] = min(since, found.get(key, since))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action as it stands on a day. `theme`: of the plan that was asked about."""

    action: Action
    status: Status
    theme: str = ""
    last_update: ActionUpdate | None = None


def action_lines(
    actions: QuerySet[Action], day: date, *, themes: Mapping[int, str] | None = None
) -> tuple[ActionLine, ...]:
    """Each action with how it stands on a day."""
    return tuple(line_of(action, day, (themes or {}).get(action.pk, "")) for action in with_course(actions))


def standing_lines(actions: QuerySet[Action], day: date) -> tuple[ActionLine, ...]:
    """As `action_lines`, where nobody asks for the last update, the milestones or the evidence themselves: for pages
    that show many actions at once. Six queries."""
    rows = list(actions.select_related("aim__priority", "lead", "organisation"))
    courses = courses_of([row.pk for row in rows], {row.pk: (row.starts_on, row.due_on) for row in rows})
    return tuple(ActionLine(action=row, status=status_on(day, courses[row.pk])) for row in rows)


def line_of(action: Action, day: date, theme: str = "") -> ActionLine:
    """Of an action from `with_course`."""
    reports: Sequence[ActionUpdate] = action.reports  # type: ignore[attr-defined]  # prefetched by `with_course`
    last = next((each for each in reports if each.reported_on <= day), None)
    return ActionLine(action=action, status=status_on(day, course_of(action)), theme=theme, last_update=last)


def states_on(day: date, actions: Iterable[Action]) -> dict[int, Status]:
    """How each of these actions stands on a day, by its key; for other apps and reports."""
    keys = [action.pk for action in actions]
    return {line.action.pk: line.status for line in action_lines(Action.objects.filter(pk__in=keys), day)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDetail:
    """The page of one action. `updates` holds the withdrawn ones too; `past`: how it stood at the ends of months."""

    action: Action
    status: Status
    has_impact: bool
    updates: tuple[ActionUpdate, ...]
    past: tuple[tuple[date, Status], ...]
    areas: tuple[AreaAction, ...]
    history: tuple[AuditEvent, ...]


def action_detail(action: Action, day: date) -> ActionDetail:
    """Everything about one action, in a fixed number of queries."""
    row = with_course(Action.objects.filter(pk=action.pk)).prefetch_related(
        "point_links__point__criterion", "co_producers__organisation"
    )[0]
    course = course_of(row)
    proofs = UpdateEvidence.objects.select_related("evidence")
    updates = row.updates.select_related("by", "withdrawn_by").prefetch_related(
        Prefetch("evidence_links", queryset=proofs)
    )
    areas = row.area_links.filter(area__archived_at=None).select_related("area")
    events = AuditEvent.objects.filter(thing_type=Action._meta.label_lower, thing_id=str(row.pk))
    return ActionDetail(
        action=row,
        status=status_on(day, course),
        has_impact=course.has_impact(day),
        updates=tuple(updates.order_by("-reported_on", "-pk")),
        past=tuple((end, status_on(end, course)) for end in month_ends(day, MONTHS_BACK)),
        areas=tuple(areas),
        history=tuple(events[:HISTORY_LENGTH]),
    )
