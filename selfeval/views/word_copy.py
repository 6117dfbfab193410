"""Out to Word and back in: order a working copy, read it back, look at what would change, take it over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.permissions import NotAllowed, reason_not_to
from accounts.requests import permission_required, user_of
from documents.actions import order_export
from documents.domain.words import compare_words
from documents.files import open_stored
from documents.intake import Refused
from documents.word_tables import Unreadable
from documents.word_text import read_paragraphs
from selfeval.actions import word_imports as actions
from selfeval.actions.word_imports import MovedOn
from selfeval.domain.word_copy import Line, Reading, read_copy
from selfeval.exporting import SELF_EVALUATION_COPY
from selfeval.forms.judgements import WordForm
from selfeval.gather.word_copy import writable_places
from selfeval.models import SelfEvaluation, WordImport, WordImportState
from selfeval.permissions import WRITERS, check_open, evaluations_for
from selfeval.presenters.words import cycle_crumbs
from selfeval.views.judgements import READERS, evaluation_of
from strategy.actions.rows import Conflict

UNREADABLE = "The file is no Word document that can be opened. Save it as .docx."


@require_http_methods(["GET", "POST"])
@permission_required(*WRITERS)
def word_start(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where the working copy is ordered, and where it comes back."""
    user = user_of(request)
    cycle = get_object_or_404(SelfEvaluation, pk=pk)
    own = evaluations_for(user).filter(self_evaluation=cycle).select_related("criterion")
    form = WordForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                found = actions.start_word_import(
                    by=user, at=timezone.now(), cycle=cycle, upload=form.cleaned_data["upload"]
                )
                return redirect("selfeval:word-show", pk=found.pk)
            except Refused as refusal:
                form.add_error("upload", refusal.sentence)
            except NotAllowed as refusal:
                form.add_error("upload", refusal.reason)
    context = {
        "cycle": cycle,
        "form": form,
        "criteria": own.order_by("criterion__group__order", "criterion__order"),
        "takes_all": own.count() > 1 and not reason_not_to(SELF_EVALUATION_COPY.check, user, {"of": cycle.pk}),
        "closed_reason": reason_not_to(check_open, cycle),
        "crumbs": cycle_crumbs(cycle),
    }
    return TemplateResponse(request, "selfeval/word_start.html", context, status=status)


@require_POST
@permission_required(*READERS)
def word_order(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Orders the working copy: of one criterion, or of everything."""
    user = user_of(request)
    cycle = get_object_or_404(SelfEvaluation, pk=pk)
    params: dict[str, int] = {"of": cycle.pk}
    key = request.POST.get("criterion", "")
    if key.isdecimal():
        params["criterion"] = evaluation_of(user, int(key)).pk
    export = order_export(by=user, at=timezone.now(), kind=SELF_EVALUATION_COPY.code, params=params)
    return redirect("documents:export-show", pk=export.pk)


def _import(user: User, pk: int) -> WordImport:
    """One's own import; another's is not found."""
    rows = WordImport.objects.filter(made_by=user).select_related("stored", "self_evaluation")
    return get_object_or_404(rows, pk=pk)


def _read(found: WordImport, user: User) -> Reading:
    """What the document says. Raises Unreadable."""
    with open_stored(found.stored) as stream:
        paragraphs = read_paragraphs(stream)
    lines = [Line(level=each.level, text=each.text) for each in paragraphs]
    return read_copy(lines, writable_places(found.self_evaluation, user))


@require_GET
@permission_required(*WRITERS)
def word_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What taking the document over would change, word by word. Nothing is stored yet."""
    user = user_of(request)
    found = _import(user, pk)
    context = {
        "found": found,
        "is_open": found.state == WordImportState.PREVIEWED,
        "crumbs": cycle_crumbs(found.self_evaluation),
    }
    if context["is_open"]:
        try:
            reading = _read(found, user)
        except Unreadable:
            context["unusable"] = UNREADABLE
            return TemplateResponse(request, "selfeval/word_show.html", context, status=400)
        context |= {
            "reading": reading,
            "changes": [
                {"place": each.place, "comparison": compare_words(each.place.text, each.text)}
                for each in reading.changes
            ],
        }
    return TemplateResponse(request, "selfeval/word_show.html", context)


@require_POST
@permission_required(*WRITERS)
def word_take(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, at = user_of(request), timezone.now()
    found = _import(user, pk)
    try:
        taken = actions.take_word_import(by=user, at=at, found=found, changes=_read(found, user).changes)
    except Unreadable:
        messages.error(request, UNREADABLE)
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    except (MovedOn, Conflict):
        messages.warning(request, MovedOn.sentence)
        actions.renew_word_import(by=user, at=at, found=found)
    else:
        messages.success(request, f"Taken over: {taken.texts} text{'' if taken.texts == 1 else 's'}.")
        return redirect("selfeval:cycle-open")
    return redirect("selfeval:word-show", pk=pk)


@require_POST
@permission_required(*WRITERS)
def word_drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = user_of(request)
    found = _import(user, pk)
    try:
        actions.drop_word_import(by=user, at=timezone.now(), found=found)
        messages.success(request, "The document isn't taken over. Nothing has changed.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("selfeval:word-start", pk=found.self_evaluation_id)
