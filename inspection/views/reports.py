"""Reports that people bring in, and what they put right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from documents.files import DiskFull
from documents.intake import Refused
from documents.presenters import elapsed_in_words, progress_of, state_of
from documents.responses import download
from inspection.actions import published as actions
from inspection.actions import reports
from inspection.domain.reports.facts import FACT_NAMES
from inspection.domain.reports.taken import from_json
from inspection.forms.published import FactsForm, ReportForm, StoreForm, TieForm
from inspection.gather.published import criterion_titles, theme_names
from inspection.models import PublishedInspection, PublishedTodo, ReportReading, TodoTie
from inspection.presenters import published as presenters
from inspection.presenters import published_areas as areas

RECENT = 20


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def report_add(request: HttpRequest) -> HttpResponseBase:
    """A report to read, and those that wait to be looked at."""
    form = ReportForm(request.POST or None, request.FILES or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            job = reports.read_upload(by=user_of(request), at=timezone.now(), upload=form.cleaned_data["file"])
        except (Refused, DiskFull) as refusal:
            form.add_error("file", refusal.sentence)
            status = getattr(refusal, "status", 422)
        else:
            return redirect("inspection:report-show", pk=job.pk)
    readings = ReportReading.objects.select_related("stored", "ordered_by", "inspection__area")[:RECENT]
    context = {
        "form": form,
        "readings": [(one, *_standing(one)) for one in readings],
        "crumbs": presenters.crumbs(),
    }
    return TemplateResponse(request, "inspection/report_add.html", context, status=status)


def _standing(job: ReportReading) -> tuple[str, str]:
    if not job.is_done:
        state = state_of(job)
        return state.word, state.colour
    return {
        "waiting": ("Look at it", "blue"),
        "stored": ("Stored", "green"),
        "aside": ("Put aside", "grey"),
    }[job.standing]


def _reading(pk: int) -> ReportReading:
    return get_object_or_404(ReportReading.objects.select_related("stored", "ordered_by", "inspection__area"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def report_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far the reading is, then what was read, to be confirmed and stored."""
    job, now = _reading(pk), timezone.now()
    taken = from_json(job.result) if job.is_done and job.result else None
    form, status = None, 200
    if taken is not None and job.standing == "waiting":
        initial = {"area": taken.area_code, "published_on": taken.published_on}
        form = StoreForm(request.POST or None, initial=initial)
    if request.method == "POST":
        if form is None:
            raise NotAllowed("There is nothing to store: this report isn't read, or was decided on already.")
        status = 422
        if form.is_valid():
            try:
                row = reports.store_reading(
                    by=user_of(request),
                    at=now,
                    reading=job,
                    area=form.cleaned_data["area"],
                    published_on=form.cleaned_data["published_on"],
                )
            except actions.CannotStore as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, f"The report on {row.area} is stored.")
                return redirect("inspection:elsewhere-show", code=row.area.code)
    word, colour = _standing(job)
    context = {
        "job": job,
        "state_word": word,
        "state_colour": colour,
        "progress": progress_of(job, at=now),
        "elapsed": elapsed_in_words(job, at=now),
        "taken": taken,
        "facts": areas.taken_facts(taken) if taken else [],
        "todos": areas.taken_todos(taken, criterion_titles()) if taken else [],
        "form": form,
        "crumbs": presenters.crumbs(),
    }
    return TemplateResponse(request, "inspection/report_show.html", context, status=status)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def report_drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    reports.put_aside(by=user_of(request), at=timezone.now(), reading=_reading(pk))
    messages.success(request, "The report is put aside. Nothing of it is stored among the published inspections.")
    return redirect("inspection:report-add")


@require_safe
@permission_required(Permission.READ_INDICATORS)
def report_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report of a visit as it was uploaded."""
    row = get_object_or_404(PublishedInspection.objects.select_related("report"), pk=pk, report__isnull=False)
    assert row.report is not None  # noqa: S101  # asked for above
    return download(request, row.report, file_name=row.report.original_name)


# -- putting right


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def elsewhere_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The facts of a visit; what sources say stays beside them."""
    row = get_object_or_404(PublishedInspection.objects.select_related("area").prefetch_related("sayings"), pk=pk)
    form = FactsForm(request.POST or None, initial=FactsForm.initial_of(row))
    context = {"visit": row, "form": form, "differences": areas.differences_of(row), "crumbs": presenters.crumbs()}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.correct_inspection(
                    by=user_of(request),
                    at=timezone.now(),
                    inspection=row,
                    version=form.cleaned_data["version"],
                    values=form.values(),
                )
            except actions.Stale:
                row.refresh_from_db()
                context["theirs"] = _conflict(row, form)
                form.data = {**form.data.dict(), "version": str(row.version)}  # type: ignore[attr-defined]  # posted
                status = 409
            else:
                messages.success(request, "Saved. What the sources say stays beside it.")
                return redirect("inspection:elsewhere-show", code=row.area.code)
    return TemplateResponse(request, "inspection/elsewhere_edit.html", context, status=status)


def _conflict(row: PublishedInspection, form: FactsForm) -> list[dict[str, object]]:
    yours = form.values()
    names = {**FACT_NAMES, "next_activity": "What the report says comes next"}
    return [
        {"label": names[name], "theirs": getattr(row, name), "yours": value}
        for name, value in yours.items()
        if getattr(row, name) != value
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def todo_tie(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One text: confirm what its words tied it to, take that out, or add to it."""
    todo = get_object_or_404(PublishedTodo.objects.select_related("inspection__area").prefetch_related("ties"), pk=pk)
    titles = criterion_titles()
    form = TieForm(request.POST or None, criteria=titles, themes=theme_names())
    if request.method == "POST" and form.is_valid():
        kind, code = form.tied
        actions.add_tie(by=user_of(request), at=timezone.now(), todo=todo, kind=kind, code=code)
        return redirect("inspection:todo-tie", pk=pk)
    box = areas.todo_box(todo, todo.ties.all(), titles)
    context = {"box": box, "area": todo.inspection.area, "form": form, "crumbs": presenters.crumbs()}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "inspection/todo_tie.html", context, status=status)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def tie_decide(request: HttpRequest, pk: int, step: str) -> HttpResponseBase:
    tie = get_object_or_404(TodoTie.objects.select_related("todo"), pk=pk)
    actions.decide_tie(by=user_of(request), at=timezone.now(), tie=tie, step=step)
    return redirect("inspection:todo-tie", pk=tie.todo_id)
