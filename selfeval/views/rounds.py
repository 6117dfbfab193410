"""Consultation rounds as the SEND team keeps them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from documents.files import DiskFull
from documents.intake import Refused
from selfeval.actions import rounds
from selfeval.actions.rounds import Conflict, ElectionDays
from selfeval.domain import hearing
from selfeval.forms.hearing import USUAL_GROUPS, PaperForm, RoundForm
from selfeval.gather.heard import hearing_facts
from selfeval.gather.hearing import round_lines, round_page
from selfeval.hearing_permissions import READERS
from selfeval.models import ConsultationRound, RoundDocument
from selfeval.papers import send_paper
from selfeval.presenters.hearing import differing

reads_hearing = permission_required(*READERS)
runs_hearing = permission_required(Permission.RUN_CONSULTATION)


def fetch_round(pk: int) -> ConsultationRound:
    return get_object_or_404(
        ConsultationRound.objects.select_related("version_asked__self_evaluation", "election_decided_by"), pk=pk
    )


@require_GET
@reads_hearing
def round_list(request: HttpRequest) -> HttpResponseBase:
    """Every round, and what nobody has answered, looked at or taken on."""
    context = {
        "lines": round_lines(),
        "findings": hearing.findings(hearing_facts(timezone.now())),
        "can_run": Permission.RUN_CONSULTATION in user_of(request).permissions,
    }
    return TemplateResponse(request, "selfeval/round_list.html", context)


@require_GET
@reads_hearing
def round_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    return show_page(request, fetch_round(pk))


def show_page(
    request: HttpRequest, asked: ConsultationRound, *, status: int = 200, problems: tuple[str, ...] = (), **more: Any
) -> TemplateResponse:
    can_run = Permission.RUN_CONSULTATION in user_of(request).permissions
    shown = {"page": round_page(asked), "asked": asked, "can_run": can_run, "problems": problems}
    if can_run and "paper_form" not in more:
        shown["paper_form"] = PaperForm()
    return TemplateResponse(request, "selfeval/round_show.html", shown | more, status=status)


@require_http_methods(["GET", "POST"])
@runs_hearing
def round_add(request: HttpRequest) -> HttpResponseBase:
    if request.method == "GET":
        return _edit_page(request, RoundForm(initial={"groups": "\n".join(USUAL_GROUPS)}))
    form = RoundForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, form, status=400)
    try:
        asked = rounds.add_round(by=user_of(request), at=timezone.now(), facts=form.facts())
    except ElectionDays as days:
        return _guarded(request, form, days)
    messages.success(request, "The round is kept. Now ask people by link, or let members find it when it opens.")
    return redirect("selfeval:round-show", pk=asked.pk)


@require_http_methods(["GET", "POST"])
@runs_hearing
def round_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    asked = fetch_round(pk)
    if request.method == "GET":
        return _edit_page(request, RoundForm(asked=asked, initial=RoundForm.initial_of(asked)), asked)
    form = RoundForm(request.POST, asked=asked)
    if not form.is_valid():
        return _edit_page(request, form, asked, status=400)
    version = form.cleaned_data["version"] or 0
    try:
        rounds.change_round(by=user_of(request), at=timezone.now(), asked=asked, version=version, facts=form.facts())
    except ElectionDays as days:
        return _guarded(request, form, days, asked)
    except Conflict as conflict:
        mine = request.POST.copy()
        mine["version"] = str(conflict.theirs.version)
        again = RoundForm(mine, asked=asked)
        fields = differing(again, RoundForm.initial_of(conflict.theirs))
        return _edit_page(request, again, asked, status=409, conflict_fields=fields)
    messages.success(request, "The round is changed.")
    return redirect("selfeval:round-show", pk=pk)


def _guarded(
    request: HttpRequest, form: RoundForm, days: ElectionDays, asked: ConsultationRound | None = None
) -> TemplateResponse:
    form.add_error("election_reason", f"{days.sentence} Choose other days, or say here why it goes ahead.")
    return _edit_page(request, form, asked, status=400)


def _edit_page(
    request: HttpRequest, form: RoundForm, asked: ConsultationRound | None = None, *, status: int = 200, **more: Any
) -> TemplateResponse:
    return TemplateResponse(request, "selfeval/round_edit.html", {"form": form, "asked": asked, **more}, status=status)


MOVES = {
    "close": (rounds.close_round, "It is closed. What people said can still be answered."),
    "reopen": (rounds.reopen_round, "It is open again until its last day."),
}


@require_POST
@runs_hearing
def round_move(request: HttpRequest, pk: int, move: str) -> HttpResponseBase:
    action, done = MOVES[move]
    asked = fetch_round(pk)
    try:
        action(by=user_of(request), at=timezone.now(), asked=asked)
    except NotAllowed as refusal:
        return show_page(request, asked, status=409, problems=(refusal.reason,))
    messages.success(request, done)
    return redirect("selfeval:round-show", pk=pk)


@require_POST
@runs_hearing
def paper_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    asked = fetch_round(pk)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_page(request, asked, status=400, paper_form=form, form=form)
    try:
        rounds.add_paper(
            by=user_of(request),
            at=timezone.now(),
            asked=asked,
            title=form.cleaned_data["title"].strip(),
            upload=form.cleaned_data["upload"],
        )
    except (Refused, DiskFull) as refusal:
        form.add_error("upload", refusal.sentence)
        return show_page(request, asked, status=400, paper_form=form, form=form)
    except NotAllowed as refusal:
        return show_page(request, asked, status=409, problems=(refusal.reason,))
    messages.success(request, "The paper goes with the round.")
    return redirect("selfeval:round-show", pk=pk)


@require_GET
@reads_hearing
def paper_open(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    return send_paper(request, _paper(pk, paper), by=user_of(request))


@require_POST
@runs_hearing
def paper_remove(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    rounds.remove_paper(by=user_of(request), at=timezone.now(), paper=_paper(pk, paper))
    messages.success(request, "The paper is taken out.")
    return redirect("selfeval:round-show", pk=pk)


def _paper(pk: int, paper: int) -> RoundDocument:
    return get_object_or_404(RoundDocument.objects.select_related("stored", "consultation"), consultation=pk, pk=paper)
