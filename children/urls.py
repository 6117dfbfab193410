"""The addresses of `children`."""

from django.urls import path

from children import views

app_name = "children"

urlpatterns = [
    path("", views.upload_list, name="upload-list"),
    path("upload/", views.upload_add, name="upload-add"),
    path("composition/", views.composition_show, name="composition-show"),
    path("composition/export/", views.composition_export, name="composition-export"),
    path("trend/", views.trend_show, name="trend-show"),
    path("erasure/", views.erasure_show, name="erasure-show"),
    path("headers/", views.mapping_list, name="mapping-list"),
    path("headers/<int:pk>/", views.mapping_edit, name="mapping-edit"),
    path("headers/<int:pk>/remove/", views.mapping_remove, name="mapping-remove"),
    path("waivers/", views.waiver_list, name="waiver-list"),
    path("waivers/<int:pk>/withdraw/", views.waiver_withdraw, name="waiver-withdraw"),
    path("<int:pk>/", views.upload_show, name="upload-show"),
    path("<int:pk>/cancel/", views.upload_cancel, name="upload-cancel"),
    path("<int:pk>/retry/", views.upload_retry, name="upload-retry"),
    path("<int:pk>/use/", views.upload_use, name="upload-use"),
    path("<int:pk>/keep/", views.upload_keep, name="upload-keep"),
    path("<int:pk>/hold/", views.upload_hold, name="upload-hold"),
    path("<int:pk>/erase/", views.upload_erase, name="upload-erase"),
    path("<int:pk>/difference/", views.difference_show, name="difference-show"),
    path("<int:pk>/findings/", views.finding_list, name="finding-list"),
    path("<int:pk>/findings/export/", views.finding_export, name="finding-export"),
    path("<int:pk>/findings/<int:finding_pk>/waive/", views.finding_waive, name="finding-waive"),
    path("<int:pk>/headers/", views.upload_headers, name="upload-headers"),
    path("<int:pk>/again/", views.upload_again, name="upload-again"),
    path("<int:pk>/owners/", views.owner_list, name="owner-list"),
    path("<int:pk>/fixes/<int:number>/", views.fix_list, name="fix-list"),
    path("<int:pk>/fixes/<int:number>/export/", views.fix_export, name="fix-export"),
    path("<int:pk>/rows/<str:sheet>/<int:excel_row>/", views.row_show, name="row-show"),
]
