"""Starting a cycle: its head, then a preview of what would be carried over, then it stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from framework.gather import current_framework
from selfeval.actions.cycles import Start, start_cycle
from selfeval.forms.rows import StartForm
from selfeval.gather.carrying import carry_plan
from selfeval.gather.current import current_cycle
from selfeval.presenters.words import home_crumb


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_SELF_EVALUATION)
def cycle_start(request: HttpRequest) -> HttpResponseBase:
    """Nothing is written before the preview is confirmed; a cycle that starts empty needs no preview."""
    today = timezone.localdate()
    initial = {
        "title": f"Self-evaluation {today.year}",
        "started_on": today,
        "framework": current_framework(),
        "previous": current_cycle(),
    }
    form = StartForm(request.POST or None, initial=initial)
    context: dict[str, object] = {"form": form, "crumbs": [home_crumb()], "has_framework": bool(initial["framework"])}
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 400
        return TemplateResponse(request, "selfeval/cycle_start.html", context, status=status)
    words = form.words()
    if words["previous"] and "confirmed" not in request.POST:
        plan = carry_plan(words["previous"], words["framework"])
        context |= {"plan": plan, "previous": words["previous"], "framework": words["framework"], "words": words}
        return TemplateResponse(request, "selfeval/cycle_carry.html", context)
    cycle = start_cycle(
        by=user_of(request),
        at=timezone.now(),
        start=Start(
            title=words["title"],
            framework=words["framework"],
            started_on=words["started_on"],
            previous=words["previous"],
            codes=tuple(request.POST.getlist("codes")),
            takes_sections="sections" in request.POST,
            takes_gaps="gaps" in request.POST,
            takes_leads="leads" in request.POST,
        ),
    )
    messages.success(request, f"“{cycle.title}” is started. It is the current cycle from now on.")
    return redirect(reverse("selfeval:cycle-open"))
