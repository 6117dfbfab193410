"""The addresses of `indicators`, by noun. An indicator's own code comes last: no noun can be hidden by it."""

from django.urls import URLPattern, path, re_path

from indicators.views import forecasts, indicators, scorecards

app_name = "indicators"

INDICATORS: list[URLPattern] = [
    path("", indicators.indicator_list, name="indicator-list"),
    path("compare/", indicators.comparison_show, name="comparison-show"),
]
SCORECARDS: list[URLPattern] = [
    path("scorecards/", scorecards.scorecard_list, name="scorecard-list"),
    path("scorecards/add/", scorecards.scorecard_add, name="scorecard-add"),
    path("scorecards/<int:pk>/", scorecards.scorecard_show, name="scorecard-show"),
    path("scorecards/<int:pk>/edit/", scorecards.scorecard_edit, name="scorecard-edit"),
    path("scorecards/<int:pk>/archive/", scorecards.scorecard_archive, name="scorecard-archive"),
    path("scorecards/<int:pk>/lines/<int:line>/move/", scorecards.line_move, name="line-move"),
]
FORECASTS: list[URLPattern] = [
    path("forecasts/", forecasts.forecast_list, name="forecast-list"),
    path("forecasts/add/", forecasts.forecast_add, name="forecast-add"),
    path("forecasts/<slug:code>/", forecasts.forecast_show, name="forecast-show"),
    path("forecasts/<slug:code>/forecast.svg", forecasts.forecast_chart_show, name="forecast-chart"),
]
ONE_INDICATOR: list[URLPattern] = [
    path("<slug:code>/", indicators.indicator_show, name="indicator-show"),
    re_path(r"^(?P<code>[-\w]+)/(?P<which>trend|strip)\.svg$", indicators.chart_show, name="chart-show"),
]

urlpatterns = [*INDICATORS, *SCORECARDS, *FORECASTS, *ONE_INDICATOR]
