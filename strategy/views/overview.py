"""The whole strategy on one screen."""

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from accounts.domain.roles import Permission
from accounts.requests import permission_required
from strategy.gather import current_strategy, priorities_of


@require_GET
@permission_required(Permission.READ_STRATEGY)
def strategy_show(request: HttpRequest) -> HttpResponseBase:
    strategy = current_strategy()
    priorities = list(priorities_of(strategy)) if strategy else []
    context = {"strategy": strategy, "priorities": priorities}
    return TemplateResponse(request, "strategy/strategy_show.html", context)
