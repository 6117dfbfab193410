"""The boards: who oversees what, and what they were called before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from strategy.actions.boards import set_former_names
from strategy.domain.boards import tree_of
from strategy.forms import FormerNamesForm
from strategy.gather import standing_boards
from strategy.models import Board
from strategy.presenters import board_facts
from strategy.views.overview import page_of


@require_GET
@permission_required(Permission.READ_STRATEGY)
def board_list(request: HttpRequest) -> HttpResponseBase:
    boards = standing_boards()
    facts = board_facts(boards, timezone.localdate())
    context = {**page_of(request), "boards": boards, "chart": tree_of(facts)}
    return TemplateResponse(request, "strategy/board_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def board_rename(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The names that a board had, all at once."""
    board = get_object_or_404(Board, pk=pk, archived_at=None)
    form = FormerNamesForm(request.POST or None, initial=FormerNamesForm.initial_of(board))
    if request.method == "POST" and form.is_valid():
        set_former_names(by=user_of(request), at=timezone.now(), board=board, names=form.cleaned_data["names"])
        messages.success(request, f"{board.name}: the former names are saved.")
        return redirect("strategy:board-list")
    context = {**page_of(request), "form": form, "board": board}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "strategy/board_rename.html", context, status=status)
