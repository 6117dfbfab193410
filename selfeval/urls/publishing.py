"""Frozen versions and their reports; the reading page of a version beneath /read/."""

from django.urls import URLPattern, path

from selfeval.views import documents, versions

PAGES: list[URLPattern] = [
    path("versions/", versions.version_list, name="published-list"),
    path("versions/freeze/", versions.version_freeze, name="published-freeze"),
    path("versions/sign-off/", versions.version_sign_off, name="published-sign-off"),
    path("versions/preview/<slug:kind>/<slug:part>/", versions.version_preview, name="published-preview"),
    path("versions/compare/", versions.version_compare, name="published-compare"),
    path("versions/<int:pk>/", versions.version_show, name="published-show"),
    path("versions/<int:pk>/withdraw/", versions.version_withdraw, name="published-withdraw"),
    path("versions/<int:pk>/report/", versions.report_order, name="report-order"),
]
READING: list[URLPattern] = [
    path("<int:pk>/document/", documents.document_open, name="document-open"),
    path("<int:pk>/document/<slug:part>/", documents.part_open, name="part-open"),
    path("<int:pk>/children/", documents.children_open, name="children-open"),
    path("<int:pk>/charts/<slug:code>.svg", documents.chart_draw, name="chart-draw"),
    path("<int:pk>/files/<int:number>/", documents.partner_document_take, name="partner-document-take"),
]
