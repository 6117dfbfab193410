"""Reports of the strategy as files: ordered here, made in the background."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from documents.actions import order_export
from documents.exports import Params
from documents.reports import FORMATS, ReportKind
from strategy.meeting_gather import meetings
from strategy.models import Strategy
from strategy.presenters import strategy_crumb
from strategy.reports import BOARD_PAPERS, STRATEGY_PROGRESS

SHOWN_MEETINGS = 10


@require_GET
@permission_required(Permission.READ_STRATEGY)
def report_list(request: HttpRequest) -> HttpResponseBase:
    """What can be taken along: the progress of the strategy, and the papers of the latest meetings."""
    context = {
        "crumbs": [strategy_crumb()],
        "has_strategy": Strategy.objects.filter(is_current=True).exists(),
        "meetings": list(meetings()[:SHOWN_MEETINGS]),
    }
    return TemplateResponse(request, "strategy/report_list.html", context)


@require_POST
@permission_required(Permission.READ_STRATEGY)
def progress_export(request: HttpRequest) -> HttpResponseBase:
    get_object_or_404(Strategy, is_current=True)
    return _order(request, STRATEGY_PROGRESS, {"on": timezone.localdate().isoformat()}, back="strategy:report-list")


@require_POST
@permission_required(Permission.READ_STRATEGY)
def papers_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    meeting = get_object_or_404(meetings(), pk=pk)
    params = {"of": meeting.pk, "on": timezone.localdate().isoformat()}
    return _order(request, BOARD_PAPERS, params, back="strategy:report-list")


def _order(request: HttpRequest, kind: ReportKind, params: Params, *, back: str) -> HttpResponseBase:
    form = request.POST.get("form", "")
    if form not in FORMATS:
        messages.error(request, "Choose PDF, Word or Excel.")
        return redirect(back)
    export = order_export(by=user_of(request), at=timezone.now(), kind=kind.code_of(form), params=params)
    return redirect("documents:export-show", pk=export.pk)
