"""Kinds of files: which column is which indicator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed, has_permission
from accounts.requests import permission_required, user_of
from indicators.actions import catalogue
from indicators.actions.indicators import Words, add_indicator
from indicators.forms.imports import NEW, EntryForm
from indicators.models import CatalogueEntry, FileFamily, Indicator, Release
from indicators.presenters import imports as presenters


def _family(code: str) -> FileFamily:
    return get_object_or_404(FileFamily, code=code)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def family_show(request: HttpRequest, code: str) -> HttpResponse:
    """Every column of a kind of file: what it is known as, what it may be."""
    family = _family(code)
    entries = list(family.entries.select_related("indicator", "confirmed_by").order_by("indicator__order", "pk"))
    context = {
        "family": family,
        "releases": Release.objects.filter(family=family).order_by("-newest_to_on", "-pk")[:10],
        "lines": presenters.column_lines(family, entries),
        "proposals": [entry for entry in entries if entry.state == "proposed"],
        "filters": [
            (column, values[:12], max(0, len(values) - 12))
            for column, values in sorted(family.filters.items())
            if values
        ],
        "can_edit": has_permission(user_of(request), Permission.EDIT_INDICATORS),
    }
    return TemplateResponse(request, "indicators/family_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def entry_add(request: HttpRequest, code: str) -> HttpResponse:
    family = _family(code)
    return _entry_page(request, family, None, {"column": request.GET.get("column", "")})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def entry_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    family = _family(code)
    entry = get_object_or_404(family.entries.select_related("indicator", "family"), pk=pk)
    return _entry_page(request, family, entry, EntryForm.initial_of(entry))


def _entry_page(
    request: HttpRequest, family: FileFamily, entry: CatalogueEntry | None, initial: dict[str, Any]
) -> HttpResponse:
    form = EntryForm(request.POST or None, family=family, entry=entry, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                indicator = entry.indicator if entry else _indicator(request, form)
                _confirm(request, family, indicator, form)
            except NotAllowed as refusal:
                form.add_error(None, refusal.reason)
            else:
                messages.success(
                    request, f"{indicator} comes from “{form.cleaned_data['column']}” now. Its figures are being taken."
                )
                return redirect("indicators:family-show", code=family.code)
    context = {"form": form, "family": family, "entry": entry}
    return TemplateResponse(request, "indicators/entry_edit.html", context, status=status)


def _indicator(request: HttpRequest, form: EntryForm) -> Indicator:
    if form.cleaned_data["indicator"] != NEW:
        return Indicator.objects.get(code=form.cleaned_data["indicator"])
    unit = form.cleaned_data["unit"] or "count"
    words = Words(
        name=form.cleaned_data["name"],
        unit=unit,
        decimals=1 if unit in {"percent", "rate", "score", "ratio"} else 0,
        direction=form.cleaned_data["direction"] or "neither",
        source=f"{form.family.publisher}, {form.family.title}"[:300],
    )
    return add_indicator(by=user_of(request), at=timezone.now(), code=form.code(), words=words)


def _confirm(request: HttpRequest, family: FileFamily, indicator: Indicator, form: EntryForm) -> None:
    place = catalogue.Place(
        column=form.cleaned_data["column"], filters=form.filters(), period_as=form.cleaned_data["period_as"]
    )
    catalogue.confirm_entry(by=user_of(request), at=timezone.now(), family=family, indicator=indicator, place=place)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def proposals_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Every complete proposal at once."""
    number = catalogue.confirm_proposals(by=user_of(request), at=timezone.now(), family=_family(code))
    if number:
        messages.success(request, f"{number} confirmed. Their figures are being taken from the files that are here.")
    else:
        messages.info(request, "No proposal is complete: open each and choose the values of its filters.")
    return redirect("indicators:family-show", code=code)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def entry_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    entry = get_object_or_404(_family(code).entries.select_related("indicator", "family"), pk=pk)
    name, was_confirmed = str(entry.indicator), entry.state == "confirmed"
    catalogue.remove_entry(by=user_of(request), at=timezone.now(), entry=entry)
    messages.success(
        request,
        f"{name} no longer comes from these files. Figures of an earlier source count again."
        if was_confirmed
        else f"The proposal for {name} is gone.",
    )
    return redirect("indicators:family-show", code=code)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def column_ignore(request: HttpRequest, code: str) -> HttpResponse:
    catalogue.ignore_column(
        by=user_of(request),
        at=timezone.now(),
        family=_family(code),
        column=request.POST.get("column", ""),
        is_ignored=request.POST.get("back") != "1",
    )
    return redirect("indicators:family-show", code=code)
