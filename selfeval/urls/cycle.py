"""A cycle, its judgements and its partners' views."""

from django.urls import URLPattern, path

from selfeval.views import carry_over, cycles, judgements, partners, rows, scale, starting, things, timeline, word_copy

CYCLES: list[URLPattern] = [
    path("", cycles.cycle_open, name="cycle-open"),
    path("start/", starting.cycle_start, name="cycle-start"),
    path("criteria/", cycles.criterion_list, name="criterion-list"),
    path("cycles/", cycles.cycle_list, name="cycle-list"),
    path("cycles/<int:pk>/", cycles.cycle_show, name="cycle-show"),
    path("cycles/<int:pk>/edit/", cycles.cycle_edit, name="cycle-edit"),
    path("cycles/<int:pk>/outcome/", cycles.outcome_edit, name="outcome-edit"),
    path("cycles/<int:pk>/data/", timeline.gap_list, name="gap-list"),
    path("cycles/<int:pk>/timeline/", timeline.event_list, name="event-list"),
    path("gaps/<int:pk>/close/", timeline.gap_close, {"way": "close"}, name="gap-close"),
    path("gaps/<int:pk>/reopen/", timeline.gap_close, {"way": "reopen"}, name="gap-reopen"),
    path("events/<int:pk>/", timeline.event_show, name="event-show"),
    path("events/<int:pk>/answers/<int:evaluation>/", timeline.event_answer, name="event-answer"),
]
JUDGEMENTS: list[URLPattern] = [
    path("mine/", things.thing_list, name="thing-list"),
    path("judgements/<int:pk>/", judgements.evaluation_show, name="evaluation-show"),
    path("judgements/<int:pk>/keep/", judgements.evaluation_keep, name="evaluation-keep"),
    path("judgements/<int:pk>/sheet/", timeline.sheet_show, name="sheet-show"),
    path("judgements/<int:pk>/lead/", judgements.lead_name, name="lead-name"),
    path("judgements/<int:pk>/open-views/", judgements.views_open, name="views-open"),
    path("judgements/<int:pk>/step/<slug:step>/", judgements.evaluation_move, name="evaluation-move"),
    path("judgements/<int:pk>/versions/", judgements.version_list, name="version-list"),
    path("judgements/<int:pk>/versions/<int:number>/", judgements.version_show, name="version-show"),
    path("judgements/<int:pk>/versions/<int:number>/restore/", judgements.version_restore, name="version-restore"),
    path("leads/<int:pk>/end/", judgements.lead_end, name="lead-end"),
    path("areas/<int:pk>/positions/add/", judgements.position_add, name="position-add"),
]
ROWS: list[URLPattern] = [
    path("rows/<slug:kind>/add/", rows.row_add, name="row-add"),
    path("rows/<slug:kind>/<int:pk>/", rows.row_edit, name="row-edit"),
    path("rows/<slug:kind>/<int:pk>/up/", rows.row_move, {"way": "up"}, name="row-raise"),
    path("rows/<slug:kind>/<int:pk>/down/", rows.row_move, {"way": "down"}, name="row-lower"),
    path("rows/<slug:kind>/<int:pk>/archive/", rows.row_archive, {"way": "archive"}, name="row-archive"),
    path("rows/<slug:kind>/<int:pk>/restore/", rows.row_archive, {"way": "restore"}, name="row-restore"),
    path("sections/<int:pk>/remove/", rows.section_remove, name="section-remove"),
]
SCALE: list[URLPattern] = [
    path("scale/", scale.scale_show, name="scale-show"),
    path("scale/switch/", scale.scale_switch, name="scale-switch"),
    path("scale/add/", scale.grade_add, name="grade-add"),
    path("scale/<int:pk>/", scale.grade_edit, name="grade-edit"),
    path("scale/<int:pk>/up/", scale.grade_move, {"way": "up"}, name="grade-raise"),
    path("scale/<int:pk>/down/", scale.grade_move, {"way": "down"}, name="grade-lower"),
    path("scale/<int:pk>/archive/", scale.grade_move, {"way": "archive"}, name="grade-archive"),
    path("scale/<int:pk>/restore/", scale.grade_move, {"way": "restore"}, name="grade-restore"),
]
PARTNERS: list[URLPattern] = [
    path("views/", partners.view_list, name="view-list"),
    path("views/<int:pk>/", partners.view_edit, name="view-edit"),
    path("documents/", partners.document_list, name="document-list"),
    path("documents/add/", partners.document_add, name="document-add"),
    path("documents/<int:pk>/", partners.document_show, name="document-show"),
    path("documents/<int:pk>/download/", partners.document_download, name="document-download"),
    path("documents/<int:pk>/withdraw/", partners.document_withdraw, name="document-withdraw"),
]

WORD: list[URLPattern] = [
    path("cycles/<int:pk>/word/", word_copy.word_start, name="word-start"),
    path("cycles/<int:pk>/word/order/", word_copy.word_order, name="word-order"),
    path("word/<int:pk>/", word_copy.word_show, name="word-show"),
    path("word/<int:pk>/take/", word_copy.word_take, name="word-take"),
    path("word/<int:pk>/drop/", word_copy.word_drop, name="word-drop"),
]
CARRYING: list[URLPattern] = [
    path("carry/", carry_over.carried_list, name="carried-list"),
    path("carry/make/", carry_over.carried_make, name="carried-make"),
    path("carry/<int:pk>/undo/", carry_over.carried_undo, name="carried-undo"),
]

PAGES = [*CYCLES, *JUDGEMENTS, *ROWS, *SCALE, *PARTNERS, *WORD, *CARRYING]
