"""The admin site: reference data only, behind our own sign-in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.admin_audit import AuditedAdmin
from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import user_of

KEEPERS = frozenset({Permission.MANAGE_FRAMEWORKS, Permission.MANAGE_PEOPLE, Permission.MANAGE_SETTINGS})


class SendreadyAdminSite(AdminSite):
    site_header = "sendready admin site"
    site_title = "sendready admin site"
    index_title = "Published rulebook, people and settings"
    site_url = "/"
    enable_nav_sidebar = False

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Takes what asks our permissions and writes our trail. Libraries would open second steps, lock-outs and
        groups to whoever gets in here, so theirs stay out."""
        if admin_class is not None and issubclass(admin_class, AuditedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and bool(user_of(request).permissions & KEEPERS)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in page. Somebody signed in who comes here lacks the role, and is told so."""
        wanted = request.GET.get("next") or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted, reverse("account_login"))
        if not self.has_permission(request):
            raise NotAllowed("Only an administrator works on the admin site.")
        return HttpResponseRedirect(reverse("admin:index"))

    def logout(  # type: ignore[override]  # a redirect instead of the library's own page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(  # type: ignore[override]  # a redirect instead of the library's own page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))
