"""The log and the page of one item."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import has_permission
from accounts.requests import permission_required, user_of
from documents.files import DiskFull
from documents.intake import Refused
from evidence.actions import items, revisions
from evidence.actions.items import Conflict, Settled
from evidence.actions.revisions import Incomplete
from evidence.filters import EvidenceFilter
from evidence.forms import FactsForm, PointForm, RevisionForm, StatementForm
from evidence.gather import evidence_detail, log_of, points_by_criterion
from evidence.models import Evidence
from evidence.permissions import READERS, check_can_change, evidence_of
from evidence.presenters import differing_fields, evidence_page, log_rows
from evidence.search import hits_of
from evidence.uses import uses_of

ROWS_ON_PAGE = 25


def fetch_evidence(request: HttpRequest, number: int) -> Evidence:
    """The item, if this person may open it: what is closed to them does not exist."""
    rows = evidence_of(user_of(request)).select_related("organisation", "owner", "added_by", "changed_by")
    return get_object_or_404(rows, number=number)


@require_GET
@permission_required(*READERS)
def evidence_list(request: HttpRequest) -> HttpResponseBase:
    user, today = user_of(request), timezone.localdate()
    found = EvidenceFilter(request.GET, queryset=log_of(user), user=user, today=today)
    page = Paginator(found.qs, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    hits = hits_of([item.pk for item in rows], request.GET.get("q", ""))
    return TemplateResponse(
        request,
        "evidence/evidence_list.html",
        {
            "filter": found,
            "is_filtered": any(request.GET.get(name) for name in found.filters),
            "page": page,
            "rows": log_rows(rows, today, hits),
            "can_add": has_permission(user, Permission.ADD_EVIDENCE),
            "reads_all": has_permission(user, Permission.READ_EVIDENCE),
        },
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADD_EVIDENCE)
def evidence_add(request: HttpRequest) -> HttpResponseBase:
    """One page: what it is, and the files, the link or the text."""
    user, now = user_of(request), timezone.now()
    if request.method == "GET":
        facts = FactsForm(initial={"owner": user.pk, "organisation": user.organisation_id})
        return _add_page(request, facts, RevisionForm())
    facts, words = FactsForm(request.POST), RevisionForm(request.POST, request.FILES)
    if not (facts.is_valid() and words.is_valid()):
        words.is_valid()
        return _add_page(request, facts, words, status=400)
    draft = items.add_evidence(by=user, at=now, facts=facts.facts(user))
    evidence = draft.evidence
    # The words first: a file that is refused takes nothing with it that was typed.
    draft = revisions.save_revision(by=user, at=now, revision=draft, lock=draft.lock, words=words.words()).revision
    try:
        saved = revisions.save_revision(
            by=user,
            at=now,
            revision=draft,
            lock=draft.lock,
            words=words.words(),
            uploads=words.cleaned_data["uploads"],
        )
    except (Refused, DiskFull) as refusal:
        messages.error(request, f"{evidence.code} is kept as a draft, but without its file. {refusal.sentence}")
        return redirect("evidence:revision-edit", number=evidence.number, revision=draft.number)
    for twin in saved.twins:
        messages.info(request, f"{twin.code} holds the very same file: {twin.title}. Is one of the two enough?")
    if request.POST.get("do") != "submit":
        messages.success(request, f"{evidence.code} is saved as a draft.")
        return redirect("evidence:evidence-show", number=evidence.number)
    try:
        revisions.submit(by=user, at=now, revision=draft)
    except Incomplete as incomplete:
        messages.error(request, f"{evidence.code} is saved as a draft. Before it can go: {incomplete}")
        return redirect("evidence:revision-edit", number=evidence.number, revision=draft.number)
    messages.success(request, f"{evidence.code} is handed over for approval.")
    return redirect("evidence:evidence-show", number=evidence.number)


def _add_page(request: HttpRequest, facts: FactsForm, words: RevisionForm, status: int = 200) -> TemplateResponse:
    context = {"facts": facts, "words": words, "evidence": None, "forms": (facts, words)}
    return TemplateResponse(request, "evidence/evidence_edit.html", context, status=status)


def show_page(
    request: HttpRequest, evidence: Evidence, *, problems: tuple[str, ...] = (), status: int = 200, **context: Any
) -> TemplateResponse:
    """The page of an item, with what went wrong above it."""
    page = evidence_page(evidence_detail(evidence), user_of(request), timezone.localdate())
    uses = uses_of(user_of(request), [evidence.pk]).get(evidence.pk, ())
    shown = {"page": page, "evidence": evidence, "uses": uses, "problems": problems}
    if not page.change_reason and not evidence.archived_at and "point_form" not in context:
        shown["point_form"] = PointForm(points=points_by_criterion())
    if not page.change_reason and not evidence.archived_at and "statement_form" not in context:
        shown["statement_form"] = StatementForm()
    return TemplateResponse(request, "evidence/evidence_show.html", shown | context, status=status)


@require_GET
@permission_required(*READERS)
def evidence_show(request: HttpRequest, number: int) -> HttpResponseBase:
    return show_page(request, fetch_evidence(request, number))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADD_EVIDENCE)
def evidence_change(request: HttpRequest, number: int) -> HttpResponseBase:
    user, evidence = user_of(request), fetch_evidence(request, number)
    check_can_change(user, evidence)
    if request.method == "GET":
        return _change_page(request, evidence, FactsForm(initial=FactsForm.initial_of(evidence)))
    form = FactsForm(request.POST, initial=FactsForm.initial_of(evidence))
    if not form.is_valid():
        return _change_page(request, evidence, form, status=400)
    try:
        items.change_evidence(
            by=user,
            at=timezone.now(),
            evidence=evidence,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(user),
        )
    except Conflict as conflict:
        mine = request.POST.copy()
        mine["version"] = str(conflict.theirs.version)
        again = FactsForm(mine, initial=FactsForm.initial_of(conflict.theirs))
        again.is_valid()
        return _change_page(request, conflict.theirs, again, theirs=conflict.theirs, status=409)
    except Settled as settled:
        return _change_page(request, evidence, form, problems=(settled.sentence,), status=409)
    messages.success(request, f"{evidence.code} is changed.")
    return redirect("evidence:evidence-show", number=number)


def _change_page(
    request: HttpRequest,
    evidence: Evidence,
    facts: FactsForm,
    *,
    theirs: Evidence | None = None,
    problems: tuple[str, ...] = (),
    status: int = 200,
) -> TemplateResponse:
    context = {
        "problems": problems,
        "evidence": evidence,
        "facts": facts,
        "words": None,
        "forms": (facts,),
        "theirs": theirs,
        "conflict_fields": differing_fields(theirs, facts) if theirs else (),
    }
    return TemplateResponse(request, "evidence/evidence_edit.html", context, status=status)


MOVES = {
    "archive": (items.archive_evidence, "{code} is in the archive. You can take it out again."),
    "restore": (items.restore_evidence, "{code} is back from the archive."),
}


@require_POST
@permission_required(Permission.ADD_EVIDENCE)
def evidence_move(request: HttpRequest, number: int, move: str) -> HttpResponseBase:
    evidence = fetch_evidence(request, number)
    action, done = MOVES[move]
    action(by=user_of(request), at=timezone.now(), evidence=evidence)
    messages.success(request, done.format(code=evidence.code))
    return redirect("evidence:evidence-show", number=number)
