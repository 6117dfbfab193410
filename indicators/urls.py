"""The addresses of `indicators`, by noun. An indicator's own code comes last: no noun can be hidden by it."""

from django.urls import URLPattern, path, re_path

from indicators.views import editing, families, forecasts, imports, indicators, own, scorecards

app_name = "indicators"

INDICATORS: list[URLPattern] = [
    path("", indicators.indicator_list, name="indicator-list"),
    path("add/", editing.indicator_add, name="indicator-add"),
    path("compare/", indicators.comparison_show, name="comparison-show"),
]
SCORECARDS: list[URLPattern] = [
    path("scorecards/", scorecards.scorecard_list, name="scorecard-list"),
    path("scorecards/add/", scorecards.scorecard_add, name="scorecard-add"),
    path("scorecards/<int:pk>/", scorecards.scorecard_show, name="scorecard-show"),
    path("scorecards/<int:pk>/edit/", scorecards.scorecard_edit, name="scorecard-edit"),
    path("scorecards/<int:pk>/archive/", scorecards.scorecard_archive, name="scorecard-archive"),
    path("scorecards/<int:pk>/export/", scorecards.scorecard_export, name="scorecard-export"),
    path("scorecards/<int:pk>/lines/<int:line>/move/", scorecards.line_move, name="line-move"),
]
FORECASTS: list[URLPattern] = [
    path("forecasts/", forecasts.forecast_list, name="forecast-list"),
    path("forecasts/add/", forecasts.forecast_add, name="forecast-add"),
    path("forecasts/<slug:code>/", forecasts.forecast_show, name="forecast-show"),
    path("forecasts/<slug:code>/forecast.svg", forecasts.forecast_chart_show, name="forecast-chart"),
]
IMPORTS: list[URLPattern] = [
    path("imports/", imports.import_list, name="import-list"),
    path("imports/add/", imports.import_add, name="import-add"),
    path("imports/<int:pk>/", imports.import_show, name="import-show"),
    path("imports/<int:pk>/cancel/", imports.import_cancel, name="import-cancel"),
    path("imports/<int:pk>/retry/", imports.import_retry, name="import-retry"),
    path("imports/<int:pk>/file/", imports.import_download, name="import-download"),
    path("imports/own/", own.own_show, name="own-show"),
    path("imports/own/template/", own.own_template, name="own-template"),
    path("imports/own/keep/", own.own_keep, name="own-keep"),
    path("imports/own/follow/", own.counts_follow, name="counts-follow"),
    path("imports/own/take/", own.counts_take, name="counts-take"),
    path("imports/releases/<int:pk>/withdraw/", imports.release_withdraw, name="release-withdraw"),
    path("imports/releases/<int:pk>/restore/", imports.release_restore, name="release-restore"),
    path("imports/kinds/<slug:code>/", families.family_show, name="family-show"),
    path("imports/kinds/<slug:code>/add/", families.entry_add, name="entry-add"),
    path("imports/kinds/<slug:code>/confirm/", families.proposals_confirm, name="proposals-confirm"),
    path("imports/kinds/<slug:code>/columns/", families.column_ignore, name="column-ignore"),
    path("imports/kinds/<slug:code>/<int:pk>/", families.entry_edit, name="entry-edit"),
    path("imports/kinds/<slug:code>/<int:pk>/remove/", families.entry_remove, name="entry-remove"),
]
ONE_INDICATOR: list[URLPattern] = [
    path("<slug:code>/", indicators.indicator_show, name="indicator-show"),
    path("<slug:code>/figures/", indicators.figures_export, name="figures-export"),
    path("<slug:code>/edit/", editing.indicator_edit, name="indicator-edit"),
    path("<slug:code>/archive/", editing.indicator_archive, name="indicator-archive"),
    path("<slug:code>/notes/", editing.note_add, name="note-add"),
    path("<slug:code>/notes/<int:pk>/remove/", editing.note_remove, name="note-remove"),
    path("<slug:code>/targets/", editing.target_set, name="target-set"),
    path("<slug:code>/targets/<int:pk>/remove/", editing.target_remove, name="target-remove"),
    re_path(r"^(?P<code>[-\w]+)/(?P<which>trend|strip)\.svg$", indicators.chart_show, name="chart-show"),
]

urlpatterns = [*INDICATORS, *SCORECARDS, *FORECASTS, *IMPORTS, *ONE_INDICATOR]
