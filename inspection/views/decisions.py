"""Approving and returning."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.requests import permission_required, user_of
from framework.models import RequestItem
from inspection.actions import decisions
from inspection.actions.items import Conflict, Incomplete
from inspection.domain.submissions import WrongState
from inspection.forms.items import ReturnForm
from inspection.gather.items import awaiting_approval
from inspection.permissions.items import items_of
from inspection.views.items import APPROVERS, fetch_version


def _to_approve(user: User) -> QuerySet[RequestItem]:
    items = items_of(user)
    return items if Permission.APPROVE_ITEMS in user.permissions else items.filter(is_health_item=True)


@require_GET
@permission_required(*APPROVERS)
def items_decide(request: HttpRequest) -> HttpResponseBase:
    """What awaits this person's approval."""
    waiting = awaiting_approval(_to_approve(user_of(request)))
    return TemplateResponse(request, "inspection/items_decide.html", {"waiting": waiting})


@require_POST
@permission_required(*APPROVERS)
def items_approve(request: HttpRequest) -> HttpResponseBase:
    """First the preview of what was ticked; then, with the saves that were previewed, the approval of all of it."""
    user = user_of(request)
    waiting = {version.pk: version for version in awaiting_approval(_to_approve(user))}
    ticked = [pair.partition(":") for pair in request.POST.getlist("version")]
    chosen = [
        (waiting[int(key)], int(lock) if lock.isdecimal() else -1)
        for key, _, lock in ticked
        if key.isdecimal() and int(key) in waiting
    ]
    problems: tuple[str, ...] = ()
    if not ticked:
        problems = ("Tick at least one version.",)
    elif len(chosen) < len(ticked):
        problems = ("Something that you ticked no longer awaits approval. Look at the list again.",)
    elif request.POST.get("confirmed"):
        try:
            decisions.approve_many(by=user, at=timezone.now(), submissions=chosen)
        except Conflict as conflict:
            title = conflict.theirs.item.title
            problems = (f"{title} was changed since your preview. Nothing is approved: look at it again.",)
        except WrongState as wrong:
            problems = (wrong.sentence,)
        else:
            count = len(chosen)
            messages.success(request, "1 version is approved." if count == 1 else f"{count} versions are approved.")
            return redirect("inspection:items-decide")
    if problems:
        context: dict[str, object] = {"waiting": tuple(waiting.values()), "problems": problems}
        return TemplateResponse(request, "inspection/items_decide.html", context, status=409)
    context = {"chosen": [version for version, _ in chosen]}
    return TemplateResponse(request, "inspection/items_approve.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(*APPROVERS)
def submission_return(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    version = fetch_version(request, code, number)
    form = ReturnForm(request.POST or None)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            decisions.return_version(
                by=user_of(request), at=timezone.now(), submission=version, reason=form.cleaned_data["reason"]
            )
        except (WrongState, Incomplete) as refusal:
            problems = (str(refusal),)
        else:
            messages.success(request, f"Version {number} is returned to its supplier with your reason.")
            return redirect("inspection:item-show", code=code)
    context = {"item": version.item, "version": version, "form": form, "problems": problems}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "inspection/submission_return.html", context, status=status)
