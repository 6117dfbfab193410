"""Many files at once: add them, then say of each what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from evidence.actions.bulk import add_many
from evidence.actions.items import Conflict, Settled, change_evidence
from evidence.actions.revisions import Incomplete, submit
from evidence.domain.revisions import WrongState
from evidence.intake_forms import BulkForm, RowForm
from evidence.models import BulkAdd, BulkRow, Evidence
from evidence.permissions import evidence_of


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADD_EVIDENCE)
def bulk_add(request: HttpRequest) -> HttpResponseBase:
    user = user_of(request)
    form = BulkForm(request.POST or None, request.FILES or None, initial={"organisation": user.organisation_id})
    if request.method == "POST" and form.is_valid():
        uploads = form.cleaned_data["uploads"]
        bulk = add_many(by=user, at=timezone.now(), uploads=uploads, shared=form.shared())
        return redirect("evidence:bulk-show", pk=bulk.pk)
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "evidence/bulk_add.html", {"form": form}, status=status)


@dataclass(slots=True)
class Line:
    """One file with the form of its item; no form where nothing was added, or where it went on already."""

    row: BulkRow
    form: RowForm | None
    said: str = ""
    is_wrong: bool = False


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADD_EVIDENCE)
def bulk_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Each file with what became of it; the new items are described and handed over here."""
    user = user_of(request)
    bulk = get_object_or_404(BulkAdd, pk=pk, added_by=user)
    lines = _lines(request, bulk, user)
    if request.method == "POST":
        if all(line.form is None or line.form.is_valid() for line in lines):
            hands_over = request.POST.get("do") == "submit"
            for line in lines:
                _save(line, request, user, hands_over=hands_over)
            if not any(line.is_wrong for line in lines):
                messages.success(request, "Saved." if not hands_over else "Saved, and handed over for approval.")
                return redirect("evidence:bulk-show", pk=pk)
        for line in lines:
            line.is_wrong = line.is_wrong or bool(line.form and line.form.errors)
    counts = {outcome: sum(line.row.outcome == outcome for line in lines) for outcome in ("added", "there", "refused")}
    wrong = [line for line in lines if line.is_wrong]
    context = {"bulk": bulk, "lines": lines, "counts": counts, "wrong": wrong}
    return TemplateResponse(request, "evidence/bulk_show.html", context, status=400 if wrong else 200)


def _lines(request: HttpRequest, bulk: BulkAdd, user: User) -> list[Line]:
    """Three queries, however many files."""
    rows = list(bulk.rows.all())
    keys = [row.evidence_id for row in rows if row.evidence_id]
    found = evidence_of(user).filter(pk__in=keys).with_states().select_related("organisation", "owner")
    items: dict[int, Any] = {item.pk: item for item in found}
    data = request.POST if request.method == "POST" else None
    lines = []
    for row in rows:
        item = items.get(row.evidence_id or 0)
        row.evidence = item
        is_open = item is not None and row.outcome == "added" and item.newest_state == "draft" and not item.archived_at
        form = None
        if item is not None and is_open and not (data is not None and f"row-{row.pk}-title" not in data):
            form = RowForm(data, prefix=f"row-{row.pk}", initial=RowForm.initial_of(item))
        lines.append(Line(row=row, form=form))
    return lines


def _save(line: Line, request: HttpRequest, user: User, *, hands_over: bool) -> None:
    """One item; what can't go on says why and hinders none of the others."""
    evidence, form, now = line.row.evidence, line.form, timezone.now()
    if evidence is None or form is None:
        return
    try:
        version = form.cleaned_data["version"] or 0
        changed = change_evidence(by=user, at=now, evidence=evidence, version=version, facts=form.facts(evidence))
    except Conflict:
        line.said, line.is_wrong = f"Somebody else changed {evidence.code} meanwhile. Open it to see both.", True
        return
    except (WrongState, Settled, NotAllowed) as refusal:
        line.said, line.is_wrong = f"Not saved: {refusal}", True
        return
    line.form = _typed_against(request.POST, line.row, changed)
    draft = changed.revisions.open().first() if hands_over else None
    if draft is None:
        return
    try:
        submit(by=user, at=now, revision=draft)
        line.form = None
    except (Incomplete, WrongState, NotAllowed) as refusal:
        line.said, line.is_wrong = f"Saved as a draft. Before it can go: {refusal}", True


def _typed_against(typed: QueryDict, row: BulkRow, evidence: Evidence) -> RowForm:
    """What was typed, on top of the save that stands now: the next save of the same page is no conflict."""
    mine, prefix = typed.copy(), f"row-{row.pk}"
    mine[f"{prefix}-version"] = str(evidence.version)
    form = RowForm(mine, prefix=prefix, initial=RowForm.initial_of(evidence))
    form.is_valid()
    return form
