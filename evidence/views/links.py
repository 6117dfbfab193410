"""What an item speaks to, and whether anybody can be recognised in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from evidence.actions import checks, items
from evidence.forms import CheckForm, PointForm, StatementForm
from evidence.gather import points_by_criterion
from evidence.models import LensLink, PointLink
from evidence.views.items import fetch_evidence, show_page
from evidence.views.revisions import fetch_revision


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def point_link(request: HttpRequest, number: int) -> HttpResponseBase:
    evidence = fetch_evidence(request, number)
    form = PointForm(request.POST, points=points_by_criterion())
    if not form.is_valid():
        return show_page(request, evidence, status=400, point_form=form, form=form)
    data = form.cleaned_data
    items.link_point(
        by=user_of(request),
        at=timezone.now(),
        evidence=evidence,
        point=data["point"],
        relevance=data["relevance"].strip(),
    )
    messages.success(request, f"{evidence.code} now speaks to {data['point'].code}.")
    return redirect("evidence:evidence-show", number=number)


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def point_unlink(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    evidence = fetch_evidence(request, number)
    link = get_object_or_404(PointLink.objects.select_related("evidence", "point"), evidence=evidence, pk=pk)
    items.unlink_point(by=user_of(request), at=timezone.now(), link=link)
    messages.success(request, f"{evidence.code} no longer speaks to {link.point.code}.")
    return redirect("evidence:evidence-show", number=number)


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def statement_link(request: HttpRequest, number: int) -> HttpResponseBase:
    evidence = fetch_evidence(request, number)
    form = StatementForm(request.POST)
    if not form.is_valid():
        return show_page(request, evidence, status=400, statement_form=form, form=form)
    data = form.cleaned_data
    items.link_statement(
        by=user_of(request),
        at=timezone.now(),
        evidence=evidence,
        statement=data["statement"],
        relevance=data["says"].strip(),
    )
    messages.success(request, f"{evidence.code} now speaks to “{data['statement'].title}”.")
    return redirect("evidence:evidence-show", number=number)


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def statement_unlink(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    evidence = fetch_evidence(request, number)
    link = get_object_or_404(LensLink.objects.select_related("evidence", "statement"), evidence=evidence, pk=pk)
    items.unlink_statement(by=user_of(request), at=timezone.now(), link=link)
    messages.success(request, f"{evidence.code} no longer speaks to “{link.statement.title}”.")
    return redirect("evidence:evidence-show", number=number)


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def revision_check(request: HttpRequest, number: int, revision: int) -> HttpResponseBase:
    """A second person says whether anybody can be recognised."""
    row = fetch_revision(request, number, revision)
    form = CheckForm(request.POST)
    if not form.is_valid():
        return show_page(request, row.evidence, status=400, check_form=form, check_number=revision, form=form)
    data = form.cleaned_data
    try:
        found = checks.check_revision(
            by=user_of(request),
            at=timezone.now(),
            revision=row,
            seen=data["seen"],
            is_clear=data["found"] == "clear",
            note=data["note"],
        )
    except (checks.MovedOn, checks.SayWhat) as refusal:
        return show_page(request, row.evidence, problems=(refusal.sentence,), status=409)
    said = "Nobody can be recognised" if found.is_clear else "Something has to go first"
    messages.success(request, f"Revision {revision} is checked: {said.lower()}.")
    return redirect("evidence:evidence-show", number=number)
