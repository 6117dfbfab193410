"""Waiving findings, and the list of what is waived."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from children import actions, gather, presenters
from children.forms import WaiveForm
from children.models import ListFinding, Waiver
from children.permissions import check_can_waive

DEFAULT_DAYS = 183


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.UPLOAD_LISTS)
def finding_waive(request: HttpRequest, pk: int, finding_pk: int) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    finding = get_object_or_404(ListFinding.objects.select_related("upload"), pk=finding_pk, upload_id=pk)
    check_can_waive(user, finding.upload)
    until_on = timezone.localdate(now) + timedelta(days=DEFAULT_DAYS)
    form = WaiveForm(request.POST or None, initial={"until_on": f"{until_on:%d/%m/%Y}"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.waive(
                by=user,
                at=now,
                finding=finding,
                is_whole_rule=form.cleaned_data["scope"] == "rule",
                reason=form.cleaned_data["reason"],
                until_on=form.cleaned_data["until_on"],
            )
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "It may stand, and no longer counts.")
            return redirect("children:finding-list", pk=pk)
    audit.record(
        by=user,
        at=now,
        action="list_findings.viewed",
        thing=finding.upload,
        fields=[
            "Unique ID",
            *presenters.columns_of(finding.upload, presenters.finding_lines(finding.upload, [finding])),
        ],
    )
    context = {
        "form": form,
        "upload": finding.upload,
        "finding": finding,
        "words": presenters.rule_in_words(finding.rule),
        "same": gather.findings_of(finding.upload).filter(rule=finding.rule, sheet=finding.sheet).count(),
    }
    return TemplateResponse(request, "children/finding_waive.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(Permission.READ_LIST_TOTALS, Permission.READ_CHILD_ROWS)
def waiver_list(request: HttpRequest) -> HttpResponse:
    context = {
        "waivers": presenters.waiver_lines(gather.waivers(), today=timezone.localdate()),
        "can_withdraw": Permission.UPLOAD_LISTS in user_of(request).permissions,
    }
    return TemplateResponse(request, "children/waiver_list.html", context)


@require_POST
@permission_required(Permission.UPLOAD_LISTS)
def waiver_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    waiver = get_object_or_404(Waiver, pk=pk)
    actions.withdraw_waiver(by=user_of(request), at=timezone.now(), waiver=waiver)
    messages.success(request, "The waiver is withdrawn; what it let stand counts again.")
    return redirect("children:waiver-list")
