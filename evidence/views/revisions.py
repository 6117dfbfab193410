"""Writing a revision, deciding on it, taking its files."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.requests import permission_required, user_of
from documents.files import DiskFull
from documents.intake import Refused
from evidence.actions import items, revisions
from evidence.actions.revisions import Incomplete
from evidence.domain.revisions import State, WrongState
from evidence.forms import FactsForm, ReturnForm, RevisionForm
from evidence.models import Evidence, EvidenceRevision, RevisionFile
from evidence.permissions import check_can_approve, check_can_change
from evidence.presenters import BothTexts, differing_fields
from evidence.views.items import fetch_evidence, show_page


def fetch_revision(request: HttpRequest, number: int, revision: int) -> EvidenceRevision:
    rows = EvidenceRevision.objects.select_related("changed_by")
    found = get_object_or_404(rows, evidence=fetch_evidence(request, number), number=revision)
    found.evidence = fetch_evidence(request, number)
    return found


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def revision_start(request: HttpRequest, number: int) -> HttpResponseBase:
    evidence = fetch_evidence(request, number)
    draft = revisions.start_revision(by=user_of(request), at=timezone.now(), evidence=evidence)
    if draft.state != State.DRAFT:
        problem = "A revision is being decided on. Take it back if you want to change it."
        return show_page(request, evidence, problems=(problem,), status=409)
    return redirect("evidence:revision-edit", number=number, revision=draft.number)


def _page(
    request: HttpRequest,
    row: EvidenceRevision,
    facts: FactsForm,
    words: RevisionForm,
    *,
    problems: tuple[str, ...] = (),
    conflict: Evidence | EvidenceRevision | None = None,
    fields: tuple[BothTexts, ...] = (),
    status: int = 200,
) -> TemplateResponse:
    context = {
        "evidence": row.evidence,
        "revision": row,
        "facts": facts,
        "words": words,
        "forms": (facts, words),
        "files": list(row.files.select_related("stored")),
        "problems": problems,
        "theirs": conflict,
        "conflict_fields": fields,
    }
    return TemplateResponse(request, "evidence/evidence_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADD_EVIDENCE)
def revision_edit(request: HttpRequest, number: int, revision: int) -> HttpResponseBase:
    """Facts and content of a draft in one form: whichever button is pressed, nothing that was typed is lost."""
    row = fetch_revision(request, number, revision)
    check_can_change(user_of(request), row.evidence)
    if row.state != State.DRAFT or row.evidence.archived_at:
        return redirect("evidence:evidence-show", number=number)
    if request.method == "GET":
        facts = FactsForm(initial=FactsForm.initial_of(row.evidence))
        return _page(request, row, facts, RevisionForm(initial=RevisionForm.initial_of(row)))
    facts = FactsForm(request.POST, initial=FactsForm.initial_of(row.evidence))
    words = RevisionForm(request.POST, request.FILES)
    if not (facts.is_valid() and words.is_valid()):
        words.is_valid()
        return _page(request, row, facts, words, status=400)
    return _save(request, row, facts, words)


def _save(request: HttpRequest, row: EvidenceRevision, facts: FactsForm, words: RevisionForm) -> HttpResponseBase:
    user, now = user_of(request), timezone.now()
    try:
        version = facts.cleaned_data["version"] or 0
        row.evidence = items.change_evidence(
            by=user, at=now, evidence=row.evidence, version=version, facts=facts.facts(user)
        )
        saved = revisions.save_revision(
            by=user,
            at=now,
            revision=row,
            lock=words.cleaned_data["lock"] or 0,
            words=words.words(),
            uploads=words.cleaned_data["uploads"],
        )
    except items.Conflict as conflict:
        row.evidence = conflict.theirs
        facts, words = _typed_against(request.POST, conflict.theirs, words.cleaned_data["lock"])
        fields = differing_fields(conflict.theirs, facts)
        return _page(request, row, facts, words, conflict=conflict.theirs, fields=fields, status=409)
    except revisions.Conflict as conflict:
        facts, words = _typed_against(request.POST, row.evidence, conflict.theirs.lock)
        fields = differing_fields(conflict.theirs, words)
        return _page(request, row, facts, words, conflict=conflict.theirs, fields=fields, status=409)
    except (Refused, DiskFull, WrongState, items.Settled) as refusal:
        facts, words = _typed_against(request.POST, row.evidence, row.lock)
        status = refusal.status if isinstance(refusal, Refused) else 507 if isinstance(refusal, DiskFull) else 409
        return _page(request, row, facts, words, problems=(refusal.sentence,), status=status)
    for twin in saved.twins:
        messages.info(request, f"{twin.code} holds the very same file: {twin.title}. Is one of the two enough?")
    return _after_save(request, saved.revision)


def _typed_against(typed: QueryDict, evidence: Evidence, lock: int) -> tuple[FactsForm, RevisionForm]:
    """The forms with what was typed, on top of the save that stands now."""
    mine = typed.copy()
    mine["version"], mine["lock"] = str(evidence.version), str(lock)
    facts, words = FactsForm(mine, initial=FactsForm.initial_of(evidence)), RevisionForm(mine)
    facts.is_valid()
    words.is_valid()
    return facts, words


def _after_save(request: HttpRequest, saved: EvidenceRevision) -> HttpResponseBase:
    """What the pressed button asked for besides saving."""
    user, now = user_of(request), timezone.now()
    verb, _, key = request.POST.get("do", "save").partition("-")
    evidence = saved.evidence
    if verb == "remove" and key.isdecimal() and len(key) < 10:
        file = get_object_or_404(RevisionFile.objects.select_related("stored", "revision"), revision=saved, pk=int(key))
        revisions.detach_file(by=user, at=now, file=file)
        messages.success(request, f"{file.stored.original_name} is taken out of this revision.")
        return redirect("evidence:revision-edit", number=evidence.number, revision=saved.number)
    if verb != "submit":
        messages.success(request, "The draft is saved.")
        return redirect("evidence:revision-edit", number=evidence.number, revision=saved.number)
    try:
        revisions.submit(by=user, at=now, revision=saved)
    except Incomplete as incomplete:
        facts, words = _typed_against(request.POST, evidence, saved.lock)
        for one in incomplete.missing:
            form = facts if one.field in facts.fields else words
            form.add_error(one.field, one.sentence)
        return _page(request, saved, facts, words, status=400)
    messages.success(request, f"{evidence.code} is handed over for approval.")
    return redirect("evidence:evidence-show", number=evidence.number)


@require_POST
@permission_required(Permission.ADD_EVIDENCE, Permission.APPROVE_EVIDENCE)
def revision_approve(request: HttpRequest, number: int, revision: int) -> HttpResponseBase:
    """Approves what the page showed: its form carries the saves that were read."""
    row = fetch_revision(request, number, revision)
    lock, version = (_count(request.POST.get(name, "")) for name in ("lock", "version"))
    try:
        revisions.approve(by=user_of(request), at=timezone.now(), revision=row, lock=lock, version=version)
    except WrongState as wrong:
        return show_page(request, row.evidence, problems=(wrong.sentence,), status=409)
    messages.success(request, f"Revision {revision} is approved.")
    return redirect("evidence:evidence-show", number=number)


def _count(typed: str) -> int:
    """A count of saves out of a form; what is none counts as a page that nobody had open."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


