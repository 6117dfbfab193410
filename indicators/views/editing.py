"""An indicator's own words, its notes and its targets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.roles import Permission
from accounts.models import LocalArea
from accounts.requests import permission_required, user_of
from indicators.actions import indicators as actions
from indicators.forms.editing import IndicatorForm, NewIndicatorForm, NoteForm, TargetForm
from indicators.gather import area_with_code
from indicators.models import Area, Indicator, SeriesNote, Target


def own_area() -> Area | None:
    here = LocalArea.objects.first()
    return area_with_code(here.la_code) if here else None


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def indicator_add(request: HttpRequest) -> HttpResponse:
    form = NewIndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        indicator = actions.add_indicator(
            by=user_of(request), at=timezone.now(), code=form.code(), words=form.words(), is_local=True
        )
        messages.success(request, f"“{indicator}” is there. Its figures come with the template of own figures.")
        return redirect("indicators:indicator-edit", code=indicator.code)
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "indicators/indicator_add.html", {"form": form}, status=status)


def _page(request: HttpRequest, indicator: Indicator, *, status: int = 200, **forms: Any) -> HttpResponse:
    initial = {name: getattr(indicator, name) for name in ("version", *actions.WORDS)}
    context = {
        "indicator": indicator,
        "form": forms.get("form") or IndicatorForm(initial=initial),
        "note_form": forms.get("note_form") or NoteForm(prefix="note"),
        "target_form": forms.get("target_form") or TargetForm(prefix="target"),
        "conflict": forms.get("conflict"),
        "notes": indicator.notes.select_related("area"),
        "targets": Target.objects.filter(indicator=indicator),
        "entries": indicator.entries.select_related("family"),
    }
    return TemplateResponse(request, "indicators/indicator_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def indicator_edit(request: HttpRequest, code: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, code=code)
    if request.method != "POST":
        return _page(request, indicator)
    form = IndicatorForm(request.POST)
    if not form.is_valid():
        return _page(request, indicator, form=form, status=422)
    try:
        actions.change_indicator(
            by=user_of(request),
            at=timezone.now(),
            indicator=indicator,
            version=form.cleaned_data["version"] or 0,
            words=form.words(),
        )
    except actions.Changed as changed:
        return _conflict(request, form, changed.indicator)
    messages.success(request, "Saved.")
    return redirect("indicators:indicator-show", code=code)


def _conflict(request: HttpRequest, form: IndicatorForm, held: Indicator) -> HttpResponse:
    """Both texts, neither lost; saving again is against what stands now."""
    fields = [
        {"label": form.fields[name].label, "theirs": getattr(held, name), "yours": form.cleaned_data[name]}
        for name in actions.WORDS
        if getattr(held, name) != form.cleaned_data[name]
    ]
    data = request.POST.copy()
    data["version"] = str(held.version)
    again = IndicatorForm(data)
    again.is_valid()
    return _page(request, held, form=again, conflict=fields, status=409)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def indicator_archive(request: HttpRequest, code: str) -> HttpResponse:
    """Puts it away, or takes it back: the button says which."""
    indicator, is_archived = get_object_or_404(Indicator, code=code), request.POST.get("back") != "1"
    actions.archive_indicator(by=user_of(request), at=timezone.now(), indicator=indicator, is_archived=is_archived)
    messages.success(request, f"“{indicator}” is {'put away; its figures stay' if is_archived else 'back'}.")
    return redirect("indicators:indicator-edit", code=code)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def note_add(request: HttpRequest, code: str) -> HttpResponse:
    indicator, form = get_object_or_404(Indicator, code=code), NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return _page(request, indicator, note_form=form, status=422)
    said = form.cleaned_data
    actions.add_note(
        by=user_of(request),
        at=timezone.now(),
        indicator=indicator,
        area=None if said["is_for_all"] else own_area(),
        text=said["text"],
        period_label=said["period_label"],
        about_on=said["about_on"],
    )
    messages.success(request, "The note stands with the series.")
    return redirect("indicators:indicator-edit", code=code)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def note_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    note = get_object_or_404(SeriesNote.objects.select_related("indicator"), pk=pk, indicator__code=code)
    actions.remove_note(by=user_of(request), at=timezone.now(), note=note)
    messages.success(request, "The note is gone.")
    return redirect("indicators:indicator-edit", code=code)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def target_set(request: HttpRequest, code: str) -> HttpResponse:
    indicator, form = get_object_or_404(Indicator, code=code), TargetForm(request.POST, prefix="target")
    if not form.is_valid():
        return _page(request, indicator, target_form=form, status=422)
    said = form.cleaned_data
    actions.set_target(
        by=user_of(request),
        at=timezone.now(),
        indicator=indicator,
        value=said["value"],
        by_on=said["by_on"],
        set_by=said["set_by"],
    )
    messages.success(request, "The target is set.")
    return redirect("indicators:indicator-edit", code=code)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def target_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    target = get_object_or_404(Target.objects.select_related("indicator"), pk=pk, indicator__code=code)
    actions.remove_target(by=user_of(request), at=timezone.now(), target=target)
    messages.success(request, "The target is gone.")
    return redirect("indicators:indicator-edit", code=code)
