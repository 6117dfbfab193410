"""The overview of a cycle."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from accounts.domain.roles import Permission
from accounts.requests import permission_required
from selfeval.gather.cycles import cycle_lines
from selfeval.models import SelfEvaluation


@require_GET
@permission_required(Permission.READ_DRAFTS)
def cycle_open(request: HttpRequest) -> HttpResponseBase:
    """The current cycle."""
    cycle = SelfEvaluation.objects.filter(is_current=True).select_related("framework").first()
    return _overview(request, cycle)


@require_GET
@permission_required(Permission.READ_DRAFTS)
def cycle_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _overview(request, get_object_or_404(SelfEvaluation.objects.select_related("framework"), pk=pk))


def _overview(request: HttpRequest, cycle: SelfEvaluation | None) -> TemplateResponse:
    context = {"cycle": cycle, "lines": cycle_lines(cycle) if cycle else ()}
    return TemplateResponse(request, "selfeval/cycle_show.html", context)
