"""The catalogue of indicators, one indicator, and several side by side."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.roles import Permission
from accounts.permissions import has_permission
from accounts.requests import permission_required, user_of
from documents.actions import order_export
from documents.charts import drawing_of
from documents.press.charts import Chart
from indicators import charts
from indicators.figures_workbook import INDICATOR_FIGURES
from indicators.filters import IndicatorFilter
from indicators.forms.comparison import MOST, CompareForm
from indicators.gather import around_here, comparison_with_series, comparisons_of, facts_of
from indicators.gather.forecasts import vintages_of
from indicators.models import Indicator
from indicators.presenters import comparisons as presenters

ON_A_PAGE = 25
DAY = 86_400


@require_safe
@permission_required(Permission.READ_INDICATORS)
def indicator_list(request: HttpRequest) -> HttpResponseBase:
    """Every indicator by theme, with the newest figure of ours and how it stands."""
    around, today = around_here(), timezone.localdate()
    listed = Indicator.objects.in_use().by_theme()
    themes = list(dict.fromkeys(listed.values_list("theme", flat=True)))
    chosen = IndicatorFilter(
        request.GET, queryset=listed, own_code=around.own if around else "", themes=[one for one in themes if one]
    )
    page = Paginator(chosen.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    comparisons = comparisons_of(shown, around, today=today) if around else {}
    rows = presenters.rows_of(shown, {one.code: facts_of(one) for one in shown}, comparisons, today=today)
    context = {
        "around": around,
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in ("q", "theme", "source")),
        "page": page,
        "rows": rows,
        "never_digits": presenters.NEVER_DIGITS,
        "can_edit": has_permission(user_of(request), Permission.EDIT_INDICATORS),
    }
    return TemplateResponse(request, "indicators/indicator_list.html", context)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def indicator_show(request: HttpRequest, code: str) -> HttpResponseBase:
    indicator, today = get_object_or_404(Indicator.objects.select_related("owner"), code=code), timezone.localdate()
    around, facts = around_here(), facts_of(indicator)
    context: dict[str, object] = {
        "indicator": indicator,
        "facts": facts,
        "around": around,
        "can_edit": has_permission(user_of(request), Permission.EDIT_INDICATORS),
    }
    if around is None:
        return TemplateResponse(request, "indicators/indicator_show.html", context)
    comparison, series = comparison_with_series(indicator, around, today=today)
    context["forecasts"] = vintages_of(indicator, around, series[around.own])
    if comparison is not None:
        context |= {
            "comparison": comparison,
            "row": presenters.row_of(indicator, facts, comparison, today=today),
            "sentences": presenters.summary_of(comparison),
            "years": presenters.year_rows(comparison, series),
            "neighbours": presenters.neighbour_rows(comparison),
            "symbols": presenters.symbols_used(comparison, series),
            "notes": presenters.notes_in_words(series[around.own]),
            "warnings": presenters.warnings_of(series[around.own], facts),
            "trend": presenters.shown_chart(charts.trend_chart(comparison, series), _picture(code, "trend")),
            "strip": presenters.shown_chart(charts.strip_chart(comparison), _picture(code, "strip"))
            if len(comparison.strip) > 1
            else None,
            "strip_sentence": presenters.strip_sentence(comparison),
        }
    return TemplateResponse(request, "indicators/indicator_show.html", context)


@require_POST
@permission_required(Permission.READ_INDICATORS)
def figures_export(request: HttpRequest, code: str) -> HttpResponseBase:
    """Orders the figures of every area as a workbook; it is made in the background."""
    indicator = get_object_or_404(Indicator, code=code)
    params = {"indicator": indicator.code}
    export = order_export(by=user_of(request), at=timezone.now(), kind=INDICATOR_FIGURES.code, params=params)
    return redirect("documents:export-show", pk=export.pk)


def _picture(code: str, which: str) -> str:
    return reverse("indicators:chart-show", args=[code, which])


@require_safe
@permission_required(Permission.READ_INDICATORS)
def chart_show(request: HttpRequest, code: str, which: str) -> HttpResponse:
    """A chart as a picture: what a page shows while its drawing isn't there yet. Drawing it here keeps it for all."""
    indicator = get_object_or_404(Indicator, code=code)
    around = around_here()
    chart: Chart | None = None
    if around is not None:
        comparison, series = comparison_with_series(indicator, around, today=timezone.localdate())
        if comparison is not None:
            chart = charts.trend_chart(comparison, series) if which == "trend" else charts.strip_chart(comparison)
    if chart is None:
        return HttpResponse(status=404)
    return HttpResponse(drawing_of(chart), content_type="image/svg+xml")


@require_safe
@permission_required(Permission.READ_INDICATORS)
def comparison_show(request: HttpRequest) -> HttpResponseBase:
    """Us, region, neighbours, England, three years ago and the change, for whichever indicators one ticks."""
    around, today = around_here(), timezone.localdate()
    every = list(Indicator.objects.in_use().by_theme())
    form = CompareForm(request.GET or None, indicators=every)
    chosen = form.chosen() if form.is_bound else every[:0]
    comparisons = comparisons_of(chosen, around, today=today) if around else {}
    rows = presenters.rows_of(chosen, {one.code: facts_of(one) for one in chosen}, comparisons, today=today)
    context = {
        "around": around,
        "form": form,
        "themes": form.by_theme(),
        "rows": rows,
        "never_digits": presenters.NEVER_DIGITS,
        "most": MOST,
    }
    return TemplateResponse(request, "indicators/comparison_show.html", context)
