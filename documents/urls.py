"""The addresses of `documents`."""

from django.urls import path

from documents.views import exports, records

app_name = "documents"

urlpatterns = [
    path("exports/", exports.export_list, name="export-list"),
    path("exports/order/", exports.export_order, name="export-order"),
    path("exports/<int:pk>/", exports.export_show, name="export-show"),
    path("exports/<int:pk>/again/", exports.export_remake, name="export-remake"),
    path("exports/<int:pk>/cancel/", exports.export_cancel, name="export-cancel"),
    path("exports/<int:pk>/retry/", exports.export_retry, name="export-retry"),
    path("exports/<int:pk>/download/", exports.export_download, name="export-download"),
    path("kept/", records.record_list, name="record-list"),
    path("kept/<slug:sort>/", records.record_list, name="record-list"),
    path("kept/<slug:sort>/<int:pk>/", records.record_show, name="record-show"),
    path("kept/<slug:sort>/<int:pk>/hold/", records.record_hold, name="record-hold"),
    path("kept/<slug:sort>/<int:pk>/erase/", records.record_erase, name="record-erase"),
]
