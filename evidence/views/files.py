"""Files of a revision: a first look, and the file itself."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from accounts.requests import permission_required
from documents.responses import download, show_picture
from evidence.gather import first_look
from evidence.models import EvidenceRevision, RevisionFile
from evidence.permissions import READERS
from evidence.presenters import file_look
from evidence.views.revisions import fetch_revision


def _fetch(request: HttpRequest, number: int, revision: int, pk: int) -> tuple[EvidenceRevision, RevisionFile]:
    row = fetch_revision(request, number, revision)
    return row, get_object_or_404(RevisionFile.objects.select_related("stored"), revision=row, pk=pk)


@require_GET
@permission_required(*READERS)
def file_download(request: HttpRequest, number: int, revision: int, pk: int) -> HttpResponseBase:
    _, file = _fetch(request, number, revision, pk)
    return download(request, file.stored, file_name=file.stored.original_name)


@require_GET
@permission_required(*READERS)
def file_preview(request: HttpRequest, number: int, revision: int, pk: int) -> HttpResponseBase:
    """The picture, or the first lines; the file is read in the background, so perhaps not yet."""
    row, file = _fetch(request, number, revision, pk)
    context = {
        "evidence": row.evidence,
        "revision": row,
        "file": file,
        "look": file_look(file.stored, first_look(file.stored)),
    }
    return TemplateResponse(request, "evidence/file_preview.html", context)


@require_GET
@permission_required(*READERS)
def file_picture(request: HttpRequest, number: int, revision: int, pk: int) -> HttpResponseBase:
    _, file = _fetch(request, number, revision, pk)
    if not file_look(file.stored, None).is_picture:
        raise Http404
    return show_picture(request, file.stored)
