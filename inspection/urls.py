"""The addresses of `inspection`, by noun."""

from django.urls import URLPattern, path

from inspection.views import decisions, items, owners

app_name = "inspection"

VISIT: list[URLPattern] = []
ITEMS: list[URLPattern] = [
    path("annex-a/", items.item_list, name="item-list"),
    path("annex-a/seen/", items.items_see, name="items-see"),
    path("annex-a/decide/", decisions.items_decide, name="items-decide"),
    path("annex-a/approve/", decisions.items_approve, name="items-approve"),
    path("annex-a/owners/", owners.owners_set, name="owners-set"),
    path("annex-a/added/<int:pk>/", owners.item_adopt, name="item-adopt"),
    path("annex-a/<str:code>/", items.item_show, name="item-show"),
    path("annex-a/<str:code>/start/", items.submission_start, name="submission-start"),
    path("annex-a/<str:code>/owner/", owners.owner_set, name="owner-set"),
    path("annex-a/<str:code>/<int:number>/", items.submission_show, name="submission-show"),
    path("annex-a/<str:code>/<int:number>/edit/", items.submission_edit, name="submission-edit"),
    path("annex-a/<str:code>/<int:number>/return/", decisions.submission_return, name="submission-return"),
    path("annex-a/<str:code>/<int:number>/files/<int:pk>/", items.file_download, name="file-download"),
    *(
        path(
            f"annex-a/<str:code>/<int:number>/{move}/",
            items.submission_move,
            {"move": move},
            name=f"submission-{move}",
        )
        for move in items.MOVES
    ),
]
PACKS: list[URLPattern] = []
READINESS: list[URLPattern] = []

urlpatterns: list[URLPattern] = [*READINESS, *VISIT, *ITEMS, *PACKS]
