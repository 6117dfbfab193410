"""Many actions at once: choose, look, do, undo."""

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
from strategy.action_forms import BulkForm
from strategy.action_gather import standing_lines
from strategy.actions import bulk
from strategy.actions.bulk import Moved
from strategy.domain.keys import is_key
from strategy.filters import ActionFilter
from strategy.models import Action, BulkChange
from strategy.presenters import strategy_crumb

UNDO_SHOWN = 3
# More than this nobody reads before ticking; the filter brings the others.
MOST_LINES = 100


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def bulk_edit(request: HttpRequest) -> HttpResponseBase:
    """First the choice, then a preview that is confirmed."""
    if request.method == "GET":
        return _choice_page(request, BulkForm())
    form = BulkForm(request.POST)
    chosen = _chosen(request)
    if not form.is_valid() or not chosen:
        problem = () if chosen else ("Tick at least one action.",)
        return _choice_page(request, form, problems=problem, status=400)
    if request.POST.get("do") != "confirm":
        return _preview_page(request, form, chosen)
    try:
        made = bulk.change_many(by=user_of(request), at=timezone.now(), chosen=chosen, change=form.change())
    except (Moved, NotAllowed) as refusal:
        sentence = refusal.sentence if isinstance(refusal, Moved) else refusal.reason
        return _preview_page(request, form, _chosen(request, fresh=True), problems=(sentence,), status=409)
    messages.success(request, f"Done: {made.text} You can undo it below.")
    return redirect("strategy:bulk-edit")


def _chosen(request: HttpRequest, *, fresh: bool = False) -> list[tuple[Action, int]]:
    """The ticked actions, each with the version that the page showed; `fresh`: as they stand now."""
    keys = [int(key) for key in request.POST.getlist("chosen") if is_key(key)]
    rows = Action.objects.filter(pk__in=keys, archived_at=None).select_related("lead", "aim__priority")
    found = []
    for row in rows:
        seen = request.POST.get(f"version-{row.pk}", "")
        found.append((row, int(seen) if seen.isdecimal() and len(seen) < 9 and not fresh else row.version))
    return found


def _choice_page(
    request: HttpRequest, form: BulkForm, *, problems: tuple[str, ...] = (), status: int = 200
) -> TemplateResponse:
    user = user_of(request)
    found = ActionFilter(request.GET, queryset=Action.objects.filter(archived_at=None), user=user)
    lines = found.narrow(standing_lines(found.qs, timezone.localdate()))
    context = {
        "form": form,
        "filter": found,
        "lines": lines[:MOST_LINES],
        "left_out": max(0, len(lines) - MOST_LINES),
        "chosen": set(request.POST.getlist("chosen")),
        "problems": problems,
        "recent": BulkChange.objects.select_related("by", "undone_by")[:UNDO_SHOWN],
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/bulk_edit.html", context, status=status)


def _preview_page(
    request: HttpRequest,
    form: BulkForm,
    chosen: list[tuple[Action, int]],
    *,
    problems: tuple[str, ...] = (),
    status: int = 200,
) -> TemplateResponse:
    context = {
        "form": form,
        "chosen": chosen,
        "change": form.change(),
        "typed": {name: request.POST.get(name, "") for name in form.fields},
        "problems": problems,
        "crumbs": [strategy_crumb()],
    }
    return TemplateResponse(request, "strategy/bulk_preview.html", context, status=status)


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def bulk_undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    change = get_object_or_404(BulkChange, pk=pk)
    try:
        undone = bulk.undo_many(by=user_of(request), at=timezone.now(), change=change)
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
        return redirect("strategy:bulk-edit")
    messages.success(request, f"Undone: {undone.change.text}")
    for name in undone.left:
        messages.info(request, f"“{name}” was changed again since, so it stays as it is.")
    return redirect("strategy:bulk-edit")
