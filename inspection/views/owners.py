"""Who answers for an item."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from inspection.actions import owners as owners_actions
from inspection.forms.items import OwnerForm
from inspection.gather.items import possible_owners, with_standing
from inspection.models import VisitItem
from inspection.permissions.items import items_of
from inspection.views.items import ASSIGNERS, fetch_item, item_page_response


@require_POST
@permission_required(*ASSIGNERS)
def owner_set(request: HttpRequest, code: str) -> HttpResponseBase:
    item, user = fetch_item(request, code), user_of(request)
    form = OwnerForm(request.POST, people=possible_owners())
    if not form.is_valid():
        return item_page_response(request, item, owner_form=form, status=400)
    owner = form.cleaned_data["owner"]
    try:
        if owner is None:
            owners_actions.unassign_owner(by=user, at=timezone.now(), item=item)
        else:
            owners_actions.assign_owner(by=user, at=timezone.now(), item=item, owner=owner)
    except NotAllowed as refusal:
        return item_page_response(request, item, problems=(refusal.reason,), status=403)
    messages.success(request, f"{owner.name} answers for {item.title}." if owner else "Nobody answers for it now.")
    return redirect("inspection:item-show", code=code)


@require_http_methods(["GET", "POST"])
@permission_required(*ASSIGNERS)
def owners_set(request: HttpRequest) -> HttpResponseBase:
    """Gives several items to one person."""
    user = user_of(request)
    items = with_standing(items_of(user)).order_by("order", "code")
    if Permission.EDIT_ITEMS not in user.permissions:
        items = items.filter(is_health_item=True)
    form = OwnerForm(request.POST or None, people=possible_owners())
    chosen = list(items.filter(pk__in=_keys(request))) if request.method == "POST" else []
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        owner = form.cleaned_data["owner"]
        if owner is None or not chosen:
            problems = ("Choose a person, and tick at least one item.",)
        else:
            try:
                owners_actions.assign_many(by=user, at=timezone.now(), items=chosen, owner=owner)
            except NotAllowed as refusal:
                problems = (refusal.reason,)
            else:
                messages.success(request, f"{owner.name} answers for {len(chosen)} items now.")
                return redirect("inspection:owners-set")
    names = dict(possible_owners().values_list("pk", "name"))
    rows = [(item, names.get(getattr(item, "owner_id", None) or 0, "")) for item in items]
    context = {"form": form, "rows": rows, "chosen": {item.pk for item in chosen}, "problems": problems}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "inspection/owners_set.html", context, status=status)


def _keys(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("item") if key.isdecimal() and len(key) < 19]


@require_POST
@permission_required(Permission.EDIT_ITEMS)
def item_adopt(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Starts collecting documents for what the letter asked for beside the standing items."""
    visit_item = get_object_or_404(VisitItem, pk=pk)
    item = owners_actions.adopt_visit_item(by=user_of(request), at=timezone.now(), visit_item=visit_item)
    messages.success(request, f"{item.title} is a standing item of this area now.")
    return redirect("inspection:item-show", code=item.code)
