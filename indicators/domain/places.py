"""The publisher's columns of place → one of our areas, or the reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from indicators.domain.areas import ENGLAND


class Level(StrEnum):
    LOCAL_AUTHORITY = "local_authority"
    REGION = "region"
    COUNTRY = "country"


_LEVELS = {
    "national": Level.COUNTRY,
    "country": Level.COUNTRY,
    "regional": Level.REGION,
    "region": Level.REGION,
    "local authority": Level.LOCAL_AUTHORITY,
    "local_authority": Level.LOCAL_AUTHORITY,
    "la": Level.LOCAL_AUTHORITY,
}
# Codes that say: no such place.
_NO_CODE = frozenset({"", "z", "x", "c", ":", "-", "~"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArea:
    key: int
    code: str
    name: str
    ons_code: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the cells of place in one row come to: an area, or a reason to leave the row out.

    `unknown` names a place that should have been found; `left_level` is a kind of place that isn't taken at all.
    """

    area: KnownArea | None = None
    unknown: str = ""
    left_level: str = ""
    note: str = ""


class AreaIndex:
    """All areas by their codes."""

    def __init__(self, areas: tuple[KnownArea, ...]) -> None:
        self.by_code = {area.code: area for area in areas}
        self.by_ons_code = {area.ons_code: area for area in areas}

    def find(self, level: str | None, cells: Mapping[str, str]) -> Place:
        """`level` is None where the file has no such column: then the finest code of the row decides."""
        codes = {name: cell.strip() for name, cell in cells.items()}
        kind = _kind(level, codes)
        if kind is None:
            return Place(left_level=(level or "").strip()[:60] or "no level")
        if kind == Level.COUNTRY:
            return self._country(codes)
        if kind == Level.REGION:
            return self._by_code(codes.get("region_code", ""), codes.get("region_name", ""), Level.REGION)
        return self._local(codes)

    def _country(self, codes: Mapping[str, str]) -> Place:
        code, name = codes.get("country_code", ""), codes.get("country_name", "")
        if code == ENGLAND or (code in _NO_CODE and name.casefold() in {"england", ""}):
            return self._found(self.by_code.get(ENGLAND), code or ENGLAND, name or "England")
        return Place(unknown=_named(code, name))

    def _by_code(self, code: str, name: str, level: Level) -> Place:
        area = self.by_ons_code.get(code)
        return self._found(area if area is not None and area.level == level else None, code, name)

    def _local(self, codes: Mapping[str, str]) -> Place:
        new, old, name = codes.get("new_la_code", ""), codes.get("old_la_code", ""), codes.get("la_name", "")
        by_new, by_old = self.by_ons_code.get(new), self.by_code.get(old)
        by_new = by_new if by_new is not None and by_new.level == Level.LOCAL_AUTHORITY else None
        by_old = by_old if by_old is not None and by_old.level == Level.LOCAL_AUTHORITY else None
        if by_new is not None and by_old is not None and by_new != by_old:
            return Place(unknown=f"{_named(new, name)}, whose two codes belong to {by_new.name} and {by_old.name}")
        place = self._found(by_new or by_old, new if new not in _NO_CODE else old, name)
        if place.area is not None and by_new is None and new not in _NO_CODE:
            return Place(
                area=place.area, note=f"{new} isn't in the list of areas; {place.area.name} was found by {old}."
            )
        return place

    def _found(self, area: KnownArea | None, code: str, name: str) -> Place:
        if area is None:
            return Place(unknown=_named(code, name))
        if name and _spelled(name) != _spelled(area.name):
            return Place(
                area=area, note=f"{area.code} is called “{name[:60]}” here and {area.name} in the list of areas."
            )
        return Place(area=area)


def _kind(level: str | None, codes: Mapping[str, str]) -> Level | None:
    if level is not None and level.strip():
        return _LEVELS.get(" ".join(level.split()).casefold())
    if any(codes.get(name, "") not in _NO_CODE for name in ("new_la_code", "old_la_code", "la_name")):
        return Level.LOCAL_AUTHORITY
    if any(codes.get(name, "") not in _NO_CODE for name in ("region_code", "region_name")):
        return Level.REGION
    return Level.COUNTRY if any(codes.get(name, "") for name in ("country_code", "country_name")) else None


def _named(code: str, name: str) -> str:
    return f"{name[:60]} ({code[:20]})" if name and code else name[:60] or code[:20] or "no name and no code"


def _spelled(name: str) -> str:
    """ "Herefordshire, County of" and "County of Herefordshire" are one place; so are "&" and "and"."""
    words = name.casefold().replace("&", " and ").replace("-", " ").replace(".", " ").replace("'", "").replace("’", "")
    dropped = {"city", "county", "of", "the", "upon", "and", "council", "borough", "royal"}
    return " ".join(sorted(set(words.replace(",", " ").split()) - dropped))
