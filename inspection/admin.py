"""The lists of words and patterns that published inspections are read with; a save here outlives the loaded file."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin_audit import AuditedAdmin
from accounts.domain.roles import Permission
from framework.models import Criterion
from inspection.domain.reports.lists import CLOSES, ListKind
from inspection.gather.published_lists import lists_in_use
from inspection.models import ReportWords, TermPattern
from inspection.published_loading import tie_all

PARTS = ("outcome", "improvement", "priority", CLOSES)


class EditedAdmin(AuditedAdmin):
    permission = Permission.MANAGE_FRAMEWORKS
    readonly_fields = ("edited_at",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.changed_data or not change:
            obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)


class ReportWordsForm(forms.ModelForm):  # type: ignore[type-arg]  # the library's class takes no parameter at run time
    class Meta:
        model = ReportWords
        fields = ("kind", "code", "words", "order")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "code" in self.fields:  # once stored, whose words they are stays
            self._check_whose(values.get("kind", ""), values.get("code", ""))
        for line in (values.get("words") or "").splitlines():
            if line.strip() in {"*", "**"}:
                self.add_error("words", "A * alone would stand for everything. Put a word before it.")
        return values

    def _check_whose(self, kind: str, code: str) -> None:
        if kind == ListKind.HEADING and code not in PARTS:
            self.add_error("code", f"A part is one of: {', '.join(PARTS)}.")
        if kind == ListKind.OUTCOME and code not in {"1", "2", "3"}:
            self.add_error("code", "An outcome is 1, 2 or 3.")
        if kind in {ListKind.CRITERION, ListKind.THEME} and not code:
            self.add_error("code", "Enter whose words they are.")
        if kind == ListKind.CRITERION and code and not Criterion.objects.filter(code=code).exists():
            self.add_error("code", f"No criterion has the code “{code}”.")


@admin.register(ReportWords)
class ReportWordsAdmin(EditedAdmin):
    """Saving a list ties every stored text anew, in the same transaction."""

    form = ReportWordsForm
    list_display = ("kind", "code", "first_words", "edited_at")
    list_display_links = ("kind", "code")
    list_filter = ("kind",)
    search_fields: ClassVar = ("code", "words")
    search_help_text = "Searches whose words they are, and the words."
    list_per_page = 100

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("edited_at", "kind", "code") if obj else ("edited_at",)

    @admin.display(description="Words")
    def first_words(self, row: ReportWords) -> str:
        shown = ", ".join(row.phrases[:6])
        return f"{shown} …" if len(row.phrases) > 6 else shown

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            tie_all(lists_in_use())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            super().delete_model(request, obj)
            tie_all(lists_in_use())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            tie_all(lists_in_use())


@admin.register(TermPattern)
class TermPatternAdmin(EditedAdmin):
    list_display = ("area", "region", "term", "year", "was_on", "made_on", "edited_at")
    list_filter = ("region",)
    list_select_related: ClassVar = ("area",)
    search_fields: ClassVar = ("area__name", "region")
    search_help_text = "Searches area and region."
