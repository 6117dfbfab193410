"""The short service: read a version, say something of it, see what came of it. Signed in or by link, the same pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.permissions import NotAllowed
from selfeval import limits
from selfeval.actions.comments import LONGEST, Said, leave_comments, withdraw_own
from selfeval.doors import (
    Door,
    back_of,
    by_link,
    forget_words,
    is_sealed,
    kept_words,
    sent_by_link,
    sent_signed_in,
    signed_in,
)
from selfeval.gather.reading import (
    AskedRound,
    Frozen,
    asked_round,
    came_of_it,
    criterion_of,
    frozen_of,
    own_words,
    rounds_of,
)
from selfeval.models import Comment, ConsultationRound, RoundDocument
from selfeval.papers import send_paper

UNSENT = "This was not sent. What you wrote is below: press the button once more."


def _open(request: HttpRequest, door: Door) -> HttpResponseBase:
    rounds = rounds_of(door)
    context = {
        "open": [one for one in rounds if one.is_open],
        "closed": [one for one in rounds if not one.is_open],
        "versions": list(door.versions()),
    }
    return _page(request, door, "reading_open", context)


def _version(request: HttpRequest, door: Door, pk: int, **shown: Any) -> TemplateResponse:
    frozen = frozen_of(door, pk)
    context = {"frozen": frozen, "document": frozen.document, "rounds": rounds_of(door, frozen.version)}
    return _page(request, door, "reading_version", context | _box(door, frozen) | shown)


def _chapter(request: HttpRequest, door: Door, pk: int, code: str, **shown: Any) -> TemplateResponse:
    frozen = frozen_of(door, pk)
    codes = [one.code for one in frozen.document.criteria] + [part[0] for part in frozen.parts]
    place = codes.index(code) if code in codes else -1
    if place < 0:
        raise Http404
    criterion = frozen.document.criterion(code)
    context = {
        "frozen": frozen,
        "document": frozen.document,
        "chapter": frozen.chapter(code),
        "criterion": criterion,
        "voices": frozen.document.voices_of(code),
        "before": frozen.chapter(codes[place - 1]) if place > 0 else None,
        "after": frozen.chapter(codes[place + 1]) if place + 1 < len(codes) else None,
    }
    return _page(request, door, "reading_chapter", context | _box(door, frozen) | shown)


def _round(request: HttpRequest, door: Door, pk: int, **shown: Any) -> TemplateResponse:
    asked = asked_round(_fetch_round(door, pk), has_papers=True)
    frozen = frozen_of(door, asked.asked.version_asked_id)
    words = shown.pop("words", None) or {}
    asks = [
        {"name": f"question-{number}", "text": question, "value": words.get(f"question-{number}", "")}
        for number, question in enumerate(asked.questions, 1)
    ]
    context = {"asked": asked, "frozen": frozen, "asks": asks, "words": words}
    return _page(request, door, "reading_round", context | _box(door, frozen) | shown)


def _came(request: HttpRequest, door: Door) -> HttpResponseBase:
    return _page(request, door, "reading_came", {"rows": came_of_it(door)})


def _own(request: HttpRequest, door: Door) -> HttpResponseBase:
    return _page(request, door, "reading_own", {"own": own_words(door)})


def _paper(request: HttpRequest, door: Door, pk: int, paper: int) -> HttpResponseBase:
    found = get_object_or_404(
        RoundDocument.objects.select_related("stored"), consultation=_fetch_round(door, pk), pk=paper
    )
    return send_paper(request, found, by=door.reader)


# -- what is sent


def _leave(request: HttpRequest, door: Door, pk: int) -> HttpResponseBase:
    """One comment, of a criterion or in general."""
    frozen = frozen_of(door, pk)
    code = request.POST.get("about", "")
    text = request.POST.get("text", "").strip()
    fault = _fault(request, door, {"text": text}) or ("" if text else "Write your comment, then send it.")
    asked = _round_of(door, frozen)
    if not fault:
        said = Said(text=text, criterion=criterion_of(frozen, code) if code else None)
        fault = _sent(request, door, frozen, asked, (said,))
    if fault:
        shown: dict[str, Any] = {"fault": fault, "words": {"text": request.POST.get("text", "")}}
        is_chapter = bool(code) and any(one.code == code for one in frozen.document.criteria)
        page = _chapter(request, door, pk, code, **shown) if is_chapter else _version(request, door, pk, **shown)
        page.status_code = 400
        return page
    return redirect(door.url("own-list"))


def _answers(request: HttpRequest, door: Door, pk: int) -> HttpResponseBase:
    """Answers to the questions of a round, and anything else."""
    asked = asked_round(_fetch_round(door, pk))
    frozen = frozen_of(door, asked.asked.version_asked_id)
    words = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    said = [
        Said(text=words[f"question-{number}"].strip(), question=question)
        for number, question in enumerate(asked.questions, 1)
        if words.get(f"question-{number}", "").strip()
    ]
    if words.get("text", "").strip():
        said.append(Said(text=words["text"].strip()))
    fault = _fault(request, door, {f"{n}": one.text for n, one in enumerate(said)})
    fault = fault or ("" if said else "Answer at least one of the questions, then send it.")
    fault = fault or _sent(request, door, frozen, asked, tuple(said))
    if fault:
        page = _round(request, door, pk, fault=fault, words=words)
        page.status_code = 400
        return page
    return redirect(door.url("own-list"))


def _take_back(request: HttpRequest, door: Door, pk: int) -> HttpResponseBase:
    comment = get_object_or_404(door.own_comments(), pk=pk)
    if not is_sealed(request, door):
        raise NotAllowed("Open your comments again, and press the button there.")
    withdraw_own(by=door.reader, at=timezone.now(), comment=comment)
    messages.success(request, "It is taken back.")
    return redirect(door.url("own-list"))


def _fault(request: HttpRequest, door: Door, texts: Mapping[str, str]) -> str:
    """Why nothing can be kept, as a sentence; empty where it can."""
    if not is_sealed(request, door):
        return UNSENT
    longest = max((len(text) for text in texts.values()), default=0)
    if longest > LONGEST:
        return f"One text is {longest:,} characters long and {LONGEST:,} is the most. Send it in two parts."
    return door.reason_not_to_comment


def _sent(request: HttpRequest, door: Door, frozen: Frozen, asked: AskedRound | None, said: tuple[Said, ...]) -> str:
    """Keeps the words; gives the reason where they were not kept."""
    if limits.counted("comments", door.key) + len(said) > limits.COMMENTS:
        return "That is a lot in one hour. Keep this page open, and send it in a while."
    try:
        kept = leave_comments(
            by=door.reader,
            at=timezone.now(),
            version=frozen.version,
            asked=asked.asked if asked else None,
            said=said,
        )
    except NotAllowed as refusal:
        return refusal.reason
    for _ in kept:
        limits.count_one("comments", door.key, seconds=limits.COMMENT_SECONDS)
    forget_words(request)
    messages.success(request, thanks_for(kept))
    return ""


def thanks_for(kept: tuple[Comment, ...]) -> str:
    """The kind word after sending, with what happens next."""
    if any(one.has_harm for one in kept):
        return (
            "Thank you. What you wrote may be about somebody's safety, so it went straight to the person who "
            "looks after that. If somebody is in danger now, ring 999."
        )
    if any(one.has_name for one in kept):
        return "Thank you. It may name a child, so one person reads it first. Nothing of it is lost."
    return "Thank you. It has arrived, and it will be answered. You see the answer here."


def _fetch_round(door: Door, pk: int) -> ConsultationRound:
    return get_object_or_404(door.rounds().select_related("version_asked__self_evaluation"), pk=pk)


def _round_of(door: Door, frozen: Frozen) -> AskedRound | None:
    """The open round in which a comment on this version counts."""
    return next((one for one in rounds_of(door, frozen.version) if one.is_open), None)


def _box(door: Door, frozen: Frozen) -> dict[str, object]:
    return {"reason": door.reason_not_to_comment, "leave_url": door.url("comment-leave", frozen.version.pk)}


def _page(request: HttpRequest, door: Door, template: str, context: dict[str, Any]) -> TemplateResponse:
    kept = kept_words(request, door)
    shown: dict[str, Any] = {
        "door": door,
        "longest": LONGEST,
        "back": back_of(request) if request.method == "POST" else request.path,
        "was_kept": bool(kept),
    }
    if kept and "words" in context and not context["words"]:
        context = context | {"words": kept}
        for ask in context.get("asks", ()):
            ask["value"] = kept.get(ask["name"], "")
    elif kept and "words" not in context:
        context = context | {"words": kept}
    return TemplateResponse(request, f"selfeval/{template}.html", context | shown)


reading_open = require_GET(signed_in(_open))
version_open = require_GET(signed_in(_version))
chapter_open = require_GET(signed_in(_chapter))
round_open = require_GET(signed_in(_round))
came_list = require_GET(signed_in(_came))
own_list = require_GET(signed_in(_own))
paper_download = require_GET(signed_in(_paper))
comment_leave = require_POST(sent_signed_in(_leave))
answers_leave = require_POST(sent_signed_in(_answers))
comment_withdraw = require_POST(sent_signed_in(_take_back))

link_open = require_GET(by_link(_open))
link_version_open = require_GET(by_link(_version))
link_chapter_open = require_GET(by_link(_chapter))
link_round_open = require_GET(by_link(_round))
link_came_list = require_GET(by_link(_came))
link_own_list = require_GET(by_link(_own))
link_paper_download = require_GET(by_link(_paper))
link_comment_leave = require_POST(sent_by_link(_leave))
link_answers_leave = require_POST(sent_by_link(_answers))
link_comment_withdraw = require_POST(sent_by_link(_take_back))
