"""The catalogue, reference figures and an area's own → rows. Loading again doubles nothing and leaves alone what
somebody edited."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts import audit
from framework.readers.lines import Fault, UnusableFile
from indicators.current import make_current, rank_of
from indicators.domain.catalogue import (
    AreaFigures,
    CatalogueFile,
    FamilyFacts,
    GivenFigure,
    GivenForecast,
    GivenRelease,
    IndicatorFacts,
)
from indicators.domain.forecast import Growth, Rounding, chain_growth
from indicators.models import (
    Area,
    CatalogueEntry,
    FileFamily,
    Forecast,
    ForecastPoint,
    Indicator,
    Observation,
    Release,
    Scorecard,
    ScorecardLine,
    SeriesNote,
    Target,
)

_FACTS = ("name", "unit", "decimals", "direction", "theme", "definition", "source", "is_local", "is_unbounded")


@dataclass(slots=True)
class Loaded:
    """What loading did."""

    created: int = 0
    changed: int = 0
    kept: int = 0
    families: int = 0
    releases: int = 0
    figures: int = 0
    notes: int = 0
    targets: int = 0
    forecasts: int = 0
    scorecards: int = 0

    def __str__(self) -> str:
        said = f"{self.created} indicators created, {self.changed} changed, {self.kept} left as somebody edited them"
        return f"{said}; {self.releases} releases with {self.figures} figures written."


@transaction.atomic
def load_catalogue(*, at: datetime, file: CatalogueFile) -> Loaded:
    """Indicators, families and confirmed entries."""
    load = Loaded()
    _indicators(load, file.indicators)
    indicators = {row.code: row for row in Indicator.objects.all()}
    for facts in file.families:
        _family(load, facts, indicators, at)
    return load


def _indicators(load: Loaded, given: Iterable[IndicatorFacts]) -> None:
    existing = Indicator.objects.in_bulk(field_name="code")
    last = max((row.order for row in existing.values()), default=0)
    for number, facts in enumerate(given, 1):
        wanted: dict[str, Any] = {name: getattr(facts, name) for name in _FACTS}
        wanted["also_called"] = list(facts.also_called)
        row = existing.get(facts.code)
        if row is None:
            Indicator.objects.create(code=facts.code, order=last + number, **wanted)
            load.created += 1
        elif row.edited_at is not None:
            load.kept += 1
        elif any(getattr(row, name) != value for name, value in wanted.items()):
            Indicator.objects.filter(pk=row.pk).update(**wanted)
            load.changed += 1


def _family(load: Loaded, facts: FamilyFacts, indicators: dict[str, Indicator], at: datetime) -> None:
    family, is_new = FileFamily.objects.get_or_create(
        code=facts.code,
        defaults={
            "title": facts.title,
            "publisher": facts.publisher,
            "filters": {column: [] for column in facts.filters},
            "columns": list(facts.columns),
        },
    )
    load.families += is_new
    known = {entry.indicator_id for entry in family.entries.all()}
    for each in facts.entries:
        indicator = indicators[each.indicator]
        if indicator.pk not in known:
            CatalogueEntry.objects.create(
                indicator=indicator,
                family=family,
                value_column=each.column,
                filters=dict(each.filters),
                period_as=each.period_as,
                state="confirmed",
                confirmed_at=at,
                why="It comes with sendready.",
            )


# -- figures


def load_figures(*, at: datetime, releases: Collection[GivenRelease], own_area: Area | None, file: str) -> Loaded:
    """Releases of reference figures; one that was loaded before is left alone. Raises UnusableFile."""
    load = Loaded()
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    areas = dict(Area.objects.values_list("code", "pk"))
    if own_area is not None:
        areas[""] = own_area.pk
    faults = [
        Fault(file, figure.line, reason)
        for release in releases
        for figure in release.figures
        if (reason := _unknown(figure, indicators, areas))
    ]
    if faults:
        raise UnusableFile(faults)
    for given in releases:
        if not Release.objects.filter(sha256=given.sha256).exists():
            with transaction.atomic():
                load.figures += _release(given, indicators, areas, at)
            load.releases += 1
    return load


def _unknown(figure: GivenFigure, indicators: dict[str, int], areas: dict[str, int]) -> str:
    if figure.indicator not in indicators:
        return f"“{figure.indicator}” is no indicator of the catalogue."
    if figure.area not in areas:
        return f"“{figure.area}” is no code of an area." if figure.area else "Say of which area this is."
    return ""


def _release(given: GivenRelease, indicators: dict[str, int], areas: dict[str, int], at: datetime) -> int:
    before = Release.objects.filter(title=given.title, kind="reference", state="held")
    release = Release.objects.create(
        title=given.title,
        publisher=given.publisher,
        kind="reference",
        sha256=given.sha256,
        published_on=given.published_on,
        newest_to_on=max((figure.period.ends_on for figure in given.figures), default=None),
        imported_at=at,
        supersedes=max(before, default=None, key=rank_of),
        state="held",
        rows_read=len(given.figures),
        rows_taken=len(given.figures),
        figures=len(given.figures),
        report={"notes": [given.source]},
    )
    Observation.objects.bulk_create(
        [
            Observation(
                indicator_id=indicators[figure.indicator],
                area_id=areas[figure.area],
                period_kind=figure.period.kind.value,
                period_from_on=figure.period.starts_on,
                period_to_on=figure.period.ends_on,
                period_label=figure.period.label,
                release=release,
                value=figure.cell.value,
                symbol=figure.cell.symbol,
            )
            for figure in given.figures
        ],
        batch_size=500,
    )
    make_current(release, {indicators[figure.indicator] for figure in given.figures})
    audit.record(
        by=None, at=at, action="statistics.loaded", thing=release, text=f"{len(given.figures)} reference figures."
    )
    return len(given.figures)


# -- an area's own


def load_area_figures(*, at: datetime, file: AreaFigures, area: Area) -> Loaded:
    """What the folder of an area says: own indicators, printed figures, notes, targets, forecasts, scorecards."""
    load = Loaded()
    with transaction.atomic():
        _indicators(load, file.indicators)
        given = load_figures(at=at, releases=file.releases, own_area=area, file=file.file)
        load.releases, load.figures = given.releases, given.figures
        indicators = {row.code: row for row in Indicator.objects.all()}
        named = [
            *((note.indicator, note.line) for note in file.notes),
            *((target.indicator, target.line) for target in file.targets),
            *((forecast.indicator, forecast.line) for forecast in file.forecasts),
            *((code, card.line) for card in file.scorecards for code in card.indicators),
        ]
        faults = [
            Fault(file.file, line, f"“{code}” is no indicator of the catalogue.")
            for code, line in named
            if code not in indicators
        ]
        if faults:
            raise UnusableFile(faults)
        _notes_and_targets(load, file, indicators, area, at)
        for forecast in file.forecasts:
            load.forecasts += _forecast(forecast, indicators[forecast.indicator], area)
        for card in file.scorecards:
            made, is_new = Scorecard.objects.get_or_create(
                title=card.title, defaults={"board": card.board, "note": card.note}
            )
            load.scorecards += is_new
            if is_new:
                ScorecardLine.objects.bulk_create(
                    ScorecardLine(scorecard=made, indicator=indicators[code], order=order)
                    for order, code in enumerate(card.indicators, 1)
                )
    return load


def _notes_and_targets(
    load: Loaded, file: AreaFigures, indicators: dict[str, Indicator], area: Area, at: datetime
) -> None:
    for note in file.notes:
        _, is_new = SeriesNote.objects.get_or_create(
            indicator=indicators[note.indicator],
            area=area,
            text=note.text,
            defaults={"period_label": note.period_label, "about_on": note.about_on, "at": at},
        )
        load.notes += is_new
    for target in file.targets:
        _, is_new = Target.objects.get_or_create(
            indicator=indicators[target.indicator],
            by_on=target.by_on,
            set_by=target.set_by,
            defaults={"value": target.value},
        )
        load.targets += is_new


def _forecast(given: GivenForecast, indicator: Indicator, area: Area) -> bool:
    params = {
        "base_year": given.base_year,
        "base_value": str(given.base_value),
        "rounding": given.rounding,
        "growth": {str(step.year): str(step.percent) for step in given.steps},
    }
    forecast, is_new = Forecast.objects.get_or_create(
        indicator=indicator,
        area=area,
        title=given.title,
        defaults={
            "method": "chained_growth",
            "made_on": given.made_on,
            "params": params,
            "source": given.source,
        },
    )
    if is_new:
        growth = [Growth(year=step.year, percent=step.percent) for step in given.steps]
        printed = {step.year: step.printed for step in given.steps if step.printed is not None}
        worked = chain_growth(given.base_value, growth, rounding=Rounding(given.rounding), printed=printed)
        ForecastPoint.objects.bulk_create(
            ForecastPoint(
                forecast=forecast,
                period_label=str(each.year),
                period_to_on=date(each.year, 1, 31),
                value=each.value.quantize(Decimal("0.0001")),
                printed_value=each.printed,
            )
            for each in worked
        )
    return is_new
