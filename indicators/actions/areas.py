"""What changes the reference data that figures hang on."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import check_permission
from indicators.domain.areas import ENGLAND, AreaFacts, AreaFile, regions_of
from indicators.models import Area, Level, StatisticalNeighbour

COLUMNS = [each.name for each in fields(AreaFacts) if each.name not in {"code", "neighbours"}] + ["source"]


@dataclass(frozen=True, slots=True)
class AreasLoaded:
    created: int
    changed: int
    unchanged: int
    neighbours: int


@transaction.atomic
def load_areas(*, by: User | None, at: datetime, file: AreaFile) -> AreasLoaded:
    """Brings areas and neighbours to what a file says; an area that the file doesn't name stays."""
    if by is not None:
        check_permission(by, Permission.MANAGE_SETTINGS)
    existing = {area.code: area for area in Area.objects.local_authorities()}
    created, changed = [], []
    for facts in file.areas:
        wanted = {name: getattr(facts, name) for name in COLUMNS if name != "source"} | {"source": file.source}
        area = existing.get(facts.code)
        if area is None:
            created.append(Area(code=facts.code, **wanted))
        elif any(getattr(area, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(area, name, value)
            changed.append(area)
    Area.objects.bulk_create(created)
    Area.objects.bulk_update(changed, COLUMNS, batch_size=100)
    _load_wider(file)
    neighbours = _load_neighbours(file)
    if created or changed or neighbours:
        record(
            by=by,
            at=at,
            action="areas.loaded",
            thing=Area.objects.get(code=file.areas[0].code),
            text=f"{len(created)} areas created, {len(changed)} changed, {neighbours} neighbours written.",
        )
    return AreasLoaded(len(created), len(changed), len(file.areas) - len(created) - len(changed), neighbours)


def _load_wider(file: AreaFile) -> None:
    """England and the regions of the file, for which figures are published beside those of the areas."""
    country = {"name": "England", "level": Level.COUNTRY, "ons_code": ENGLAND, "source": file.source}
    Area.objects.update_or_create(code=ENGLAND, defaults=country)
    for code, name in regions_of(file.areas).items():
        region = {"name": name, "level": Level.REGION, "ons_code": code, "region": name, "region_ons_code": code}
        Area.objects.update_or_create(code=code, defaults=region | {"source": file.source})


def _load_neighbours(file: AreaFile) -> int:
    """Writes the neighbours anew for the areas whose neighbours differ; gives back how many were written."""
    areas = {area.code: area for area in Area.objects.local_authorities()}
    held: dict[str, list[str]] = {}
    rows = StatisticalNeighbour.objects.order_by("area", "rank").values_list("area__code", "neighbour__code")
    for code, neighbour in rows:
        held.setdefault(code, []).append(neighbour)
    differing = [facts for facts in file.areas if held.get(facts.code, []) != list(facts.neighbours)]
    StatisticalNeighbour.objects.filter(area__code__in=[facts.code for facts in differing]).delete()
    fresh = [
        StatisticalNeighbour(area=areas[facts.code], neighbour=areas[code], rank=rank)
        for facts in differing
        for rank, code in enumerate(facts.neighbours, 1)
    ]
    StatisticalNeighbour.objects.bulk_create(fresh)
    return len(fresh)
