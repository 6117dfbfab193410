"""Carrying evidence and answers from one rulebook to another, one by one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from evidence.permissions import evidence_of
from framework.models import Framework
from selfeval.actions import carry_over as actions
from selfeval.forms.carry_over import CarryForm, ChooseForm
from selfeval.gather.carry_over import (
    SORTS,
    earlier_framework,
    gather_answers,
    gather_links,
    parts_of,
)
from selfeval.models import Carried, CarriedKind
from selfeval.permissions import check_can_carry_over, evaluations_for
from selfeval.presenters.words import home_crumb


@require_GET
@permission_required(Permission.EDIT_SELF_EVALUATION)
def carried_list(request: HttpRequest) -> HttpResponseBase:
    """What stands under the old rulebook beside where it goes in the new one."""
    user = user_of(request)
    check_can_carry_over(user)
    frameworks = list(Framework.objects.order_by("-in_force_from", "pk"))
    context: dict[str, Any] = {"frameworks": frameworks, "crumbs": [home_crumb()]}
    if len(frameworks) > 1:
        context |= _chosen(request, frameworks)
    return TemplateResponse(request, "selfeval/carried_list.html", context)


def _chosen(request: HttpRequest, frameworks: list[Framework]) -> dict[str, Any]:
    user, form = user_of(request), ChooseForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    new = asked.get("new") or next((each for each in frameworks if each.is_current), frameworks[0])
    old = asked.get("old") or earlier_framework(new, frameworks)
    context: dict[str, Any] = {"old": old, "new": new}
    if old is None or old.pk == new.pk:
        return context | {"is_same": True}
    parts = parts_of(old)
    part = next((each for each in parts if each.value == asked.get("part")), parts[0] if parts else None)
    context |= {"parts": parts, "part": part}
    if part is None:
        return context
    links = gather_links(user, part=part, old=old, new=new, page_number=asked.get("page") or 1)
    context |= {"links": links, "page": links.page}
    if part.sort.kind == CarriedKind.POINT:
        context["answers"] = gather_answers(user, code=part.code, old=old, new=new)
    return context


@require_POST
@permission_required(Permission.EDIT_SELF_EVALUATION)
def carried_make(request: HttpRequest) -> HttpResponseBase:
    user, form = user_of(request), CarryForm(request.POST)
    check_can_carry_over(user)
    if not form.is_valid():
        messages.error(request, "The button did not say what to carry over. Press it again on this page.")
        return redirect(_back(request))
    asked = form.cleaned_data
    try:
        carried = _carry(request, asked)
    except actions.NotCarried as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"Carried over: {_lower(carried.label)}. You can undo it.")
    return redirect(_back(request, asked))


def _carry(request: HttpRequest, asked: dict[str, Any]) -> Carried:
    user, at = user_of(request), timezone.now()
    if asked["kind"] == CarriedKind.ANSWER:
        rows = evaluations_for(user).select_related("criterion", "self_evaluation__framework")
        return actions.carry_answer(
            by=user,
            at=at,
            source=get_object_or_404(rows, pk=asked["source"]),
            place=get_object_or_404(rows, pk=asked["place"]),
            field=asked["field"],
            is_beneath=asked["beneath"],
        )
    sort = SORTS[asked["kind"]]
    links = sort.links.objects.filter(evidence__in=evidence_of(user))
    places = sort.rows.objects.select_related("framework")
    link: Any = get_object_or_404(
        links.select_related("evidence", f"{sort.row}__framework", f"{sort.row}__{sort.parent}"), pk=asked["source"]
    )
    place: Any = get_object_or_404(places, pk=asked["place"])
    return actions.carry_link(by=user, at=at, link=link, place=place)


@require_POST
@permission_required(Permission.EDIT_SELF_EVALUATION)
def carried_undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, carried = user_of(request), get_object_or_404(Carried, pk=pk)
    try:
        actions.undo_carried(by=user, at=timezone.now(), carried=carried)
    except actions.NotCarried as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"Undone: {_lower(carried.label)}. What it came from stands as it was.")
    return redirect(_back(request, {"source": carried.source, "place": carried.place, "field": carried.field}))


def _lower(label: str) -> str:
    return f"a{label[1:]}" if label.startswith("An ") else label


def _back(request: HttpRequest, line: dict[str, Any] | None = None) -> str:
    """The page that the button stood on, at its line."""
    form = ChooseForm(request.POST)
    form.is_valid()
    asked = {name: getattr(value, "pk", value) for name, value in form.cleaned_data.items() if value}
    anchor = ""
    if line:
        anchor = "#line-" + "-".join(str(line[name]) for name in ("source", "place", "field") if line[name])
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{reverse('selfeval:carried-list')}{query}{anchor}"
