"""The figures of an area's folder, and the catalogue and areas that they hang on."""

from datetime import datetime

from django.conf import settings

from indicators.actions import load_areas
from indicators.loaders import read_areas
from indicators.loading import load_area_figures, load_catalogue, load_figures
from indicators.models import Area
from indicators.readers.catalogue import read_catalogue, read_figures
from sendready.areas.values import AreaFolder


def load_own_figures(*, at: datetime, folder: AreaFolder) -> str:
    """The catalogue, published figures and what the folder says; says what was done."""
    if folder.figures is None:
        return "The folder has no figures."
    benchmarks = settings.FIXTURES_DIR / "benchmarks"
    if not Area.objects.local_authorities().exists():
        load_areas(by=None, at=at, file=read_areas(benchmarks / "areas.yaml"))
    load_catalogue(at=at, file=read_catalogue(benchmarks / "indicators.yaml"))
    load_figures(at=at, releases=read_figures(benchmarks / "figures.yaml"), own_area=None, file="figures.yaml")
    area = _area(folder)
    loaded = load_area_figures(at=at, file=folder.figures, area=area)
    return (
        f"Figures of {area.name}: {loaded.figures} printed figures, {loaded.notes} notes, {loaded.targets} targets, "
        f"{loaded.forecasts} forecasts and {loaded.scorecards} scorecards written."
    )


def _area(folder: AreaFolder) -> Area:
    """The area of the folder. One that isn't in the national list is made up for a trial, and is written as the folder
    says."""
    words = folder.area
    area, _ = Area.objects.get_or_create(
        code=words.la_code,
        defaults={"name": words.name, "ons_code": words.ons_code, "region": words.region_name},
    )
    return area
