"""The areas of England as values."""

from dataclasses import dataclass
from datetime import date

# The ONS code under which England stands among the areas.
ENGLAND = "E92000001"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts:
    """What a file says of one area. `neighbours` are codes, the nearest first.

    `established_on` is said of areas that came into being while figures were published, else it is empty.
    """

    code: str
    name: str
    ons_code: str
    region: str
    region_ons_code: str
    kind: str = ""
    established_on: date | None = None
    abolished_on: date | None = None
    population_0_25: int | None = None
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFile:
    source: str
    areas: tuple[AreaFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaChoice:
    """One line of the list from which a new installation picks its area."""

    code: str
    name: str
    ons_code: str
    region: str


def regions_of(areas: tuple[AreaFacts, ...]) -> dict[str, str]:
    """The regions that areas lie in, name by ONS code."""
    return {area.region_ons_code: area.region for area in areas if area.region_ons_code}
