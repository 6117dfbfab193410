"""Which family a file belongs to, and which of its columns are which indicators."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.domain.figures import Unit

# A file that shares at least this much of the figure columns of a family, with the same filters, is one of it.
ALIKE = 0.5
# What a filter has to be: one value, or several whose rows are added up.
FilterValue = str | Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    key: int
    title: str
    filters: frozenset[str]
    figures: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An indicator's place in a family; `filters` gives the value of every filter column, or those to add up."""

    key: int
    indicator: int
    code: str
    name: str
    unit: Unit
    column: str
    filters: Mapping[str, FilterValue]
    period_as: str = ""
    is_unbounded: bool = False
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyMatch:
    family: Family
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not self.missing and not self.added


def values_of(value: FilterValue) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def value_in_words(value: FilterValue) -> str:
    """ "age 5 + age 6"; what nobody has chosen yet is said."""
    return " + ".join(values_of(value)) or "not chosen yet"


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def family_by_header(names: Collection[str], families: Sequence[Family]) -> Family | None:
    """The family that most of a header's names belong to, its filters all present; before anything else is known."""
    present = set(names)
    alike = [
        (len(family.figures & present) / len(family.figures), family.key, family)
        for family in families
        if family.figures and family.filters <= present
    ]
    best = max(alike, default=None, key=lambda each: each[:2])
    return best[2] if best and best[0] >= ALIKE else None


def match_family(filters: Collection[str], figures: Collection[str], families: Sequence[Family]) -> FamilyMatch | None:
    """The family with the same filters and the most figure columns in common; None when no family is alike enough."""
    own_filters, own = frozenset(filters), frozenset(figures)
    best: tuple[float, FamilyMatch] | None = None
    for family in families:
        if family.filters != own_filters or not family.figures:
            continue
        share = len(family.figures & own) / len(family.figures | own)
        if share >= ALIKE and (best is None or share > best[0]):
            missing, added = family.figures - own, own - family.figures
            best = share, FamilyMatch(family=family, missing=tuple(sorted(missing)), added=tuple(sorted(added)))
    return best[1] if best else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usable:
    """The entries that a file can answer, and why it can't answer the others (by indicator code)."""

    entries: tuple[Entry, ...]
    left: tuple[tuple[Entry, str], ...]


def usable_entries(
    entries: Sequence[Entry], figures: Collection[str], filter_values: Mapping[str, Sequence[str]]
) -> Usable:
    """An entry is used only when its column is there and every filter has a value, or values, that the file knows."""
    good: list[Entry] = []
    left: list[tuple[Entry, str]] = []
    known = {column: {folded(value) for value in values} for column, values in filter_values.items()}
    for entry in entries:
        reason = _why_not(entry, figures, known)
        if reason:
            left.append((entry, reason))
        else:
            good.append(entry)
    return Usable(entries=tuple(good), left=tuple(left))


def _why_not(entry: Entry, figures: Collection[str], known: Mapping[str, set[str]]) -> str:
    if entry.column not in figures:
        return f"The column “{entry.column}” is missing in this file."
    if absent := sorted(set(entry.filters) - set(known)):
        return f"The filter “{absent[0]}” is missing in this file."
    if unsaid := sorted(set(known) - set(entry.filters)):
        return f"Nobody has said yet which value of “{unsaid[0]}” counts."
    for column, chosen in entry.filters.items():
        for value in values_of(chosen):
            if folded(value) not in known[column]:
                return f"No row of this file has “{value}” in “{column}”."
    return ""


# -- proposals for columns that nobody has mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An indicator with the words by which it may be found in a header."""

    code: str
    name: str
    unit: Unit
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    code: str
    column: str
    filters: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


