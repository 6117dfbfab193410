"""A cycle, its judgements and its partners' views."""

from django.urls import URLPattern, path

from selfeval.views import cycles

PAGES: list[URLPattern] = [
    path("", cycles.cycle_open, name="cycle-open"),
    path("cycles/<int:pk>/", cycles.cycle_show, name="cycle-show"),
]
