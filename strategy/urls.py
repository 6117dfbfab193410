"""The addresses of `strategy`, by noun."""

from django.urls import URLPattern, path

from strategy.views import (
    action_pages,
    areas,
    boards,
    bulk,
    coverage,
    exports,
    findings,
    imports,
    meetings,
    overview,
    papers,
    parts,
    plans,
    reports,
    rows,
)

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
REPORTS: list[URLPattern] = [
    path("reports/", papers.report_list, name="report-list"),
    path("reports/progress/export/", papers.progress_export, name="progress-export"),
    path("meetings/<int:pk>/export/", papers.papers_export, name="papers-export"),
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
PLANS: list[URLPattern] = [
    path("plans/", plans.plan_list, name="plan-list"),
    path("plans/<int:pk>/", plans.plan_show, name="plan-show"),
    path("plans/<int:pk>/add/", plans.plan_add_action, name="plan-extend"),
    path("plans/<int:pk>/place/", plans.plan_place, name="plan-place"),
    path("plans/<int:pk>/themes/", plans.plan_sort, name="plan-sort"),
    path("plans/<int:pk>/actions/<int:action>/take-out/", plans.plan_take_out, name="plan-reduce"),
    path("coverage/", coverage.coverage_show, name="coverage-show"),
]
ACTIONS: list[URLPattern] = [
    path("actions/", action_pages.action_list, name="action-list"),
    path("actions/bulk/", bulk.bulk_edit, name="bulk-edit"),
    path("actions/bulk/<int:pk>/undo/", bulk.bulk_undo, name="bulk-undo"),
    path("actions/<int:pk>/", action_pages.action_show, name="action-show"),
    path("actions/<int:pk>/report/", reports.action_report, name="action-report"),
    path("actions/<int:pk>/override/", reports.action_override, name="action-override"),
    path("actions/<int:pk>/override/<int:made>/withdraw/", reports.override_withdraw, name="override-withdraw"),
    path(
        "actions/<int:pk>/updates/<int:update>/withdraw/",
        reports.update_move,
        {"move": "withdraw"},
        name="update-withdraw",
    ),
    path(
        "actions/<int:pk>/updates/<int:update>/restore/",
        reports.update_move,
        {"move": "restore"},
        name="update-restore",
    ),
    path("actions/<int:pk>/evidence/", reports.proof_link, name="proof-link"),
    path("actions/<int:pk>/evidence/<int:link>/take-out/", reports.proof_unlink, name="proof-unlink"),
    path("actions/<int:pk>/milestones/", parts.milestone_add, name="milestone-add"),
    path("actions/<int:pk>/milestones/usual/", parts.milestones_add, name="milestones-add"),
    path("actions/<int:pk>/milestones/<int:milestone>/", parts.milestone_move, name="milestone-move"),
    path("actions/<int:pk>/points/", parts.point_link, name="point-link"),
    path("actions/<int:pk>/points/<int:link>/take-out/", parts.point_unlink, name="point-unlink"),
    path("actions/<int:pk>/co-producers/", parts.co_producer_add, name="co-producer-add"),
    path("actions/<int:pk>/co-producers/<int:link>/take-out/", parts.co_producer_remove, name="co-producer-remove"),
    path("actions/<int:pk>/plans/", parts.plans_set, name="plans-set"),
]
AREAS: list[URLPattern] = [
    path("areas/", areas.area_list, name="area-list"),
    path("areas/<int:pk>/", areas.area_show, name="area-show"),
    path("areas/<int:pk>/tie/", areas.area_tie, name="area-tie"),
    path("areas/<int:pk>/evidence/", areas.area_proof_link, name="area-proof-link"),
    path("areas/<int:pk>/evidence/<int:link>/take-out/", areas.area_proof_unlink, name="area-proof-unlink"),
]
EXCHANGE: list[URLPattern] = [
    path("import/", imports.import_start, name="import-start"),
    path("import/<int:pk>/", imports.import_show, name="import-show"),
    path("import/<int:pk>/take/", imports.import_take, name="import-take"),
    path("import/<int:pk>/drop/", imports.import_drop, name="import-drop"),
    path("export/workbook/", exports.workbook_order, name="workbook-order"),
    path("export/sheet/", exports.sheet_order, name="sheet-order"),
]

urlpatterns = [*STRATEGY, *ROWS, *REPORTS, *MEETINGS, *PLANS, *ACTIONS, *AREAS, *EXCHANGE]
