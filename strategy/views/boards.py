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
from strategy.actions.rows import Conflict
from strategy.domain.boards import tree_of
from strategy.forms import FormerNamesForm
from strategy.gather import standing_boards
from strategy.models import Board
from strategy.presenters import Differing, board_facts
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
    board = get_object_or_404(Board.objects.select_related("edited_by"), pk=pk, archived_at=None)
    form = FormerNamesForm(request.POST or None, initial=FormerNamesForm.initial_of(board))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            set_former_names(
                by=user_of(request), at=timezone.now(), board=board, names=data["names"], stamp=data["stamp"]
            )
        except Conflict:
            return _names_page(request, board, _again(request, board), _both_names(request, board), status=409)
        messages.success(request, f"{board.name}: the former names are saved.")
        return redirect("strategy:board-list")
    return _names_page(request, board, form, status=400 if request.method == "POST" else 200)


def _again(request: HttpRequest, board: Board) -> FormerNamesForm:
    """One's own text, counting from what stands now."""
    mine = request.POST.copy()
    mine["stamp"] = FormerNamesForm.initial_of(board)["stamp"]
    return FormerNamesForm(mine, initial=FormerNamesForm.initial_of(board))


def _both_names(request: HttpRequest, board: Board) -> tuple[Differing, ...]:
    theirs = FormerNamesForm.initial_of(board)["names"]
    return (Differing(label="Former names", theirs=theirs, yours=request.POST.get("names", "").replace("\r\n", "\n")),)


def _names_page(
    request: HttpRequest, board: Board, form: FormerNamesForm, both: tuple[Differing, ...] = (), *, status: int
) -> TemplateResponse:
    context = {**page_of(request), "form": form, "board": board, "conflict_fields": both}
    return TemplateResponse(request, "strategy/board_rename.html", context, status=status)
