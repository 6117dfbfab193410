"""The notification letter, worked through on one page."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.domain.roles import ROLE_NAMES, Permission
from accounts.requests import permission_required, user_of
from inspection.actions.letters import save_letter
from inspection.actions.visits import step_visit
from inspection.domain.states import VisitStep
from inspection.forms.letters import AddForm, LineForm, line_prefix
from inspection.gather.letters import LetterRow, letter_rows
from inspection.gather.visit_pages import gather_changes, visit_by_number
from inspection.models import Deadline, Inspection, LetterStanding
from inspection.permissions.visits import can_change, can_step_now, check_can_change
from inspection.presenters.letters import make_groups
from inspection.presenters.visits import visit_crumbs


@permission_required(Permission.READ_ITEMS, Permission.READ_READINESS)
def letter_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Save keeps what was changed and the rest as it was; `confirm_rest` confirms what nobody has touched as well."""
    user, at = user_of(request), timezone.now()
    visit = get_object_or_404(visit_by_number(pk))
    rows = letter_rows(visit)
    if request.method != "POST":
        return _page(request, visit, [LineForm(row) for row in rows], AddForm(_deadlines(rows)))
    check_can_change(user, visit)
    # A page that was sent without a line (it was added in between) leaves that line alone.
    sent = [row for row in rows if f"{line_prefix(row)}-seen" in request.POST]
    forms = [LineForm(row, request.POST) for row in sent]
    touched = [form for form in forms if form.is_touched]
    add = AddForm(_deadlines(rows), request.POST)
    are_valid = [form.is_valid() for form in [*touched, add]]
    if not all(are_valid):
        return _page(request, visit, _with_all(rows, forms), add, status=400)
    saved = save_letter(
        by=user,
        at=at,
        visit=visit,
        edits=[form.edit for form in touched],
        added=add.new_line,
        confirms_rest=[(form.row, form.seen_version) for form in forms] if "confirm_rest" in request.POST else (),
    )
    if saved.overtaken:
        fresh = letter_rows(visit)
        kept = {(type(row), row.pk) for row in saved.overtaken}
        forms = [LineForm(row, request.POST if (type(row), row.pk) in kept else None) for row in fresh]
        return _page(request, visit, forms, AddForm(_deadlines(fresh)), overtaken=saved.overtaken, status=409)
    if "finish" in request.POST and not any(row.standing == LetterStanding.OPEN for row in letter_rows(visit)):
        step_visit(by=user, at=at, visit=visit, step=VisitStep.FINISH_LETTER)
        messages.success(request, "The letter is worked through. The deadlines are now those of the letter.")
        return redirect(visit)
    messages.success(request, "Saved." if saved.changed else "Nothing was changed.")
    return redirect("inspection:letter-edit", pk=pk)


def _deadlines(rows: Sequence[LetterRow]) -> list[Deadline]:
    return [row for row in rows if isinstance(row, Deadline)]


def _with_all(rows: Sequence[LetterRow], forms: Sequence[LineForm]) -> list[LineForm]:
    by_prefix = {form.prefix: form for form in forms}
    return [by_prefix.get(line_prefix(row)) or LineForm(row) for row in rows]


def _page(
    request: HttpRequest,
    visit: Inspection,
    forms: Sequence[LineForm],
    add: AddForm,
    *,
    overtaken: Sequence[LetterRow] = (),
    status: int = 200,
) -> TemplateResponse:
    user = user_of(request)
    open_count = sum(form.row.standing == LetterStanding.OPEN for form in forms)
    groups = make_groups(forms, gather_changes(inspection=visit), overtaken)
    errors = [
        {"sentence": f"{row.title}: {sentence}", "url": f"#{row.prefix}-{name}"}
        for group in groups
        for row in group.rows
        for name, sentence in row.errors.items()
    ]
    context = {
        "visit": visit,
        "groups": groups,
        "add": add,
        "roles": ROLE_NAMES,
        "errors": errors,
        "overtaken": len(overtaken),
        "open_count": open_count,
        "line_count": len(forms),
        "done_count": len(forms) - open_count,
        "standings": LetterStanding.choices,
        "can_change": can_change(user, visit),
        "can_finish": can_step_now(user, visit, VisitStep.FINISH_LETTER, timezone.now()),
        "crumbs": visit_crumbs(visit),
    }
    return TemplateResponse(request, "inspection/letter_edit.html", context, status=status)
