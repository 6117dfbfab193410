"""For a system lead with an hour a month: the next three things, and the criteria that one leads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import permission_required, user_of
from selfeval.domain.next_things import next_things
from selfeval.gather.things import lead_facts, led_by
from selfeval.permissions import WRITERS


@require_GET
@permission_required(*WRITERS)
def thing_list(request: HttpRequest) -> HttpResponseBase:
    led = led_by(user_of(request))
    today = timezone.localdate()
    things = next_things(lead_facts(led, today), today)
    context = {"led": led, "things": things, "minutes": sum(thing.minutes for thing in things)}
    return TemplateResponse(request, "selfeval/thing_list.html", context)
