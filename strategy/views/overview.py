"""The strategy to read: all of it on one screen, its words in full, its challenges, each priority."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from strategy.gather import current_strategy, just_archived, priorities_of, priority_with_actions
from strategy.models import Priority, Strategy
from strategy.permissions import can_edit
from strategy.presenters import strategy_crumb


def page_of(request: HttpRequest) -> dict[str, Any]:
    """What every page with rows needs: may they be changed, and which was archived a moment ago."""
    word = request.GET.get("archived", "")
    is_editor = can_edit(user_of(request))
    return {
        "can_edit": is_editor,
        "undo": just_archived(word) if word and is_editor else None,
        "crumbs": [strategy_crumb()],
    }


@require_GET
@permission_required(Permission.READ_STRATEGY)
def strategy_show(request: HttpRequest) -> HttpResponseBase:
    """The whole strategy on one screen; printed, it fills two sides at most."""
    strategy = current_strategy()
    priorities = list(priorities_of(strategy)) if strategy else []
    context = {**page_of(request), "strategy": strategy, "priorities": priorities, "is_sheet": True}
    return TemplateResponse(request, "strategy/strategy_show.html", context)


@require_GET
@permission_required(Permission.READ_STRATEGY)
def detail_show(request: HttpRequest) -> HttpResponseBase:
    """Vision, introduction, principles, enablers, linked documents, success measures: every word."""
    context = {**page_of(request), "strategy": current_strategy()}
    return TemplateResponse(request, "strategy/detail_show.html", context)


@require_GET
@permission_required(Permission.READ_STRATEGY)
def challenge_list(request: HttpRequest) -> HttpResponseBase:
    context = {**page_of(request), "strategy": current_strategy()}
    return TemplateResponse(request, "strategy/challenge_list.html", context)


@require_GET
@permission_required(Permission.READ_STRATEGY)
def priority_show(request: HttpRequest, number: int) -> HttpResponseBase:
    try:
        priority = priority_with_actions(number, timezone.localdate())
    except (Strategy.DoesNotExist, Priority.DoesNotExist):
        raise Http404 from None
    context = {**page_of(request), "priority": priority}
    return TemplateResponse(request, "strategy/priority_show.html", context)
