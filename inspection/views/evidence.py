"""Taking evidence into a draft of an Annex A item."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import permission_required, user_of
from inspection.actions.evidence import drop_evidence, take_evidence
from inspection.actions.items import CannotAttach
from inspection.domain.submissions import State
from inspection.forms.evidence import TakeForm
from inspection.gather.evidence import takeable
from inspection.models import ItemEvidence
from inspection.permissions.items import check_can_supply
from inspection.version_rows import owner_id_of
from inspection.views.items import SUPPLIERS, fetch_version

ROWS_ON_PAGE = 20


@require_http_methods(["GET", "POST"])
@permission_required(*SUPPLIERS)
def evidence_take(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The approved evidence that holds a file; one of it goes into the draft."""
    user, version = user_of(request), fetch_version(request, code, number)
    check_can_supply(user, version.item, owner_id_of(version.item))
    if version.state != State.DRAFT or version.archived_at:
        return redirect("inspection:submission-show", code=code, number=number)
    question = request.GET.get("q", "").strip()
    found = takeable(user, question).order_by("-number")
    form = TakeForm(request.POST or None, items=found)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        evidence = form.cleaned_data["evidence"]
        try:
            take_evidence(
                by=user,
                at=timezone.now(),
                submission=version,
                evidence=evidence,
                relevance=form.cleaned_data["relevance"].strip(),
            )
        except CannotAttach as refusal:
            problems = (refusal.sentence,)
        else:
            messages.success(request, f"The files of {evidence.code} are in this version.")
            return redirect("inspection:submission-edit", code=code, number=number)
    context = {
        "item": version.item,
        "version": version,
        "page": Paginator(found, ROWS_ON_PAGE).get_page(request.GET.get("page")),
        "question": question,
        "form": form,
        "problems": problems,
    }
    status = 200 if request.method == "GET" else 409 if problems else 400
    return TemplateResponse(request, "inspection/evidence_take.html", context, status=status)


@require_POST
@permission_required(*SUPPLIERS)
def evidence_drop(request: HttpRequest, code: str, number: int, pk: int) -> HttpResponseBase:
    link, version = _link(request, code, number, pk)
    try:
        drop_evidence(by=user_of(request), at=timezone.now(), link=link)
    except CannotAttach as refusal:
        messages.error(request, refusal.sentence)
        return redirect("inspection:item-show", code=code)
    messages.success(request, f"The files of {link.revision.evidence.code} are taken out of version {version}.")
    return redirect("inspection:submission-edit", code=code, number=number)


@require_POST
@permission_required(*SUPPLIERS)
def evidence_renew(request: HttpRequest, code: str, number: int, pk: int) -> HttpResponseBase:
    """The newest approved revision in place of the older one."""
    link, _ = _link(request, code, number, pk)
    try:
        renewed = take_evidence(
            by=user_of(request),
            at=timezone.now(),
            submission=link.submission,
            evidence=link.revision.evidence,
            relevance=link.relevance,
        )
    except CannotAttach as refusal:
        messages.error(request, refusal.sentence)
        return redirect("inspection:submission-edit", code=code, number=number)
    messages.success(request, f"{renewed.revision} is in this version now.")
    return redirect("inspection:submission-edit", code=code, number=number)


def _link(request: HttpRequest, code: str, number: int, pk: int) -> tuple[ItemEvidence, int]:
    version = fetch_version(request, code, number)
    check_can_supply(user_of(request), version.item, owner_id_of(version.item))
    rows = ItemEvidence.objects.select_related("revision__evidence", "submission__item")
    return get_object_or_404(rows, submission=version, pk=pk), number
