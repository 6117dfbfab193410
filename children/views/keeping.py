"""How long rows are kept, which upload counts, and erasing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed, has_permission
from accounts.requests import permission_required, user_of
from children import actions, gather
from children.forms import EraseForm, HoldForm, KeepForm
from children.permissions import check_can_change, check_can_erase, check_can_hold
from children.views.uploads import permitted_upload


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.UPLOAD_LISTS)
def upload_keep(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    upload = permitted_upload(pk)
    check_can_change(user, upload)
    form = KeepForm(request.POST or None, initial={"keep_until_on": f"{upload.keep_until_on:%d/%m/%Y}"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_keep_until(by=user, at=timezone.now(), upload=upload, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error("keep_until_on", refusal.reason)
        else:
            messages.success(request, f"The rows are now kept until {upload.keep_until_on:%-d %B %Y}.")
            return redirect("children:upload-show", pk=pk)
    status = 422 if form.errors else 200
    return TemplateResponse(request, "children/upload_keep.html", {"form": form, "upload": upload}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.KEEP_RECORDS)
def upload_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets a legal hold, or lifts the one that stands."""
    user = user_of(request)
    upload = permitted_upload(pk)
    check_can_hold(user, upload)
    form = HoldForm(request.POST or None)
    # The button says what it does: two people who press it at once don't undo one another.
    is_held = request.POST.get("hold", "") == "on"
    if request.method == "POST" and form.is_valid():
        actions.hold_rows(
            by=user, at=timezone.now(), upload=upload, is_held=is_held, reason=form.cleaned_data["reason"]
        )
        messages.success(
            request,
            "A legal hold stands on these lists: nothing of them is erased until it is lifted."
            if is_held
            else f"The hold is lifted. The rows are kept until {upload.keep_until_on:%-d %B %Y}.",
        )
        return redirect("children:erasure-show")
    context = {
        "form": form,
        "upload": upload,
        "plan": gather.erasure_of(upload),
        "hold": gather.hold_on(upload),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "children/upload_hold.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.UPLOAD_LISTS)
def upload_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """First says what would go; the rows go when a reason is given."""
    user = user_of(request)
    upload = permitted_upload(pk)
    check_can_erase(user, upload)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record = actions.erase_rows(by=user, at=timezone.now(), upload=upload, reason=form.cleaned_data["reason"])
        messages.success(request, f"{record.rows:,} rows were erased. Their totals stay.")
        return redirect("children:upload-show", pk=pk)
    context = {"form": form, "upload": upload, "plan": gather.erasure_of(upload)}
    return TemplateResponse(request, "children/upload_erase.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(Permission.UPLOAD_LISTS)
def upload_use(request: HttpRequest, pk: int) -> HttpResponse:
    upload = actions.make_current(by=user_of(request), at=timezone.now(), upload=permitted_upload(pk))
    messages.success(request, f"The lists as at {upload.extracted_on:%-d %B %Y} count now.")
    return redirect("children:upload-list")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.UPLOAD_LISTS, Permission.KEEP_RECORDS)
def erasure_show(request: HttpRequest) -> HttpResponse:
    """The erasure plan, to be read before it runs; a POST runs it."""
    now = timezone.now()
    if request.method == "POST":
        records = actions.erase_due(by=user_of(request), at=now)
        rows = sum(record.rows for record in records)
        messages.success(request, f"{rows:,} rows of {len(records)} upload(s) were erased.")
        return redirect("children:erasure-show")
    context = {
        "plan": gather.erasure_plan(today=timezone.localdate(now)),
        "kept": gather.kept_uploads(),
        "today": timezone.localdate(now),
        "can_hold": has_permission(user_of(request), Permission.KEEP_RECORDS),
        "erasures": gather.erasures(),
    }
    return TemplateResponse(request, "children/erasure_show.html", context)
