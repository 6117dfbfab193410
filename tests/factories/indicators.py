"""Areas, indicators and figures for tests. Codes start with 9, which no area of England has."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from indicators.domain.areas import ENGLAND
from indicators.models import Area, CatalogueEntry, FileFamily, Indicator, Level, Observation, Release

REGION = "E12999999"


def make_local_area(*, code: str = "901", name: str = "", region_code: str = REGION) -> Area:
    area, _ = Area.objects.get_or_create(
        code=code,
        defaults={
            "name": name or {"901": "Wexcombe", "902": "Amble"}.get(code, f"Area {code}"),
            "ons_code": f"E06999{code}",
            "region": "Nowhere",
            "region_ons_code": region_code,
        },
    )
    return area


def make_region(*, code: str = REGION, name: str = "Nowhere") -> Area:
    defaults = {"name": name, "level": Level.REGION, "ons_code": code, "region": name, "region_ons_code": code}
    area, _ = Area.objects.get_or_create(code=code, defaults=defaults)
    return area


def make_england() -> Area:
    defaults = {"name": "England", "level": Level.COUNTRY, "ons_code": ENGLAND}
    area, _ = Area.objects.get_or_create(code=ENGLAND, defaults=defaults)
    return area


def make_indicator(
    *,
    code: str = "plans-within-20-weeks",
    name: str = "",
    unit: str = "percent",
    decimals: int | None = None,
    direction: str = "higher",
    theme: str = "",
    is_local: bool = False,
    order: int = 0,
) -> Indicator:
    return Indicator.objects.create(
        code=code,
        name=name or code.replace("-", " ").capitalize(),
        unit=unit,
        decimals=(1 if unit == "percent" else 0) if decimals is None else decimals,
        direction=direction,
        theme=theme,
        is_local=is_local,
        order=order,
    )


def make_release(
    *,
    title: str = "A published file",
    sha256: str = "",
    newest_to_on: date = date(2025, 12, 31),
    published_on: date | None = None,
    family: FileFamily | None = None,
    kind: str = "published",
    at: datetime | None = None,
) -> Release:
    number = Release.objects.count() + 1
    return Release.objects.create(
        title=title,
        kind=kind,
        sha256=sha256 or f"{number:064x}",
        newest_to_on=newest_to_on,
        published_on=published_on,
        family=family,
        imported_at=at or timezone.now(),
        state="held",
    )


def make_observation(
    *,
    indicator: Indicator,
    area: Area,
    release: Release,
    year: int = 2024,
    value: Decimal | float | None = None,
    symbol: str = "",
    kind: str = "calendar",
    is_current: bool = True,
) -> Observation:
    """A figure of a calendar year, or of the academic or financial year that ends in `year`."""
    starts_on, ends_on, label = {
        "calendar": (date(year, 1, 1), date(year, 12, 31), f"{year}"),
        "snapshot": (date(year, 1, 1), date(year, 1, 31), f"January {year}"),
        "academic": (date(year - 1, 9, 1), date(year, 8, 31), f"{year - 1}/{year % 100:02}"),
        "financial": (date(year - 1, 4, 1), date(year, 3, 31), f"{year - 1}-{year % 100:02}"),
    }[kind]
    return Observation.objects.create(
        indicator=indicator,
        area=area,
        release=release,
        period_kind=kind,
        period_from_on=starts_on,
        period_to_on=ends_on,
        period_label=label,
        value=None if value is None else Decimal(str(value)),
        symbol=symbol or ("x" if value is None else ""),
        is_current=is_current,
    )


def make_family(
    *,
    code: str = "plans",
    title: str = "Plans issued",
    filters: dict[str, list[str]] | None = None,
    columns: list[str] | None = None,
) -> FileFamily:
    return FileFamily.objects.create(code=code, title=title, filters=filters or {}, columns=columns or [])


def make_entry(
    *,
    indicator: Indicator,
    family: FileFamily,
    value_column: str,
    filters: dict[str, str] | None = None,
    period_as: str = "",
    state: str = "confirmed",
) -> CatalogueEntry:
    return CatalogueEntry.objects.create(
        indicator=indicator,
        family=family,
        value_column=value_column,
        filters=filters or {},
        period_as=period_as,
        state=state,
        confirmed_at=timezone.now() if state == "confirmed" else None,
    )
