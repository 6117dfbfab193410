"""Sections, chapters, gaps, events, strengths and areas: one way to add, change, move and archive them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from selfeval.actions import rows as actions
from selfeval.domain.parts import ASKS
from selfeval.kinds import KINDS, RowKind
from selfeval.models import (
    AreaForDevelopment,
    CycleEvent,
    DataGap,
    Evaluation,
    LensChapter,
    Section,
    SelfEvaluation,
    Strength,
)
from selfeval.models.written import WrittenRow
from selfeval.permissions import WRITERS, check_can_change, evaluations_for
from selfeval.presenters.words import cycle_crumbs, judgement_crumbs
from selfeval.views.editing import conflict_page, form_page
from selfeval.views.told import tell_marker_faults
from strategy.actions.rows import Conflict
from strategy.domain.keys import is_key
from strategy.forms import RowForm


def _kind(slug: str) -> RowKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _row(user: User, kind: RowKind, pk: int) -> Any:
    """The row, for somebody who may change it; others are told why not."""
    row = get_object_or_404(kind.model._default_manager.select_related(*kind.within), pk=pk)
    check_can_change(user, row)
    return row


def _form(kind: RowKind, row: Any, data: QueryDict | None, initial: dict[str, Any] | None = None) -> RowForm:
    options = {"cycle": row.self_evaluation} if kind.model is CycleEvent else {}
    return kind.form(data or None, initial=initial or {}, **options)


def _page(kind: RowKind, row: Any, *, is_new: bool) -> dict[str, Any]:
    name = row.title if isinstance(row, Section | CycleEvent) else row.lens.title if kind.slug == "chapter" else ""
    within = isinstance(row, Strength | AreaForDevelopment)
    return {
        "heading": f"Add: {kind.noun}" if is_new else name or f"Change: {kind.noun}",
        "back": _back(kind, row, is_new=is_new),
        "crumbs": judgement_crumbs(row.evaluation) if within else cycle_crumbs(row.self_evaluation),
        "asks": ASKS.get(row.code, "") if isinstance(row, Section) else row.lens.summary if _is_chapter(row) else "",
        "removable": row if isinstance(row, Section) and not is_new and not row.text else None,
        "archivable": row if isinstance(row, Strength | AreaForDevelopment | CycleEvent) and not is_new else None,
        "kind": kind,
    }


def _is_chapter(row: object) -> bool:
    return isinstance(row, LensChapter)


def _back(kind: RowKind, row: Any, *, is_new: bool) -> str:
    if not is_new:
        return kind.page(row)
    if isinstance(row, Strength | AreaForDevelopment):
        return reverse("selfeval:evaluation-show", args=[row.evaluation_id])
    lists = {"gap": "selfeval:gap-list", "event": "selfeval:event-list"}
    return reverse(lists.get(kind.slug, "selfeval:cycle-show"), args=[row.self_evaluation_id])


def _new(request: HttpRequest, kind: RowKind) -> Any:
    """A row that isn't stored yet, beneath the parent that the address names."""
    key = request.GET.get("parent", "")
    if not is_key(key) or kind.parent is None:
        raise Http404
    row: Any = kind.model()
    if kind.parent is Evaluation:
        rows = evaluations_for(user_of(request)).select_related("self_evaluation", "criterion")
        row.evaluation = get_object_or_404(rows, pk=int(key))
    else:
        row.self_evaluation = get_object_or_404(SelfEvaluation.objects.select_related("framework"), pk=int(key))
    if isinstance(row, Section):
        row.phase = request.GET.get("phase", "part")
    check_can_change(user_of(request), row)
    return row


def _own_code(row: Section) -> str:
    """A code for a section of the council's own, which no other section of the cycle has."""
    taken = set(Section.objects.filter(self_evaluation=row.self_evaluation).values_list("code", flat=True))
    number = 1
    while f"own-{number}" in taken:
        number += 1
    return f"own-{number}"


@require_http_methods(["GET", "POST"])
@permission_required(*WRITERS)
def row_add(request: HttpRequest, kind: str) -> HttpResponseBase:
    chosen = _kind(kind)
    row = _new(request, chosen)
    form = _form(chosen, row, request.POST, {"phase": getattr(row, "phase", "")})
    page = _page(chosen, row, is_new=True)
    if request.method == "GET":
        return form_page(request, form, **page)
    if not form.is_valid():
        return form_page(request, form, **page, status=400)
    if isinstance(row, Section):
        row.code = _own_code(row)
    added = actions.add_row(by=user_of(request), at=timezone.now(), row=row, fields=form.words())
    messages.success(request, f"The {chosen.noun} is added.")
    tell_marker_faults(request, form.words())
    return redirect(chosen.page(added))


@require_http_methods(["GET", "POST"])
@permission_required(*WRITERS)
def row_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    chosen = _kind(kind)
    row = _row(user_of(request), chosen, pk)
    page = _page(chosen, row, is_new=False)
    form = _form(chosen, row, request.POST, chosen.form.initial_of(row))
    if request.method == "GET":
        return form_page(request, form, **page)
    if not form.is_valid():
        return form_page(request, form, **page, status=400)
    version = form.cleaned_data["version"] or 0
    try:
        saved = actions.save_row(by=user_of(request), at=timezone.now(), row=row, version=version, fields=form.words())
    except Conflict as conflict:
        options = {"cycle": row.self_evaluation} if isinstance(row, CycleEvent) else {}
        return conflict_page(request, chosen.form, conflict, options=options, **page)
    messages.success(request, f"The {chosen.noun} is saved.")
    tell_marker_faults(request, form.words())
    return redirect(chosen.page(saved))


@require_POST
@permission_required(*WRITERS)
def row_move(request: HttpRequest, kind: str, pk: int, way: str) -> HttpResponseBase:
    chosen = _kind(kind)
    row = _row(user_of(request), chosen, pk)
    if not isinstance(row, Strength | AreaForDevelopment | Section | DataGap):
        raise Http404
    try:
        actions.move_row(by=user_of(request), at=timezone.now(), row=row, up=way == "up")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect(chosen.page(row))


@require_POST
@permission_required(*WRITERS)
def row_archive(request: HttpRequest, kind: str, pk: int, way: str) -> HttpResponseBase:
    """Off the page (`way` is "archive") or back on it."""
    chosen = _kind(kind)
    row: WrittenRow = _row(user_of(request), chosen, pk)
    if not isinstance(row, Strength | AreaForDevelopment | CycleEvent):
        raise Http404
    change = actions.archive_row if way == "archive" else actions.restore_row
    change(by=user_of(request), at=timezone.now(), row=row)
    done = "in the archive. You can bring it back beneath the list" if way == "archive" else "back"
    messages.success(request, f"The {chosen.noun} is {done}.")
    if isinstance(row, CycleEvent) and way == "archive":
        return redirect("selfeval:event-list", pk=row.self_evaluation_id)
    return redirect(chosen.page(row))


@require_POST
@permission_required(*WRITERS)
def section_remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = _row(user_of(request), KINDS["section"], pk)
    try:
        actions.remove_section(by=user_of(request), at=timezone.now(), section=row)
        messages.success(request, "The section is taken out.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("selfeval:cycle-show", pk=row.self_evaluation_id)
