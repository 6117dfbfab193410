"""The page of one criterion: written on, kept by itself, moderated, signed off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, reason_not_to
from accounts.requests import permission_required, user_of
from selfeval.actions import judgements as actions
from selfeval.actions.leads import end_lead, name_lead
from selfeval.actions.partners import open_views
from selfeval.citing import EVALUATION_FIELDS
from selfeval.domain.judgements import STEP_NAMES, JudgementState, JudgementStep, steps_from
from selfeval.forms.judgements import EvaluationForm, is_scale_on
from selfeval.forms.rows import LeadForm, PositionForm
from selfeval.gather.citing import book_of
from selfeval.gather.judgements import judgement_page, texts_of_page
from selfeval.gather.markers import marker_choices
from selfeval.models import AreaForDevelopment, Evaluation, EvaluationVersion, SystemLead
from selfeval.permissions import (
    WRITERS,
    check_can_lead,
    check_can_take_step,
    check_can_write,
    evaluations_for,
)
from selfeval.presenters.words import compared, cycle_crumbs, judgement_crumbs
from selfeval.views.editing import form_page
from selfeval.views.told import tell_marker_faults
from strategy.actions.rows import Conflict
from strategy.presenters import differing_fields

READERS = (Permission.READ_DRAFTS, Permission.EDIT_OWN_CRITERION)
QUESTIONS = ("know", "meaning", "next_steps", "child_friendly")


def evaluation_of(user: User, pk: int) -> Evaluation:
    """The judgement, if this person may open it; 404 otherwise."""
    rows = evaluations_for(user).select_related(
        "self_evaluation__framework", "criterion__group", "grade", "changed_by", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@permission_required(*READERS)
def evaluation_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Reading and writing are one page: who may write finds the three questions open."""
    user = user_of(request)
    evaluation = evaluation_of(user, pk)
    if request.method == "GET":
        form = EvaluationForm(initial=EvaluationForm.initial_of(evaluation), is_graded=is_scale_on())
        return _page(request, evaluation, form)
    form = EvaluationForm(request.POST or None, initial=EvaluationForm.initial_of(evaluation), is_graded=is_scale_on())
    if not form.is_valid():
        return _page(request, evaluation, form, status=400)
    try:
        saved = actions.save_evaluation(
            by=user,
            at=timezone.now(),
            evaluation=evaluation,
            version=form.cleaned_data["version"] or 0,
            fields=form.words(),
        )
    except Conflict as conflict:
        return _conflict(request, conflict.theirs)
    except NotAllowed as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, evaluation, form, status=409)
    messages.success(request, "The draft is saved.")
    tell_marker_faults(request, {name: getattr(saved, name) for name in EVALUATION_FIELDS})
    return redirect("selfeval:evaluation-show", pk=pk)


def _conflict(request: HttpRequest, theirs: Evaluation) -> HttpResponseBase:
    mine = request.POST.copy()
    mine["version"] = str(theirs.version)
    form = EvaluationForm(mine, initial=EvaluationForm.initial_of(theirs), is_graded=is_scale_on())
    return _page(request, theirs, form, status=409, theirs=theirs, conflict_fields=differing_fields(theirs, form))


def _page(
    request: HttpRequest, evaluation: Evaluation, form: EvaluationForm, *, status: int = 200, **more: Any
) -> TemplateResponse:
    user = user_of(request)
    page = judgement_page(evaluation, user, timezone.localdate())
    if page.views.is_blind:
        for name in ("grade", "confidence"):
            form.fields.pop(name, None)
    write_reason = reason_not_to(check_can_write, user, evaluation)
    context = {
        "evaluation": evaluation,
        "page": page,
        "book": book_of(user, texts_of_page(page)),
        "choices": None if write_reason else marker_choices(user, evaluation.criterion),
        "form": form,
        "write_reason": write_reason,
        "steps": _steps(user, evaluation),
        "can_lead": not reason_not_to(check_can_lead, user, evaluation.self_evaluation),
        "is_graded": is_scale_on(),
        "may_write": bool({*WRITERS} & user.permissions),
        "reads_cycle": Permission.READ_DRAFTS in user.permissions,
        "gives_view": Permission.GIVE_PARTNER_VIEW in user.permissions,
        "crumbs": cycle_crumbs(evaluation.self_evaluation),
        **more,
    }
    return TemplateResponse(request, "selfeval/evaluation_show.html", context, status=status)


