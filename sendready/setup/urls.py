"""The addresses of the set-up and the settings."""

from django.urls import path

from sendready.setup import first_run, views

app_name = "sendready"

urlpatterns = [
    path("first-run/", first_run.first_run_show, name="run-first"),
    path("first-run/<str:token>/", first_run.first_run_start, name="run-start"),
    path("checklist/", views.checklist_show, name="checklist-show"),
    path("settings/", views.settings_show, name="settings-show"),
    path("settings/area/", views.area_edit, name="area-edit"),
    path("settings/organisations/add/", views.organisation_add, name="organisation-add"),
    path("settings/organisations/<int:pk>/", views.organisation_edit, name="organisation-edit"),
    path("settings/organisations/<int:pk>/remove/", views.organisation_remove, name="organisation-remove"),
    path("settings/holidays/add/", views.holiday_add, name="holiday-add"),
    path("settings/holidays/<int:pk>/", views.holiday_edit, name="holiday-edit"),
    path("settings/holidays/<int:pk>/remove/", views.holiday_remove, name="holiday-remove"),
]
