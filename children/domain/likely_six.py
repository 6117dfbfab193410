"""The six children whom inspectors would likely name, and a substitute for each.

A proposal to rehearse with, never a forecast: the same rows and the same seed give the same twelve, in whatever order
the rows come. What inspectors usually look for stands in `WISHES`; the spread over age, need, setting, social care,
absence and exclusions decides between choices that answer the wishes equally well, and the seed between equals.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from children.domain.composition import ABSENCES, AGES, NOT_RECORDED, Band, band_of
from children.domain.schema import ListKind

SIX = 6
# 10 % of sessions missed is what the census calls persistent absence.
PERSISTENT = 10
# Of every kind of child at most so many are weighed against each other.
_KEPT = 14
_KEPT_OF_PAIR = 4


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A child of the lists, by Unique ID; labels are the layout's. None is unknown."""

    unique_id: str
    kind: ListKind
    age: int | None
    need: str
    setting: str
    is_alternative: bool
    is_special: bool
    is_known: bool
    team: str
    absence: float | None
    suspensions: int | None
    exclusions: int | None

    @cached_property
    def facets(self) -> tuple[tuple[str, str], ...]:
        """What the six are spread over: title and value."""
        return (
            ("List", LIST_WORDS[self.kind]),
            ("Age", _label(self.age, AGES)),
            ("Need", self.need or NOT_RECORDED),
            ("Setting", self.setting or "No setting recorded"),
            ("Social care", (self.team or "Known, no team named") if self.is_known else "Not known"),
            ("Absence", _label(self.absence, ABSENCES)),
            ("Exclusions", self.excluded_words),
        )

    @property
    def excluded_words(self) -> str:
        if self.exclusions:
            return "Permanently excluded"
        return "Suspended" if self.suspensions else "None"

    @cached_property
    def answers(self) -> tuple[bool, ...]:
        """Which of the wishes this child answers, in their order."""
        return tuple(wish.is_met_by(self) for wish in WISHES)


LIST_WORDS = {ListKind.EHC_PLAN: "EHC plan", ListKind.SEN_SUPPORT: "SEN support"}


def _label(number: float | None, bands: Sequence[Band]) -> str:
    place = band_of(number, bands)
    return bands[place].label if place < len(bands) else NOT_RECORDED


@dataclass(frozen=True, slots=True)
class Wish:
    """What is usually among the six. A firm one goes before every other."""

    code: str
    words: str  # after "a child …" and "children …"
    least: int
    is_firm: bool
    is_met_by: Callable[[Candidate], bool]
    source: str


_SEEN = "what areas report of their visits"
_OURS = "our reading of the spread that inspectors look for"

WISHES: tuple[Wish, ...] = (
    Wish("alternative", "in alternative provision", 1, True, lambda child: child.is_alternative, _SEEN),
    Wish("support", "at SEN support", 2, True, lambda child: child.kind is ListKind.SEN_SUPPORT, _SEEN),
    Wish("plan", "with an EHC plan", 4, True, lambda child: child.kind is ListKind.EHC_PLAN, "Hartlepool's account"),
    Wish("social-care", "known to social care", 1, False, lambda child: child.is_known, _SEEN),
    Wish(
        "absence",
        f"missing {PERSISTENT} % of sessions or more",
        1,
        False,
        lambda child: child.absence is not None and child.absence >= PERSISTENT,
        _OURS,
    ),
    Wish(
        "excluded",
        "suspended or permanently excluded",
        1,
        False,
        lambda child: bool(child.suspensions or child.exclusions),
        _OURS,
    ),
    Wish("special", "in a special setting", 1, False, lambda child: child.is_special, _OURS),
    Wish("young", "aged under 11", 1, False, lambda child: child.age is not None and child.age < 11, _OURS),
    Wish("middle", "aged 11 to 15", 1, False, lambda child: child.age is not None and 11 <= child.age < 16, _OURS),
    Wish("older", "aged 16 and over", 1, False, lambda child: child.age is not None and child.age >= 16, _OURS),
)
_FIRM = [place for place, wish in enumerate(WISHES) if wish.is_firm]
_OTHER = [place for place, wish in enumerate(WISHES) if not wish.is_firm]

