"""What a comparison needs, read with a fixed number of queries however many areas and years there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Q

from accounts.models import LocalArea
from indicators.domain.areas import ENGLAND
from indicators.domain.comparison import Aim, Around, Comparison, compare
from indicators.domain.figures import Direction, Facts, Unit
from indicators.domain.periods import Period
from indicators.domain.rank import Figure
from indicators.domain.series import Point, Series
from indicators.gather.series import series_of
from indicators.models import Area, Indicator, Level, Observation, StatisticalNeighbour, Target


def around_here() -> Around | None:
    """Our area with region, neighbours and the areas of England (three queries); None before the area is named."""
    here = LocalArea.objects.first()
    rows = Area.objects.values_list("code", "name", "level", "region_ons_code", "abolished_on", "established_on")
    areas = {row[0]: row for row in rows}
    if here is None or here.la_code not in areas:
        return None
    _, own_name, _, region, _, _ = areas[here.la_code]
    neighbours = StatisticalNeighbour.objects.filter(area__code=here.la_code).order_by("rank")
    local = {code: row for code, row in areas.items() if row[2] == Level.LOCAL_AUTHORITY}
    return Around(
        own=here.la_code,
        own_name=own_name,
        region=region,
        region_name=areas[region][1] if region in areas else here.region_name or "Region",
        country=ENGLAND,
        neighbours=tuple(neighbours.values_list("neighbour__code", flat=True)),
        names={code: row[1] for code, row in local.items()},
        abolished={code: row[4] for code, row in local.items() if row[4]},
        established={code: row[5] for code, row in local.items() if row[5]},
    )


def facts_of(indicator: Indicator) -> Facts:
    return Facts(
        code=indicator.code,
        name=indicator.name,
        unit=Unit(indicator.unit),
        decimals=indicator.decimals,
        direction=Direction(indicator.direction),
        is_local=indicator.is_local,
        source=indicator.source,
    )


def figures_at(periods: Mapping[str, Period]) -> Mapping[str, Mapping[str, Figure]]:
    """The figures of all areas, regions and England for one period of each indicator (one query, none without any)."""
    found: dict[str, dict[str, Figure]] = defaultdict(dict)
    if not periods:
        return found
    together: dict[Period, list[str]] = defaultdict(list)
    for code, period in periods.items():
        together[period].append(code)
    wanted = Q()
    for period, codes in together.items():
        wanted |= Q(
            indicator__code__in=codes,
            period_kind=period.kind,
            period_from_on=period.starts_on,
            period_to_on=period.ends_on,
        )
    rows = Observation.objects.current().filter(wanted)
    for indicator, area, value, symbol in rows.values_list("indicator__code", "area__code", "value", "symbol"):
        found[indicator][area] = Figure(value=value, symbol=symbol)
    return found


def targets_of(codes: Collection[str], *, today: date) -> Mapping[str, Aim]:
    """The next target of each indicator, or the last one where all have passed (one query)."""
    found: dict[str, Aim] = {}
    rows = Target.objects.filter(indicator__code__in=codes).order_by("by_on", "id")
    for code, value, by_on, set_by in rows.values_list("indicator__code", "value", "by_on", "set_by"):
        held = found.get(code)
        if held is None or (held.by_on is not None and held.by_on < today):
            found[code] = Aim(value=value, by_on=by_on, set_by=set_by)
    return found


def comparisons_of(indicators: Sequence[Indicator], around: Around, *, today: date) -> Mapping[str, Comparison | None]:
    """A comparison for each indicator by code, None where nothing is published of us (four queries for all)."""
    codes = [indicator.code for indicator in indicators]
    own = series_of(codes, [around.own])
    periods = {code: latest.period for code in codes if (latest := own[code, around.own].latest)}
    figures = figures_at(periods)
    targets = targets_of(codes, today=today)
    found: dict[str, Comparison | None] = {}
    for indicator in indicators:
        code = indicator.code
        series = {around.own: own[code, around.own]}
        if code in periods:
            for area in (around.region, around.country, *around.neighbours):
                if area in figures[code]:
                    series[area] = _of_one_period(code, area, periods[code], figures[code][area])
        found[code] = compare(facts_of(indicator), around, series, figures.get(code), target=targets.get(code))
    return found


def _of_one_period(code: str, area: str, period: Period, figure: Figure) -> Series:
    return Series(indicator=code, area=area, points=(Point(period=period, value=figure.value, symbol=figure.symbol),))


def comparison_with_series(
    indicator: Indicator, around: Around, *, today: date
) -> tuple[Comparison | None, Mapping[str, Series]]:
    """One indicator with the whole series of us, region, England and the neighbours, by area code (four queries)."""
    code = indicator.code
    areas = [around.own, around.region, around.country, *around.neighbours]
    series = {area: one for (_, area), one in series_of([code], [area for area in areas if area]).items()}
    latest = series[around.own].latest
    figures = figures_at({code: latest.period}) if latest else {}
    target = targets_of([code], today=today).get(code)
    return compare(facts_of(indicator), around, series, figures.get(code), target=target), series
