"""Headers that a council names otherwise: proposed, confirmed, changed, taken back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from children import actions, presenters
from children.header_forms import HeadersForm, MappingForm
from children.loaders import load_schema
from children.mapping import proposal_for
from children.models import HeaderMapping
from children.permissions import check_can_read_rows
from children.views.uploads import permitted_upload


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.UPLOAD_LISTS)
def upload_headers(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks which headers stand for which; what is confirmed holds for later uploads, and this file is read again."""
    user, now = user_of(request), timezone.now()
    upload = permitted_upload(pk)
    check_can_read_rows(user, upload)
    form = HeadersForm(request.POST or None, proposals=proposal_for(upload))
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_headers(by=user, at=now, upload=upload, sheets=form.sheets(), columns=form.columns())
            again = actions.read_again(by=user, at=now, upload=upload)
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "Confirmed. The file is read again with these headers.")
            return redirect("children:upload-show", pk=again.pk)
    context = {"form": form, "upload": upload, "sections": form.sections()}
    return TemplateResponse(request, "children/upload_headers.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(Permission.UPLOAD_LISTS)
def upload_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads the same file again: after a header was changed or taken back."""
    again = actions.read_again(by=user_of(request), at=timezone.now(), upload=permitted_upload(pk))
    return redirect("children:upload-show", pk=again.pk)


@require_safe
@permission_required(Permission.UPLOAD_LISTS)
def mapping_list(request: HttpRequest) -> HttpResponse:
    kept = HeaderMapping.objects.select_related("confirmed_by")
    return TemplateResponse(request, "children/mapping_list.html", {"lines": presenters.mapping_lines(list(kept))})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.UPLOAD_LISTS)
def mapping_edit(request: HttpRequest, pk: int) -> HttpResponse:
    mapping = get_object_or_404(HeaderMapping, pk=pk)
    layout = next((one for one in load_schema(mapping.schema_code).sheets if one.name == mapping.sheet), None)
    if layout is None or not mapping.column:
        raise Http404("There is nothing to change here.")
    form = MappingForm(request.POST or None, layout=layout, initial={"column": mapping.column})
    if request.method == "POST" and form.is_valid():
        actions.change_mapping(
            by=user_of(request), at=timezone.now(), mapping=mapping, column=form.cleaned_data["column"]
        )
        messages.success(request, "Changed. It holds for the next upload; read one again to have it there, too.")
        return redirect("children:mapping-list")
    context = {"form": form, "mapping": mapping}
    return TemplateResponse(request, "children/mapping_edit.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(Permission.UPLOAD_LISTS)
def mapping_remove(request: HttpRequest, pk: int) -> HttpResponse:
    mapping = get_object_or_404(HeaderMapping, pk=pk)
    actions.remove_mapping(by=user_of(request), at=timezone.now(), mapping=mapping)
    messages.success(request, "Removed. The next upload no longer reads this name as the published one.")
    return redirect("children:mapping-list")
