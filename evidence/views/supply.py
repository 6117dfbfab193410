"""Asking somebody without an account for an item, and what they send."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.invitation_links import hash_of
from accounts.requests import permission_required, user_of
from documents.files import DiskFull
from documents.intake import Refused
from documents.responses import download
from evidence.actions import supply as actions
from evidence.actions.supply import Made
from evidence.domain.revisions import WrongState
from evidence.intake_forms import AskForm, DeclineForm, ItemAskForm, SendForm
from evidence.models import Evidence, SuppliedFile, Supply, SupplyLink, SupplyState
from evidence.permissions import check_can_add, check_can_change
from evidence.supply_links import Closed, check_open
from evidence.views.items import fetch_evidence


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADD_EVIDENCE)
def supply_ask(request: HttpRequest) -> HttpResponseBase:
    """For an item that is not in the log yet: it is added, and the link shown."""
    user = user_of(request)
    check_can_add(user)
    form = ItemAskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.ask_for_evidence(by=user, at=timezone.now(), facts=form.facts(user), asked=form.asked())
        return _list_page(request, made.link.evidence, made=made)
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "evidence/supply_ask.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADD_EVIDENCE)
def supply_list(request: HttpRequest, number: int) -> HttpResponseBase:
    """The links of an item and what came through them. A new address is shown in the answer itself, once."""
    user, evidence = user_of(request), fetch_evidence(request, number)
    check_can_change(user, evidence)
    if request.method == "GET":
        return _list_page(request, evidence)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _list_page(request, evidence, form=form, status=400)
    made = actions.make_link(by=user, at=timezone.now(), evidence=evidence, asked=form.asked())
    return _list_page(request, evidence, made=made)


def _list_page(
    request: HttpRequest,
    evidence: Evidence,
    *,
    form: AskForm | None = None,
    made: Made | None = None,
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    links = SupplyLink.objects.filter(evidence=evidence).select_related("created_by", "revoked_by")
    supplies = Supply.objects.filter(link__evidence=evidence).select_related("link", "decided_by", "revision")
    shown = {
        "evidence": evidence,
        "links": list(links),
        "supplies": list(supplies.prefetch_related("files__stored")),
        "form": form or AskForm(),
        "made": made,
        "now": timezone.now(),
        "can_ask": evidence.archived_at is None,
        "decline_form": DeclineForm(),
    }
    response = TemplateResponse(request, "evidence/supply_list.html", shown | context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def link_revoke(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    link = get_object_or_404(SupplyLink, evidence=fetch_evidence(request, number), pk=pk)
    actions.revoke_link(by=user_of(request), at=timezone.now(), link=link)
    messages.success(request, f"The link for {link.name} no longer works.")
    return redirect("evidence:supply-list", number=number)


def _supply(request: HttpRequest, number: int, pk: int) -> Supply:
    evidence = fetch_evidence(request, number)
    check_can_change(user_of(request), evidence)
    return get_object_or_404(Supply.objects.select_related("link__evidence"), link__evidence=evidence, pk=pk)


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def supply_accept(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    supply = _supply(request, number, pk)
    try:
        draft = actions.accept_supply(by=user_of(request), at=timezone.now(), supply=supply)
    except (WrongState, Refused) as refusal:
        return _list_page(request, supply.link.evidence, status=409, problems=(refusal.sentence,))
    messages.success(request, "It is in the draft now. Look through it, then hand it over for approval.")
    return redirect("evidence:revision-edit", number=number, revision=draft.number)


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def supply_decline(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    supply = _supply(request, number, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _list_page(request, supply.link.evidence, status=400, decline_form=form, declined=pk, wrong=form)
    reason = form.cleaned_data["reason"]
    try:
        actions.decline_supply(by=user_of(request), at=timezone.now(), supply=supply, reason=reason)
    except WrongState as refusal:
        return _list_page(request, supply.link.evidence, status=409, problems=(refusal.sentence,))
    messages.success(request, "It is not accepted. Whoever sent it reads the reason behind the link.")
    return redirect("evidence:supply-list", number=number)


@require_GET
@permission_required(Permission.ADD_EVIDENCE)
def supplied_download(request: HttpRequest, number: int, pk: int, file: int) -> HttpResponseBase:
    """What was sent, before anybody accepts it."""
    row = get_object_or_404(SuppliedFile.objects.select_related("stored"), supply=_supply(request, number, pk), pk=file)
    return download(request, row.stored, file_name=row.stored.original_name)


@login_not_required
@require_http_methods(["GET", "POST"])
def supply_send(request: HttpRequest, token: str) -> HttpResponseBase:
    """Behind the secret address: no sign-in, one item, nothing else to see. An unknown address is no page."""
    rows = SupplyLink.objects.select_related("evidence", "created_by")
    link = rows.filter(token_sha256=hash_of(token)).first()
    if link is None:
        raise Http404
    now = timezone.now()
    try:
        check_open(link, now)
    except Closed as closed:
        return _public(request, link, "evidence/supply_closed.html", {"sentence": closed.sentence}, status=410)
    form = SendForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return _public(request, link, "evidence/supply_send.html", {"form": form}, status=status)
    try:
        uploads = form.cleaned_data["uploads"]
        actions.send_supply(by=None, at=now, link=link, sent=form.sent(), uploads=uploads)
    except (Refused, Closed, DiskFull) as refusal:
        status = refusal.status if isinstance(refusal, Refused) else 429 if isinstance(refusal, Closed) else 507
        context = {"form": form, "problems": (refusal.sentence,)}
        return _public(request, link, "evidence/supply_send.html", context, status=status)
    messages.success(request, "Thank you. It is sent; somebody looks at it before it counts.")
    return redirect("evidence:supply-send", token=token)


def _public(
    request: HttpRequest, link: SupplyLink, template: str, context: dict[str, Any], *, status: int
) -> TemplateResponse:
    sent = list(link.supplies.all())
    shown = {"link": link, "sent": sent, "waiting": SupplyState.WAITING} | context
    response = TemplateResponse(request, template, shown, status=status)
    response["Cache-Control"] = "no-store"
    # Not "no-referrer": the form of the page could then not be told from one of another site.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
