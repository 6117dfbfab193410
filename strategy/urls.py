"""The addresses of `strategy`, by noun."""

from django.urls import URLPattern, path

from strategy.views import boards, findings, meetings, overview, rows

app_name = "strategy"

STRATEGY: list[URLPattern] = [
    path("", overview.strategy_show, name="strategy-show"),
    path("details/", overview.detail_show, name="detail-show"),
    path("challenges/", overview.challenge_list, name="challenge-list"),
    path("priorities/<int:number>/", overview.priority_show, name="priority-show"),
    path("findings/", findings.finding_list, name="finding-list"),
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
MEETINGS: list[URLPattern] = [
    path("meetings/", meetings.meeting_list, name="meeting-list"),
    path("meetings/call/", meetings.meeting_call, name="meeting-call"),
    path("meetings/<int:pk>/", meetings.meeting_show, name="meeting-show"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/archive/", meetings.meeting_archive, name="meeting-archive"),
    path("meetings/<int:pk>/<slug:step>/", meetings.meeting_step, name="meeting-step"),
    path("meetings/<int:pk>/items/add/", meetings.item_add, name="agenda-add"),
    path("agenda/<int:pk>/", meetings.item_edit, name="agenda-edit"),
    path("agenda/<int:pk>/up/", meetings.item_move, {"way": "up"}, name="agenda-raise"),
    path("agenda/<int:pk>/down/", meetings.item_move, {"way": "down"}, name="agenda-lower"),
    path("agenda/<int:pk>/archive/", meetings.item_archive, name="agenda-archive"),
    path("agenda/<int:pk>/decide/", meetings.decision_add, name="decision-add"),
    path("decisions/<int:pk>/", meetings.decision_edit, name="decision-edit"),
    path("decisions/<int:pk>/archive/", meetings.decision_archive, name="decision-archive"),
]

urlpatterns = [*STRATEGY, *ROWS, *MEETINGS]
