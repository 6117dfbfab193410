"""Comments that may tell of harm: for the safeguarding lead and the LANO alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed
from accounts.requests import any_signed_in, user_of
from selfeval.actions import answers
from selfeval.hearing_permissions import can_read_text, disclosures_for, is_safeguarding_lead
from selfeval.models import Comment, CommentState


def _fetch(user: User, pk: int) -> Comment:
    """What is closed to somebody does not exist for them."""
    rows = disclosures_for(user).select_related(
        "criterion", "passed_on_to", "acknowledged_by", "version__self_evaluation", "logged_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_GET
@any_signed_in
def disclosure_list(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    if Permission.READ_HELD_COMMENTS not in user.permissions and not is_safeguarding_lead(user):
        raise NotAllowed("Only the LANO and the safeguarding lead see comments that may tell of harm.")
    rows = disclosures_for(user).select_related("passed_on_to").order_by("-received_at", "-pk")
    return TemplateResponse(request, "selfeval/disclosure_list.html", {"rows": rows})


@require_GET
@never_cache
@any_signed_in
def disclosure_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    return _show(request, user, _fetch(user, pk))


def _show(
    request: HttpRequest, user: User, comment: Comment, *, status: int = 200, problems: tuple[str, ...] = ()
) -> TemplateResponse:
    can_read = can_read_text(user, comment)
    if can_read:
        answers.note_read(by=user, at=timezone.now(), comment=comment)
    context = {
        "comment": comment,
        "can_read": can_read,
        "is_lead": comment.passed_on_to_id == user.pk or is_safeguarding_lead(user),
        "is_waiting": comment.state == CommentState.PASSED_ON and comment.acknowledged_at is None,
        "is_with_lead": comment.state == CommentState.PASSED_ON,
        "can_pass_on": comment.state == CommentState.HELD and Permission.RUN_CONSULTATION in user.permissions,
        "problems": problems,
    }
    return TemplateResponse(request, "selfeval/disclosure_show.html", context, status=status)


MOVES = {
    "acknowledge": (answers.acknowledge, "Thank you. The time is kept: you have it."),
    "give-back": (answers.give_back, "It goes back to those who answer comments."),
    "pass-on": (answers.pass_on, "It is passed on."),
}


@require_POST
@any_signed_in
def disclosure_move(request: HttpRequest, pk: int, move: str) -> HttpResponseBase:
    user = user_of(request)
    comment = _fetch(user, pk)
    action, done = MOVES[move]
    try:
        action(by=user, at=timezone.now(), comment=comment)
    except NotAllowed as refusal:
        return _show(request, user, comment, status=403, problems=(refusal.reason,))
    messages.success(request, done)
    if move == "give-back":
        sees_list = Permission.READ_HELD_COMMENTS in user.permissions or is_safeguarding_lead(user)
        return redirect("selfeval:disclosure-list" if sees_list else "inspection:home")
    return redirect("selfeval:disclosure-show", pk=pk)
