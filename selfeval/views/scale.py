"""The council's own scale for criteria."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed
from accounts.requests import permission_required, user_of
from selfeval.actions import scale as actions
from selfeval.forms.judgements import is_scale_on
from selfeval.forms.rows import GradeForm
from selfeval.models import ScaleGrade
from selfeval.presenters.words import home_crumb
from selfeval.views.editing import form_page


@require_GET
@permission_required(Permission.READ_DRAFTS)
def scale_show(request: HttpRequest) -> HttpResponseBase:
    grades = list(ScaleGrade.objects.all())
    context = {
        "is_on": is_scale_on(),
        "grades": [grade for grade in grades if grade.archived_at is None],
        "archived": [grade for grade in grades if grade.archived_at is not None],
        "may_edit": Permission.MODERATE in user_of(request).permissions,
        "crumbs": [home_crumb()],
    }
    return TemplateResponse(request, "selfeval/scale_show.html", context)


@require_POST
@permission_required(Permission.MODERATE)
def scale_switch(request: HttpRequest) -> HttpResponseBase:
    is_on = request.POST.get("on") == "1"
    actions.switch_scale(by=user_of(request), at=timezone.now(), is_on=is_on)
    messages.success(request, "Criteria are graded again." if is_on else "Criteria are no longer graded.")
    return redirect("selfeval:scale-show")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MODERATE)
def grade_add(request: HttpRequest) -> HttpResponseBase:
    return _grade(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MODERATE)
def grade_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _grade(request, get_object_or_404(ScaleGrade, pk=pk))


def _grade(request: HttpRequest, grade: ScaleGrade | None) -> HttpResponseBase:
    form = GradeForm(request.POST or None, initial=GradeForm.initial_of(grade) if grade else {})
    back = reverse("selfeval:scale-show")
    if request.method == "POST" and form.is_valid():
        words = form.words()
        try:
            actions.save_grade(by=user_of(request), at=timezone.now(), grade=grade, **words)
        except NotAllowed as refusal:
            form.add_error("label", refusal.reason)
        else:
            messages.success(request, "The grade is saved.")
            return redirect(back)
    return form_page(
        request,
        form,
        heading=grade.label if grade else "Add: grade",
        back=back,
        crumbs=[home_crumb(), {"label": "Our scale", "url": back}],
        status=400 if request.method == "POST" else 200,
    )


@require_POST
@permission_required(Permission.MODERATE)
def grade_move(request: HttpRequest, pk: int, way: str) -> HttpResponseBase:
    """Up, down, off the scale ("archive") or back on it ("restore")."""
    grade = get_object_or_404(ScaleGrade, pk=pk)
    user, at = user_of(request), timezone.now()
    try:
        if way in ("up", "down"):
            actions.move_grade(by=user, at=at, grade=grade, up=way == "up")
        else:
            actions.archive_grade(by=user, at=at, grade=grade, is_archived=way == "archive")
        messages.success(request, "The scale is changed.")
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("selfeval:scale-show")