Score = tuple[int, int, int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The six, and for each the one who would take the place. `available` counts the lists by wish."""

    six: tuple[Candidate, ...]
    substitutes: tuple[Candidate, ...]
    available: tuple[int, ...]
    seed: str


def propose(candidates: Iterable[Candidate], *, seed: str) -> Proposal:
    """Chooses from whoever has a Unique ID. A child on both lists counts once, with the plan."""
    children = _once_each(candidates)
    available = tuple(sum(child.answers[place] for child in children) for place in range(len(WISHES)))
    rank = {child.unique_id: _rank(child, seed) for child in children}
    pool = _pool(sorted(children, key=lambda child: rank[child.unique_id]))
    chooser = _Chooser(pool, available, rank)
    six = chooser.choose()
    return Proposal(six=six, substitutes=chooser.substitutes(six), available=available, seed=seed)


def _rank(child: Candidate, seed: str) -> str:
    return hashlib.sha256(f"{seed}\0{child.unique_id}".encode()).hexdigest()


def _once_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    by_id: dict[str, list[Candidate]] = defaultdict(list)
    for child in candidates:
        if child.unique_id:
            by_id[child.unique_id].append(child)
    return [min(rows, key=lambda child: (child.kind is not ListKind.EHC_PLAN, repr(child))) for rows in by_id.values()]


def _pool(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Of each facet and each two wishes the first few: enough to choose from, few enough to compare."""
    counts: Counter[object] = Counter()
    kept = []
    for child in ranked:
        singles: list[object] = list(child.facets)
        met = [place for place, answer in enumerate(child.answers) if answer]
        pairs: list[object] = list(combinations(met, 2))
        if any(counts[each] < _KEPT for each in singles) or any(counts[each] < _KEPT_OF_PAIR for each in pairs):
            kept.append(child)
            counts.update(singles)
            counts.update(pairs)
    return kept


class _Chooser:
    def __init__(self, pool: list[Candidate], available: tuple[int, ...], rank: dict[str, str]) -> None:
        self.pool = pool
        self.least = [min(wish.least, count) for wish, count in zip(WISHES, available, strict=True)]
        self.rank = rank

    def score(self, chosen: Sequence[Candidate]) -> Score:
        """Smaller is better: firm wishes, the others, how many kinds stand among them, how even, the seed."""
        met = [sum(answers) for answers in zip(*(child.answers for child in chosen), strict=True)]
        firm = sum(max(self.least[place] - met[place], 0) for place in _FIRM)
        other = sum(max(self.least[place] - met[place], 0) for place in _OTHER)
        counts = Counter(facet for child in chosen for facet in child.facets)
        crowding = sum(count * count for count in counts.values())
        return firm, other, -len(counts), crowding, tuple(sorted(self.rank[child.unique_id] for child in chosen))

    def choose(self) -> tuple[Candidate, ...]:
        if not self.pool:
            return ()
        chosen: list[Candidate] = []
        while len(chosen) < min(SIX, len(self.pool)):
            spare = [child for child in self.pool if child not in chosen]
            chosen.append(min(spare, key=lambda child: self.score([*chosen, child])))
        while better := self._exchange(chosen):
            chosen = better
        return tuple(
            sorted(chosen, key=lambda child: (child.kind is not ListKind.EHC_PLAN, child.age or 0, child.unique_id))
        )

    def _exchange(self, chosen: list[Candidate]) -> list[Candidate] | None:
        """The best choice that differs in one child; None when there is no better one."""
        best, best_score = None, self.score(chosen)
        for place in range(len(chosen)):
            rest = [*chosen[:place], *chosen[place + 1 :]]
            for child in self.pool:
                if child in chosen:
                    continue
                score = self.score([*rest, child])
                if score < best_score:
                    best, best_score = [*rest, child], score
        return best

    def substitutes(self, six: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """For each place whoever leaves the six best off."""
        taken = list(six)
        found = []
        for place in range(len(six)):
            spare = [child for child in self.pool if child not in taken]
            if not spare:
                break
            rest = [*six[:place], *six[place + 1 :]]
            found.append(min(spare, key=lambda child: self.score([*rest, child])))
            taken.append(found[-1])
        return tuple(found)


# -- in words


@dataclass(frozen=True, slots=True)
class WishLine:
    """One wish against the six: what is wanted, how many there are, and what to say where it is not met."""

    wish: Wish
    count: int
    available: int

    @property
    def is_met(self) -> bool:
        return self.count >= self.wish.least

    @property
    def sentence(self) -> str:
        words, least = self.wish.words, self.wish.least
        if self.is_met:
            return ""
        if not self.available:
            return f"No child in the lists {'' if words.startswith('with ') else 'is '}{words}."
        if self.available < least:
            one = f"Only {self.available} in the lists {'is' if self.available == 1 else 'are'}"
            return f"{one} {_is(words, self.available)}; usually {least} are among the six."
        of_six = f"{self.count or 'None'} of the six {'is' if self.count < 2 else 'are'}"
        return f"{of_six} {_is(words, self.count)}; usually {least}."


def _is(words: str, count: int = 1) -> str:
    """What follows on “is” or “are”."""
    if not words.startswith("with "):
        return words
    return f"children {words}" if count > 1 else f"a child {words}"


def wish_lines(six: Sequence[Candidate], available: Sequence[int]) -> tuple[WishLine, ...]:
    return tuple(
        WishLine(wish, sum(child.answers[place] for child in six), available[place])
        for place, wish in enumerate(WISHES)
    )


def spread(six: Sequence[Candidate]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """By facet: the values among them with their counts, most first."""
    found: dict[str, Counter[str]] = {}
    for child in six:
        for title, value in child.facets:
            found.setdefault(title, Counter())[value] += 1
    return tuple(
        (title, tuple(sorted(values.items(), key=lambda each: (-each[1], each[0])))) for title, values in found.items()
    )


def reasons(child: Candidate, six: Sequence[Candidate]) -> tuple[str, ...]:
    """Why this child is among the six: the wishes answered, and what nobody else of them brings."""
    others = [other for other in six if other.unique_id != child.unique_id]
    found = []
    for place, wish in enumerate(WISHES):
        if child.answers[place]:
            alone = not any(other.answers[place] for other in others)
            found.append(f"The only one {wish.words}" if alone and others else _capital(wish.words))
    seen = {facet for other in others for facet in other.facets}
    told = {"List", "Age", "Absence", "Exclusions"}
    for title, value in child.facets:
        if others and title not in told and (title, value) not in seen and value not in {"Not known", NOT_RECORDED}:
            found.append(f"{title} of nobody else: {value}")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SwapEffect:
    """What the six lose and gain when one is swapped for another, in sentences."""

    loses: tuple[str, ...]
    gains: tuple[str, ...]


def swap_effect(six: Sequence[Candidate], *, out: Candidate, into: Candidate) -> SwapEffect:
    after = [into if child.unique_id == out.unique_id else child for child in six]
    loses, gains = [], []
    for place, wish in enumerate(WISHES):
        before_count = sum(child.answers[place] for child in six)
        after_count = sum(child.answers[place] for child in after)
        if after_count < wish.least and after_count < before_count:
            loses.append(_left(after_count, wish))
        elif before_count < wish.least and after_count > before_count:
            gains.append(f"{after_count} would be {_is(wish.words, after_count)}; usually {wish.least}.")
    seen = {facet for child in six for facet in child.facets}
    left = {facet for child in after for facet in child.facets}
    loses += [f"{title}: nobody would be “{value}”." for title, value in out.facets if (title, value) not in left]
    gains += [f"{title}: “{value}” would be among them." for title, value in into.facets if (title, value) not in seen]
    return SwapEffect(tuple(loses), tuple(gains))


def _left(count: int, wish: Wish) -> str:
    if not count:
        return f"Nobody of the six would be {_is(wish.words)}."
    return f"Only {count} would be {_is(wish.words, count)}; usually {wish.least}."


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
