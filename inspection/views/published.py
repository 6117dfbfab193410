"""What inspectors published elsewhere: the list, one area, by criterion and theme, neighbours, regions, windows."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.domain.roles import Permission
from accounts.permissions import has_permission
from accounts.requests import permission_required, user_of
from documents.charts import drawing_of
from documents.press.charts import BarChart
from indicators.models import Area
from indicators.presenters.comparisons import shown_chart
from inspection.gather import published as gather
from inspection.models import PublishedInspection, PublishedSaying
from inspection.presenters import published as presenters
from inspection.presenters import published_areas as areas
from inspection.published_filters import PublishedFilter

ON_A_PAGE = 30
FEW_TEXTS = 20


def _can_edit(request: HttpRequest) -> bool:
    return has_permission(user_of(request), Permission.EDIT_INDICATORS)


def _differing() -> frozenset[int]:
    """Visits of which two sources say different things."""
    rows = PublishedSaying.objects.values("inspection", "field").annotate(said=Count("value", distinct=True))
    return frozenset(rows.filter(said__gt=1).order_by().values_list("inspection", flat=True))


@require_safe
@permission_required(Permission.READ_INDICATORS)
def elsewhere_list(request: HttpRequest) -> HttpResponseBase:
    """Every published visit, the newest first."""
    own = gather.here()
    years = [day.year for day in PublishedInspection.objects.dates("published_on", "year", order="DESC")]
    chosen = PublishedFilter(
        request.GET, queryset=gather.all_published(), own=own, regions=gather.regions(), years=years
    )
    page = Paginator(chosen.qs, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in ("q", "region", "outcome", "near", "year")),
        "page": page,
        "rows": presenters.visit_rows(page.object_list, own, _differing()),
        "can_edit": _can_edit(request),
    }
    return TemplateResponse(request, "inspection/elsewhere_list.html", context)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def elsewhere_show(request: HttpRequest, code: str) -> HttpResponseBase:
    """One area: all its visits, what sources say differently, what it had to do, when the next is due."""
    area = get_object_or_404(Area.objects.local_authorities(), code=code)
    own, titles, today = gather.here(), gather.criterion_titles(), timezone.localdate()
    visits = gather.published_of(area)
    rows = presenters.visit_rows(visits, own, frozenset())
    standing = gather.gather_windows(today).of(code)
    context = {
        "area": area,
        "visits": [areas.area_visit(visit, row, titles) for visit, row in zip(visits, rows, strict=True)],
        "methods": presenters.methods_of(standing) if standing else [],
        "is_own": code == own.code,
        "is_neighbour": code in own.neighbour_codes,
        "can_edit": _can_edit(request),
        "crumbs": presenters.crumbs(),
    }
    return TemplateResponse(request, "inspection/elsewhere_show.html", context)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def elsewhere_tally(request: HttpRequest) -> HttpResponseBase:
    """How often each criterion and theme had to be improved."""
    own = gather.here()
    is_near = request.GET.get("near") == "neighbours"
    context = {
        "tally": gather.tally(own.neighbour_codes, only=own.neighbour_codes if is_near else None),
        "is_near": is_near,
        "crumbs": presenters.crumbs(),
        "can_edit": _can_edit(request),
    }
    return TemplateResponse(request, "inspection/elsewhere_tally.html", context)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def elsewhere_texts(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """Every text tied to one criterion or theme, and the words that tied it."""
    titles = gather.criterion_titles()
    if code not in (titles if kind == "criterion" else gather.theme_names()):
        raise Http404
    own = gather.here()
    found = gather.todos_tied_to(kind, code)
    is_near = request.GET.get("near") == "neighbours"
    if is_near:
        found = found.filter(inspection__area__code__in=own.neighbour_codes)
    page = Paginator(found, FEW_TEXTS).get_page(request.GET.get("page"))
    boxes = [areas.todo_box(todo, todo.ties.all(), titles) for todo in page.object_list]
    rows = presenters.visit_rows([box.todo.inspection for box in boxes], own, frozenset())
    context = {
        "kind": kind,
        "code": code,
        "title": f"{code} {titles.get(code, '')}".strip(),
        "page": page,
        "texts": list(zip(boxes, rows, strict=True)),
        "is_near": is_near,
        "can_edit": _can_edit(request),
        "crumbs": presenters.crumbs(("By criterion and theme", reverse("inspection:elsewhere-tally"))),
    }
    return TemplateResponse(request, "inspection/elsewhere_texts.html", context)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def elsewhere_near(request: HttpRequest) -> HttpResponseBase:
    """Our statistical neighbours side by side, and what they had to improve."""
    own, today = gather.here(), timezone.localdate()
    windows = gather.gather_windows(today)
    ranked = [one for area in own.neighbours if (one := windows.of(area.code))]
    context = {
        "own": own,
        "rows": [presenters.standing_row(one, own, today) for one in ranked],
        "tally": gather.tally(own.neighbour_codes, only=own.neighbour_codes),
        "has_patterns": any(one.by_term for one in ranked),
        "can_edit": _can_edit(request),
        "crumbs": presenters.crumbs(),
    }
    return TemplateResponse(request, "inspection/elsewhere_near.html", context)


def _region(request: HttpRequest, own: gather.Here, names: list[str]) -> str:
    chosen = request.GET.get("region", "")
    return chosen if chosen in names else own.region if own.region in names else (names[0] if names else "")


def _regional_chart(region: str, own: gather.Here) -> BarChart | None:
    today = timezone.localdate()
    standings = [one for one in gather.gather_windows(today).standings if one.area.region == region]
    return presenters.since_chart(standings, own, f"Months since the last visit, areas of {region}", today)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def elsewhere_timeline(request: HttpRequest) -> HttpResponseBase:
    """A region's areas by when their next visit is due, with the time since the last."""
    own, names, today = gather.here(), gather.regions(), timezone.localdate()
    region = _region(request, own, names)
    standings = [one for one in gather.gather_windows(today).standings if one.area.region == region]
    chart = presenters.since_chart(standings, own, f"Months since the last visit, areas of {region}", today)
    ordered = presenters.by_next_window(standings)
    picture = f"{reverse('inspection:elsewhere-chart', args=[names.index(region)])}" if region else ""
    context = {
        "region": region,
        "regions": names,
        "rows": [presenters.standing_row(one, own, today) for one in ordered],
        "has_patterns": any(one.by_term for one in ordered),
        "can_edit": _can_edit(request),
        "chart": shown_chart(chart, picture) if chart else None,
        "without": sum(one.last is None for one in standings),
        "crumbs": presenters.crumbs(),
    }
    return TemplateResponse(request, "inspection/elsewhere_timeline.html", context)


