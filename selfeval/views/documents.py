"""Reading a frozen document whole: its contents, its parts, the plain words for children, its charts and files."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.requests import permission_required, user_of
from documents.charts import drawing_of
from documents.models import StoredFile
from documents.responses import download
from selfeval.gather.versions import Held, held_version, withdrawn_version
from selfeval.presenters.document import chapters_of, shown_part
from selfeval.reports.figures import chart_of
from selfeval.reports.parts import child_friendly
from selfeval.version_permissions import READERS

GONE = 410


@require_GET
@permission_required(*READERS)
def document_open(request: HttpRequest, pk: int) -> TemplateResponse:
    """The list of contents, with what the version is."""
    held = _held(request, pk)
    if isinstance(held, TemplateResponse):
        return held
    context = {"chapters": chapters_of(held.document), "has_children": bool(child_friendly(held.document))}
    return _page(request, held, "document_open", context)


@require_GET
@permission_required(*READERS)
def part_open(request: HttpRequest, pk: int, part: str) -> TemplateResponse:
    """One part, with the notes that it calls at its foot."""
    held = _held(request, pk)
    if isinstance(held, TemplateResponse):
        return held
    shown = shown_part(held.document, part, chart_url=partial(chart_url, pk))
    if shown is None:
        raise Http404
    return _page(request, held, "document_part", {"shown": shown})


@require_GET
@permission_required(*READERS)
def children_open(request: HttpRequest, pk: int) -> TemplateResponse:
    """The edition for children and young people: their own text of each criterion, in large type."""
    held = _held(request, pk)
    if isinstance(held, TemplateResponse):
        return held
    return _page(request, held, "document_children", {"words": child_friendly(held.document)})


@require_GET
@permission_required(*READERS)
def chart_draw(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The chart of a cited figure as a picture, drawn from the document and kept."""
    document = held_version(user_of(request), pk).document
    figure = next((one for one in document.figures if one.code == code and one.series), None)
    if figure is None:
        raise Http404
    return HttpResponse(drawing_of(chart_of(figure)), content_type="image/svg+xml")


@require_GET
@permission_required(*READERS)
def partner_document_take(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A partner's own file, where the document names it; the same bytes as when it was frozen."""
    documents = held_version(user_of(request), pk).document.documents
    if not 1 <= number <= len(documents) or documents[number - 1].stored is None:
        raise Http404
    named = documents[number - 1]
    stored = get_object_or_404(StoredFile, pk=named.stored, sha256=named.sha256)
    return download(request, stored, file_name=named.file_name)


def chart_url(pk: int, code: str) -> str:
    return reverse("reading:chart-draw", args=[pk, code]) if code else ""


def _held(request: HttpRequest, pk: int) -> Held | TemplateResponse:
    """The version, or the page that says why it was withdrawn."""
    try:
        return held_version(user_of(request), pk)
    except Http404:
        gone = withdrawn_version(pk)
        if gone is None:
            raise
        return TemplateResponse(request, "selfeval/document_withdrawn.html", {"version": gone}, status=GONE)


def _page(request: HttpRequest, held: Held, template: str, context: dict[str, Any]) -> TemplateResponse:
    shown = {"version": held.version, "document": held.document} | context
    return TemplateResponse(request, f"selfeval/{template}.html", shown)
