"""Series of figures as the pages and reports above read them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from indicators.domain.periods import Period, PeriodKind
from indicators.domain.series import Note, Point, Series
from indicators.models import Observation, SeriesNote

COLUMNS = (
    "indicator__code",
    "area__code",
    "period_kind",
    "period_from_on",
    "period_to_on",
    "period_label",
    "value",
    "symbol",
    "release__title",
)


def series_of(indicator_codes: Collection[str], area_codes: Collection[str]) -> Mapping[tuple[str, str], Series]:
    """The current figures of some indicators in some areas, by (indicator code, area code), oldest point first.

    Two queries. A pair without any figure has a series without points. `area_codes` are those of `Area.code`: a local
    authority code, or the ONS code of a region or of England.
    """
    wanted = Observation.objects.current().filter(indicator__code__in=indicator_codes, area__code__in=area_codes)
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in wanted.order_by("period_to_on", "period_from_on").values_list(*COLUMNS):
        points[row[0], row[1]].append(_point(row))
    notes = _notes(indicator_codes, area_codes)
    return {
        (indicator, area): Series(
            indicator=indicator,
            area=area,
            points=tuple(points[indicator, area]),
            notes=(*notes[indicator, ""], *notes[indicator, area]),
        )
        for indicator in indicator_codes
        for area in area_codes
    }


def _point(row: tuple[Any, ...]) -> Point:
    _, _, kind, starts_on, ends_on, label, value, symbol, release = row
    period = Period(kind=PeriodKind(kind), starts_on=starts_on, ends_on=ends_on, label=label)
    return Point(period=period, value=value, symbol=symbol, release=release)


def _notes(indicator_codes: Collection[str], area_codes: Collection[str]) -> dict[tuple[str, str], list[Note]]:
    found: dict[tuple[str, str], list[Note]] = defaultdict(list)
    rows = SeriesNote.objects.filter(
        Q(area__isnull=True) | Q(area__code__in=area_codes), indicator__code__in=indicator_codes
    )
    for code, area, label, text in rows.order_by("about_on", "id").values_list(
        "indicator__code", "area__code", "period_label", "text"
    ):
        found[code, area or ""].append(Note(text=text, period_label=label, is_for_all_areas=area is None))
    return found
