"""Reading a workbook or a Word document into the strategy: upload, preview, confirm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from documents.files import open_stored
from documents.intake import DOCX, Refused
from documents.spreadsheets.refusal import Unusable
from strategy.actions import imports as actions
from strategy.actions.imports import MovedOn
from strategy.domain.exchange.comparing import Difference, compare, label_of
from strategy.domain.exchange.sheets import Problem, Tables
from strategy.exchange_gather import known_names, present_tables
from strategy.forms import ImportForm
from strategy.models import ImportState, StrategyImport
from strategy.presenters import strategy_crumb
from strategy.readers.word import GUESSED, read_word
from strategy.readers.workbook import read_workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    tables: Tables
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    guessed: frozenset[str]


def _read(found: StrategyImport) -> Reading:
    """What the file says. Raises Unusable."""
    with open_stored(found.stored) as stream:
        if found.stored.content_type == DOCX.content_type:
            tables, problems = read_word(stream)
            return Reading(tables=tables, problems=problems, left_out=(), guessed=GUESSED)
        tables, problems, left_out = read_workbook(stream, known_names())
        return Reading(tables=tables, problems=problems, left_out=left_out, guessed=frozenset())


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_STRATEGY)
def import_start(request: HttpRequest) -> HttpResponseBase:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.start_import(by=user_of(request), at=timezone.now(), upload=form.cleaned_data["upload"])
        except Refused as refusal:
            form.add_error("upload", refusal.sentence)
        else:
            return redirect("strategy:import-show", pk=found.pk)
    context = {"form": form, "crumbs": [strategy_crumb()]}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "strategy/import_start.html", context, status=status)


@require_http_methods(["GET"])
@permission_required(Permission.EDIT_STRATEGY)
def import_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What taking the file over would do; nothing has been stored yet."""
    return _preview(request, get_object_or_404(StrategyImport.objects.select_related("stored"), pk=pk))


def _preview(request: HttpRequest, found: StrategyImport, status: int = 200) -> HttpResponseBase:
    context: dict[str, Any] = {
        "found": found,
        "is_open": found.state == ImportState.PREVIEWED,
        "crumbs": [strategy_crumb()],
    }
    if not context["is_open"]:
        return TemplateResponse(request, "strategy/import_show.html", context)
    try:
        reading = _read(found)
    except Unusable as refusal:
        context["unusable"] = refusal.sentence
        return TemplateResponse(request, "strategy/import_show.html", context, status=400)
    difference = compare(reading.tables, present_tables(), guessed=reading.guessed)
    problems = (*reading.problems, *difference.problems)
    context |= {
        "problems": problems,
        "left_out": reading.left_out,
        "is_guessed": bool(reading.guessed),
        "counts": difference.counts,
        "sheets": [sheet for sheet in difference.sheets if sheet.is_anything],
        "missing": _missing(difference),
        "can_take": not problems and any(sheet.new or sheet.changed or sheet.missing for sheet in difference.sheets),
    }
    return TemplateResponse(request, "strategy/import_show.html", context, status=status)


def _missing(difference: Difference) -> list[tuple[str, str]]:
    return [(sheet.spec.noun, label_of(sheet.spec, row)) for sheet in difference.sheets for row in sheet.missing]


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def import_take(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(StrategyImport.objects.select_related("stored"), pk=pk)
    user, at = user_of(request), timezone.now()
    try:
        reading = _read(found)
        if reading.problems:
            raise NotAllowed("The file has problems: mend them first.")
        taken = actions.take_import(
            by=user,
            at=at,
            found=found,
            tables=reading.tables,
            guessed=reading.guessed,
            archives_missing="archive_missing" in request.POST,
        )
    except (NotAllowed, Unusable) as refusal:
        messages.error(request, str(refusal))
        return redirect("strategy:import-show", pk=pk)
    except MovedOn as moved:
        messages.warning(request, moved.sentence)
        actions.renew_preview(by=user, at=at, found=found)
        return redirect("strategy:import-show", pk=pk)
    counts = taken.counts
    messages.success(request, f"Taken over: {counts['new']} rows are new, {counts['changed']} changed.")
    return redirect("strategy:strategy-show")


@require_POST
@permission_required(Permission.EDIT_STRATEGY)
def import_drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(StrategyImport, pk=pk, state=ImportState.PREVIEWED)
    actions.drop_import(by=user_of(request), at=timezone.now(), found=found)
    messages.success(request, "The file isn't taken over. Nothing has changed.")
    return redirect("strategy:strategy-show")
