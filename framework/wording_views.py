"""Pasting official wording, and what differs between two rulebooks word by word."""

from __future__ import annotations

import tempfile
from collections import Counter
from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from documents.domain.words import compare_words
from documents.intake import DOCX, ODT, PDF, TXT, Refused, examine
from documents.texts.child import read_text
from framework.actions import paste_wording, undo_wording
from framework.domain.differences import differences
from framework.domain.matching import Proposal, Row, lines_of, match
from framework.domain.rulebook import KIND_NAMES
from framework.forms import CompareForm, ConfirmForm, PasteForm
from framework.gather import rulebook_of
from framework.models import Framework, WordingPaste
from framework.wording import wording_rows

READABLE = (DOCX, PDF, ODT, TXT)
MOST_LINES = 400


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MANAGE_FRAMEWORKS)
def wording_paste(request: HttpRequest) -> HttpResponseBase:
    """A text or a document in; proposals out. Nothing is stored."""
    current = Framework.objects.filter(is_current=True).first()
    form = PasteForm(
        request.POST or None,
        request.FILES or None,
        initial={"framework": current, "confirmed_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        lines = _lines(form)
        if lines:
            data = form.cleaned_data
            rows = wording_rows(data["framework"])
            shown = _shown(match(lines, rows), rows)
            return _confirm_page(request, data, rows, shown)
    pastes = WordingPaste.objects.select_related("framework", "by").prefetch_related("rows")[:20]
    context = {"form": form, "pastes": pastes}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "framework/wording_paste.html", context, status=status)


def _lines(form: PasteForm) -> tuple[str, ...]:
    """The lines of the text or of the document; puts the reason on the form where there are none."""
    text, field = form.cleaned_data["text"], "text"
    if form.cleaned_data["upload"]:
        field = "upload"
        try:
            text = _text_of(form.cleaned_data["upload"])
        except Refused as refused:
            form.add_error(field, refused.sentence)
            return ()
    lines = lines_of(text)
    if not lines:
        form.add_error(field, "No sentence was found in it. Paste the text itself: a scan holds none.")
    elif len(lines) > MOST_LINES:
        form.add_error(
            field, f"It has {len(lines)} lines and {MOST_LINES} is the most. Take the part with the criteria."
        )
        return ()
    return lines


def _text_of(upload: UploadedFile[bytes]) -> str:
    """Checked like every upload; read by the reader that the evidence log uses; kept nowhere."""
    examined = examine(upload, accepted=READABLE)
    with tempfile.TemporaryFile() as copy:
        for piece in upload.chunks():
            copy.write(piece)
        return read_text(cast(Any, copy), examined.file_type.content_type).text


def _shown(proposals: tuple[Proposal, ...], rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    by_code = {row.code: row for row in rows}
    return [
        {"number": number, "proposal": one, "text": one.text, "code": one.code, "row": by_code.get(one.code)}
        for number, one in enumerate(proposals)
    ]


def _confirm_page(
    request: HttpRequest,
    told: dict[str, Any],
    rows: tuple[Row, ...],
    shown: list[dict[str, Any]],
    problems: tuple[str, ...] = (),
) -> TemplateResponse:
    settled = {one["code"] for one in shown}
    context = {
        "framework": told["framework"],
        "source": told["source"],
        "confirmed_on": told["confirmed_on"],
        "rows": rows,
        "shown": shown,
        "without": [row for row in rows if row.kind != "group" and row.code not in settled and not row.wording],
        "problems": problems,
    }
    return TemplateResponse(request, "framework/wording_confirm.html", context, status=400 if problems else 200)


@require_POST
@permission_required(Permission.MANAGE_FRAMEWORKS)
def wording_confirm(request: HttpRequest) -> HttpResponseBase:
    """What a person has settled is written, each line to the row whose code stands beside it."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The list did not arrive whole. Paste the text again.")
        return redirect("framework:wording-paste")
    data, rows = form.cleaned_data, wording_rows(form.cleaned_data["framework"])
    by_code = {row.code.casefold(): row for row in rows}
    shown, wordings, problems = [], {}, []
    counted = Counter(request.POST.get(f"code-{n}", "").strip().casefold() for n in range(data["count"]))
    for number in range(data["count"]):
        text = request.POST.get(f"text-{number}", "").strip()
        code = request.POST.get(f"code-{number}", "").strip()
        row = by_code.get(code.casefold())
        shown.append({"number": number, "proposal": None, "text": text, "code": code, "row": row})
        if not code:
            continue
        if row is None:
            problems.append(f"“{code}” is no code of this rulebook. Choose one from the list, or leave it empty.")
        elif counted[code.casefold()] > 1:
            problems.append(f"{row.code} stands at {counted[code.casefold()]} lines. Keep one of them.")
        else:
            wordings[row.code] = text
    told = tuple(dict.fromkeys(problems))
    if not told:
        try:
            paste = paste_wording(
                by=user_of(request),
                at=timezone.now(),
                framework=data["framework"],
                source=data["source"],
                confirmed_on=data["confirmed_on"],
                wordings=wordings,
            )
        except NotAllowed as refusal:
            told = (refusal.reason,)
        else:
            count = paste.rows.count()
            messages.success(request, f"{count} {'row has' if count == 1 else 'rows have'} the official wording now.")
            return redirect("framework:wording-paste")
    return _confirm_page(request, data, rows, shown, told)


@require_POST
@permission_required(Permission.MANAGE_FRAMEWORKS)
def wording_undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    paste = get_object_or_404(WordingPaste, pk=pk)
    left = undo_wording(by=user_of(request), at=timezone.now(), paste=paste)
    kept = f" Left as changed since: {', '.join(left)}." if left else ""
    messages.success(request, f"It is undone: what stood there before stands there again.{kept}")
    return redirect("framework:wording-paste")


@require_GET
@permission_required(Permission.MANAGE_FRAMEWORKS)
def difference_show(request: HttpRequest) -> TemplateResponse:
    """Two loaded rulebooks, row by row, each text word by word."""
    form = CompareForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "frameworks": Framework.objects.all()}
    if form.is_valid() and form.cleaned_data["old"] and form.cleaned_data["new"]:
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        found = differences(rulebook_of(old), rulebook_of(new))
        kinds = []
        for kind, rows in groupby(found, key=lambda one: one.kind):
            shown = [{"difference": one, "comparison": compare_words(one.old, one.new)} for one in rows]
            kinds.append({"name": KIND_NAMES.get(kind, "rulebook"), "rows": shown})
        context |= {"old": old, "new": new, "kinds": kinds, "count": len(found)}
    return TemplateResponse(request, "framework/difference_show.html", context)
