"""The likely six: the proposal, a new one, and swapping. Every look is logged, no page is kept by a browser."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from children.models import ListUpload
from children.permissions import check_can_read_rows
from inspection.actions.likely_six import propose_six, swap_child
from inspection.forms.likely_six import OtherChildForm, SeedForm
from inspection.gather.likely_six import SixNow, children_by_id, lists_that_count, six_now
from inspection.permissions.likely_six import can_choose, check_can_choose
from inspection.presenters.likely_six import COLUMNS, cards, facts_of, lines, options, spread_rows

FIRST_SEED = "1"
PAGE = "inspection:six-show"


@require_safe
@permission_required(Permission.READ_CHILD_ROWS)
def six_show(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    upload = lists_that_count()
    return _page(request, user, upload, SeedForm(initial={"seed": FIRST_SEED}))


def _page(
    request: HttpRequest, user: User, upload: ListUpload | None, form: SeedForm, *, status: int = 200
) -> TemplateResponse:
    context: dict[str, object] = {
        "upload": upload,
        "form": form,
        "can_choose": bool(upload and can_choose(user, upload)),
    }
    if upload:
        check_can_read_rows(user, upload)
        now = six_now(upload)
        if now:
            form.initial["seed"] = now.proposal.seed
            unmet = [line for line in lines(now) if not line.is_met]
            context |= {
                "now": now,
                "cards": cards(now),
                "lines": lines(now),
                "unmet": unmet,
                "spread": spread_rows(now),
            }
            _log(user, now)
    return _private(TemplateResponse(request, "inspection/six_show.html", context, status=status))


def _log(user: User, now: SixNow) -> None:
    audit.record(by=user, at=timezone.now(), action="likely_six.viewed", thing=now.proposal, fields=COLUMNS)


def _private(response: TemplateResponse) -> TemplateResponse:
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@permission_required(Permission.READ_CHILD_ROWS)
def six_propose(request: HttpRequest) -> HttpResponseBase:
    user, upload = user_of(request), lists_that_count()
    if upload is None:
        raise NotAllowed("No person-level lists count just now. Upload them first.")
    check_can_choose(user, upload)
    form = SeedForm(request.POST)
    if not form.is_valid():
        return _page(request, user, upload, form, status=422)
    propose_six(by=user, at=timezone.now(), upload=upload, seed=form.cleaned_data["seed"])
    messages.success(request, "The six were proposed anew.")
    return redirect(PAGE)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.READ_CHILD_ROWS)
def six_swap(request: HttpRequest, place: int) -> HttpResponseBase:
    """Who could come in for a place. Posting a Unique ID shows that child's effect; with `version` it swaps."""
    user, upload = user_of(request), lists_that_count()
    now = six_now(upload) if upload else None
    leaving = now.at(place) if now else None
    if upload is None or now is None or leaving is None:
        raise Http404
    check_can_choose(user, upload)
    form = OtherChildForm(request.POST or None)
    extra = None
    if request.method == "POST" and form.is_valid():
        unique_id = form.cleaned_data["unique_id"]
        if request.POST.get("version", "").isdecimal():
            version = int(request.POST["version"])
            swap_child(
                by=user, at=timezone.now(), proposal=now.proposal, place=place, unique_id=unique_id, version=version
            )
            messages.success(request, f"Child {place} was swapped.")
            return redirect(PAGE)
        extra = children_by_id(upload, [unique_id]).get(unique_id)
        if extra is None:
            form.add_error("unique_id", "No row of the current lists has this Unique ID. Check it for typing errors.")
        elif extra in now.children:
            form.add_error("unique_id", "This child is among the six already.")
            extra = None
    _log(user, now)
    context = {
        "now": now,
        "leaving": leaving,
        "leaving_facts": facts_of(leaving.child),
        "options": options(now, leaving, extra),
        "form": form,
    }
    status = 422 if form.errors else 200
    return _private(TemplateResponse(request, "inspection/six_swap.html", context, status=status))
