"""What changed since the upload before."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.requests import permission_required, user_of
from children import gather, presenters
from children.counting import suppression_for
from children.permissions import can_read_rows
from children.views.uploads import READERS, permitted_upload

ROWS = 50
KINDS = {"added": "Added", "changed": "Changed", "gone": "Gone"}


@require_safe
@permission_required(*READERS)
def difference_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers for everybody who may see totals; the rows themselves for those who may see rows."""
    user = user_of(request)
    upload = permitted_upload(pk)
    rule = suppression_for(user, upload)
    kind = request.GET.get("rows", "")
    page = None
    if kind in KINDS and can_read_rows(user, upload):
        page = Paginator(gather.rows_changed(upload, kind), ROWS).get_page(request.GET.get("page"))
        audit.record(
            by=user,
            at=timezone.now(),
            action="list_rows.viewed",
            thing=upload,
            text=f"{KINDS[kind]} rows, page {page.number} of {page.paginator.num_pages}.",
            fields=["Unique ID"],
        )
    context = {
        "upload": upload,
        "lines": presenters.change_lines(upload, rule),
        "findings": presenters.finding_changes(upload, rule),
        "suppression": rule.sentence() if rule else "",
        "kind": KINDS.get(kind, ""),
        "page": page,
        "can_read_rows": can_read_rows(user, upload),
    }
    return TemplateResponse(request, "children/difference_show.html", context)
