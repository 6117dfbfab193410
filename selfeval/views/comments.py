"""Comments: read, answered, held, set free, passed on; and what came of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed, has_permission, reason_not_to
from accounts.requests import user_of
from selfeval.actions import answers, comments
from selfeval.actions.answers import Incomplete
from selfeval.filters import CommentFilter
from selfeval.forms.hearing import AnswerForm, HoldForm, LogForm
from selfeval.gather.current import current_cycle
from selfeval.gather.heard import said_and_done
from selfeval.gather.hearing import comment_lines, comment_page, comments_of, readable_by
from selfeval.hearing_permissions import can_read_text, check_can_answer
from selfeval.models import Channel, Comment, CommentState
from selfeval.views.rounds import reads_hearing, runs_hearing

ROWS_ON_PAGE = 25


@require_GET
@runs_hearing
def comment_list(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    found = CommentFilter(request.GET, queryset=comments_of(), readable=readable_by(user))
    page = Paginator(found.qs, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "is_filtered": any(request.GET.get(name) for name in found.filters),
        "page": page,
        "lines": comment_lines(user, list(page.object_list)),
    }
    return TemplateResponse(request, "selfeval/comment_list.html", context)


def _fetch(pk: int) -> Comment:
    return get_object_or_404(comments_of().select_related("version__self_evaluation", "passed_on_to"), pk=pk)


@require_GET
@runs_hearing
def comment_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    comment = _fetch(pk)
    if comment.has_harm and can_read_text(user_of(request), comment):
        return redirect("selfeval:disclosure-show", pk=pk)
    return _show(request, comment)


def _show(
    request: HttpRequest, comment: Comment, *, status: int = 200, problems: tuple[str, ...] = (), **more: Any
) -> TemplateResponse:
    user = user_of(request)
    reason = reason_not_to(check_can_answer, user, comment)
    shown = {
        "page": comment_page(comment),
        "comment": comment,
        "can_read": can_read_text(user, comment),
        "answer_reason": reason,
        "decides_held": has_permission(user, Permission.READ_HELD_COMMENTS) and comment.state == CommentState.HELD,
        "is_received": comment.state == CommentState.RECEIVED,
        "problems": problems,
    }
    if not reason and "answer_form" not in more:
        shown["answer_form"] = AnswerForm()
    if "hold_form" not in more:
        shown["hold_form"] = HoldForm()
    return TemplateResponse(request, "selfeval/comment_show.html", shown | more, status=status)


@require_POST
@runs_hearing
def comment_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    comment, form = _fetch(pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, comment, status=400, answer_form=form, form=form)
    try:
        answers.answer_comment(by=user_of(request), at=timezone.now(), comment=comment, answer=form.answer())
    except Incomplete as missing:
        form.add_error(missing.field, missing.sentence)
        return _show(request, comment, status=400, answer_form=form, form=form)
    messages.success(request, "It is answered. Whoever said it sees the answer on their page.")
    return redirect("selfeval:comment-show", pk=pk)


@require_http_methods(["GET", "POST"])
@runs_hearing
def comment_log(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    if request.method == "GET":
        asked = {"consultation": request.GET.get("round"), "came_on": timezone.localdate()}
        return TemplateResponse(request, "selfeval/comment_log.html", {"form": LogForm(initial=asked)})
    form = LogForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "selfeval/comment_log.html", {"form": form}, status=400)
    data = form.cleaned_data
    comment = comments.log_comment(
        by=user_of(request),
        at=now,
        version=data["version_asked"],
        asked=data["consultation"],
        said=form.said(),
        sender=form.sender(),
        channel=Channel(data["channel"]),
        received_at=form.received_at(now),
    )
    if comment.has_harm:
        messages.warning(request, "It may tell of harm, so it went straight to the safeguarding lead.")
        return redirect("selfeval:comment-list")
    messages.success(request, f"It stands in the name of {comment.author_name}.")
    return redirect("selfeval:comment-show", pk=comment.pk)


MOVES = {
    "release": (answers.release_comment, "It is free: the SEND team can read and answer it."),
    "keep": (answers.keep_held, "It stays closed. You can still answer it, and say in your own words what was said."),
    "pass-on": (answers.pass_on, "It is passed on."),
    "withdraw": (answers.withdraw_comment, "It is withdrawn, and stays in the history."),
}


@require_POST
@runs_hearing
def comment_hold(request: HttpRequest, pk: int) -> HttpResponseBase:
    comment, form = _fetch(pk), HoldForm(request.POST)
    if not form.is_valid():
        return _show(request, comment, status=400, hold_form=form, form=form)
    reason = form.cleaned_data["reason"]
    try:
        answers.hold_comment(by=user_of(request), at=timezone.now(), comment=comment, reason=reason)
    except NotAllowed as refusal:
        return _show(request, comment, status=409, problems=(refusal.reason,))
    messages.success(request, "It is held: the LANO looks at it.")
    return redirect("selfeval:comment-show", pk=pk)


@require_POST
@runs_hearing
def comment_move(request: HttpRequest, pk: int, move: str) -> HttpResponseBase:
    comment = _fetch(pk)
    action, done = MOVES[move]
    try:
        action(by=user_of(request), at=timezone.now(), comment=comment)
    except NotAllowed as refusal:
        return _show(request, comment, status=409, problems=(refusal.reason,))
    messages.success(request, done)
    if move == "pass-on":
        return redirect("selfeval:comment-list")
    return redirect("selfeval:comment-show", pk=pk)


@require_GET
@reads_hearing
def said_list(request: HttpRequest) -> HttpResponseBase:
    """You said, we did: what members, families and reports read."""
    cycle = current_cycle()
    rows = said_and_done(cycle) if cycle else ()
    return TemplateResponse(request, "selfeval/said_list.html", {"cycle": cycle, "rows": rows})
