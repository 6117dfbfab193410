"""Checks over claims and their proof. One table for the page, and in one sentence each for the readiness page."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from accounts.domain.findings import Finding, Gap, Note
from accounts.domain.roles import Role
from selfeval.domain.claim_facts import SHAKEN, ClaimFacts, against, drifts, grades_of, unproved, unused
from selfeval.domain.claims import (
    GONE,
    CitedProof,
    DriftKind,
    ProofFault,
    claims_without_proof,
    fault_in_words,
    fault_of,
)
from selfeval.domain.proof import triangulate

MOST_NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`title` heads the group on the page; `basis` says how it is found, for a reader to check. `home` turns the number
    of findings into the sentence for the readiness page; None where it stands on its own page only."""

    code: str
    title: str
    basis: str
    find: Callable[[ClaimFacts], Iterable[Finding]]
    home: Callable[[int], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one check found."""

    check: Check
    findings: tuple[Finding, ...]


def _finding(
    kind: type[Finding], code: str, sentence: str, url: str, label: str, *, role: Role = Role.SYSTEM_LEAD
) -> Finding:
    return kind(code=code, sentence=sentence, owner_role=role, fix_url=url, fix_label=label)


def contradicted(facts: ClaimFacts) -> Iterator[Finding]:
    for one in facts.criteria:
        for each in against(one, facts):
            kind = Note if each.is_modest or each.is_by_words else Gap
            yield _finding(kind, "claim-contradicted", f"{one.code}: {each.sentence}", one.url, "Look at both")


def without_proof(facts: ClaimFacts) -> Iterator[Finding]:
    parts = [("", each) for each in claims_without_proof(facts.parts, admits=facts.words.admits)]
    inside = [(f"{one.code}, ", each) for one in facts.criteria for each in unproved(one, facts)]
    for prefix, each in (*inside, *parts):
        yield _finding(
            Gap,
            "claim-without-proof",
            f"{prefix}{each.where}: “{each.words}”",
            each.url,
            "Cite something, or soften it",
        )


def proof_unused(facts: ClaimFacts) -> Iterator[Finding]:
    for one in facts.criteria:
        items = unused(one)
        if items:
            named = ", ".join(f"E{item.number}" for item in items[:MOST_NAMED])
            rest = f" and {len(items) - MOST_NAMED} more" if len(items) > MOST_NAMED else ""
            lies, shows = ("lies", "it shows") if len(items) == 1 else ("lie", "they show")
            yield _finding(
                Note,
                "proof-without-claim",
                f"{one.code}: {named}{rest} {lies} under it, and no sentence says what {shows}.",
                one.url,
                "Use it, or take it out",
            )


def _proofs(facts: ClaimFacts, wanted: Iterable[ProofFault]) -> Iterator[tuple[CitedProof, ProofFault]]:
    seen: set[tuple[str, str]] = set()
    for proof in facts.all_proofs:
        fault = fault_of(proof, facts.today)
        if fault is not None and fault in wanted and (proof.marker, proof.where) not in seen:
            seen.add((proof.marker, proof.where))
            yield proof, fault


def _of_proofs(
    facts: ClaimFacts, *, code: str, wanted: frozenset[ProofFault], kind: type[Finding], label: str
) -> Iterator[Finding]:
    for proof, fault in _proofs(facts, wanted):
        yield _finding(kind, code, f"{proof.where}: {fault_in_words(proof, fault)}", proof.url, label)


def _figures(facts: ClaimFacts, *, code: str, wanted: frozenset[DriftKind], kind: type[Finding]) -> Iterator[Finding]:
    for drift in drifts(facts.all_figures):
        if drift.kind in wanted:
            yield _finding(kind, code, f"{drift.figure.where}: {drift.sentence}", drift.figure.url, "Look at it")


def one_sided(facts: ClaimFacts) -> Iterator[Finding]:
    for one in facts.criteria if facts.has_cover else ():
        seen = triangulate(one.items, kind_names=facts.kind_names)
        if seen.missing and seen.kinds:
            yield _finding(Note, "proof-one-sided", f"{one.code}: {' '.join(seen.missing)}", one.url, "Open it")


def differing(facts: ClaimFacts) -> Iterator[Finding]:
    for one in facts.criteria:
        grades = grades_of(one)
        if len(set(grades.values())) > 1:
            said = "; ".join(f"{name}: {grade}" for name, grade in sorted(grades.items()))
            yield _finding(
                Note,
                "views-differ",
                f"{one.code} is seen differently. {said}.",
                one.url,
                "Talk about it",
                role=Role.LANO,
            )


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


CHECKS: tuple[Check, ...] = (
    Check(
        code="claim-contradicted",
        title="Published figures say otherwise",
        basis="Inspectors read the same figures. Found where a sentence uses a word of the lists and the figure that "
        "it cites points the other way; a sentence that cites no figure is held against those whose name shares two "
        "telling words with it, and told as a note. A person decides.",
        find=contradicted,
        home=lambda number: (
            f"{_counted(number, 'sentence')} of the self-evaluation that published figures tell against."
        ),
    ),
    Check(
        code="claim-without-proof",
        title="Claims without proof",
        basis="“How do you know?” is asked of each. Found in what we know, in strengths, in what changed and in the "
        "parts: a sentence of four words or more without a marker. Questions and what admits a gap are left out.",
        find=without_proof,
        home=lambda number: f"{_counted(number, 'sentence')} of the self-evaluation without proof.",
    ),
    Check(
        code="proof-gone",
        title="Proof that can't be shown",
        basis="Cited evidence that was withdrawn, was never approved, or isn't in the log.",
        find=partial(_of_proofs, code="proof-gone", wanted=GONE, kind=Gap, label="Mend it"),
        home=lambda number: f"{_counted(number, 'citation')} of evidence that can't be shown.",
    ),
    Check(
        code="figure-moved",
        title="Figures that moved since they were cited",
        basis="Found where the figure for the cited period was revised, hidden or taken back, or where the text shows "
        "the newest one and that is another by now. Compared as printed.",
        find=partial(_figures, code="figure-moved", wanted=SHAKEN, kind=Gap),
        home=lambda number: f"{_counted(number, 'cited figure')} moved since the text was written.",
    ),
    Check(
        code="proof-past-review",
        title="Proof past its review day",
        basis="Cited evidence whose day of review has gone by: nobody has said that it still holds.",
        find=partial(
            _of_proofs,
            code="proof-past-review",
            wanted=frozenset({ProofFault.REVIEW_PASSED}),
            kind=Gap,
            label="Look at it again",
        ),
        home=lambda number: f"{_counted(number, 'citation')} of evidence past its review day.",
    ),
    Check(
        code="proof-revised",
        title="Proof revised after it was cited",
        basis="A newer revision was approved after the sentence was written: it may say something else.",
        find=partial(
            _of_proofs, code="proof-revised", wanted=frozenset({ProofFault.REVISED}), kind=Note, label="Read it again"
        ),
    ),
    Check(
        code="proof-stale",
        title="Proof that covers old days",
        basis="By the last day that it covers, not by when it was written: two years or more.",
        find=partial(
            _of_proofs, code="proof-stale", wanted=frozenset({ProofFault.STALE}), kind=Note, label="Find newer"
        ),
    ),
    Check(
        code="figure-newer",
        title="Newer figures than the text names",
        basis="The marker names its period on purpose, so the text is not wrong; a newer figure is published.",
        find=partial(_figures, code="figure-newer", wanted=frozenset({DriftKind.NEWER}), kind=Note),
    ),
    Check(
        code="proof-one-sided",
        title="Seen from too few sides",
        basis="Three kinds of evidence from two partners, one of them lived experience. Approved evidence counts.",
        find=one_sided,
    ),
    Check(
        code="views-differ",
        title="Partners see it differently",
        basis="Grades that partners gave, beside our own. Shown as they are, never averaged.",
        find=differing,
    ),
    Check(
        code="proof-without-claim",
        title="Proof that no sentence uses",
        basis="Approved evidence under a criterion that none of its texts cites.",
        find=proof_unused,
    ),
)


def find_all(facts: ClaimFacts) -> tuple[Group, ...]:
    """Every check that found something."""
    groups = (Group(check=check, findings=tuple(check.find(facts))) for check in CHECKS)
    return tuple(group for group in groups if group.findings)


def home_finding(check: Check, facts: ClaimFacts) -> Iterator[Finding]:
    """For the readiness page: all that one check found in one sentence, with the way to it."""
    found = tuple(check.find(facts)) if check.home else ()
    if check.home and found:
        yield Gap(
            code=check.code,
            sentence=check.home(len(found)),
            owner_role=Role.SEND_TEAM,
            fix_url=f"{facts.page_url}#{check.code}",
            fix_label="See which",
        )
