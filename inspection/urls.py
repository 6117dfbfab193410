"""The addresses of `inspection`, by noun."""

from django.urls import URLPattern

app_name = "inspection"

VISIT: list[URLPattern] = []
ITEMS: list[URLPattern] = []
PACKS: list[URLPattern] = []
READINESS: list[URLPattern] = []

urlpatterns: list[URLPattern] = [*READINESS, *VISIT, *ITEMS, *PACKS]
