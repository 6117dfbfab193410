"""Voices: people's own words, with the second person's look before anything prints them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed, reason_not_to
from accounts.requests import user_of
from selfeval.actions import heard
from selfeval.actions.rounds import Conflict
from selfeval.forms.heard import VoiceForm
from selfeval.gather.current import current_cycle
from selfeval.hearing_permissions import check_can_check_voice
from selfeval.models import Voice
from selfeval.presenters.hearing import differing
from selfeval.views.activities import no_cycle
from selfeval.views.rounds import reads_hearing, runs_hearing


@require_GET
@reads_hearing
def voice_list(request: HttpRequest) -> HttpResponseBase:
    return _list(request)


def _list(request: HttpRequest, *, status: int = 200, problems: tuple[str, ...] = ()) -> TemplateResponse:
    user = user_of(request)
    is_archive = request.GET.get("show") == "archived"
    rows = Voice.objects.filter(archived_at__isnull=not is_archive)
    rows = rows.select_related("evidence", "added_by", "checked_by").prefetch_related("criteria")
    context = {
        "voices": [(one, reason_not_to(check_can_check_voice, user, one)) for one in rows],
        "is_archive": is_archive,
        "can_run": Permission.RUN_CONSULTATION in user.permissions,
        "problems": problems,
    }
    return TemplateResponse(request, "selfeval/voice_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@runs_hearing
def voice_add(request: HttpRequest) -> HttpResponseBase:
    cycle = current_cycle()
    if cycle is None:
        return no_cycle(request)
    if request.method == "GET":
        return _page(request, VoiceForm())
    form = VoiceForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    heard.add_voice(
        by=user_of(request),
        at=timezone.now(),
        cycle=cycle,
        facts=form.facts(),
        criteria=form.cleaned_data["criteria"],
    )
    messages.success(request, "The words are kept. A second person looks before anything prints them.")
    return redirect("selfeval:voice-list")


@require_http_methods(["GET", "POST"])
@runs_hearing
def voice_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(Voice, pk=pk)
    if request.method == "GET":
        return _page(request, VoiceForm(row=row, initial=VoiceForm.initial_of(row)), row)
    form = VoiceForm(request.POST, row=row)
    if not form.is_valid():
        return _page(request, form, row, status=400)
    try:
        heard.change_voice(
            by=user_of(request),
            at=timezone.now(),
            voice=row,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
            criteria=form.cleaned_data["criteria"],
        )
    except Conflict as conflict:
        mine = request.POST.copy()
        mine["version"] = str(conflict.theirs.version)
        again = VoiceForm(mine, row=row)
        fields = differing(again, VoiceForm.initial_of(conflict.theirs))
        return _page(request, again, row, status=409, conflict_fields=fields)
    messages.success(request, "It is changed. Other words want another look.")
    return redirect("selfeval:voice-list")


def _page(
    request: HttpRequest, form: VoiceForm, row: Voice | None = None, *, status: int = 200, **more: Any
) -> TemplateResponse:
    return TemplateResponse(request, "selfeval/voice_edit.html", {"form": form, "row": row, **more}, status=status)


@require_POST
@runs_hearing
def voice_move(request: HttpRequest, pk: int, move: str) -> HttpResponseBase:
    row, user, now = get_object_or_404(Voice, pk=pk), user_of(request), timezone.now()
    try:
        if move == "check":
            heard.check_voice(by=user, at=now, voice=row)
        else:
            heard.archive_row(by=user, at=now, row=row, is_archived=move == "archive")
    except NotAllowed as refusal:
        return _list(request, status=409, problems=(refusal.reason,))
    done = {"check": "Thank you. Versions may print it now.", "archive": "It is in the archive."}
    messages.success(request, done.get(move, "It is back from the archive."))
    return redirect("selfeval:voice-list")
