"""The addresses of the evidence log."""

from django.urls import path

from evidence.views import bulk, files, imports, items, links, revisions, supply

app_name = "evidence"

urlpatterns = [
    path("", items.evidence_list, name="evidence-list"),
    path("add/", items.evidence_add, name="evidence-add"),
    path("excel/", imports.import_start, name="import-start"),
    path("excel/order/", imports.log_order, name="log-order"),
    path("excel/<int:pk>/", imports.import_show, name="import-show"),
    path("excel/<int:pk>/take/", imports.import_take, name="import-take"),
    path("excel/<int:pk>/drop/", imports.import_drop, name="import-drop"),
    path("many/", bulk.bulk_add, name="bulk-add"),
    path("many/<int:pk>/", bulk.bulk_show, name="bulk-show"),
    path("ask/", supply.supply_ask, name="supply-ask"),
    path("supply/<str:token>/", supply.supply_send, name="supply-send"),
    path("E<int:number>/supply/", supply.supply_list, name="supply-list"),
    path("E<int:number>/supply/links/<int:pk>/stop/", supply.link_revoke, name="link-revoke"),
    path("E<int:number>/supply/<int:pk>/accept/", supply.supply_accept, name="supply-accept"),
    path("E<int:number>/supply/<int:pk>/decline/", supply.supply_decline, name="supply-decline"),
    path("E<int:number>/supply/<int:pk>/files/<int:file>/", supply.supplied_download, name="supplied-download"),
    path("E<int:number>/", items.evidence_show, name="evidence-show"),
    path("E<int:number>/change/", items.evidence_change, name="evidence-change"),
    path("E<int:number>/archive/", items.evidence_move, {"move": "archive"}, name="evidence-archive"),
    path("E<int:number>/restore/", items.evidence_move, {"move": "restore"}, name="evidence-restore"),
    path("E<int:number>/points/", links.point_link, name="point-link"),
    path("E<int:number>/points/<int:pk>/take-out/", links.point_unlink, name="point-unlink"),
    path("E<int:number>/statements/", links.statement_link, name="statement-link"),
    path("E<int:number>/statements/<int:pk>/take-out/", links.statement_unlink, name="statement-unlink"),
    path("E<int:number>/revise/", revisions.revision_start, name="revision-start"),
    path("E<int:number>/revisions/<int:revision>/", revisions.revision_edit, name="revision-edit"),
    path(
        "E<int:number>/revisions/<int:revision>/take-back/",
        revisions.revision_take_back,
        name="revision-take-back",
    ),
    path(
        "E<int:number>/revisions/<int:revision>/approve/",
        revisions.revision_approve,
        name="revision-approve",
    ),
    path("E<int:number>/revisions/<int:revision>/check/", links.revision_check, name="revision-check"),
    path("E<int:number>/revisions/<int:revision>/return/", revisions.revision_return, name="revision-return"),
    path("E<int:number>/revisions/<int:revision>/files/<int:pk>/", files.file_download, name="file-download"),
    path("E<int:number>/revisions/<int:revision>/files/<int:pk>/look/", files.file_preview, name="file-preview"),
    path("E<int:number>/revisions/<int:revision>/files/<int:pk>/picture/", files.file_picture, name="file-picture"),
]
