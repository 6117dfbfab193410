"""Forecasts: made by a stated method, kept as they were made, laid over what happened."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.roles import Permission
from accounts.permissions import NotAllowed, has_permission
from accounts.requests import permission_required, user_of
from documents.charts import drawing_of
from documents.press.charts import TrendChart
from indicators.actions.forecasts import make_forecast
from indicators.charts import forecast_chart
from indicators.domain.comparison import Around
from indicators.forms.forecasts import ForecastForm
from indicators.gather import around_here, facts_of, series_of
from indicators.gather.forecasts import Vintage, vintages_of
from indicators.models import Forecast, Indicator
from indicators.presenters import comparisons as presenters
from indicators.presenters.forecasts import forecast_rows

MOST_VINTAGES = 4


@require_safe
@permission_required(Permission.READ_INDICATORS)
def forecast_list(request: HttpRequest) -> HttpResponseBase:
    """Each indicator that was forecast, with its forecasts."""
    around = around_here()
    rows = Forecast.objects.filter(area__code=around.own if around else "").select_related("indicator")
    ordered = rows.order_by("indicator__order", "indicator__name", "indicator_id", "-made_on")
    context = {
        "around": around,
        "groups": [(indicator, list(group)) for indicator, group in groupby(ordered, key=lambda one: one.indicator)],
        "can_edit": has_permission(user_of(request), Permission.EDIT_INDICATORS),
    }
    return TemplateResponse(request, "indicators/forecast_list.html", context)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def forecast_show(request: HttpRequest, code: str) -> HttpResponseBase:
    """All forecasts of one indicator over what happened."""
    indicator = get_object_or_404(Indicator, code=code)
    around = around_here()
    context: dict[str, object] = {"indicator": indicator, "around": around}
    if around is not None:
        series = series_of([code], [around.own])[code, around.own]
        vintages = vintages_of(indicator, around, series)
        context["vintages"] = [(one, forecast_rows(one, facts_of(indicator))) for one in vintages]
        if vintages:
            chart = _chart(indicator, around, vintages)
            context["chart"] = presenters.shown_chart(chart, reverse("indicators:forecast-chart", args=[code]))
    return TemplateResponse(request, "indicators/forecast_show.html", context)


def _chart(indicator: Indicator, around: Around, vintages: tuple[Vintage, ...]) -> TrendChart:
    series = series_of([indicator.code], [around.own])[indicator.code, around.own]
    told = "; ".join(f"{one.title}: {one.verdict}" for one in vintages[:MOST_VINTAGES])
    return forecast_chart(
        f"{indicator.name}: what was forecast and what happened. {told}",
        facts_of(indicator),
        "What happened",
        series,
        [(one.title, one.expected) for one in vintages[:MOST_VINTAGES]],
    )


@require_safe
@permission_required(Permission.READ_INDICATORS)
def forecast_chart_show(request: HttpRequest, code: str) -> HttpResponse:
    indicator, around = get_object_or_404(Indicator, code=code), around_here()
    if around is None:
        return HttpResponse(status=404)
    series = series_of([code], [around.own])[code, around.own]
    vintages = vintages_of(indicator, around, series)
    if not vintages:
        return HttpResponse(status=404)
    return HttpResponse(drawing_of(_chart(indicator, around, vintages)), content_type="image/svg+xml")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_INDICATORS)
def forecast_add(request: HttpRequest) -> HttpResponseBase:
    around = around_here()
    offered = list(Indicator.objects.in_use().order_by("order", "name"))
    initial = {"indicator": request.GET.get("indicator", "")}
    form = ForecastForm(request.POST or None, initial=initial, indicators=offered)
    if request.method == "POST" and form.is_valid() and around is not None:
        indicator = next(one for one in offered if one.code == form.cleaned_data["indicator"])
        series = series_of([indicator.code], [around.own])[indicator.code, around.own]
        try:
            make_forecast(
                by=user_of(request),
                at=timezone.now(),
                indicator=indicator,
                area_code=around.own,
                series=series,
                wish=form.wish(made_on=timezone.localdate()),
            )
        except NotAllowed as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "The forecast is kept. It will not change when new figures come.")
            return redirect("indicators:forecast-show", code=indicator.code)
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "indicators/forecast_add.html", {"form": form, "around": around}, status=status)
