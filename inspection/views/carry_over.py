"""From an earlier rulebook to the one that is followed now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from inspection.actions.carry_over import carry_items_over
from inspection.domain.carry_over import Fate
from inspection.gather.carry_over import gather_left_items


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_ITEMS)
def items_carry(request: HttpRequest) -> HttpResponseBase:
    """What would go where, item by item; one button does it."""
    if request.method == "POST":
        done = carry_items_over(by=user_of(request), at=timezone.now())
        messages.success(
            request,
            f"Carried over: {done.moved} to the item of the same code, {done.kept} kept as items of this area's own.",
        )
        return redirect("inspection:items-carry" if done.stayed else "inspection:item-list")
    lines = gather_left_items()
    context = {
        "moves": [line for line in lines if line.fate is Fate.MOVES],
        "kept": [line for line in lines if line.fate is Fate.KEPT],
        "stays": [line for line in lines if line.fate is Fate.STAYS],
        "back": reverse("inspection:item-list"),
        "crumbs": [{"label": "Annex A", "url": reverse("inspection:item-list")}],
    }
    return TemplateResponse(request, "inspection/items_carry.html", context)
