"""The areas for improvement: the list, and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.history import history_lines
from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from strategy.actions.areas import link_area_evidence, tie_area, unlink_area_evidence
from strategy.actions.rows import Conflict
from strategy.area_forms import AreaProofForm, TieForm
from strategy.area_gather import area_evidence, area_history, area_lines
from strategy.area_presenters import area_card
from strategy.domain.history import FIELDS, VERBS
from strategy.gather import just_archived
from strategy.models import AreaEvidence, AreaForImprovement
from strategy.permissions import can_edit
from strategy.presenters import Differing, strategy_crumb
from strategy.stamps import ties_stamp


@require_GET
@permission_required(Permission.READ_STRATEGY)
def area_list(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    lines = area_lines(AreaForImprovement.objects.filter(archived_at=None), today)
    context = {
        "cards": [area_card(line, today) for line in lines],
        "can_edit": can_edit(user_of(request)),
        "undo": just_archived(request.GET.get("archived", "")) if can_edit(user_of(request)) else None,
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/area_list.html", context)


@require_GET
@permission_required(Permission.READ_STRATEGY)
def area_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _area_page(request, get_object_or_404(AreaForImprovement, pk=pk))


def _area_page(
    request: HttpRequest, area: AreaForImprovement, form: AreaProofForm | None = None, status: int = 200
) -> HttpResponseBase:
    user, today = user_of(request), timezone.localdate()
    is_editor, pk = can_edit(user), area.pk
    line = area_lines(AreaForImprovement.objects.filter(pk=pk), today)[0]
    context = {
        "card": area_card(line, today),
        "area": area,
        "proofs": area_evidence(area, user),
        "proof_form": form or AreaProofForm(user=user) if is_editor and area.archived_at is None else None,
        "form": form,
        "history": history_lines(area_history(area), verbs=VERBS, fields=FIELDS),
        "can_edit": is_editor and area.archived_at is None,
        "undo": area if area.archived_at and is_editor else None,
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/area_show.html", context, status=status)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def area_proof_link(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ties an item of the evidence log to the area."""
    user, area = user_of(request), get_object_or_404(AreaForImprovement, pk=pk)
    form = AreaProofForm(request.POST, user=user)
    if not form.is_valid():
        return _area_page(request, area, form, status=400)
    evidence, relevance = form.cleaned_data["evidence"], form.cleaned_data["relevance"].strip()
    link_area_evidence(by=user, at=timezone.now(), area=area, evidence=evidence, relevance=relevance)
    messages.success(request, f"{evidence.code} now stands with this area.")
    return redirect("strategy:area-show", pk=pk)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def area_proof_unlink(request: HttpRequest, pk: int, link: int) -> HttpResponseBase:
    row = get_object_or_404(AreaEvidence.objects.select_related("area", "evidence"), area=pk, pk=link)
    unlink_area_evidence(by=user_of(request), at=timezone.now(), link=row)
    messages.success(request, f"{row.evidence.code} no longer stands with this area.")
    return redirect("strategy:area-show", pk=pk)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def area_tie(request: HttpRequest, pk: int) -> HttpResponseBase:
    area = get_object_or_404(AreaForImprovement, pk=pk, archived_at=None)
    initial = {
        "actions": list(area.action_links.values_list("action_id", flat=True)),
        "indicators": list(area.indicator_links.values_list("indicator_id", flat=True)),
        "points": list(area.point_links.values_list("point_id", flat=True)),
        "stamp": ties_stamp(area),
    }
    status = 400 if request.method == "POST" else 200
    form = TieForm(request.POST or None, initial=initial)
    both: tuple[Differing, ...] = ()
    # Nothing ticked at all is a choice too: then only the token is posted.
    if request.method == "POST":
        form = TieForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                tie_area(
                    by=user_of(request),
                    at=timezone.now(),
                    area=area,
                    actions=list(data["actions"]),
                    indicators=list(data["indicators"]),
                    points=list(data["points"]),
                    stamp=data["stamp"],
                )
            except Conflict:
                mine = request.POST.copy()
                mine["stamp"] = ties_stamp(area)
                form, both, status = TieForm(mine), _both_ties(area, form), 409
            else:
                messages.success(request, "What answers it is saved.")
                return redirect("strategy:area-show", pk=pk)
    context = {"area": area, "form": form, "conflict_fields": both, "crumbs": [strategy_crumb()]}
    return TemplateResponse(request, "strategy/area_tie.html", context, status=status)


def _both_ties(area: AreaForImprovement, form: TieForm) -> tuple[Differing, ...]:
    """What somebody else tied meanwhile beside what one ticked."""
    data = form.cleaned_data
    theirs: dict[str, list[Any]] = {
        "actions": [link.action for link in area.action_links.select_related("action")],
        "indicators": [link.indicator for link in area.indicator_links.select_related("indicator")],
        "points": [link.point for link in area.point_links.select_related("point")],
    }
    return tuple(
        Differing(
            label=str(form.fields[name].label),
            theirs="\n".join(map(str, rows)),
            yours="\n".join(map(str, data[name])),
        )
        for name, rows in theirs.items()
        if {row.pk for row in rows} != {row.pk for row in data[name]}
    )
