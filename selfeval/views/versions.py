"""Versions: freezing, signing off, withdrawing, comparing, and the reports of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed, reason_not_to
from accounts.requests import permission_required, user_of
from documents.actions import order_export
from selfeval.actions import publishing
from selfeval.domain.comparing import compare_documents
from selfeval.domain.published import VersionKind
from selfeval.domain.published_json import sha256_of, to_json
from selfeval.forms.versions import WithdrawForm
from selfeval.gather.current import current_cycle
from selfeval.gather.freezing import as_now
from selfeval.gather.versions import held_version, newest_standing, version_lines
from selfeval.models import PublishedVersion
from selfeval.presenters.document import chapters_of, shown_part
from selfeval.version_permissions import (
    READERS,
    check_can_freeze,
    check_can_sign_off_version,
    check_can_withdraw_version,
    versions_for,
)

FREEZERS = (Permission.PUBLISH, Permission.SIGN_OFF_SELF_EVALUATION)
FORMS = {
    "pdf": ("self-evaluation-pdf", "PDF"),
    "docx": ("self-evaluation-docx", "Word"),
    "xlsx": ("self-evaluation-xlsx", "workbook"),
    "children": ("self-evaluation-children", "child-friendly edition"),
}


@require_GET
@permission_required(*READERS)
def version_list(request: HttpRequest) -> TemplateResponse:
    """All versions, what stands now, and the buttons that freeze the next."""
    user, cycle = user_of(request), current_cycle()
    context: dict[str, Any] = {"versions": version_lines(user), "standing": newest_standing(), "cycle": cycle}
    if cycle and set(FREEZERS) & user.permissions:
        context["freeze_reason"] = reason_not_to(check_can_freeze, user, cycle)
        context["sign_off_reason"] = reason_not_to(check_can_sign_off_version, user, cycle)
    return TemplateResponse(request, "selfeval/published_list.html", context)


@require_GET
@permission_required(*READERS)
def version_show(request: HttpRequest, pk: int) -> TemplateResponse:
    """What a version is, its reports, and the versions to compare it with."""
    user = user_of(request)
    held = held_version(user, pk)
    others = [one for one in version_lines(user) if one.pk != pk]
    context = {
        "version": held.version,
        "document": held.document,
        "others": others,
        "forms": [(key, words) for key, (_, words) in FORMS.items()],
        "withdraw_reason": reason_not_to(check_can_withdraw_version, user, held.version),
        "is_keeper": bool(set(FREEZERS) & user.permissions),
    }
    return TemplateResponse(request, "selfeval/published_show.html", context)


# -- freezing


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PUBLISH)
def version_freeze(request: HttpRequest) -> HttpResponseBase:
    """Look at what would be frozen, then freeze it for consultation."""
    return _freeze(request, VersionKind.CONSULTATION)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SIGN_OFF_SELF_EVALUATION)
def version_sign_off(request: HttpRequest) -> HttpResponseBase:
    """Look at what would be published, then sign it off."""
    return _freeze(request, VersionKind.PUBLISHED)


def _freeze(request: HttpRequest, kind: VersionKind) -> HttpResponseBase:
    user, cycle = user_of(request), current_cycle()
    if cycle is None:
        messages.info(request, "There is no self-evaluation yet. Start a cycle, then freeze a version of it.")
        return redirect("selfeval:published-list")
    act, check = (
        (publishing.sign_off, check_can_sign_off_version)
        if kind is VersionKind.PUBLISHED
        else (publishing.freeze_consultation, check_can_freeze)
    )
    check(user, cycle)
    problems: list[str] = []
    if request.method == "POST":
        try:
            version = act(by=user, at=timezone.now(), cycle=cycle, seen=request.POST.get("seen", ""))
        except NotAllowed as refusal:
            problems.append(refusal.reason)
        else:
            messages.success(
                request, f"{version.get_kind_display()} {version.number} is frozen. Nothing in it changes."
            )
            return redirect("selfeval:published-show", pk=version.pk)
    now = as_now(cycle, kind, at=timezone.now(), by=user)
    is_stopped = any(type(one).__name__ == "Blocker" for one in now.findings)
    context = {
        "cycle": cycle,
        "kind": kind.value,
        "document": now.document,
        "findings": now.findings,
        "is_stopped": is_stopped,
        "seen": sha256_of(to_json(now.document)),
        "chapters": chapters_of(now.document),
        "problems": problems,
    }
    return TemplateResponse(request, "selfeval/published_freeze.html", context, status=409 if problems else 200)


@require_GET
@permission_required(Permission.READ_DRAFTS)
def version_preview(request: HttpRequest, kind: str, part: str) -> TemplateResponse:
    """A part as it would be frozen now, footnotes and figures with it."""
    user, cycle = user_of(request), current_cycle()
    if cycle is None:
        raise Http404
    try:
        wanted = VersionKind(kind)
    except ValueError:
        raise Http404 from None
    now = as_now(cycle, wanted, at=timezone.now(), by=user)
    shown = shown_part(now.document, part, chart_url=lambda code: "")
    if shown is None:
        raise Http404
    context = {"document": now.document, "shown": shown, "kind": kind, "is_preview": True}
    return TemplateResponse(request, "selfeval/published_preview.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(*FREEZERS)
def version_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Takes a version from everybody's pages, with a reason that stays to be read."""
    user = user_of(request)
    version = get_object_or_404(versions_for(user), pk=pk)
    check_can_withdraw_version(user, version)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publishing.withdraw_version(by=user, at=timezone.now(), version=version, reason=form.cleaned_data["reason"])
        messages.success(request, f"{version.get_kind_display()} {version.number} is withdrawn.")
        return redirect("selfeval:published-list")
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(
        request, "selfeval/published_withdraw.html", {"version": version, "form": form}, status=status
    )


# -- what is made of a version


@require_GET
@permission_required(*READERS)
def version_compare(request: HttpRequest) -> HttpResponseBase:
    """Two versions word by word, the older first whichever way they are asked for."""
    user = user_of(request)
    keys = [request.GET.get(name, "") for name in ("older", "newer")]
    if not all(key.isdecimal() for key in keys):
        messages.info(request, "Choose two versions to compare.")
        return redirect("selfeval:published-list")
    older, newer = sorted((held_version(user, int(key)) for key in keys), key=lambda one: one.version.frozen_at)
    context = {
        "older": older.version,
        "newer": newer.version,
        "difference": compare_documents(older.document, newer.document),
    }
    return TemplateResponse(request, "selfeval/published_compare.html", context)


@require_POST
@permission_required(*READERS)
def report_order(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Orders the report of a version in one of its forms; it is made in the background."""
    user = user_of(request)
    version: PublishedVersion = get_object_or_404(versions_for(user).defer("document"), pk=pk)
    kind, _ = FORMS.get(request.POST.get("form", "pdf"), FORMS["pdf"])
    export = order_export(by=user, at=timezone.now(), kind=kind, params={"of": version.pk})
    return redirect(reverse("documents:export-show", args=[export.pk]))
