"""The addresses of `strategy`, by noun."""

from django.urls import URLPattern, path

from strategy.views import overview

app_name = "strategy"

STRATEGY: list[URLPattern] = [
    path("", overview.strategy_show, name="strategy-show"),
]

urlpatterns = STRATEGY
