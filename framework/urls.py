"""The addresses of `framework`."""

from django.urls import path

from framework import views, wording_views

app_name = "framework"

urlpatterns = [
    path("", views.criteria_read, name="criteria-read"),
    path("requests/", views.requests_read, name="requests-read"),
    path("wording/", wording_views.wording_paste, name="wording-paste"),
    path("wording/confirm/", wording_views.wording_confirm, name="wording-confirm"),
    path("wording/<int:pk>/undo/", wording_views.wording_undo, name="wording-undo"),
    path("differences/", wording_views.difference_show, name="difference-show"),
]