_TOTALS = ("total", "all", "all pupils", "total pupils", "england", "state-funded", "all schools")
_SPLIT = re.compile(r"[^a-z0-9]+|(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_SAME_WORD = {
    "pc": "percent", "perc": "percent", "percentage": "percent", "pct": "percent", "rate": "percent", "%": "percent",
    "num": "number", "no": "number", "count": "number", "wk": "week", "weeks": "week", "plans": "plan",
    "requests": "request", "ehcp": "ehc", "ehcps": "ehc", "exclusions": "exclusion", "suspensions": "suspension",
    "pupils": "pupil", "send": "sen", "sess": "session", "sessions": "session", "overall": "absence",
}  # fmt: skip
_EMPTY_WORDS = frozenset({"the", "of", "in", "with", "for", "a", "an", "and", "or", "number", "total", "all", "to"})
_EVERYWHERE = frozenset({"state", "funded", "school", "schools", "pupil", "percent"})
_LEAST_ALIKE = 0.6


def total_of(column: str, values: Sequence[str], known: Mapping[str, str]) -> str:
    """The value of a filter that stands for everything: what the catalogue uses elsewhere, or "Total", or "All …"."""
    by_fold = {folded(value): value for value in values}
    if folded(known.get(column, "")) in by_fold:
        return by_fold[folded(known[column])]
    if len(values) == 1:
        return values[0]
    for word in _TOTALS:
        if word in by_fold:
            return by_fold[word]
    starts = [value for value in values if re.match(r"(total|all)\b", value, re.IGNORECASE)]
    return min(starts, key=len) if starts else ""


def propose(
    *,
    figures: Collection[str],
    filter_values: Mapping[str, Sequence[str]],
    candidates: Sequence[Candidate],
    known_filters: Mapping[str, str],
    mapped: Collection[str],
) -> tuple[Proposal, ...]:
    """At most one column for each indicator that isn't mapped in this family yet; only ever a proposal.

    A column that bears the same name in another family comes first, then one whose words are those of the indicator.
    """
    totals = {column: total_of(column, values, known_filters) for column, values in filter_values.items()}
    by_fold = {folded(column): column for column in figures}
    proposals: list[Proposal] = []
    used: set[tuple[str, ...]] = set()
    for candidate in candidates:
        if candidate.code in mapped:
            continue
        column = next((by_fold[folded(name)] for name in candidate.columns if folded(name) in by_fold), "")
        why = f"“{candidate.name}” stands in a column of the same name in other files." if column else ""
        if not column:
            column = _alike_column(candidate, tuple(figures))
            why = f"Its words are those of “{candidate.name}”."
        filters = {name: _value_for(candidate, values, totals[name]) for name, values in filter_values.items()}
        place = (column, *filters.values())
        if column and place not in used:
            used.add(place)
            proposals.append(Proposal(code=candidate.code, column=column, filters=filters, why=why))
    return tuple(proposals)


def _value_for(candidate: Candidate, values: Sequence[str], total: str) -> str:
    """The value of a filter that the indicator's own name says (“secondary”, “EHC plan”), else the total.

    Left open where the name touches values without naming one: “without SEN” is neither “SEN support” nor everybody.
    """
    name, is_negated = _words(candidate.name), _is_negated(candidate.name)
    said: list[tuple[int, str]] = []
    touches = False
    for value in values:
        words = _words(value) - _EVERYWHERE
        shared = words & name
        touches = touches or bool(shared)
        if _is_negated(value) == is_negated and shared and (is_negated or shared == words):
            said.append((len(shared), value))
    if said:
        return max(said)[1]
    return "" if touches else total


def _is_negated(text: str) -> bool:
    return bool(set(text.casefold().split()) & {"no", "not", "non", "without"})


def _alike_column(candidate: Candidate, columns: Sequence[str]) -> str:
    wanted = _words(f"{candidate.name} {'percent' if candidate.unit == Unit.PERCENT else ''}")
    scored = [(_alike(wanted, _words(column)), column) for column in columns]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= _LEAST_ALIKE else ""


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _words(text: str) -> frozenset[str]:
    words = (_SAME_WORD.get(word, word) for word in _SPLIT.split(text.casefold().replace("%", " percent ")) if word)
    return frozenset(words) - _EMPTY_WORDS
