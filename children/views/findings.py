"""What the rules found, and one child's row. Every look at rows is logged, with fields named and never valued."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.domain.roles import Permission
from accounts.permissions import has_permission
from accounts.requests import permission_required, user_of
from children import gather, presenters
from children.exporting.marked import markable_file
from children.filters import FindingFilter
from children.marking import LOSSES
from children.models import ListRow
from children.owners import finding_choices
from children.permissions import check_can_read_rows
from children.views.uploads import permitted_upload
from documents.actions import order_export

ROWS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.READ_CHILD_ROWS)
def finding_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A Unique ID is looked for by POST, which changes nothing: an address would stand in histories and logs."""
    user = user_of(request)
    upload = permitted_upload(pk)
    check_can_read_rows(user, upload)
    choices = finding_choices(upload)
    wanted = request.POST.get("unique_id", "").strip()[:80]
    found = gather.findings_of(upload)
    found = found.filter(unique_id__iexact=wanted) if wanted else found
    chosen = FindingFilter(request.GET, queryset=found, upload=upload, choices=choices)
    page = Paginator(chosen.qs, ROWS).get_page(request.GET.get("page"))
    lines = presenters.finding_lines(upload, list(page))
    audit.record(
        by=user,
        at=timezone.now(),
        action="list_findings.viewed",
        thing=upload,
        text=f"Page {page.number} of {page.paginator.num_pages}.",
        fields=sorted({"Unique ID", *presenters.columns_of(upload, lines)}),
    )
    context = {
        "wanted": wanted,
        "upload": upload,
        "filter": chosen,
        "page": page,
        "lines": lines,
        "is_filtered": bool(wanted) or any(request.GET.get(name) for name in chosen.filters),
        "has_owners": bool(upload.local_columns),
        "can_export": has_permission(user, Permission.EXPORT_CHILD_ROWS),
        "can_waive": has_permission(user, Permission.UPLOAD_LISTS),
        "can_mark": markable_file(upload) is not None,
        "losses": LOSSES,
    }
    return TemplateResponse(request, "children/finding_list.html", context)


@require_POST
@permission_required(Permission.EXPORT_CHILD_ROWS)
def finding_export(request: HttpRequest, pk: int) -> HttpResponse:
    """Orders the workbook of findings, or the council's own workbook with marks."""
    upload = permitted_upload(pk)
    user = user_of(request)
    check_can_read_rows(user, upload)
    kind = "list-marked" if request.POST.get("what") == "marked" else "list-findings"
    export = order_export(by=user, at=timezone.now(), kind=kind, params={"upload": upload.pk})
    return redirect("documents:export-show", pk=export.pk)


@require_safe
@permission_required(Permission.READ_CHILD_ROWS)
def row_show(request: HttpRequest, pk: int, sheet: str, excel_row: int) -> HttpResponse:
    user = user_of(request)
    upload = permitted_upload(pk)
    check_can_read_rows(user, upload)
    row = get_object_or_404(ListRow.objects.select_related("upload"), upload=upload, sheet=sheet, excel_row=excel_row)
    shown = gather.row_page(row)
    audit.record(
        by=user,
        at=timezone.now(),
        action="list_row.viewed",
        thing=row,
        fields=[cell.header for cell in shown.cells if cell.text],
    )
    local = presenters.local_facts(row, today=timezone.localdate())
    context = {"upload": upload, "shown": shown, "row": row, "local": local}
    return TemplateResponse(request, "children/row_show.html", context)
