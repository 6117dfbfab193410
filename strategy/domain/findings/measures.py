"""Checks over aims and measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from accounts.domain.findings import Finding, Gap, Note
from accounts.domain.roles import Role
from strategy.domain.findings.facts import ActionFact, AimFact, MeasureFact, StrategyFacts
from strategy.domain.findings.words import plain, shared, words_of

FIGURE = "figure"
# Families' or settings' own words fit any aim: only these kinds can stand in the wrong place.
KINDS_THAT_MUST_FIT = frozenset({"figure", "deliverable"})


def counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def aim_unmeasured(facts: StrategyFacts) -> Iterator[Finding]:
    for _, aim in facts.aims():
        if not aim.measures:
            yield Gap(
                code="strategy-aim-unmeasured",
                sentence=f"Aim {aim.ref} “{aim.text}” has no measure: nobody can tell whether it is reached.",
                owner_role=Role.SEND_TEAM,
                fix_url=aim.url,
                fix_label="Add one",
            )


def figure_open(facts: StrategyFacts) -> Iterator[Finding]:
    for priority in facts.priorities:
        figures = [(aim, measure) for aim, measure in priority.measures if measure.kind == FIGURE]
        lacking = (
            ("indicator", [pair for pair in figures if not pair[1].indicator]),
            ("baseline", [pair for pair in figures if not pair[1].baseline]),
            ("target", [pair for pair in figures if not pair[1].target]),
        )
        parts = [f"{len(found)} without {word} ({_refs(found)})" for word, found in lacking if found]
        if parts:
            yield Gap(
                code="strategy-figure-open",
                sentence=f"Priority {priority.number}, {counted(len(figures), 'measure')} by figure: "
                f"{'; '.join(parts)}.",
                owner_role=Role.SEND_TEAM,
                fix_url=priority.url,
                fix_label="Complete them",
            )


def _refs(pairs: Sequence[tuple[AimFact, MeasureFact]]) -> str:
    return ", ".join(dict.fromkeys(aim.ref for aim, _ in pairs))


def _context(aim: AimFact) -> frozenset[str]:
    return words_of(" ".join([aim.text, *(action.text for action in aim.actions)]))


def measure_repeated(facts: StrategyFacts) -> Iterator[Finding]:
    under: dict[str, list[tuple[AimFact, MeasureFact]]] = defaultdict(list)
    for _, aim in facts.aims():
        for measure in aim.measures:
            if measure.kind in KINDS_THAT_MUST_FIT:
                under[plain(measure.text)].append((aim, measure))
    for pairs in under.values():
        aims = {aim.ref: aim for aim, _ in pairs}
        if len(aims) < 2:
            continue
        text, first = pairs[0][1].text, pairs[0][1]
        strange = [ref for ref, aim in aims.items() if not words_of(text) & _context(aim)]
        if strange:
            yield Gap(
                code="strategy-measure-repeated",
                sentence=f"“{text}” measures the aims {_and(list(aims))}. With {_and(strange)} it shares no telling "
                "word: it may have slipped there.",
                owner_role=Role.SEND_TEAM,
                fix_url=next(measure.url for aim, measure in pairs if aim.ref == strange[0]) or first.url,
                fix_label="Look at it",
            )


def _and(refs: Sequence[str]) -> str:
    return refs[0] if len(refs) == 1 else f"{', '.join(refs[:-1])} and {refs[-1]}"


def action_misfit(facts: StrategyFacts) -> Iterator[Finding]:
    for priority in facts.priorities:
        aims = [(aim, words_of(aim.text)) for aim in priority.aims]
        for aim, own in aims:
            for action in aim.actions:
                words = words_of(action.text)
                better = max(
                    ((len(words & theirs), other) for other, theirs in aims if other.ref != aim.ref),
                    key=lambda pair: pair[0],
                    default=(0, aim),
                )
                if not words & own and not words & _measured(aim) and better[0] >= _enough(action):
                    yield _misfit(aim, action, better[1], action.url or priority.url)


def _enough(action: ActionFact) -> int:
    """Two words in common are a coincidence less often than one; a row that a machine extracted is suspect anyway."""
    return 1 if action.is_as_extracted else 2


def _measured(aim: AimFact) -> frozenset[str]:
    return words_of(" ".join(measure.text for measure in aim.measures))


def _misfit(aim: AimFact, action: ActionFact, better: AimFact, url: str) -> Finding:
    both = ", ".join(shared(action.text, better.text))
    return Note(
        code="strategy-action-misfit",
        sentence=f"“{action.text}” stands under aim {aim.ref} and shares no telling word with it or its measures, "
        f"but with aim {better.ref} ({both}).",
        owner_role=Role.SEND_TEAM,
        fix_url=url,
        fix_label="Look at it",
    )