@require_POST
@permission_required(Permission.ADD_EVIDENCE, Permission.APPROVE_EVIDENCE)
def revision_take_back(request: HttpRequest, number: int, revision: int) -> HttpResponseBase:
    row = fetch_revision(request, number, revision)
    try:
        revisions.take_back(by=user_of(request), at=timezone.now(), revision=row)
    except WrongState as wrong:
        return show_page(request, row.evidence, problems=(wrong.sentence,), status=409)
    messages.success(request, f"Revision {revision} is a draft again.")
    return redirect("evidence:evidence-show", number=number)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_EVIDENCE)
def revision_return(request: HttpRequest, number: int, revision: int) -> HttpResponseBase:
    row = fetch_revision(request, number, revision)
    check_can_approve(user_of(request), row.evidence)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            revisions.return_revision(by=user_of(request), at=timezone.now(), revision=row, reason=reason)
        except WrongState as wrong:
            return show_page(request, row.evidence, problems=(wrong.sentence,), status=409)
        messages.success(request, f"Revision {revision} is returned.")
        return redirect("evidence:evidence-show", number=number)
    context = {"evidence": row.evidence, "revision": row, "form": form}
    return TemplateResponse(
        request, "evidence/revision_return.html", context, status=400 if request.method == "POST" else 200
    )
