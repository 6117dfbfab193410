"""How an action goes: updates, states set by hand, evidence."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from documents.files import DiskFull
from documents.intake import Refused
from strategy.action_forms import OverrideForm, ProofForm, ReportForm
from strategy.action_gather import action_detail
from strategy.action_permissions import REPORTERS, check_can_edit_action, check_can_report
from strategy.actions import reporting
from strategy.domain.status import NEEDS_IMPACT, ActionState
from strategy.models import Action, ActionEvidence, ActionUpdate, StatusOverride
from strategy.views.action_pages import fetch_action, show_page


@require_http_methods(["GET", "POST"])
@permission_required(*REPORTERS)
def action_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One form: how it stands, what happened, and the evidence that shows it."""
    user, action = user_of(request), fetch_action(request, pk)
    check_can_report(user, action)
    if request.method == "GET":
        asked = request.GET.get("progress", "")
        form = ReportForm(initial={"reported_on": timezone.localdate(), "progress": asked}, user=user)
        return _report_page(request, action, form)
    form = ReportForm(request.POST, request.FILES, user=user)
    if not form.is_valid():
        return _report_page(request, action, form, status=400)
    try:
        reporting.report(by=user, at=timezone.now(), action=action, told=form.told(), proof=form.proof(user))
    except NotAllowed as refusal:
        form.add_error("progress" if refusal.reason == NEEDS_IMPACT else None, refusal.reason)
        return _report_page(request, action, form, status=409)
    except (Refused, DiskFull) as refused:
        form.add_error("uploads", refused.sentence)
        return _report_page(request, action, form, status=400)
    messages.success(request, "The update is added.")
    return redirect("strategy:action-show", pk=pk)


def _report_page(request: HttpRequest, action: Action, form: ReportForm, status: int = 200) -> TemplateResponse:
    detail = action_detail(action, timezone.localdate())
    context = {"action": action, "detail": detail, "form": form, "needs_impact": NEEDS_IMPACT}
    return TemplateResponse(request, "strategy/action_report.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def action_override(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, action = user_of(request), fetch_action(request, pk)
    check_can_edit_action(user, action)
    form = OverrideForm(request.POST or None, initial={"from_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            reporting.override(
                by=user,
                at=timezone.now(),
                action=action,
                state=ActionState(data["state"]),
                reason=data["reason"],
                from_on=data["from_on"],
                until_on=data["until_on"] or None,
            )
        except NotAllowed as refusal:
            form.add_error("state", refusal.reason)
        else:
            messages.success(request, "The state is set by hand. Withdraw it when it is no longer right.")
            return redirect("strategy:action-show", pk=pk)
    detail = action_detail(action, timezone.localdate())
    context = {"action": action, "detail": detail, "form": form}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "strategy/action_override.html", context, status=status)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def override_withdraw(request: HttpRequest, pk: int, made: int) -> HttpResponseBase:
    action = fetch_action(request, pk)
    row = get_object_or_404(StatusOverride.objects.select_related("action"), action=action, pk=made)
    reporting.withdraw_override(by=user_of(request), at=timezone.now(), made=row)
    messages.success(request, "From today on the computed state counts again.")
    return redirect("strategy:action-show", pk=pk)


UPDATE_MOVES = {
    "withdraw": (reporting.withdraw_update, "The update is withdrawn. It stays readable and counts no more."),
    "restore": (reporting.restore_update, "The update counts again."),
}


@require_POST
@permission_required(*REPORTERS)
def update_move(request: HttpRequest, pk: int, update: int, move: str) -> HttpResponseBase:
    action = fetch_action(request, pk)
    row = get_object_or_404(ActionUpdate.objects.select_related("action"), action=action, pk=update)
    do, done = UPDATE_MOVES[move]
    do(by=user_of(request), at=timezone.now(), update=row)
    messages.success(request, done)
    return redirect("strategy:action-show", pk=pk)


@require_POST
@permission_required(*REPORTERS)
def proof_link(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, action = user_of(request), fetch_action(request, pk)
    form = ProofForm(request.POST, user=user)
    if not form.is_valid():
        return show_page(request, action, status=400, proof_form=form, form=form)
    data = form.cleaned_data
    reporting.link_evidence(
        by=user,
        at=timezone.now(),
        action=action,
        evidence=data["evidence"],
        relevance=data["relevance"].strip(),
        is_impact=data["is_impact"],
    )
    messages.success(request, f"{data['evidence'].code} now stands with this action.")
    return redirect("strategy:action-show", pk=pk)


@require_POST
@permission_required(*REPORTERS)
def proof_unlink(request: HttpRequest, pk: int, link: int) -> HttpResponseBase:
    rows = ActionEvidence.objects.select_related("action", "evidence")
    row = get_object_or_404(rows, action=fetch_action(request, pk), pk=link)
    reporting.unlink_evidence(by=user_of(request), at=timezone.now(), link=row)
    messages.success(request, f"{row.evidence.code} is taken out here. It stays in the evidence log.")
    return redirect("strategy:action-show", pk=pk)
