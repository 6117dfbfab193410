"""Two statements that disagree: a handful of plain rules, each of which says how it found it."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from accounts.domain.findings import Finding, Gap, Note
from accounts.domain.roles import Role
from strategy.domain.findings.facts import AnswerFact, FigureFact, IndicatorFact, MeasureFact, StrategyFacts
from strategy.domain.findings.words import direction_of, figures_of, one_figure, plain, shared, words_of

CODE = "strategy-statements-differ"
ALL = re.compile(r"\ball\b", re.IGNORECASE)
# So many telling words two statements have to share before they count as about the same thing.
SAME_SUBJECT = 3
SAME_FIGURE = 2
WHOLE = 100


def statements_differ(facts: StrategyFacts) -> Iterator[Finding]:
    yield from _baselines(facts)
    yield from _targets(facts)
    yield from _answers(facts)
    yield from _opposites(facts)


def _baselines(facts: StrategyFacts) -> Iterator[Finding]:
    """A measure's baseline against what is published for that very period."""
    for _, aim in facts.aims():
        for measure in aim.measures:
            published = _published(facts.indicators.get(measure.indicator), measure)
            said = one_figure(measure.baseline)
            if published and said is not None and said != published.value:
                yield Gap(
                    code=CODE,
                    sentence=f"Aim {aim.ref} starts from {measure.baseline} in {measure.baseline_period}; published "
                    f"for that period is {published.value.normalize():f}.",
                    owner_role=Role.DATA_LEAD,
                    fix_url=measure.url,
                    fix_label="Compare them",
                )


def _published(indicator: IndicatorFact | None, measure: MeasureFact) -> FigureFact | None:
    if indicator is None or not measure.baseline_period:
        return None
    return next((figure for figure in indicator.figures if figure.period == measure.baseline_period), None)


def _targets(facts: StrategyFacts) -> Iterator[Finding]:
    """The same measure with two targets."""
    under: dict[str, list[tuple[str, MeasureFact]]] = defaultdict(list)
    for _, aim in facts.aims():
        for measure in aim.measures:
            if measure.target:
                under[plain(measure.text)].append((aim.ref, measure))
    for pairs in under.values():
        if len({measure.target for _, measure in pairs}) > 1:
            said = " and ".join(f"{measure.target} under {ref}" for ref, measure in pairs)
            yield Gap(
                code=CODE,
                sentence=f"“{pairs[0][1].text}” has two targets: {said}.",
                owner_role=Role.SEND_TEAM,
                fix_url=pairs[0][1].url,
                fix_label="Settle on one",
            )


def _answers(facts: StrategyFacts) -> Iterator[Finding]:
    for priority in facts.priorities:
        for answer in priority.answers:
            yield from _figures_against_words(answer)
            yield from _all_against_figure(answer, facts)


def _figures_against_words(answer: AnswerFact) -> Iterator[Finding]:
    """“Fell”, with a second figure above the first."""
    figures, says = figures_of(answer.figure), direction_of(answer.result)
    if len(figures) != 2 or not says or " to " not in answer.figure or figures[0] == figures[1]:
        return
    if (figures[1] > figures[0]) != (says > 0):
        yield Gap(
            code=CODE,
            sentence=f"“{answer.result}”, but the figure is {answer.figure}.",
            owner_role=Role.SEND_TEAM,
            fix_url=answer.url,
            fix_label="Compare them",
        )


def _all_against_figure(answer: AnswerFact, facts: StrategyFacts) -> Iterator[Finding]:
    """“All”, where an indicator about the same is published below 100 per cent."""
    if not ALL.search(answer.result):
        return
    words = words_of(f"{answer.you_asked} {answer.result}")
    for indicator in facts.indicators.values():
        latest = indicator.figures[-1] if indicator.figures else None
        if (
            indicator.is_percent
            and latest
            and latest.value < WHOLE
            and len(words & words_of(indicator.name)) >= SAME_FIGURE
        ):
            yield Note(
                code=CODE,
                sentence=f"“{answer.result}”; “{indicator.name}” stands at {latest.value.normalize():f} % "
                f"({latest.period}).",
                owner_role=Role.SEND_TEAM,
                fix_url=answer.url,
                fix_label="Compare them",
            )


def _opposites(facts: StrategyFacts) -> Iterator[Finding]:
    """Two statements with three telling words in common, of which one says that it grows and one that it shrinks."""
    pointed = [(said, words_of(said.text), direction_of(said.text)) for said in facts.said]
    for (one, own, way), (other, theirs, other_way) in itertools.combinations(pointed, 2):
        if way * other_way == -1 and len(own & theirs) >= SAME_SUBJECT:
            yield Note(
                code=CODE,
                sentence=f"{one.where}: “{one.text}” {other.where}: “{other.text}” One says that it grows, the other "
                f"that it shrinks ({', '.join(shared(one.text, other.text))}): may both be so?",
                owner_role=Role.SEND_TEAM,
                fix_url=other.url,
                fix_label="Compare them",
            )