@require_safe
@permission_required(Permission.READ_INDICATORS)
def elsewhere_chart(request: HttpRequest, number: int) -> HttpResponse:
    """The picture of a region's timeline."""
    names = gather.regions()
    chart = _regional_chart(names[number], gather.here()) if number < len(names) else None
    if chart is None:
        return HttpResponse(status=404)
    return HttpResponse(drawing_of(chart), content_type="image/svg+xml")


@require_safe
@permission_required(Permission.READ_INDICATORS)
def window_list(request: HttpRequest) -> HttpResponseBase:
    """When the next visit is to be expected: ours, then each other, by two methods and what came true of them."""
    own, today = gather.here(), timezone.localdate()
    windows = gather.gather_windows(today)
    names = {one.area.code: one.area.name for one in windows.standings}
    ours = windows.of(own.code)
    ordered = presenters.by_next_window(one for one in windows.standings if one.announced)
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "own": own,
        "methods": presenters.methods_of(ours) if ours else [],
        "trust": presenters.announced_trust(windows.kept),
        "kept": presenters.kept_rows(windows.kept, names),
        "patterns": [(one, presenters.outturn_rows(one, names)) for one in windows.patterns],
        "page": page,
        "rows": [presenters.standing_row(one, own, today) for one in page.object_list],
        "without": sum(one.announced is None for one in windows.standings),
        "can_edit": _can_edit(request),
        "crumbs": presenters.crumbs(),
    }
    return TemplateResponse(request, "inspection/window_list.html", context)
