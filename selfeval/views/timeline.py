"""The timeline of a cycle: its events, their answers, the data sheet of a criterion; the register of data we lack."""

from __future__ import annotations

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
from indicators.gather import facts_of
from indicators.presenters.comparisons import row_of
from selfeval.actions.judgements import add_answers
from selfeval.actions.rows import close_gap
from selfeval.forms.judgements import AnswersForm
from selfeval.gather.citing import book_of
from selfeval.gather.cycles import events_of, gaps_of
from selfeval.gather.judgements import texts_beneath
from selfeval.gather.sheets import data_sheet
from selfeval.models import CycleEvent, DataGap, Evaluation, SelfEvaluation
from selfeval.permissions import WRITERS, check_can_edit_cycle, check_can_write, evaluations_for
from selfeval.presenters.words import cycle_crumbs, judgement_crumbs
from selfeval.views.editing import form_page
from selfeval.views.judgements import READERS, evaluation_of


@require_GET
@permission_required(*READERS)
def event_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every day of a cycle in its order; what is over stands above what comes."""
    cycle = get_object_or_404(SelfEvaluation, pk=pk)
    today = timezone.localdate()
    events = events_of(cycle)
    can_edit = not reason_not_to(check_can_edit_cycle, user_of(request), cycle)
    context = {
        "cycle": cycle,
        "coming": [event for event in events if event.held_on >= today],
        "over": [event for event in events if event.held_on < today],
        "archived": CycleEvent.objects.filter(self_evaluation=cycle).exclude(archived_at=None) if can_edit else (),
        "can_edit": can_edit,
        "crumbs": cycle_crumbs(cycle),
    }
    return TemplateResponse(request, "selfeval/event_list.html", context)


@require_GET
@permission_required(*READERS)
def event_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One event: who is invited, and for each criterion the data sheet and the way into its three questions."""
    user = user_of(request)
    event = get_object_or_404(
        CycleEvent.objects.select_related("self_evaluation").prefetch_related("organisations"), pk=pk
    )
    rows = evaluations_for(user).filter(self_evaluation=event.self_evaluation, criterion__in=event.criteria.all())
    evaluations = list(
        rows.select_related("criterion", "self_evaluation").order_by("criterion__group__order", "criterion__order")
    )
    context = {
        "event": event,
        "criteria": [{"evaluation": row, "reason": reason_not_to(check_can_write, user, row)} for row in evaluations],
        "can_edit": not reason_not_to(check_can_edit_cycle, user, event.self_evaluation),
        "crumbs": [
            *cycle_crumbs(event.self_evaluation),
            {"label": "Timeline", "url": reverse("selfeval:event-list", args=[event.self_evaluation_id])},
        ],
    }
    return TemplateResponse(request, "selfeval/event_show.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(*WRITERS)
def event_answer(request: HttpRequest, pk: int, evaluation: int) -> HttpResponseBase:
    """What was said of one criterion, straight into its three questions."""
    user = user_of(request)
    event = get_object_or_404(CycleEvent.objects.select_related("self_evaluation"), pk=pk, archived_at=None)
    found: Evaluation = evaluation_of(user, evaluation)
    if found.self_evaluation_id != event.self_evaluation_id:
        raise Http404
    check_can_write(user, found)
    form = AnswersForm(request.POST or None)
    back = reverse("selfeval:event-show", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            add_answers(by=user, at=timezone.now(), evaluation=found, event=event, answers=form.words())
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, f"Added beneath the three questions of {found.criterion.code}.")
            return redirect("selfeval:evaluation-show", pk=found.pk)
    return form_page(
        request,
        form,
        heading=f"{found.criterion.code}: what was said",
        asks=f"{event.title}, {event.held_on:%-d %B %Y}. It is put beneath what stands there already, with this name "
        "and day. Never a child's name.",
        back=back,
        crumbs=[*cycle_crumbs(event.self_evaluation), {"label": event.title, "url": back}],
        status=400 if request.method == "POST" else 200,
    )


@require_GET
@permission_required(*READERS)
def sheet_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The data sheet of a criterion, for the screen and for paper."""
    user = user_of(request)
    evaluation = evaluation_of(user, pk)
    today = timezone.localdate()
    sheet = data_sheet(evaluation, user, today)
    texts = texts_beneath(sheet.strengths, sheet.areas)
    context = {
        "sheet": sheet,
        "figures": [
            row_of(each.indicator, facts_of(each.indicator), each.comparison, today=today) for each in sheet.figures
        ],
        "evaluation": evaluation,
        "book": book_of(user, [evaluation.know, evaluation.meaning, evaluation.next_steps, *texts]),
        "today": today,
        "crumbs": judgement_crumbs(evaluation),
    }
    return TemplateResponse(request, "selfeval/sheet_show.html", context)


@require_GET
@permission_required(Permission.READ_DRAFTS)
def gap_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    cycle = get_object_or_404(SelfEvaluation, pk=pk)
    context = {
        "cycle": cycle,
        "gaps": gaps_of(cycle),
        "can_edit": not reason_not_to(check_can_edit_cycle, user_of(request), cycle),
        "today": timezone.localdate(),
        "crumbs": cycle_crumbs(cycle),
    }
    return TemplateResponse(request, "selfeval/gap_list.html", context)


@require_POST
@permission_required(Permission.EDIT_SELF_EVALUATION)
def gap_close(request: HttpRequest, pk: int, way: str) -> HttpResponseBase:
    gap = get_object_or_404(DataGap.objects.select_related("self_evaluation"), pk=pk)
    try:
        close_gap(by=user_of(request), at=timezone.now(), gap=gap, is_closed=way == "close")
        messages.success(request, "The data has come." if way == "close" else "It counts as missing again.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("selfeval:gap-list", pk=gap.self_evaluation_id)
