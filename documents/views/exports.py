"""The pages of exports. Fetching is authorising: what somebody may not see is refused before it is shown."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import NotAllowed
from accounts.requests import any_signed_in, user_of
from documents import actions, gather
from documents.exports import is_out_of_date, kind_of, kinds
from documents.files import Erased
from documents.filters import ExportFilter
from documents.models import Export
from documents.permissions import check_can_download_export, check_can_read_export, reason_not_to_order_again
from documents.presenters import ExportLine, elapsed_in_words, progress_of, state_of
from documents.reauthentication import confirm_url, was_confirmed
from documents.responses import download
from documents.upkeep import is_worker_alive
from documents.vault import Damaged, VaultUnavailable

ROWS = 25


def _permitted_export(user: User, pk: int) -> Export:
    export = get_object_or_404(Export.objects.select_related("ordered_by"), pk=pk)
    check_can_read_export(user, export)
    return export


@require_safe
@any_signed_in
def export_list(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    permitted = gather.readable_exports(user)
    chosen = ExportFilter(request.GET, queryset=permitted, request=request)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    newest = gather.newest_done(permitted)
    lines = [_line(export, is_newest=export.pk in newest) for export in page]
    context = {
        "filter": chosen,
        "page": page,
        "lines": lines,
        "is_filtered": any(request.GET.get(name) for name in ("kind", "state", "ordered")),
        "offers": [(f"{kind.code}:{n}", offer) for n, (kind, offer) in enumerate(gather.offers_for(user))],
    }
    return TemplateResponse(request, "documents/export_list.html", context)


def _line(export: Export, *, is_newest: bool) -> ExportLine:
    is_old = is_newest and export.erased_at is None and is_out_of_date(export)
    state = state_of(export, is_out_of_date=is_old, is_erased=export.erased_at is not None)
    kind = kinds().get(export.kind)
    return ExportLine(export, kind.title if kind else export.kind, state, export.is_done and export.has_bytes)


@require_safe
@any_signed_in
def export_show(request: HttpRequest, pk: int) -> HttpResponse:
    now, user = timezone.now(), user_of(request)
    export = _permitted_export(user, pk)
    kind = kind_of(export.kind)
    is_old = export.has_bytes and is_out_of_date(export)
    context = {
        "export": export,
        "kind": kind,
        "state": state_of(export, is_out_of_date=is_old, is_erased=export.erased_at is not None),
        "is_out_of_date": is_old,
        "progress": progress_of(export, at=now, has_worker=not export.is_unfinished or is_worker_alive(at=now)),
        "elapsed": elapsed_in_words(export, at=now),
        "is_moving": export.is_unfinished,
        "making_reason": reason_not_to_order_again(user, export),
        "asks_password": kind.asks_password and not was_confirmed(request, at=now),
        "downloads": gather.downloads_of(export)[:20] if export.is_done else (),
    }
    return TemplateResponse(request, "documents/export_show.html", context)


@require_POST
@any_signed_in
def export_order(request: HttpRequest) -> HttpResponse:
    """Orders one of the offers of the exports page; they are worked out anew, so nobody can order anything else."""
    user = user_of(request)
    wanted = request.POST.get("offer", "")
    for number, (kind, offer) in enumerate(gather.offers_for(user)):
        if wanted == f"{kind.code}:{number}":
            export = actions.order_export(by=user, at=timezone.now(), kind=kind.code, params=offer.params)
            if export.is_done:
                messages.info(request, "Nothing has changed since this was made, so here it is.")
            return redirect("documents:export-show", pk=export.pk)
    raise NotAllowed("This can't be ordered any more. Go back to the exports and choose again.")


@require_POST
@any_signed_in
def export_remake(request: HttpRequest, pk: int) -> HttpResponse:
    """Orders the same again, with the inputs as they stand now."""
    user = user_of(request)
    old = _permitted_export(user, pk)
    export = actions.order_export(by=user, at=timezone.now(), kind=old.kind, params=old.params, afresh=True)
    return redirect("documents:export-show", pk=export.pk)


@require_POST
@any_signed_in
def export_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    actions.cancel_export(by=user, at=timezone.now(), export=_permitted_export(user, pk))
    return redirect("documents:export-show", pk=pk)


@require_POST
@any_signed_in
def export_retry(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    actions.retry_export(by=user, at=timezone.now(), export=_permitted_export(user, pk))
    return redirect("documents:export-show", pk=pk)


@require_safe
@any_signed_in
def export_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, now = user_of(request), timezone.now()
    if request.method == "HEAD":
        raise Http404
    export = _permitted_export(user, pk)
    check_can_download_export(user, export)
    page = redirect("documents:export-show", pk=pk)
    if kind_of(export.kind).asks_password and not was_confirmed(request, at=now):
        return redirect(confirm_url(page.url))
    try:
        return download(request, export, file_name=export.file_name)
    except (Damaged, Erased, VaultUnavailable) as error:
        messages.error(request, error.sentence)
        return page
