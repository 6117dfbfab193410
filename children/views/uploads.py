"""Overview, upload, progress."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, has_permission
from accounts.requests import permission_required, user_of
from children import actions, gather, presenters
from children.counting import suppression_for
from children.forms import UploadForm
from children.mapping import has_open_headers
from children.models import ListUpload
from children.permissions import upload_obstacles
from children.readers.workbook import ACCEPTED
from documents.files import DiskFull
from documents.intake import Refused
from documents.presenters import elapsed_in_words, progress_of
from documents.spreadsheets.refusal import Unusable
from documents.upkeep import is_worker_alive
from documents.vault import VaultUnavailable

READERS = (Permission.READ_LIST_TOTALS, Permission.READ_CHILD_ROWS, Permission.UPLOAD_LISTS)


def permitted_upload(pk: int) -> ListUpload:
    return get_object_or_404(ListUpload.objects.select_related("ordered_by", "replaces"), pk=pk)


@require_safe
@permission_required(*READERS)
def upload_list(request: HttpRequest) -> HttpResponse:
    """How the lists stand: the current upload in totals, and the uploads before it."""
    user, now = user_of(request), timezone.now()
    uploads = gather.recent_uploads()
    current = next((upload for upload in uploads if upload.is_current), None) or gather.current_upload()
    today = timezone.localdate(now)
    rule = suppression_for(user, current) if current else None
    context = {
        "current": current,
        "totals": gather.totals_of(current, today=today) if current else None,
        "age": presenters.age_in_words(current.extracted_on, today=today) if current else "",
        "sheets": presenters.sheet_lines(current, rule) if current else [],
        "rules": presenters.rule_lines(current, rule) if current else [],
        "suppression": rule.sentence() if rule else "",
        "running": [upload for upload in uploads if upload.is_unfinished],
        "uploads": presenters.upload_lines(uploads),
        "can_upload": has_permission(user, Permission.UPLOAD_LISTS),
        "obstacles": upload_obstacles(user) if Permission.UPLOAD_LISTS in user.permissions else (),
        "can_read_rows": has_permission(user, Permission.READ_CHILD_ROWS),
        "can_export": has_permission(user, Permission.EXPORT_CHILD_ROWS),
        "can_erase": bool(user.permissions & {Permission.UPLOAD_LISTS, Permission.KEEP_RECORDS}),
    }
    return TemplateResponse(request, "children/upload_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.UPLOAD_LISTS)
def upload_add(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            upload = actions.upload_lists(
                by=user,
                at=now,
                uploads=form.cleaned_data["workbooks"],
                extracted_on=form.cleaned_data["extracted_on"],
                schema_code=form.cleaned_data["schema_code"],
            )
        except (Refused, DiskFull, Unusable, VaultUnavailable) as refusal:
            form.add_error("workbooks", refusal.sentence)
            status = getattr(refusal, "status", 422)
        except NotAllowed as refusal:
            form.add_error("workbooks", refusal.reason)
            status = 403
        else:
            return redirect("children:upload-show", pk=upload.pk)
    elif request.method == "POST":
        status = 422
    context = {"form": form, "obstacles": upload_obstacles(user), "accept": ",".join(ACCEPTED)}
    return TemplateResponse(request, "children/upload_add.html", context, status=status)


@require_safe
@permission_required(*READERS)
def upload_show(request: HttpRequest, pk: int) -> HttpResponse:
    """One upload: while it is read its progress, then its totals."""
    user, now = user_of(request), timezone.now()
    upload = permitted_upload(pk)
    rule = suppression_for(user, upload) if upload.is_done else None
    context = {
        "upload": upload,
        "state": presenters.state_of_upload(upload),
        "progress": progress_of(upload, at=now, has_worker=not upload.is_unfinished or is_worker_alive(at=now)),
        "elapsed": elapsed_in_words(upload, at=now),
        "facts": presenters.facts_of(upload, now=now),
        "sheets": presenters.sheet_lines(upload, rule) if upload.is_done else [],
        "rules": presenters.rule_lines(upload, rule) if upload.is_done else [],
        "suppression": rule.sentence() if rule else "",
        "can_change": has_permission(user, Permission.UPLOAD_LISTS) and upload.rows_erased_at is None,
        "can_upload": has_permission(user, Permission.UPLOAD_LISTS),
        "can_hold": has_permission(user, Permission.KEEP_RECORDS) and upload.rows_erased_at is None,
        "hold": gather.hold_on(upload),
        "can_map": _can_map(user, upload),
        "can_read_rows": has_permission(user, Permission.READ_CHILD_ROWS) and upload.has_rows,
        "can_export": has_permission(user, Permission.EXPORT_CHILD_ROWS) and upload.has_rows,
    }
    return TemplateResponse(request, "children/upload_show.html", context)


def _can_map(user: User, upload: ListUpload) -> bool:
    """Headers are left that somebody could match, and this person may."""
    return has_permission(user, Permission.UPLOAD_LISTS) and upload.has_rows and has_open_headers(upload)


@require_POST
@permission_required(Permission.UPLOAD_LISTS)
def upload_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actions.cancel_upload(by=user_of(request), at=timezone.now(), upload=permitted_upload(pk))
    messages.success(request, "The reading of these lists stops at its next step.")
    return redirect("children:upload-show", pk=pk)


@require_POST
@permission_required(Permission.UPLOAD_LISTS)
def upload_retry(request: HttpRequest, pk: int) -> HttpResponse:
    actions.retry_upload(by=user_of(request), at=timezone.now(), upload=permitted_upload(pk))
    return redirect("children:upload-show", pk=pk)
