"""What is kept, until when, and who took a copy: holding and erasing, for the keepers of records."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from documents import actions, gather
from documents.filters import RecordFilter
from documents.forms import ReasonForm
from documents.models import Export, StoredFile
from documents.presenters import record_of

ROWS = 50
MODELS: dict[str, type[StoredFile] | type[Export]] = {"file": StoredFile, "export": Export}


def _kept(sort: str, pk: int) -> StoredFile | Export:
    if sort not in MODELS:
        raise Http404
    found: StoredFile | Export = get_object_or_404(MODELS[sort]._default_manager.exclude(path=""), pk=pk)
    return found


@require_safe
@permission_required(Permission.KEEP_RECORDS)
def record_list(request: HttpRequest, sort: str = "file") -> HttpResponse:
    if sort not in MODELS:
        raise Http404
    chosen = RecordFilter(request.GET, queryset=gather.kept_rows(MODELS[sort]))
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    context = {
        "sort": sort,
        "filter": chosen,
        "page": page,
        "records": [record_of(kept) for kept in page],
        "is_filtered": bool(request.GET.get("show")),
    }
    return TemplateResponse(request, "documents/record_list.html", context)


@require_safe
@permission_required(Permission.KEEP_RECORDS)
def record_show(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    kept = _kept(sort, pk)
    context = {
        "sort": sort,
        "kept": kept,
        "record": record_of(kept),
        "downloads": gather.downloads_of(kept),
        "erasure": gather.erasure_of(kept),
    }
    return TemplateResponse(request, "documents/record_show.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_RECORDS)
def record_hold(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Sets a legal hold, or lifts the one that stands."""
    kept = _kept(sort, pk)
    # The page says which of the two it asks for, so that sending it twice doesn't undo it. Only "no" lifts.
    is_held = request.POST.get("is_held") != "no" if request.method == "POST" else not kept.has_legal_hold
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.hold(by=user_of(request), at=timezone.now(), kept=kept, is_held=is_held, reason=reason)
        messages.success(request, "The legal hold stands." if is_held else "The legal hold is lifted.")
        return redirect("documents:record-show", sort=sort, pk=pk)
    context = {"sort": sort, "record": record_of(kept), "form": form, "is_erasing": False, "is_held": is_held}
    return TemplateResponse(request, "documents/record_change.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_RECORDS)
def record_erase(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    kept = _kept(sort, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.erase(by=user_of(request), at=timezone.now(), kept=kept, reason=form.cleaned_data["reason"])
        messages.success(request, "Erased. The record of it stays.")
        return redirect("documents:record-show", sort=sort, pk=pk)
    context = {"sort": sort, "record": record_of(kept), "form": form, "is_erasing": True}
    return TemplateResponse(request, "documents/record_change.html", context, status=400 if form.errors else 200)
