"""The log as a workbook, out and in: order, upload, preview, confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from documents.actions import order_export
from documents.files import DiskFull, open_stored
from documents.intake import Refused
from documents.spreadsheets.refusal import Unusable
from evidence.actions import imports as actions
from evidence.actions.imports import MovedOn
from evidence.domain.exchange import compare
from evidence.exchange_gather import in_words, known_names, tables_of
from evidence.exporting import EVIDENCE_LOG
from evidence.intake_forms import WorkbookForm
from evidence.models import EvidenceImport, ImportState
from evidence.permissions import check_can_import
from evidence.readers.workbook import Reading, read_workbook

# More rows than this on one page help nobody to look them through.
SHOWN = 300


def _read(found: EvidenceImport) -> Reading:
    with open_stored(found.stored) as stream:
        return read_workbook(stream, known_names())


@require_POST
@permission_required(Permission.READ_EVIDENCE)
def log_order(request: HttpRequest) -> HttpResponseBase:
    export = order_export(by=user_of(request), at=timezone.now(), kind=EVIDENCE_LOG.code, params={})
    return redirect("documents:export-show", pk=export.pk)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.READ_EVIDENCE)
def import_start(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    can_import = Permission.ADD_EVIDENCE in user.permissions
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        check_can_import(user)
        try:
            found = actions.start_import(by=user, at=timezone.now(), upload=form.cleaned_data["upload"])
        except (Refused, DiskFull) as refusal:
            form.add_error("upload", refusal.sentence)
        else:
            return redirect("evidence:import-show", pk=found.pk)
    context = {"form": form, "can_import": can_import}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "evidence/import_start.html", context, status=status)


def _fetch(request: HttpRequest, pk: int) -> EvidenceImport:
    """A preview is its maker's: another may read less."""
    return get_object_or_404(EvidenceImport.objects.select_related("stored"), pk=pk, made_by=user_of(request))


@require_GET
@permission_required(Permission.ADD_EVIDENCE)
def import_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What taking the file over would do; nothing has been stored yet."""
    found = _fetch(request, pk)
    check_can_import(user_of(request))
    context: dict[str, Any] = {"found": found, "is_open": found.state == ImportState.PREVIEWED}
    if not context["is_open"]:
        return TemplateResponse(request, "evidence/import_show.html", context)
    try:
        reading = _read(found)
    except Unusable as refusal:
        context["unusable"] = refusal.sentence
        return TemplateResponse(request, "evidence/import_show.html", context, status=400)
    difference = compare(reading.tables, tables_of(user_of(request)))
    problems = (*reading.problems, *difference.problems)
    context |= {
        "problems": problems[:SHOWN],
        "problem_count": len(problems),
        "left_out": reading.left_out,
        "difference": difference,
        "new": difference.new[:SHOWN],
        "changed": [in_words(change) for change in difference.changed[:SHOWN]],
        "shown": SHOWN,
        "can_take": not problems and bool(difference.new or difference.changed),
    }
    return TemplateResponse(request, "evidence/import_show.html", context)


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def import_take(request: HttpRequest, pk: int) -> HttpResponseBase:
    found, user, at = _fetch(request, pk), user_of(request), timezone.now()
    try:
        reading = _read(found)
        if reading.problems:
            raise NotAllowed("The file has problems: mend them first.")
        taken = actions.take_import(by=user, at=at, found=found, tables=reading.tables)
    except (NotAllowed, Unusable) as refusal:
        messages.error(request, str(refusal))
        return redirect("evidence:import-show", pk=pk)
    except MovedOn as moved:
        messages.warning(request, moved.sentence)
        actions.renew_preview(by=user, at=at, found=found)
        return redirect("evidence:import-show", pk=pk)
    messages.success(request, f"Taken over: {taken.counts['new']} rows are new, {taken.counts['changed']} changed.")
    return redirect("evidence:evidence-list")


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def import_drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    actions.drop_import(by=user_of(request), at=timezone.now(), found=_fetch(request, pk))
    messages.success(request, "The file isn't taken over. Nothing has changed.")
    return redirect("evidence:evidence-list")
