"""The addresses of `framework`."""

from django.urls import path

from framework import views

app_name = "framework"

urlpatterns = [
    path("", views.criteria_read, name="criteria-read"),
    path("requests/", views.requests_read, name="requests-read"),
]
