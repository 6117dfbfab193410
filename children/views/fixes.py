"""What each officer has to mend: who owns how much, and one officer's list. Looks are logged, names are not."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.domain.roles import Permission
from accounts.permissions import has_permission
from accounts.requests import permission_required, user_of
from children import owners, presenters
from children.models import ListUpload
from children.permissions import check_can_read_rows
from children.views.uploads import permitted_upload
from documents.actions import order_export

FINDINGS = OWNERS = 50


def _owner(upload: ListUpload, number: int) -> owners.Owner:
    owner = owners.owner_of(upload, number)
    if owner is None:
        raise Http404("No row of this upload has this owner.")
    return owner


@require_safe
@permission_required(Permission.READ_CHILD_ROWS)
def owner_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Findings grouped by whose rows they are about."""
    user, now = user_of(request), timezone.now()
    upload = permitted_upload(pk)
    check_can_read_rows(user, upload)
    found = owners.with_counts(owners.owners_of(upload), upload)
    page = Paginator(found, OWNERS).get_page(request.GET.get("page"))
    context = {
        "upload": upload,
        "owners": presenters.owner_lines(upload, list(page), today=timezone.localdate(now)),
        "page": page,
        "total": sum(owner.findings for owner in found),
    }
    return TemplateResponse(request, "children/owner_list.html", context)


@require_safe
@permission_required(Permission.READ_CHILD_ROWS)
def fix_list(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One officer's rows with their findings, by sheet and Excel row."""
    user, now = user_of(request), timezone.now()
    upload = permitted_upload(pk)
    check_can_read_rows(user, upload)
    owner = _owner(upload, number)
    page = Paginator(owners.fixes_of(upload, owner), FINDINGS).get_page(request.GET.get("page"))
    findings = list(page)
    rows = owners.rows_behind(upload, findings)
    audit.record(
        by=user,
        at=now,
        action="list_findings.viewed",
        thing=upload,
        text=f"Fix list {number}, page {page.number} of {page.paginator.num_pages}.",
        fields=sorted({"Unique ID", *presenters.columns_of(upload, presenters.finding_lines(upload, findings))}),
    )
    context = {
        "upload": upload,
        "owner": owner,
        "page": page,
        "rows": presenters.fix_rows(upload, findings, rows, today=timezone.localdate(now)),
        "oldest": presenters.day_with_age(owner.oldest_on, today=timezone.localdate(now)),
        "can_export": has_permission(user, Permission.EXPORT_CHILD_ROWS),
    }
    return TemplateResponse(request, "children/fix_list.html", context)


@require_POST
@permission_required(Permission.EXPORT_CHILD_ROWS)
def fix_export(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    upload = permitted_upload(pk)
    user = user_of(request)
    check_can_read_rows(user, upload)
    _owner(upload, number)
    params = {"upload": upload.pk, "owner": number}
    export = order_export(by=user, at=timezone.now(), kind="list-fixes", params=params)
    return redirect("documents:export-show", pk=export.pk)
