"""Areas as pages read them: each function asks the database once."""

from indicators.domain.areas import ENGLAND, AreaChoice
from indicators.models import Area, StatisticalNeighbour


def choose_areas() -> tuple[AreaChoice, ...]:
    """The local areas that exist today, by name: what a new installation picks from."""
    rows = Area.objects.local_authorities().filter(abolished_on__isnull=True).order_by("name")
    return tuple(AreaChoice(code=a.code, name=a.name, ons_code=a.ons_code, region=a.region) for a in rows)


def area_with_code(code: str) -> Area | None:
    """The local area with a local authority code; its region stands in it."""
    return Area.objects.local_authorities().filter(code=code).first()


def neighbours_of(code: str) -> tuple[Area, ...]:
    """The statistical neighbours of an area, the nearest first; empty where none are published."""
    rows = StatisticalNeighbour.objects.filter(area__code=code).select_related("neighbour").order_by("rank")
    return tuple(row.neighbour for row in rows)


def comparators_of(area: Area) -> tuple[str, ...]:
    """The codes under which the figures of an area's region and of England are kept."""
    return tuple(code for code in (area.region_ons_code, ENGLAND) if code)
