"""The small forms on the page of an action: milestones, points, co-producers, plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Permission
from accounts.domain.typed_days import Unreadable, read_day
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from evidence.gather import points_by_criterion
from strategy.action_forms import CoProducerForm, MilestoneForm, PlansForm, PointForm
from strategy.action_permissions import REPORTERS
from strategy.actions import parts
from strategy.actions.rows import Conflict
from strategy.models import Action, ActionPoint, CoProducer, Milestone
from strategy.stamps import plans_stamp
from strategy.views.action_pages import fetch_action, show_page


def _done(request: HttpRequest, action: Action, sentence: str, anchor: str) -> HttpResponseBase:
    messages.success(request, sentence)
    response = redirect("strategy:action-show", pk=action.pk)
    response["Location"] += f"#{anchor}"
    return response


def _again(request: HttpRequest, action: Action, name: str, form: forms.Form) -> HttpResponseBase:
    shown: dict[str, Any] = {name: form, "form": form}
    return show_page(request, action, status=400, **shown)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def milestone_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    action, form = fetch_action(request, pk), MilestoneForm(request.POST)
    if not form.is_valid():
        return _again(request, action, "milestone_form", form)
    data = form.cleaned_data
    parts.add_milestone(
        by=user_of(request), at=timezone.now(), action=action, title=data["title"].strip(), due_on=data["due_on"]
    )
    return _done(request, action, "The milestone is added.", "milestones")


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def milestones_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Those after 3, 6 and 12 months."""
    action = fetch_action(request, pk)
    try:
        made = parts.add_usual_milestones(by=user_of(request), at=timezone.now(), action=action)
    except NotAllowed as refusal:
        return show_page(request, action, problems=(refusal.reason,), status=409)
    words = ", ".join(milestone.title.lower() for milestone in made) or "none: they stand or lie after the due day"
    return _done(request, action, f"Milestones added: {words}.", "milestones")


@require_POST
@permission_required(*REPORTERS)
def milestone_move(request: HttpRequest, pk: int, milestone: int) -> HttpResponseBase:
    """Reached on a day, not reached after all, or taken out."""
    action, user, now = fetch_action(request, pk), user_of(request), timezone.now()
    row = get_object_or_404(Milestone.objects.select_related("action"), action=action, pk=milestone)
    try:
        if request.POST.get("do") == "remove":
            parts.remove_milestone(by=user, at=now, milestone=row)
            return _done(request, action, "The milestone is taken out.", "milestones")
        if request.POST.get("do") == "reopen":
            parts.reach_milestone(by=user, at=now, milestone=row, reached_on=None)
            return _done(request, action, "The milestone counts as not reached.", "milestones")
        typed = request.POST.get("reached_on", "").strip()
        day = read_day(typed) if typed else timezone.localdate(now)
        if day > timezone.localdate(now):
            return show_page(request, action, problems=("Give a day that has been.",), status=400)
        parts.reach_milestone(by=user, at=now, milestone=row, reached_on=day)
    except Unreadable as unreadable:
        return show_page(request, action, problems=(unreadable.sentence,), status=400)
    except NotAllowed as refusal:
        return show_page(request, action, problems=(refusal.reason,), status=409)
    return _done(request, action, f"“{row.title}” is reached.", "milestones")


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def point_link(request: HttpRequest, pk: int) -> HttpResponseBase:
    action, form = fetch_action(request, pk), PointForm(request.POST, points=points_by_criterion())
    if not form.is_valid():
        return _again(request, action, "point_form", form)
    data = form.cleaned_data
    parts.link_point(
        by=user_of(request), at=timezone.now(), action=action, point=data["point"], why=data["why"].strip()
    )
    return _done(request, action, f"It now answers {data['point'].code}.", "points")


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def point_unlink(request: HttpRequest, pk: int, link: int) -> HttpResponseBase:
    action = fetch_action(request, pk)
    row = get_object_or_404(ActionPoint.objects.select_related("action", "point"), action=action, pk=link)
    parts.unlink_point(by=user_of(request), at=timezone.now(), link=row)
    return _done(request, action, f"It no longer answers {row.point.code}.", "points")


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def co_producer_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    action, form = fetch_action(request, pk), CoProducerForm(request.POST)
    if not form.is_valid():
        return _again(request, action, "co_producer_form", form)
    data = form.cleaned_data
    parts.add_co_producer(
        by=user_of(request),
        at=timezone.now(),
        action=action,
        organisation=data["organisation"],
        how=data["how"].strip(),
    )
    return _done(request, action, f"{data['organisation'].name} made it with us.", "co-producers")


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def co_producer_remove(request: HttpRequest, pk: int, link: int) -> HttpResponseBase:
    action = fetch_action(request, pk)
    rows = CoProducer.objects.select_related("action", "organisation")
    row = get_object_or_404(rows, action=action, pk=link)
    parts.remove_co_producer(by=user_of(request), at=timezone.now(), co_producer=row)
    return _done(request, action, f"{row.organisation.name} is taken out.", "co-producers")


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def plans_set(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The plans that the action stands in, as ticked."""
    action, form = fetch_action(request, pk), PlansForm(request.POST)
    if not form.is_valid():
        return _again(request, action, "plans_form", form)
    data = form.cleaned_data
    try:
        parts.set_plans(
            by=user_of(request), at=timezone.now(), action=action, plans=list(data["plans"]), stamp=data["stamp"]
        )
    except Conflict:
        mine = request.POST.copy()
        mine["stamp"] = plans_stamp(action)
        plans = action.memberships.filter(plan__archived_at=None).values_list("plan__title", flat=True)
        sentence = (
            "Somebody else changed the plans of this action while you were choosing. "
            f"It now stands in: {'; '.join(plans) or 'no plan'}. What you ticked is kept below: look, then save again."
        )
        return show_page(request, action, problems=(sentence,), status=409, plans_form=PlansForm(mine))
    return _done(request, action, "The plans of this action are saved.", "plans")
