"""Files of figures: the list, a new one, how far it is and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed, has_permission
from accounts.requests import permission_required, user_of
from documents.files import DiskFull
from documents.intake import Refused
from documents.presenters import elapsed_in_words, progress_of
from documents.responses import download
from indicators import actions
from indicators.actions import catalogue
from indicators.forms.imports import ImportForm, WithdrawForm
from indicators.gather.imports import other_releases, recent_imports, waiting_proposals
from indicators.models import Release, StatisticsImport
from indicators.presenters import imports as presenters


@require_safe
@permission_required(Permission.READ_INDICATORS)
def import_list(request: HttpRequest) -> HttpResponse:
    waiting = waiting_proposals()
    context = {
        "imports": presenters.import_lines(recent_imports(), waiting),
        "others": other_releases(),
        "can_edit": has_permission(user_of(request), Permission.EDIT_INDICATORS),
    }
    return TemplateResponse(request, "indicators/import_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def import_add(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            job = actions.import_file(
                by=user_of(request),
                at=timezone.now(),
                upload=form.cleaned_data["file"],
                title=form.cleaned_data["title"],
                published_on=form.cleaned_data["published_on"],
            )
        except actions.SeenBefore as seen:
            messages.info(request, seen.sentence)
            return redirect("indicators:import-show", pk=seen.job.pk)
        except (Refused, DiskFull) as refusal:
            form.add_error("file", refusal.sentence)
            status = getattr(refusal, "status", 422)
        else:
            return redirect("indicators:import-show", pk=job.pk)
    elif request.method == "POST":
        status = 422
    return TemplateResponse(request, "indicators/import_add.html", {"form": form}, status=status)


def _job(pk: int) -> StatisticsImport:
    related = ("stored", "release", "release__family", "release__supersedes", "release__imported_by", "ordered_by")
    return get_object_or_404(StatisticsImport.objects.select_related(*related), pk=pk)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def import_show(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: while it is read its progress, then what was taken, what was not, and why."""
    job, now = _job(pk), timezone.now()
    release = job.release if job.is_done else None
    report = release.report if release else {}
    can_edit = has_permission(user_of(request), Permission.EDIT_INDICATORS)
    waits = waiting_proposals().get(release.family_id or 0, 0) if release else 0
    context = {
        "job": job,
        "release": release,
        "report": report,
        "title": str(job.release) if job.release else job.title or job.stored.original_name,
        "state": presenters.state_of_import(job),
        "progress": progress_of(job, at=now),
        "elapsed": elapsed_in_words(job, at=now),
        "rows": presenters.row_lines(report),
        "symbols": presenters.symbol_lines(report),
        "facts": presenters.facts_of_release(release, job) if release else [],
        "kept_out": sum(report.get("kept_out", {}).values()),
        "waits": waits,
        "can_edit": can_edit,
        "can_withdraw": can_edit and release is not None and release.state == "held" and release.figures,
        "can_restore": can_edit and release is not None and release.state == "withdrawn",
    }
    return TemplateResponse(request, "indicators/import_show.html", context)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def import_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actions.cancel_import(by=user_of(request), at=timezone.now(), job=_job(pk))
    messages.success(request, "The reading of this file stops at its next step. Nothing of it counts.")
    return redirect("indicators:import-show", pk=pk)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def import_retry(request: HttpRequest, pk: int) -> HttpResponse:
    actions.retry_import(by=user_of(request), at=timezone.now(), job=_job(pk))
    return redirect("indicators:import-show", pk=pk)


@require_http_methods(["GET", "HEAD"])
@permission_required(Permission.READ_INDICATORS)
def import_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was imported."""
    job = _job(pk)
    return download(request, job.stored, file_name=job.stored.original_name)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def release_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    release = get_object_or_404(Release, pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        catalogue.withdraw_release(
            by=user_of(request), at=timezone.now(), release=release, reason=form.cleaned_data["reason"]
        )
        messages.success(request, f"The figures of “{release}” no longer count. What they displaced counts again.")
        return redirect("indicators:import-list")
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(
        request, "indicators/release_withdraw.html", {"form": form, "release": release}, status=status
    )


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def release_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdrawn figures count again."""
    release = get_object_or_404(Release, pk=pk)
    try:
        catalogue.restore_release(by=user_of(request), at=timezone.now(), release=release)
    except NotAllowed as refusal:
        messages.info(request, refusal.reason)
    else:
        messages.success(request, f"The figures of “{release}” count again, but for those that a newer file gives.")
    return redirect("indicators:import-list")
