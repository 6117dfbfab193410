"""Sentences that published figures tell against. Rules that a reader can check by hand; a person decides.

A sentence is held against the figures that it cites; one that cites none, against those whose name shares two telling
words with it. Figures are compared as they are printed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from indicators.domain.figures import Direction, Facts, figure_in_words, prints_better, rounded
from indicators.domain.series import Point, Series
from selfeval.domain.figures import point_of
from selfeval.domain.markers import Marker, MarkerKind, Sentence
from selfeval.domain.pointing import WordLists, first_said
from strategy.domain.findings.words import words_of

# So many telling words a sentence and the name of a figure have to share, where the sentence cites no figure.
SAME_SUBJECT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An indicator with our area's series and the country's."""

    facts: Facts
    own: Series
    country: Series | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A sentence and the figure that tells against it. `is_modest`: the text says worse than the figure does."""

    slug: str
    indicator: str
    said: str
    sentence: str
    is_modest: bool = False
    is_by_words: bool = False


def contradictions(
    sentences: Iterable[Sentence], measured: Mapping[str, Measured], words: WordLists
) -> tuple[Against, ...]:
    """Every sentence against every figure that it is about, in the order of the text."""
    telling = {slug: _telling(one.facts.name) for slug, one in measured.items()}
    found: list[Against] = []
    for sentence in sentences:
        for slug, marker in _about(sentence, telling):
            found.extend(_held_against(sentence, measured[slug], marker, words))
    return tuple(found)


@lru_cache(maxsize=1024)
def _telling(name: str) -> frozenset[str]:
    return words_of(name)


def _about(sentence: Sentence, telling: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Marker | None]]:
    cited = [marker for marker in sentence.markers if marker.kind is MarkerKind.FIGURE]
    if cited:
        yield from ((marker.key, marker) for marker in cited if marker.key in telling)
        return
    own = words_of(sentence.words)
    yield from ((slug, None) for slug, name in telling.items() if len(own & name) >= SAME_SUBJECT)


def _held_against(sentence: Sentence, one: Measured, marker: Marker | None, words: WordLists) -> Iterator[Against]:
    point = point_of(one.own, marker.period if marker else "")
    if point is None or point.value is None:
        return
    yield from _by_change(sentence, one, point, marker is None, words)
    yield from _by_country(sentence, one, point, marker is None, words)


def _by_change(
    sentence: Sentence, one: Measured, point: Point, is_by_words: bool, words: WordLists
) -> Iterator[Against]:
    before = _before(one.own, point)
    if before is None or point.value is None or before.value is None:
        return
    is_better = prints_better(point.value, before.value, one.facts)
    for phrases, claims_better in ((words.better, True), (words.worse, False)):
        said = first_said(sentence.words, phrases, words.turns)
        if said and is_better is not None and is_better != claims_better:
            yield Against(
                slug=one.facts.code,
                indicator=one.facts.name,
                said=said,
                sentence=f"“{sentence.words}” says “{said}”. {one.facts.name} went from {_words(before, one)} to "
                f"{_words(point, one)}; {_way(one.facts)}.",
                is_modest=not claims_better,
                is_by_words=is_by_words,
            )


def _before(series: Series, point: Point) -> Point | None:
    """The period before, with a value: the one a year earlier where there is one."""
    earlier = [each for each in series.with_values if each.period.ends_on < point.period.ends_on]
    a_year_ago = (each for each in earlier if each.period.is_years_before(point.period, 1))
    return next(a_year_ago, earlier[-1] if earlier else None)


def _by_country(
    sentence: Sentence, one: Measured, point: Point, is_by_words: bool, words: WordLists
) -> Iterator[Against]:
    theirs = one.country.at(point.period) if one.country else None
    if theirs is None or theirs.value is None or point.value is None:
        return
    for phrases, claim in (
        (words.above, "above"),
        (words.below, "below"),
        (words.ahead, "ahead"),
        (words.behind, "behind"),
    ):
        said = first_said(sentence.words, phrases, words.turns)
        if said and _is_wrong(claim, point.value, theirs.value, one.facts):
            yield Against(
                slug=one.facts.code,
                indicator=one.facts.name,
                said=said,
                sentence=f"“{sentence.words}” says “{said}”. {one.facts.name} is {_words(point, one)} here and "
                f"{figure_in_words(theirs.value, '', one.facts)} in England"
                f"{'' if claim in ('above', 'below') else f'; {_way(one.facts)}'}.",
                is_modest=claim == "behind",
                is_by_words=is_by_words,
            )


def _is_wrong(claim: str, own: Decimal, theirs: Decimal, facts: Facts) -> bool:
    ours, others = rounded(own, facts.decimals), rounded(theirs, facts.decimals)
    match claim:
        case "above":
            return ours <= others
        case "below":
            return ours >= others
        case "ahead":
            return prints_better(own, theirs, facts) is False
        case _:
            return prints_better(own, theirs, facts) is True


def worse_than_country(measured: Iterable[Measured]) -> tuple[Measured, ...]:
    """Those whose newest figure prints worse than the country's for the same period."""
    return tuple(one for one in measured if _comparison(one) is False)


def comparable(measured: Iterable[Measured]) -> tuple[Measured, ...]:
    """Those whose newest figure is better or worse than the country's, and not the same."""
    return tuple(one for one in measured if _comparison(one) is not None)


def _comparison(one: Measured) -> bool | None:
    newest = one.own.latest
    theirs = one.country.at(newest.period) if one.country and newest else None
    if newest is None or newest.value is None or theirs is None or theirs.value is None:
        return None
    return prints_better(newest.value, theirs.value, one.facts)


def _words(point: Point, one: Measured) -> str:
    return f"{figure_in_words(point.value, point.symbol, one.facts)} ({point.period.label})"


def _way(facts: Facts) -> str:
    return "higher is better" if facts.direction == Direction.HIGHER else "lower is better"
