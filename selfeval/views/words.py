"""The lists of words by which the direction of a sentence is read: seen by all who write, edited by the SEND team."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from selfeval.actions.words import reset_words, save_words
from selfeval.forms.words import WordsForm
from selfeval.gather.words import words_in_force
from selfeval.models import ClaimWords, WordKind
from selfeval.views.claims import reads_claims
from strategy.actions.rows import Conflict

ABOUT = {
    WordKind.BETTER: "Held against the step from the period before: if the figure became worse, both are shown.",
    WordKind.WORSE: "If the figure became better, the text is more modest than it need be.",
    WordKind.ABOVE: "Held against England for the same period, as plain numbers.",
    WordKind.BELOW: "Held against England for the same period, as plain numbers.",
    WordKind.AHEAD: "Held against England, by which way is good for the figure.",
    WordKind.BEHIND: "Held against England, by which way is good for the figure.",
    WordKind.TURNS: "One of these among the three words before a word of the lists above, and it doesn't count.",
    WordKind.ADMITS: "A sentence that holds one of these says openly what is not known, and needs no proof.",
    WordKind.STRONG: "Grades of our own scale that claim strength: they are held against the figures that are cited.",
}


@require_GET
@reads_claims
def word_list(request: HttpRequest) -> HttpResponseBase:
    lists = words_in_force()
    own = {row.kind: row for row in ClaimWords.objects.select_related("changed_by")}
    context = {
        "lists": [
            {"kind": kind, "about": ABOUT[kind], "lines": getattr(lists, kind.value), "own": own.get(kind.value)}
            for kind in WordKind
        ],
        "can_edit": Permission.EDIT_SELF_EVALUATION in user_of(request).permissions,
    }
    return TemplateResponse(request, "selfeval/word_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_SELF_EVALUATION)
def word_edit(request: HttpRequest, kind: str) -> HttpResponseBase:
    if kind not in WordKind.values:
        raise Http404
    user, at = user_of(request), timezone.now()
    if request.method == "POST" and "reset" in request.POST:
        reset_words(by=user, at=at, kind=kind)
        messages.success(request, "The list is as it was shipped.")
        return redirect("selfeval:word-list")
    held = ClaimWords.objects.filter(kind=kind).select_related("changed_by").first()
    stands = "\n".join(getattr(words_in_force(), kind))
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        initial={"lines": stands, "version": held.version if held else 0},
    )
    context = {
        "form": form,
        "kind": WordKind(kind),
        "about": ABOUT[WordKind(kind)],
        "own": held,
        "conflict": None,
        "crumbs": [{"label": "Words that are looked for", "url": reverse("selfeval:word-list")}],
    }
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            save_words(by=user, at=at, kind=kind, lines=data["lines"], version=data["version"])
        except Conflict as conflict:
            now: ClaimWords = conflict.theirs
            mine = data["lines"]
            context |= {
                "form": WordsForm(initial={"lines": mine, "version": now.version if now.pk else 0}),
                "conflict": [{"label": "Words and phrases", "theirs": stands, "yours": mine}],
                "theirs": now,
            }
            return TemplateResponse(request, "selfeval/word_edit.html", context, status=409)
        messages.success(request, "The list is in force from now on.")
        return redirect("selfeval:word-list")
    return TemplateResponse(
        request, "selfeval/word_edit.html", context, status=400 if request.method == "POST" else 200
    )