def _steps(user: User, evaluation: Evaluation) -> list[dict[str, str]]:
    """The steps from here, each with the reason why this person can't take it."""
    return [
        {
            "step": step.value,
            "name": STEP_NAMES[step],
            "reason": reason_not_to(check_can_take_step, user, evaluation, step),
        }
        for step in steps_from(JudgementState(evaluation.state))
    ]


@require_POST
@permission_required(*WRITERS)
def evaluation_keep(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the page keeps by itself while somebody writes. Answers in words that the page shows."""
    user = user_of(request)
    evaluation = evaluation_of(user, pk)
    form = EvaluationForm(request.POST or None, is_graded=is_scale_on())
    if not form.is_valid():
        return JsonResponse({"sentence": "Not saved yet: something on the page has to be mended first."}, status=400)
    try:
        saved = actions.save_evaluation(
            by=user,
            at=timezone.now(),
            evaluation=evaluation,
            version=form.cleaned_data["version"] or 0,
            fields=form.words(),
            is_autosave=True,
        )
    except Conflict as conflict:
        who = conflict.theirs.changed_by.name if conflict.theirs.changed_by else "Somebody else"
        sentence = f"{who} saved meanwhile. Press Save draft to see both texts: nothing is lost."
        return JsonResponse({"sentence": sentence}, status=409)
    except NotAllowed as refusal:
        return JsonResponse({"sentence": refusal.reason}, status=409)
    at = timezone.localtime(saved.changed_at) if saved.changed_at else timezone.localtime()
    return JsonResponse({"version": saved.version, "sentence": f"Saved by itself at {at:%H:%M}."})


@require_POST
@permission_required(Permission.MODERATE, Permission.SIGN_OFF_SELF_EVALUATION)
def evaluation_move(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    if step not in list(JudgementStep):
        raise Http404
    user = user_of(request)
    evaluation = evaluation_of(user, pk)
    try:
        moved = actions.take_step(by=user, at=timezone.now(), evaluation=evaluation, step=JudgementStep(step))
        messages.success(request, f"{evaluation.criterion.code} is now: {moved.get_state_display().lower()}.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect(f"{reverse('selfeval:evaluation-show', args=[pk])}#state")


@require_http_methods(["GET", "POST"])
@permission_required(*WRITERS)
def position_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where an area for development stands today."""
    user = user_of(request)
    rows = AreaForDevelopment.objects.filter(evaluation__in=evaluations_for(user), archived_at=None)
    area = get_object_or_404(rows.select_related("evaluation__self_evaluation", "evaluation__criterion"), pk=pk)
    check_can_write(user, area.evaluation)
    form = PositionForm(request.POST or None, initial={"as_at_on": timezone.localdate()})
    back = f"{reverse('selfeval:evaluation-show', args=[area.evaluation_id])}#areafordevelopment-{area.pk}"
    if request.method == "POST" and form.is_valid():
        words = form.words()
        actions.add_position(by=user, at=timezone.now(), area=area, as_at_on=words["as_at_on"], text=words["text"])
        messages.success(request, "The position statement is added.")
        tell_marker_faults(request, words)
        return redirect(back)
    status = 400 if request.method == "POST" else 200
    return form_page(
        request,
        form,
        heading="Where it stands",
        asks=area.text,
        back=back,
        crumbs=judgement_crumbs(area.evaluation),
        status=status,
    )


@require_GET
@permission_required(*READERS)
def version_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The numbered versions of what is said of a criterion, the newest first."""
    evaluation = evaluation_of(user_of(request), pk)
    rows = EvaluationVersion.objects.filter(evaluation=evaluation).select_related("by").defer("texts")
    context = {"evaluation": evaluation, "versions": rows[:200], "crumbs": judgement_crumbs(evaluation)}
    return TemplateResponse(request, "selfeval/version_list.html", context)


@require_GET
@permission_required(*READERS)
def version_show(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """One version word by word against another: the one before it, or the one that the address asks for."""
    user = user_of(request)
    evaluation = evaluation_of(user, pk)
    rows = {row.number: row for row in EvaluationVersion.objects.filter(evaluation=evaluation).select_related("by")}
    if number not in rows:
        raise Http404
    asked = request.GET.get("against", "")
    against = rows.get(int(asked)) if asked.isdecimal() else rows.get(number - 1)
    context = {
        "evaluation": evaluation,
        "version": rows[number],
        "against": against,
        "numbers": [each for each in rows if each != number],
        "texts": compared(against, rows[number]),
        "is_latest": number == max(rows),
        "write_reason": reason_not_to(check_can_write, user, evaluation),
        "crumbs": judgement_crumbs(evaluation),
    }
    return TemplateResponse(request, "selfeval/version_show.html", context)


@require_POST
@permission_required(*WRITERS)
def version_restore(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    user = user_of(request)
    rows = EvaluationVersion.objects.filter(evaluation__in=evaluations_for(user), evaluation_id=pk)
    version = get_object_or_404(
        rows.select_related("evaluation__self_evaluation", "evaluation__criterion"), number=number
    )
    try:
        actions.restore_version(by=user, at=timezone.now(), version=version)
        messages.success(request, f"The texts of version {number} stand again, as a new version.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("selfeval:evaluation-show", pk=pk)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MODERATE)
def lead_name(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who leads this criterion."""
    user = user_of(request)
    evaluation = evaluation_of(user, pk)
    check_can_lead(user, evaluation.self_evaluation)
    form = LeadForm(request.POST or None)
    back = reverse("selfeval:evaluation-show", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            lead = name_lead(by=user, at=timezone.now(), evaluation=evaluation, user=form.words()["user"])
            messages.success(request, f"{lead.user.name} leads {evaluation.criterion.code}.")
            return redirect(back)
        except NotAllowed as refusal:
            form.add_error("user", refusal.reason)
    return form_page(
        request,
        form,
        heading=f"Who leads {evaluation.criterion.code}?",
        asks="Somebody whose role lets them write about a criterion. Several people can lead one together.",
        back=back,
        crumbs=judgement_crumbs(evaluation),
        status=400 if request.method == "POST" else 200,
    )


@require_POST
@permission_required(Permission.MODERATE)
def lead_end(request: HttpRequest, pk: int) -> HttpResponseBase:
    lead = get_object_or_404(SystemLead.objects.select_related("user", "criterion", "self_evaluation"), pk=pk)
    evaluation = get_object_or_404(Evaluation, self_evaluation=lead.self_evaluation, criterion=lead.criterion)
    try:
        end_lead(by=user_of(request), at=timezone.now(), lead=lead)
        messages.success(request, f"{lead.user.name} no longer leads {lead.criterion.code}.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("selfeval:evaluation-show", pk=evaluation.pk)


@require_POST
@permission_required(Permission.MODERATE)
def views_open(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lets partners see each other's views of this criterion, or keeps them apart again."""
    evaluation = evaluation_of(user_of(request), pk)
    is_open = request.POST.get("open") == "1"
    try:
        open_views(by=user_of(request), at=timezone.now(), evaluation=evaluation, is_open=is_open)
        messages.success(request, "Partners see each other's views now." if is_open else "Views are kept apart again.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect(f"{reverse('selfeval:evaluation-show', args=[pk])}#views")
