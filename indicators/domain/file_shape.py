"""What the columns of a file of statistics are: time, place, filters, figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.domain.values import is_number, is_symbol

TIME = ("time_period", "time_identifier")
LEVEL = "geographic_level"
PLACES = (
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "new_la_code",
    "old_la_code",
    "la_name",
)
# Places finer than, or across, local authorities: their columns are known, their rows are left out.
OTHER_PLACES = frozenset(
    {
        "lad_code", "lad_name", "pcon_code", "pcon_name", "lsip_code", "lsip_name",
        "local_enterprise_partnership_code", "local_enterprise_partnership_name",
        "english_devolved_area_code", "english_devolved_area_name",
        "mayoral_combined_authority_code", "mayoral_combined_authority_name",
        "opportunity_area_code", "opportunity_area_name", "ward_code", "ward_name",
        "trust_id", "trust_name", "mat_id", "mat_name", "sponsor_id", "sponsor_name",
        "school_urn", "school_laestab", "school_name", "provider_ukprn", "provider_name",
        "institution_id", "institution_name", "planning_area_code", "planning_area_name",
        "rsc_region_lead_name", "police_force_area_code", "police_force_area_name",
    }
)  # fmt: skip
# More distinct values than this are no filter that a person can choose from.
MOST_FILTER_VALUES = 400
_KEPT_TEXTS = 1000
_CHECKED_ROWS = 5000


class Unusable(Exception):
    """A file of which nothing can be taken; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def plain(header: str) -> str:
    """How the known columns of time and place are compared: "Time Period" is time_period."""
    return "_".join(header.strip().casefold().replace("-", " ").replace("_", " ").split())


@dataclass(slots=True)
class ColumnValues:
    """The distinct texts of one column, however long the file is: never more than some thousands are kept."""

    texts: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    is_many: bool = False
    has_fraction: bool = False
    has_symbol: bool = False

    def sort_in(self, seen: Iterable[str]) -> None:
        for text in seen:
            if is_symbol(text):
                self.has_symbol = self.has_symbol or bool(text.strip())
            elif is_number(text):
                self.has_fraction = self.has_fraction or "." in text
                self._keep(self.numbers, text)
            else:
                self._keep(self.texts, text)

    def _keep(self, kept: set[str], text: str) -> None:
        if len(kept) < _KEPT_TEXTS:
            kept.add(text.strip())
        else:
            self.is_many = True

    @property
    def distinct(self) -> int:
        return len(self.texts) + len(self.numbers)

    @property
    def could_be_filter(self) -> bool:
        return not self.is_many and not self.has_fraction and 0 < self.distinct <= MOST_FILTER_VALUES


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where everything stands, by number of column. Filters and figures keep the publisher's spelling."""

    header: tuple[str, ...]
    time_period: int
    time_identifier: int | None
    level: int | None
    places: Mapping[str, int]
    filters: Mapping[str, int]
    figures: Mapping[str, int]
    filter_values: Mapping[str, tuple[str, ...]]
    left: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The columns whose names alone say what they are."""

    names: tuple[str, ...]
    time_period: int
    time_identifier: int | None
    level: int | None
    places: Mapping[str, int]
    others: tuple[int, ...]
    left: Mapping[str, str]


def read_header(cells: Sequence[str]) -> Header:
    """Raises Unusable when it isn't the first line of a data file of explore education statistics."""
    names = tuple(cell.strip() for cell in cells)
    known = {plain(name): number for number, name in reversed(list(enumerate(names))) if name}
    if {"col_name", "col_type"} <= known.keys():
        raise Unusable(
            "This is the description of a data file (its name ends in .meta.csv). Choose the data file itself."
        )
    if "time_period" not in known:
        raise Unusable(_not_a_data_file(names))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Unusable(
            f"The column “{twice[0]}” stands twice, so nobody knows which one counts. Download the file again."
        )
    places = {place: known[place] for place in PLACES if place in known}
    if not places:
        raise Unusable(
            "The file has no column that says which place a row is about (such as new_la_code or region_code). "
            "Choose a data file with local authorities."
        )
    taken = {known["time_period"], known.get("time_identifier"), known.get(LEVEL), *places.values()}
    left = {names[number] or f"column {number + 1}": "It has no name." for number, name in enumerate(names) if not name}
    others = []
    for number, name in enumerate(names):
        if number in taken or not name:
            continue
        if plain(name) in OTHER_PLACES:
            left[name] = "A place below or across local authorities."
        else:
            others.append(number)
    return Header(
        names=names,
        time_period=known["time_period"],
        time_identifier=known.get("time_identifier"),
        level=known.get(LEVEL),
        places=places,
        others=tuple(others),
        left=left,
    )


