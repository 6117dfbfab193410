"""Scorecards: indicators that a board follows, in its order."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed, has_permission
from accounts.requests import permission_required, user_of
from documents.actions import order_export
from documents.reports import FORMATS
from indicators.actions import scorecards as actions
from indicators.forms.scorecards import ScorecardForm
from indicators.gather import around_here, comparisons_of, facts_of
from indicators.models import Indicator, Scorecard
from indicators.presenters import comparisons as presenters
from indicators.scorecard_report import SCORECARD


@require_safe
@permission_required(Permission.READ_INDICATORS)
def scorecard_list(request: HttpRequest) -> HttpResponseBase:
    every = Scorecard.objects.annotate(number=Count("lines"))
    context = {
        "scorecards": every.filter(is_archived=False),
        "archived": every.filter(is_archived=True),
        "can_edit": has_permission(user_of(request), Permission.EDIT_INDICATORS),
    }
    return TemplateResponse(request, "indicators/scorecard_list.html", context)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def scorecard_show(request: HttpRequest, pk: int) -> HttpResponseBase:
    scorecard, today = get_object_or_404(Scorecard, pk=pk), timezone.localdate()
    lines = list(scorecard.lines.select_related("indicator"))
    around, shown = around_here(), [line.indicator for line in lines]
    comparisons = comparisons_of(shown, around, today=today) if around else {}
    rows = presenters.rows_of(
        shown,
        {one.code: facts_of(one) for one in shown},
        comparisons,
        today=today,
        notes={line.indicator.code: line.note for line in lines},
    )
    context = {
        "scorecard": scorecard,
        "around": around,
        "rows": list(zip(lines, rows, strict=True)),
        "never_digits": presenters.NEVER_DIGITS,
        "can_edit": has_permission(user_of(request), Permission.EDIT_INDICATORS),
    }
    return TemplateResponse(request, "indicators/scorecard_show.html", context)


@require_POST
@permission_required(Permission.READ_INDICATORS)
def scorecard_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Orders the scorecard as a file; it is made in the background."""
    scorecard, form = get_object_or_404(Scorecard, pk=pk), request.POST.get("form", "")
    if form not in FORMATS:
        messages.error(request, "Choose PDF, Word or Excel.")
        return redirect("indicators:scorecard-show", pk=pk)
    params = {"of": scorecard.pk, "on": timezone.localdate().isoformat()}
    export = order_export(by=user_of(request), at=timezone.now(), kind=SCORECARD.code_of(form), params=params)
    return redirect("documents:export-show", pk=export.pk)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def scorecard_add(request: HttpRequest) -> HttpResponseBase:
    form = ScorecardForm(request.POST or None, indicators=_offered())
    if request.method == "POST" and form.is_valid():
        scorecard = actions.add_scorecard(by=user_of(request), at=timezone.now(), words=form.words())
        messages.success(request, f"{scorecard.title} is there.")
        return redirect("indicators:scorecard-show", pk=scorecard.pk)
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "indicators/scorecard_edit.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def scorecard_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    scorecard = get_object_or_404(Scorecard, pk=pk)
    lines = list(scorecard.lines.select_related("indicator"))
    initial = {name: getattr(scorecard, name) for name in ("version", "title", "board", "note")}
    form = ScorecardForm(request.POST or None, initial=initial, indicators=_offered(), lines=lines)
    context = {"form": form, "scorecard": scorecard}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_scorecard(
                by=user_of(request), at=timezone.now(), scorecard=scorecard, version=version, words=form.words()
            )
        except actions.Changed as changed:
            return _conflict(request, form, changed.scorecard)
        messages.success(request, "Saved.")
        return redirect("indicators:scorecard-show", pk=pk)
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "indicators/scorecard_edit.html", context, status=status)


def _conflict(request: HttpRequest, form: ScorecardForm, held: Scorecard) -> HttpResponseBase:
    """Both texts, neither lost; saving again is against what stands now."""
    fields = [
        {"label": form.fields[name].label, "theirs": getattr(held, name), "yours": form.cleaned_data[name]}
        for name in ("title", "board", "note")
    ]
    names = held.lines.values_list("indicator__name", flat=True)
    ticked = [one.name for one in form.indicators if one.code in form.ticked()]
    fields.append({"label": "Indicators", "theirs": "; ".join(names), "yours": "; ".join(ticked)})
    data = request.POST.copy()
    data["version"] = str(held.version)
    again = ScorecardForm(data, indicators=form.indicators, lines=form.lines)
    again.is_valid()
    context = {"form": again, "scorecard": held, "conflict": fields}
    return TemplateResponse(request, "indicators/scorecard_edit.html", context, status=409)


def _offered() -> list[Indicator]:
    return list(Indicator.objects.in_use().by_theme())


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def line_move(request: HttpRequest, pk: int, line: int) -> HttpResponseBase:
    scorecard = get_object_or_404(Scorecard, pk=pk)
    is_up = request.POST.get("way") == "up"
    try:
        actions.move_line(by=user_of(request), at=timezone.now(), scorecard=scorecard, line_pk=line, is_up=is_up)
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    return redirect("indicators:scorecard-show", pk=pk)


@require_POST
@permission_required(Permission.EDIT_INDICATORS)
def scorecard_archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Puts it away, or takes it back: the button says which."""
    scorecard = get_object_or_404(Scorecard, pk=pk)
    is_archived = request.POST.get("back") != "1"
    actions.archive_scorecard(by=user_of(request), at=timezone.now(), scorecard=scorecard, is_archived=is_archived)
    messages.success(request, f"{scorecard.title} is {'put away' if is_archived else 'back on the list'}.")
    return redirect("indicators:scorecard-list")
