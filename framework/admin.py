"""The admin site maintains the whole rulebook: a save here has the last word over a file that is loaded again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models, transaction
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin_audit import AuditedAdmin
from accounts.domain.roles import Permission
from framework.models import (
    AreaOfFocus,
    Criterion,
    CriterionGroup,
    CriterionMapping,
    CriterionPoint,
    FirstHourTask,
    Framework,
    Lens,
    LensStatement,
    Outcome,
    PublishedRow,
    RequestItem,
    TimetableRule,
)

PUBLISHED = ("official_wording", "reference", "source", "confirmed_on")
IN_THIS_AREA = ("is_local", "is_archived", "edited_at")
WITH_ONE_FRAMEWORK = frozenset({"group", "criterion", "lens", "deadline"})


def columns(*own: str) -> tuple[str, ...]:
    return ("title", "marks", "order", *own, "code")


class EmptyLabel(admin.SimpleListFilter):
    """Filters on whether a date is there."""

    yes: ClassVar[str]
    no: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", self.yes), ("no", self.no)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(**{f"{self.parameter_name}__isnull": self.value() == "no"})


class Confirmed(EmptyLabel):
    title = "confirmed"
    parameter_name = "confirmed_on"
    yes, no = "Confirmed against its source", "Our default"


class Edited(EmptyLabel):
    title = "edited here"
    parameter_name = "edited_at"
    yes, no = "Edited here", "As loaded"


class PublishedRowAdmin(AuditedAdmin):
    """Search, filters, order and archive, the same for every kind of row."""

    permission = Permission.MANAGE_FRAMEWORKS
    own_fields: ClassVar[tuple[str | tuple[str, str], ...]] = ()
    own_filters: ClassVar[tuple[str, ...]] = ()
    ordering = ("framework", "order", "code")
    list_display: Any = columns()
    list_editable = ("order",)
    list_display_links = ("title",)
    list_select_related: ClassVar[Any] = ("framework",)
    list_per_page = 100
    search_fields: ClassVar[Any] = ("code", "title", "official_wording", "reference", "source")
    search_help_text = "Searches code, title, official wording, reference and source."
    actions = ("archive", "take_out_of_archive", "confirm_today")
    save_on_top = True

    def get_list_filter(self, request: HttpRequest) -> Any:
        return ("framework", *self.own_filters, Confirmed, "is_local", "is_archived", Edited)

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return (
            (None, {"fields": ("framework", "code", "title", *self.own_fields, "order")}),
            (
                "What is published",
                {
                    "fields": PUBLISHED,
                    "description": "Paste the publisher's wording here; the title above stays in our own words.",
                },
            ),
            (
                "In this area",
                {
                    "fields": IN_THIS_AREA,
                    "description": "After a save here, loading the published file again leaves this row alone.",
                },
            ),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return ("edited_at", "framework", "code") if obj else ("edited_at",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A row that is added by hand is local, in the framework in force."""
        current = Framework.objects.filter(is_current=True).values_list("pk", flat=True).first()
        return {"is_local": True, "framework": current, "order": 900} | super().get_changeform_initial_data(request)

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        form = super().get_form(request, obj, change, **kwargs)
        for name in WITH_ONE_FRAMEWORK & form.base_fields.keys():
            choice = form.base_fields[name]
            if isinstance(choice, forms.ModelChoiceField) and isinstance(obj, PublishedRow) and choice.queryset:
                choice.queryset = choice.queryset.filter(framework=obj.framework_id)
        return form

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> type[BaseModelFormSet[Any, Any]]:
        """The fields in the list have no label of their own there: each says what it is."""
        formset = super().get_changelist_formset(request, **kwargs)
        for name in self.list_editable:
            formset.form.base_fields[name].widget.attrs["aria-label"] = name.capitalize()
        return formset

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        if form.changed_data or not change:
            obj.edited_at = timezone.now()  # type: ignore[attr-defined]  # every row of a rulebook has it
        super().save_model(request, obj, form, change)

    @admin.display(description="State", ordering="confirmed_on")
    def marks(self, row: PublishedRow) -> str:
        """In words what a reader should know before relying on the row."""
        words = [f"Confirmed {row.confirmed_on:%-d %b %Y}" if row.confirmed_on else "Default"]
        words += ["Local"] * row.is_local + ["Archived"] * row.is_archived + ["Edited here"] * bool(row.edited_at)
        return ", ".join(words)

    @admin.action(description="Archive: hide, keep what points at them")
    def archive(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._set(request, rows.filter(is_archived=False), "is_archived", True, "archived")

    @admin.action(description="Take out of the archive")
    def take_out_of_archive(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._set(request, rows.filter(is_archived=True), "is_archived", False, "taken out of the archive")

    @admin.action(description="Confirm: checked against the source today")
    def confirm_today(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._set(request, rows, "confirmed_on", timezone.localdate(), "confirmed today")

    def _set(self, request: HttpRequest, rows: Iterable[Any], name: str, value: object, done: str) -> None:
        count = 0
        with transaction.atomic():
            for row in rows:
                setattr(row, name, value)
                row.edited_at = timezone.now()
                row.save(update_fields=[name, "edited_at"])
                self.log_change(request, row, [{"changed": {"fields": [name]}}])
                count += 1
        self.message_user(request, f"{count} {'row' if count == 1 else 'rows'} {done}.", messages.SUCCESS)


class RowsBeneath(BaseInlineFormSet):  # type: ignore[type-arg]  # the library's class takes no parameter at run time
    """Rows beneath another row: of the same framework, each code once."""

    def clean(self) -> None:
        super().clean()
        framework, rows = self.instance.framework_id, type(self.empty_form.instance)._default_manager
        for form in self.forms:
            form.instance.framework_id = framework
            code = form.cleaned_data.get("code") if hasattr(form, "cleaned_data") else None
            same = rows.filter(framework=framework, code=code).exclude(pk=form.instance.pk)
            if code and "code" in form.changed_data and same.exists():
                form.add_error("code", f"“{code}” is taken in this framework. Choose another code.")

    def save_new(self, form: Any, commit: bool = True) -> Any:
        form.instance.framework_id = self.instance.framework_id
        form.instance.edited_at = timezone.now()
        return super().save_new(form, commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        form.instance.edited_at = timezone.now()
        return super().save_existing(form, obj, commit)


class PointInline(admin.StackedInline):  # type: ignore[type-arg]  # the library's class takes no parameter at run time
    model = CriterionPoint
    verbose_name = "point"
    formset = RowsBeneath
    extra = 0
    fields = (
        ("code", "order"),
        "title",
        "is_alternative_provision",
        *PUBLISHED,
        ("is_local", "is_archived"),
    )
    ordering = ("order", "code")
    classes = ("collapse",)


class StatementInline(admin.StackedInline):  # type: ignore[type-arg]  # the library's class takes no parameter at run time
    model = LensStatement
    verbose_name = "statement"
    formset = RowsBeneath
    extra = 0
    fields = (("code", "order"), "title", *PUBLISHED, ("is_local", "is_archived"))
    ordering = ("order", "code")


@admin.register(Framework)
class FrameworkAdmin(AuditedAdmin):
    permission = Permission.MANAGE_FRAMEWORKS
    list_display = ("name", "code", "in_force_from", "in_force_to", "confirmed_on", "is_current")
    search_fields = ("code", "name", "about", "source")
    fields = (
        "code",
        "name",
        "about",
        ("in_force_from", "in_force_to"),
        "source",
        "confirmed_on",
        "list_layouts",
        "is_current",
        "edited_at",
    )
    actions = ("make_current",)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return ("is_current", "edited_at", "code") if obj else ("is_current", "edited_at")

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        obj.edited_at = timezone.now()  # type: ignore[attr-defined]  # a framework has it
        super().save_model(request, obj, form, change)

    @admin.action(description="Make current: the next visit follows it")
    def make_current(self, request: HttpRequest, frameworks: QuerySet[Framework]) -> None:
        chosen = list(frameworks[:2])
        if len(chosen) != 1:
            self.message_user(request, "Choose one framework: only one can be current.", messages.ERROR)
            return
        with transaction.atomic():
            Framework.objects.filter(is_current=True).update(is_current=False)
            Framework.objects.filter(pk=chosen[0].pk).update(is_current=True)
            self.log_change(request, chosen[0], [{"changed": {"fields": ["is_current"]}}])
        self.message_user(request, f"{chosen[0]} is current now. Visits that have begun keep theirs.", messages.SUCCESS)


@admin.register(CriterionGroup)
class CriterionGroupAdmin(PublishedRowAdmin):
    own_fields = ("summary",)


@admin.register(Criterion)
class CriterionAdmin(PublishedRowAdmin):
    own_fields = ("group", "summary")
    list_display = columns("group")
    own_filters = ("group",)
    list_select_related = ("framework", "group")
    search_fields = (*PublishedRowAdmin.search_fields, "summary", "points__title", "points__code")
    search_help_text = "Searches the criteria and their points."
    inlines = (PointInline,)


@admin.register(Lens)
class LensAdmin(PublishedRowAdmin):
    own_fields = ("summary",)
    inlines = (StatementInline,)


@admin.register(AreaOfFocus)
class AreaOfFocusAdmin(PublishedRowAdmin):
    own_fields = ("kind",)
    list_display = columns("kind")
    own_filters = ("kind",)


@admin.register(Outcome)
class OutcomeAdmin(PublishedRowAdmin):
    own_fields = (
        "when",
        "report_lists",
        "follows",
        "full_within_months",
        "monitoring_within_months",
        "asks_priority_action_plan",
    )
    list_display = columns("full_within_months", "monitoring_within_months")


@admin.register(TimetableRule)
class TimetableRuleAdmin(PublishedRowAdmin):
    own_fields = (
        "description",
        "anchor",
        ("offset_working_days", "ends_offset_working_days"),
        ("at_time", "ends_at_time"),
        "owner_role",
        "batch",
        "basis",
    )
    list_display = columns("anchor", "offset_working_days", "at_clock", "owner_role", "batch")
    own_filters = ("anchor", "batch", "owner_role")
    search_fields = (*PublishedRowAdmin.search_fields, "description", "basis")
    search_help_text = "Searches code, title, description, basis and source."

    @admin.display(description="Time", ordering="at_time", empty_value="–")
    def at_clock(self, rule: TimetableRule) -> str | None:
        """As every other page writes it: 12:00, never “noon”."""
        return f"{rule.at_time:%H:%M}" if rule.at_time else None


@admin.register(RequestItem)
class RequestItemAdmin(PublishedRowAdmin):
    own_fields = (
        "description",
        "group",
        "deadline",
        "responsible_role",
        "kind",
        ("is_health_item", "is_person_level"),
        "to_check",
    )
    list_display = columns("group", "deadline", "responsible_role")
    own_filters = ("group", "kind", "is_health_item", "responsible_role", "deadline")
    list_select_related = ("framework", "deadline")
    search_fields = (*PublishedRowAdmin.search_fields, "description", "group")
    search_help_text = "Searches code, title, description, group and source."


@admin.register(FirstHourTask)
class FirstHourTaskAdmin(PublishedRowAdmin):
    own_fields = ("description", "owner_role", "within_minutes")
    list_display = columns("owner_role", "within_minutes")
    own_filters = ("owner_role",)


@admin.register(CriterionMapping)
class CriterionMappingAdmin(PublishedRowAdmin):
    own_fields = ("old_framework", "old_code", "new_code")
    list_display = columns("old_framework", "old_code", "new_code")
    list_select_related = ("framework", "old_framework")
