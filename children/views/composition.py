"""Who stands in the lists, in numbers: suppressed for most, exact for who may see rows. Exact looks are logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.domain.roles import Permission
from accounts.permissions import has_permission
from accounts.requests import permission_required, user_of
from children.composition_tables import composition_for, shown_cross, shown_table
from children.exporting.composition import EXACT, SUPPRESSED_KIND
from children.filters import CompositionForm
from children.gather import current_upload
from documents.actions import order_export

READERS = (Permission.READ_LIST_TOTALS, Permission.READ_CHILD_ROWS)


@require_safe
@permission_required(*READERS)
def composition_show(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    upload = current_upload()
    form = CompositionForm(request.GET)
    now = composition_for(user, upload, **form.choice()) if upload else None
    context: dict[str, object] = {"upload": upload, "now": now}
    if upload and now:
        form.offer(now)
        of = form.choice()["of"]
        context |= {
            "form": form,
            "tables": [shown_table(reading, of=of) for reading in now.readings],
            "cross": shown_cross(now.cross) if now.cross else None,
            "is_same": bool(form.choice()["first"]) and form.choice()["first"] == form.choice()["second"],
            "can_export_exact": now.is_exact and has_permission(user, Permission.EXPORT_CHILD_ROWS),
        }
        if now.is_exact:
            audit.record(
                by=user,
                at=timezone.now(),
                action="list_composition.viewed",
                thing=upload,
                text="Exact figures, small numbers included.",
                fields=[dimension.title for dimension in now.dimensions],
            )
    response = TemplateResponse(request, "children/composition_show.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@permission_required(*READERS)
def composition_export(request: HttpRequest) -> HttpResponse:
    """Orders the workbook, exact or suppressed."""
    user = user_of(request)
    form = CompositionForm(request.POST)
    choice = form.choice()
    kind = EXACT if request.POST.get("exact") else SUPPRESSED_KIND
    params: dict[str, object] = {key: value for key, value in choice.items() if value}
    if kind == EXACT and (upload := current_upload()):
        params["upload"] = upload.pk
    export = order_export(by=user, at=timezone.now(), kind=kind, params=params)
    return redirect("documents:export-show", pk=export.pk)
