"""The addresses of `documents`."""

from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("exports/", views.export_list, name="export-list"),
    path("exports/order/", views.export_order, name="export-order"),
    path("exports/<int:pk>/", views.export_show, name="export-show"),
    path("exports/<int:pk>/again/", views.export_remake, name="export-remake"),
    path("exports/<int:pk>/cancel/", views.export_cancel, name="export-cancel"),
    path("exports/<int:pk>/retry/", views.export_retry, name="export-retry"),
    path("exports/<int:pk>/download/", views.export_download, name="export-download"),
]