def _not_a_data_file(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name[:30]}”" for name in names[:4] if name)
    return (
        "The column “time_period” is missing, so this isn't a data file of explore education statistics"
        + (f" (its first columns are {shown})" if shown else "")
        + ". Choose “Download data set (CSV)” on the publisher's page, not a table or a chart."
    )


def find_shape(
    header: Header,
    values: Mapping[int, ColumnValues],
    sample: Sequence[Sequence[str]],
    *,
    known_filters: frozenset[str] = frozenset(),
    known_figures: frozenset[str] = frozenset(),
) -> Shape:
    """Tells filters from figures by what stands in them; a file family that is known already has the first word.

    Text makes a filter. Whole numbers make a filter only where they stand before a filter of text, as ages do, or
    where rows would be the same without them.
    """
    named = {number: header.names[number] for number in header.others}
    filters = {number for number, name in named.items() if name in known_filters}
    figures = {number for number, name in named.items() if name in known_figures}
    left = dict(header.left)
    open_columns = [number for number in named if number not in filters | figures]
    pure = [n for n in open_columns if values[n].numbers and not values[n].texts] + sorted(figures)
    first_pure = min(pure, default=len(header.names))
    unclear = []
    for number in open_columns:
        column = values[number]
        if not column.distinct:
            if column.has_symbol:
                figures.add(number)
            else:
                left[named[number]] = "It is empty."
        elif _is_text(column) or (column.texts and column.could_be_filter and number < first_pure):
            filters.add(number)
        else:
            unclear.append(number)
    last_text = max(filters, default=-1)
    for number in unclear:
        column = values[number]
        is_before_text = number < last_text and column.could_be_filter and not column.has_symbol
        (filters if is_before_text else figures).add(number)
    notes = () if known_figures else _number_filters(header, values, sample, filters, figures)
    ordered = sorted(filters)
    return Shape(
        header=header.names,
        time_period=header.time_period,
        time_identifier=header.time_identifier,
        level=header.level,
        places=header.places,
        filters={header.names[number]: number for number in ordered},
        figures={header.names[number]: number for number in sorted(figures)},
        filter_values={
            header.names[number]: tuple(sorted(values[number].texts | values[number].numbers, key=_by_number))
            for number in ordered
        },
        left=left,
        notes=notes,
    )


def _is_text(column: ColumnValues) -> bool:
    """A figure column may hold a slip of the pen, never more words than numbers."""
    return len(column.texts) > len(column.numbers)


def _number_filters(
    header: Header,
    values: Mapping[int, ColumnValues],
    sample: Sequence[Sequence[str]],
    filters: set[int],
    figures: set[int],
) -> tuple[str, ...]:
    """Moves the first columns of whole numbers to the filters where rows can't be told apart without them."""
    key = [header.time_period, header.time_identifier, header.level, *header.places.values()]
    whole = [row for row in sample[:_CHECKED_ROWS] if len(row) == len(header.names)]
    notes = []
    for number in sorted(figures)[:3]:
        columns = [column for column in key if column is not None] + sorted(filters)
        rows = [tuple(row[each] for each in columns) for row in whole]
        if len(set(rows)) == len(rows):
            break
        name, column = header.names[number], values[number]
        if not column.could_be_filter or column.has_symbol:
            break
        with_it = {(*key_of, row[number]) for key_of, row in zip(rows, whole, strict=True)}
        if len(with_it) < len(rows):
            break
        figures.discard(number)
        filters.add(number)
        notes.append(f"“{name}” holds numbers, but rows can only be told apart by it: it was taken for a filter.")
    return tuple(notes)


def _by_number(text: str) -> tuple[bool, float, str]:
    return (not text.isdecimal(), float(text) if text.isdecimal() else 0.0, text.casefold())
