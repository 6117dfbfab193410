"""The base of everything on the admin site: our permissions, our audit trail, refusals with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import AuditEvent
from accounts.permissions import has_permission
from accounts.requests import user_of

HISTORY_PAGE = 50
# As many users of a thing as a sentence can carry.
NAMED_IN_A_REFUSAL = 3


def in_use_sentence(thing: object, users_of_it: Iterable[object]) -> str:
    """Why a thing can't be deleted: what uses it, named and counted."""
    named = sorted({_name_of(user_of_it) for user_of_it in users_of_it})
    shown = ", ".join(named[:NAMED_IN_A_REFUSAL])
    more = len(named) - NAMED_IN_A_REFUSAL
    rest = f" and {more} more" if more > 0 else ""
    return f"“{thing}” is in use and can't be deleted: {shown}{rest}. Remove it there first, or archive it."


def _name_of(thing: object) -> str:
    return f"{thing._meta.verbose_name} “{thing}”" if isinstance(thing, models.Model) else str(thing)


class AuditedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # the library's class takes no parameter at run time
    """Set `permission`. Reading and writing both ask it; `can_add`, `can_change` and `can_delete` close single doors.

    Each addition, change and deletion writes one row of the audit trail in the same transaction; the history page
    shows those rows. Fields are named, never valued.
    """

    permission: ClassVar[Permission]
    can_add: ClassVar[bool] = True
    can_change: ClassVar[bool] = True
    can_delete: ClassVar[bool] = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and has_permission(user_of(request), self.permission)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.can_add and self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.can_change and self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.can_delete and self.has_module_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Named after what it lists."""
        title = {"title": str(self.opts.verbose_name_plural).capitalize()}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: models.Model, form: ModelForm[Any], change: bool) -> None:
        """A row that counts its versions counts a save here too: pages open elsewhere and loaders then know of it."""
        if form.has_changed() and hasattr(obj, "version"):
            obj.version += 1
        super().save_model(request, obj, form, change)

    # -- the audit trail

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]  # the audit trail has its own rows
        self._record(request, obj, "added", message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]  # the audit trail has its own rows
        self._record(request, obj, "changed", message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[models.Model]) -> None:  # type: ignore[override]  # the audit trail has its own rows
        for obj in queryset:
            self._record(request, obj, "deleted", [])

    def _record(self, request: HttpRequest, obj: models.Model, verb: str, message: Any) -> None:
        changes = message if isinstance(message, list) else []
        audit.record(
            by=user_of(request),
            at=timezone.now(),
            action=f"{obj._meta.model_name}.{verb}",
            thing=obj,
            text=f"{str(obj._meta.verbose_name).capitalize()} {verb} on the admin site.",
            fields=list(_field_names(changes)),
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        events = AuditEvent.objects.filter(thing_type=obj._meta.label_lower, thing_id=str(obj.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {obj}",
            "events": Paginator(events, HISTORY_PAGE).get_page(request.GET.get("page")),
            "object": obj,
            "opts": self.opts,
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/audited_history.html", context)

    # -- deleting

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if "delete_selected" in actions:
            description = "Delete the selected %(verbose_name_plural)s"
            actions["delete_selected"] = (delete_selected_unused, "delete_selected", description)
        return actions

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is not None and self.has_delete_permission(request, obj):
            refusal = self.deletion_refusal(request, [obj])
            if refusal:
                messages.error(request, refusal)
                return HttpResponseRedirect(self._page_of(obj))
        return super().delete_view(request, object_id, extra_context)

    def deletion_refusal(self, request: HttpRequest, objs: Sequence[models.Model]) -> str:
        """Why none of these may be deleted; empty when they may."""
        for obj in objs:
            collector = _Collector(using=self.get_queryset(request).db)
            try:
                collector.collect([obj])
            except ProtectedError as error:
                return in_use_sentence(obj, error.protected_objects)
            except RestrictedError as error:
                return in_use_sentence(obj, error.restricted_objects)
        return ""

    def _page_of(self, obj: models.Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])


_Collector = models.deletion.Collector


def delete_selected_unused(
    modeladmin: AuditedAdmin, request: HttpRequest, queryset: models.QuerySet[models.Model]
) -> HttpResponse | None:
    """The library's bulk deletion, in one transaction, refused with a reason where something is in use."""
    refusal = modeladmin.deletion_refusal(request, list(queryset))
    if refusal:
        messages.error(request, f"Nothing was deleted. {refusal}")
        return None
    with transaction.atomic():
        return delete_selected(modeladmin, request, queryset)


def _field_names(changes: list[Any]) -> Iterable[str]:
    """Names out of the admin site's own change message; an inline row is named by its kind."""
    for change in changes:
        for verb, what in change.items():
            if what.get("name"):
                yield f"{what['name']} {verb}"
            else:
                yield from what.get("fields", [])
