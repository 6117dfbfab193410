"""The addresses of `strategy`, by noun."""

from django.urls import URLPattern, path

from strategy.views import boards, overview, rows

app_name = "strategy"

STRATEGY: list[URLPattern] = [
    path("", overview.strategy_show, name="strategy-show"),
    path("details/", overview.detail_show, name="detail-show"),
    path("challenges/", overview.challenge_list, name="challenge-list"),
    path("priorities/<int:number>/", overview.priority_show, name="priority-show"),
    path("boards/", boards.board_list, name="board-list"),
    path("boards/<int:pk>/names/", boards.board_rename, name="board-rename"),
]
ROWS: list[URLPattern] = [
    path("start/", rows.strategy_start, name="strategy-start"),
    path("edit/", rows.strategy_edit, name="strategy-edit"),
    path("archive/", rows.archive_list, name="archive-list"),
    path("rows/<slug:kind>/add/", rows.row_add, name="row-add"),
    path("rows/<slug:kind>/<int:pk>/", rows.row_edit, name="row-edit"),
    path("rows/<slug:kind>/<int:pk>/up/", rows.row_move, {"way": "up"}, name="row-raise"),
    path("rows/<slug:kind>/<int:pk>/down/", rows.row_move, {"way": "down"}, name="row-lower"),
    path("rows/<slug:kind>/<int:pk>/archive/", rows.row_archive, name="row-archive"),
    path("rows/<slug:kind>/<int:pk>/restore/", rows.row_restore, name="row-restore"),
    path("rows/<slug:kind>/<int:pk>/checked/", rows.row_check, name="row-check"),
]

urlpatterns = STRATEGY + ROWS
