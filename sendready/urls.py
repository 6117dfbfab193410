"""Every address. Each app names its own; this table says where they hang."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("inspection.urls")),
    path("lists/", include("children.urls")),
    path("strategy/", include("strategy.urls")),
    path("data/", include("indicators.urls")),
    path("evidence/", include("evidence.urls")),
    path("self-evaluation/", include("selfeval.urls")),
    path("read/", include("selfeval.urls.reading")),
    path("criteria/", include("framework.urls")),
    path("files/", include("documents.urls")),
    path("", include("accounts.urls")),
    path("", include("sendready.page_urls")),
    path("", include("sendready.setup.urls")),
    path("account/", include("accounts.signin_urls")),
    path("admin/", admin.site.urls),
]

handler400 = "sendready.errors.bad_request"
handler403 = "sendready.errors.forbidden"
handler404 = "sendready.errors.not_found"
handler500 = "sendready.errors.server_error"
