"""What a partner gives: its view of each criterion, blind until it is given, and documents of its own."""

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
from documents.intake import Refused
from documents.responses import download
from framework.models import CriterionPoint
from selfeval.actions import partners as actions
from selfeval.forms.judgements import DocumentForm, ViewForm, is_scale_on
from selfeval.gather.current import current_cycle
from selfeval.gather.judgements import views_of
from selfeval.gather.partners import view_lines
from selfeval.models import Evaluation, PartnerView, SelfEvaluation
from selfeval.permissions import check_can_give_view, check_open, documents_for, organisation_of
from selfeval.views.editing import conflict_page, form_page
from strategy.actions.rows import Conflict

VIEWS = "Your organisation's views"


@require_GET
@permission_required(Permission.GIVE_PARTNER_VIEW)
def view_list(request: HttpRequest) -> HttpResponseBase:
    """Every criterion of the current cycle, and where one's own view of it stands. Each is optional."""
    user = user_of(request)
    cycle = current_cycle()
    lines = view_lines(cycle, user.organisation) if cycle and user.organisation else []
    context = {
        "cycle": cycle,
        "organisation": user.organisation,
        "lines": lines,
        "given": sum(line.state == "Given" for line in lines),
        "reads_drafts": Permission.READ_DRAFTS in user.permissions,
    }
    return TemplateResponse(request, "selfeval/view_list.html", context)


def _evaluation(pk: int) -> Evaluation:
    """A criterion of the current cycle: a partner gives views of no other."""
    rows = Evaluation.objects.filter(self_evaluation__is_current=True)
    return get_object_or_404(rows.select_related("self_evaluation", "criterion", "grade"), pk=pk)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GIVE_PARTNER_VIEW)
def view_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One's own view of a criterion; those of others once it is given, or once the LANO opens them."""
    user = user_of(request)
    evaluation = _evaluation(pk)
    check_can_give_view(user, evaluation)
    view = PartnerView.objects.filter(evaluation=evaluation, organisation=organisation_of(user)).first()
    graded = is_scale_on()
    initial = ViewForm.initial_of(view) if view else {"version": 0}
    form = ViewForm(request.POST or None, initial=initial, is_graded=graded)
    page: dict[str, Any] = {
        "template": "selfeval/view_edit.html",
        "heading": f"{evaluation.criterion.code} {evaluation.criterion.title}",
        "back": reverse("selfeval:view-list"),
        "crumbs": [{"label": VIEWS, "url": reverse("selfeval:view-list")}],
        "evaluation": evaluation,
        "view": view,
        "points": CriterionPoint.objects.filter(criterion=evaluation.criterion, is_archived=False),
        "views": views_of(evaluation, user),
        "organisation": user.organisation,
    }
    if request.method == "GET":
        return form_page(request, form, **page)
    if not form.is_valid():
        return form_page(request, form, **page, status=400)
    return _save(request, evaluation, form, page)


def _save(request: HttpRequest, evaluation: Evaluation, form: ViewForm, page: dict[str, Any]) -> HttpResponseBase:
    submits = "submit" in request.POST
    try:
        actions.save_view(
            by=user_of(request),
            at=timezone.now(),
            evaluation=evaluation,
            version=form.cleaned_data["version"] or 0,
            fields=form.words(),
            submits=submits,
        )
    except Conflict as conflict:
        return conflict_page(request, ViewForm, conflict, options={"is_graded": form.is_graded}, **page)
    except NotAllowed as refusal:
        form.add_error("text", refusal.reason)
        return form_page(request, form, **page, status=400)
    code = evaluation.criterion.code
    said = (
        f"Your view of {code} is given. You now see those of others." if submits else f"Your draft on {code} is saved."
    )
    messages.success(request, said)
    return redirect("selfeval:view-edit", pk=evaluation.pk)


@require_GET
@permission_required(Permission.GIVE_PARTNER_VIEW, Permission.READ_DRAFTS)
def document_list(request: HttpRequest) -> HttpResponseBase:
    """Partners' own documents in the current cycle: one's own, or all for who reads drafts."""
    user = user_of(request)
    cycle = current_cycle()
    rows = documents_for(user).filter(self_evaluation=cycle) if cycle else documents_for(user).none()
    context = {
        "cycle": cycle,
        "documents": rows.select_related("organisation", "submitted_by", "stored"),
        "gives": Permission.GIVE_PARTNER_VIEW in user.permissions,
        "own": user.organisation_id,
        "closed_reason": reason_not_to(check_open, cycle) if cycle else "",
    }
    return TemplateResponse(request, "selfeval/document_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.GIVE_PARTNER_VIEW)
def document_add(request: HttpRequest) -> HttpResponseBase:
    """A document of one's own, as a text or a file."""
    user = user_of(request)
    cycle = current_cycle()
    if cycle is None:
        return redirect("selfeval:document-list")
    try:
        organisation = organisation_of(user)
        check_open(cycle)
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
        return redirect("selfeval:document-list")
    form = DocumentForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid() and _submit(request, cycle, form):
            return redirect("selfeval:document-list")
    return form_page(
        request,
        form,
        heading="Hand in a document of your own",
        asks=f"It is kept as it is, under the name of {organisation}. Nobody edits it.",
        back=reverse("selfeval:document-list"),
        crumbs=[{"label": "Documents of partners", "url": reverse("selfeval:document-list")}],
        has_file=True,
        status=status,
    )


def _submit(request: HttpRequest, cycle: SelfEvaluation, form: DocumentForm) -> bool:
    words = form.words()
    try:
        actions.submit_document(
            by=user_of(request),
            at=timezone.now(),
            cycle=cycle,
            title=words["title"],
            text=words["text"],
            upload=words["upload"],
        )
    except Refused as refusal:
        form.add_error("upload", refusal.sentence)
        return False
    except NotAllowed as refusal:
        form.add_error("text", refusal.reason)
        return False
    messages.success(request, "Your document is handed in.")
    return True


@require_GET
@permission_required(Permission.GIVE_PARTNER_VIEW, Permission.READ_DRAFTS)
def document_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = documents_for(user_of(request)).select_related("organisation", "submitted_by", "stored", "self_evaluation")
    document = get_object_or_404(rows, pk=pk)
    user = user_of(request)
    context = {
        "document": document,
        "is_own": Permission.GIVE_PARTNER_VIEW in user.permissions and user.organisation_id == document.organisation_id,
        "crumbs": [{"label": "Documents of partners", "url": reverse("selfeval:document-list")}],
    }
    return TemplateResponse(request, "selfeval/document_show.html", context)


@require_GET
@permission_required(Permission.GIVE_PARTNER_VIEW, Permission.READ_DRAFTS)
def document_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    document = get_object_or_404(documents_for(user_of(request)).select_related("stored"), pk=pk)
    if document.stored is None:
        raise Http404
    return download(request, document.stored, file_name=document.stored.original_name)


@require_POST
@permission_required(Permission.GIVE_PARTNER_VIEW)
def document_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = documents_for(user_of(request)).select_related("organisation", "self_evaluation")
    document = get_object_or_404(rows, pk=pk, withdrawn_at=None)
    try:
        actions.withdraw_document(by=user_of(request), at=timezone.now(), document=document)
        messages.success(request, "Your document is withdrawn. Versions that were frozen with it keep it.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("selfeval:document-list")
