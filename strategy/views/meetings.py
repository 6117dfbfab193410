"""Meetings of a board: the list, the paper, and what is written into it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from strategy.actions import meetings as actions
from strategy.actions.rows import Conflict
from strategy.domain.keys import is_key
from strategy.domain.meetings import STEP_NAMES, MeetingState, MeetingStep, steps_from
from strategy.domain.papers import build_paper
from strategy.forms import RowForm
from strategy.meeting_forms import CallForm, DecisionForm, ItemForm, MeetingForm
from strategy.meeting_gather import meeting_fact, meetings
from strategy.models import AgendaItem, BoardMeeting, Decision, DecisionState, Strategy
from strategy.permissions import can_edit
from strategy.presenters import differing_fields, strategy_crumb
from strategy.views.overview import page_of


def _crumbs(meeting: BoardMeeting | None = None) -> list[dict[str, str]]:
    crumbs = [strategy_crumb(), {"label": "Meetings", "url": reverse("strategy:meeting-list")}]
    if meeting:
        crumbs.append({"label": str(meeting), "url": reverse("strategy:meeting-show", args=[meeting.pk])})
    return crumbs


def _item(pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__board")
    return get_object_or_404(rows, pk=pk, meeting__archived_at=None)


def _decision(pk: int) -> Decision:
    return get_object_or_404(Decision.objects.select_related("item__meeting__board"), pk=pk)


@require_GET
@permission_required(Permission.READ_STRATEGY)
def meeting_list(request: HttpRequest) -> HttpResponseBase:
    removed = request.GET.get("removed", "")
    context = {
        **page_of(request),
        "meetings": list(meetings()),
        "today": timezone.localdate(),
        "removed": int(removed) if is_key(removed) else None,
    }
    return TemplateResponse(request, "strategy/meeting_list.html", context)


@require_GET
@permission_required(Permission.READ_STRATEGY)
def meeting_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper: what stands open, then each item with how its actions stand."""
    try:
        paper = build_paper(meeting_fact(pk, timezone.localdate()))
    except BoardMeeting.DoesNotExist:
        raise Http404 from None
    meeting = BoardMeeting.objects.get(pk=pk)
    is_editor = can_edit(user_of(request))
    removed = request.GET.get("removed", "")
    taken_out = request.GET.get("taken_out", "")
    steps = steps_from(MeetingState(meeting.state)) if is_editor else ()
    context = {
        "paper": paper,
        "meeting": meeting,
        "can_edit": is_editor,
        "removed": int(removed) if is_key(removed) and is_editor else None,
        "taken_out": int(taken_out) if is_key(taken_out) and is_editor else None,
        "steps": [(step, STEP_NAMES[step]) for step in steps],
        "crumbs": _crumbs(),
    }
    return TemplateResponse(request, "strategy/meeting_show.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def meeting_call(request: HttpRequest) -> HttpResponseBase:
    """A new meeting; its agenda starts with each priority as a standing item."""
    strategy = Strategy.objects.filter(is_current=True).first()
    form = CallForm(request.POST or None, initial={"board": strategy.board_id if strategy else None})
    if request.method == "POST" and form.is_valid():
        meeting = actions.call_meeting(by=user_of(request), at=timezone.now(), **form.words())
        messages.success(request, "The meeting is called; each priority stands on its agenda.")
        return redirect("strategy:meeting-show", pk=meeting.pk)
    return _form(request, form, heading="Call a meeting", back=reverse("strategy:meeting-list"), crumbs=_crumbs())


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    meeting = get_object_or_404(meetings(), pk=pk)
    form = MeetingForm(request.POST or None, initial=MeetingForm.initial_of(meeting))
    here = _place(meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_meeting(
                by=user_of(request), at=timezone.now(), meeting=meeting, version=_version(form), **form.words()
            )
        except Conflict as conflict:
            return _conflict(request, MeetingForm, conflict, heading="Day and place", **here)
        return redirect("strategy:meeting-show", pk=pk)
    return _form(request, form, heading="Day and place", **here)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def meeting_step(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    meeting = get_object_or_404(meetings(), pk=pk)
    if step not in list(MeetingStep):
        raise Http404
    try:
        moved = actions.step_meeting(by=user_of(request), at=timezone.now(), meeting=meeting, step=MeetingStep(step))
        messages.success(request, f"The meeting is now: {moved.get_state_display().lower()}.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("strategy:meeting-show", pk=pk)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def meeting_archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes a meeting off the list, or (with `undo`) puts it back."""
    meeting = get_object_or_404(BoardMeeting.objects.select_related("board"), pk=pk)
    is_undo = "undo" in request.POST
    try:
        actions.archive_meeting(by=user_of(request), at=timezone.now(), meeting=meeting, undo=is_undo)
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
        return redirect("strategy:meeting-show", pk=pk)
    if is_undo:
        return redirect("strategy:meeting-show", pk=pk)
    return redirect(f"{reverse('strategy:meeting-list')}?removed={pk}")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def item_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    meeting = get_object_or_404(meetings(), pk=pk)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = actions.add_item(by=user_of(request), at=timezone.now(), meeting=meeting, fields=form.words())
        return _to_item(item)
    return _form(request, form, heading="Add an agenda item", **_place(meeting))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def item_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    item = _item(pk)
    form = ItemForm(request.POST or None, initial=ItemForm.initial_of(item))
    here = {**_place(item.meeting), "heading": "Change: agenda item"}
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_item(
                by=user_of(request), at=timezone.now(), item=item, version=_version(form), fields=form.words()
            )
        except Conflict as conflict:
            return _conflict(request, ItemForm, conflict, **here)
        messages.success(request, "The item is saved.")
        return _to_item(saved)
    return _form(request, form, **here)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def item_move(request: HttpRequest, pk: int, way: str) -> HttpResponseBase:
    item = _item(pk)
    try:
        actions.move_item(by=user_of(request), at=timezone.now(), item=item, up=way == "up")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return _to_item(item)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def item_archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes an item off the agenda, or (with `undo`) puts it back."""
    is_undo = "undo" in request.POST
    item = actions.archive_item(by=user_of(request), at=timezone.now(), item=_item(pk), undo=is_undo)
    if is_undo:
        return _to_item(item)
    return redirect(f"{reverse('strategy:meeting-show', args=[item.meeting_id])}?removed={item.pk}")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def decision_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    item = _item(pk)
    form = DecisionForm(request.POST or None, initial={"state": DecisionState.OPEN})
    if request.method == "POST" and form.is_valid():
        actions.record_decision(by=user_of(request), at=timezone.now(), item=item, fields=form.words())
        messages.success(request, "The decision is recorded.")
        return _to_item(item)
    return _form(request, form, heading=f"Record a decision: {item.title}", **_place(item.meeting))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def decision_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a decision, close it, or open it again; from whichever meeting's paper one came."""
    decision = _decision(pk)
    asked = request.GET.get("meeting", "")
    meeting = get_object_or_404(meetings(), pk=int(asked)) if is_key(asked) else decision.item.meeting
    form = DecisionForm(request.POST or None, initial=DecisionForm.initial_of(decision))
    here = {**_place(meeting), "heading": "Change: decision"}
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_decision(
                by=user_of(request), at=timezone.now(), decision=decision, version=_version(form), fields=form.words()
            )
        except Conflict as conflict:
            return _conflict(request, DecisionForm, conflict, **here)
        messages.success(request, "The decision is saved.")
        return redirect("strategy:meeting-show", pk=meeting.pk)
    return _form(request, form, **here)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def decision_archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A decision that was recorded by mistake, or (with `undo`) was not."""
    is_undo = "undo" in request.POST
    decision = actions.archive_decision(by=user_of(request), at=timezone.now(), decision=_decision(pk), undo=is_undo)
    if is_undo:
        messages.success(request, "The decision is back.")
        return _to_item(decision.item)
    return redirect(f"{reverse('strategy:meeting-show', args=[decision.item.meeting_id])}?taken_out={decision.pk}")


def _to_item(item: AgendaItem) -> HttpResponseBase:
    return redirect(f"{reverse('strategy:meeting-show', args=[item.meeting_id])}#item-{item.pk}")


def _place(meeting: BoardMeeting) -> dict[str, Any]:
    return {"back": reverse("strategy:meeting-show", args=[meeting.pk]), "crumbs": _crumbs(meeting)}


def _version(form: RowForm) -> int:
    version: int = form.cleaned_data["version"] or 0
    return version


def _form(request: HttpRequest, form: RowForm, **context: Any) -> TemplateResponse:
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "strategy/row_edit.html", {"form": form, **context}, status=status)


def _conflict(request: HttpRequest, form_class: type[RowForm], conflict: Conflict, **context: Any) -> TemplateResponse:
    """Both texts: theirs beside, one's own in the form, which now counts from theirs."""
    mine = request.POST.copy()
    mine["version"] = str(conflict.theirs.version)
    form = form_class(mine, initial=form_class.initial_of(conflict.theirs))
    fields = differing_fields(conflict.theirs, form)
    context |= {"form": form, "theirs": conflict.theirs, "conflict_fields": fields}
    return TemplateResponse(request, "strategy/row_edit.html", context, status=409)
