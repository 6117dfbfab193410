"""Editing in place: one small page for each row, and buttons that work without scripts."""

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
from strategy.actions import rows as actions
from strategy.actions.rows import Conflict
from strategy.actions.strategies import start_strategy
from strategy.domain.keys import is_key
from strategy.forms import RowForm, StrategyForm
from strategy.gather import archived_rows
from strategy.kinds import KINDS, RowKind, anchor
from strategy.models import ExtractedRow, KeptRow, Strategy
from strategy.permissions import can_edit
from strategy.presenters import differing_fields, strategy_crumb


def _kind(slug: str) -> RowKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _row(kind: RowKind, pk: int) -> KeptRow:
    row: KeptRow = get_object_or_404(kind.model._default_manager.select_related(*kind.within), pk=pk)
    return row


def _back_to(kind: RowKind, row: KeptRow) -> HttpResponseBase:
    return redirect(f"{kind.page(row)}#{anchor(row)}")


def _form_page(
    request: HttpRequest,
    form: RowForm,
    *,
    heading: str,
    back: str,
    theirs: KeptRow | Strategy | None = None,
    status: int = 200,
) -> TemplateResponse:
    context = {
        "form": form,
        "heading": heading,
        "back": back,
        "theirs": theirs,
        "conflict_fields": differing_fields(theirs, form) if theirs else (),
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/row_edit.html", context, status=status)


def _after_conflict(
    request: HttpRequest, form_class: type[RowForm], conflict: Conflict, *, heading: str, back: str
) -> TemplateResponse:
    """Both texts: theirs beside, one's own in the form, which now counts from theirs."""
    mine = request.POST.copy()
    mine["version"] = str(conflict.theirs.version)
    form = form_class(mine, initial=form_class.initial_of(conflict.theirs))
    return _form_page(request, form, heading=heading, back=back, theirs=conflict.theirs, status=409)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def row_add(request: HttpRequest, kind: str) -> HttpResponseBase:
    chosen = _kind(kind)
    parent = _parent(request, chosen)
    initial: dict[str, Any] = {name: request.GET[name] for name in chosen.form.base_fields if name in request.GET}
    initial |= {parent._meta.model_name or "": parent} if parent else {}
    form = chosen.form(request.POST or None, initial=initial)
    status = 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_row(
                by=user_of(request), at=timezone.now(), model=chosen.model, parent=parent, fields=form.words()
            )
            messages.success(request, f"The {chosen.noun} is added.")
            return _back_to(chosen, row)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
            status = 409
    back = request.GET.get("from", "")
    back = back if back.startswith("/strategy/") else reverse("strategy:strategy-show")
    return _form_page(request, form, heading=f"Add: {chosen.noun}", back=back, status=status)


def _parent(request: HttpRequest, kind: RowKind) -> Any:
    """The row beneath which a new one shall stand: named in the address, or the current strategy."""
    if kind.parent is None:
        return None
    if kind.parent is Strategy:
        return get_object_or_404(Strategy, is_current=True)
    key = request.GET.get("parent", "")
    if not is_key(key):
        raise Http404
    return get_object_or_404(kind.parent._default_manager, pk=int(key), archived_at=None)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def row_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    chosen = _kind(kind)
    row = _row(chosen, pk)
    heading, back = f"Change: {chosen.noun}", f"{chosen.page(row)}#{anchor(row)}"
    form = chosen.form(request.POST or None, initial=chosen.form.initial_of(row))
    if request.method == "GET":
        return _form_page(request, form, heading=heading, back=back)
    if not form.is_valid():
        return _form_page(request, form, heading=heading, back=back, status=400)
    version = form.cleaned_data["version"] or 0
    try:
        saved = actions.save_row(by=user_of(request), at=timezone.now(), row=row, version=version, fields=form.words())
    except Conflict as conflict:
        return _after_conflict(request, chosen.form, conflict, heading=heading, back=back)
    except NotAllowed as refusal:
        form.add_error(None, refusal.reason)
        return _form_page(request, form, heading=heading, back=back, status=409)
    messages.success(request, f"The {chosen.noun} is saved.")
    return _back_to(chosen, saved)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def row_move(request: HttpRequest, kind: str, pk: int, way: str) -> HttpResponseBase:
    chosen = _kind(kind)
    row = _row(chosen, pk)
    try:
        moved = actions.move_row(by=user_of(request), at=timezone.now(), row=row, up=way == "up")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
        return _back_to(chosen, row)
    number = getattr(moved, "ref", getattr(moved, "number", ""))
    messages.success(request, f"Moved {way}." + (f" It is now {number}." if number else ""))
    return _back_to(chosen, moved)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def row_archive(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    chosen = _kind(kind)
    row = _row(chosen, pk)
    try:
        actions.archive_row(by=user_of(request), at=timezone.now(), row=row)
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
        return _back_to(chosen, row)
    page = reverse("strategy:strategy-show") if chosen.slug == "priority" else chosen.page(row)
    return redirect(f"{page}?archived={chosen.slug}-{row.pk}")


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def row_restore(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    chosen = _kind(kind)
    row = actions.restore_row(by=user_of(request), at=timezone.now(), row=_row(chosen, pk))
    messages.success(request, f"The {chosen.noun} is back.")
    return _back_to(chosen, row)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def row_check(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    chosen = _kind(kind)
    row = _row(chosen, pk)
    if not isinstance(row, ExtractedRow):
        raise Http404
    actions.check_row(by=user_of(request), at=timezone.now(), row=row)
    messages.success(request, f"The {chosen.noun} counts as checked against the original.")
    return _back_to(chosen, row)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def strategy_edit(request: HttpRequest) -> HttpResponseBase:
    """The title, years, vision and introduction of the current strategy."""
    strategy = Strategy.objects.filter(is_current=True).first()
    if strategy is None:
        return redirect("strategy:strategy-start")
    heading, back = "Change: the strategy", reverse("strategy:detail-show")
    form = StrategyForm(request.POST or None, initial=StrategyForm.initial_of(strategy))
    if request.method == "GET":
        return _form_page(request, form, heading=heading, back=back)
    if not form.is_valid():
        return _form_page(request, form, heading=heading, back=back, status=400)
    version = form.cleaned_data["version"] or 0
    try:
        actions.save_row(by=user_of(request), at=timezone.now(), row=strategy, version=version, fields=form.words())
    except Conflict as conflict:
        return _after_conflict(request, StrategyForm, conflict, heading=heading, back=back)
    messages.success(request, "The strategy is saved.")
    return redirect(back)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def strategy_start(request: HttpRequest) -> HttpResponseBase:
    """A strategy of one's own; it becomes the current one, and the one before it is kept."""
    form = StrategyForm(request.POST or None)
    back = reverse("strategy:strategy-show")
    if request.method == "POST" and form.is_valid():
        start_strategy(by=user_of(request), at=timezone.now(), fields=form.words())
        messages.success(request, "The strategy is started. Add its priorities next.")
        return redirect(back)
    status = 400 if request.method == "POST" else 200
    return _form_page(request, form, heading="Start a strategy", back=back, status=status)


@require_GET
@permission_required(Permission.READ_STRATEGY)
def archive_list(request: HttpRequest) -> HttpResponseBase:
    """What was taken off the pages, with the way back."""
    context = {"groups": archived_rows(), "can_edit": can_edit(user_of(request)), "crumbs": [strategy_crumb()]}
    return TemplateResponse(request, "strategy/archive_list.html", context)
