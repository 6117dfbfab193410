"""Checks over what people were asked and said: what nobody has answered, looked at, taken on or acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.domain.findings import Blocker, Finding, Gap, Note
from accounts.domain.roles import Role

# After this the lead's silence is a finding; a council's own procedure may be quicker.
ACKNOWLEDGED_WITHIN = timedelta(hours=24)
# What came in lately is being worked on.
ANSWERED_WITHIN_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFact:
    """`unanswered`: its comments that no response answers. `guard`: the election days it touches without a reason."""

    title: str
    url: str
    closes_on: date
    is_closed: bool
    is_open: bool
    comments: int
    unanswered: int
    guard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureFact:
    """A comment that may tell of harm: when it was passed on and acknowledged, None while it was not."""

    url: str
    received_at: datetime
    passed_on_at: datetime | None
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingFacts:
    """`waiting`: how many comments outside closed rounds wait longer than a fortnight; `held`: how many are held."""

    at: datetime
    rounds: tuple[RoundFact, ...] = ()
    disclosures: tuple[DisclosureFact, ...] = ()
    waiting: int = 0
    held: int = 0
    unchecked_voices: int = 0
    comments_url: str = ""
    held_url: str = ""
    voices_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    code: str
    title: str
    basis: str
    find: Callable[[HearingFacts], Iterable[Finding]]


def closed_unanswered(facts: HearingFacts) -> Iterator[Finding]:
    for one in facts.rounds:
        if one.is_closed and one.unanswered:
            yield Gap(
                code="consultation-closed-unanswered",
                sentence=f"“{one.title}” closed with {_comments(one.unanswered)} that nobody has answered.",
                owner_role=Role.SEND_TEAM,
                fix_url=one.url,
                fix_label="Answer them",
            )


def waiting_for_an_answer(facts: HearingFacts) -> Iterator[Finding]:
    if facts.waiting:
        yield Note(
            code="consultation-unanswered",
            sentence=f"{_comments(facts.waiting).capitalize()} came in more than a fortnight ago "
            f"and {_has(facts.waiting)} no answer.",
            owner_role=Role.SEND_TEAM,
            fix_url=facts.comments_url,
            fix_label="Answer them",
        )


def not_passed_on(facts: HearingFacts) -> Iterator[Finding]:
    for one in facts.disclosures:
        if one.passed_on_at is None:
            yield Blocker(
                code="consultation-harm-not-passed-on",
                sentence="A comment may tell of harm, and nobody was there to pass it to. "
                "Name the safeguarding lead, then pass it on.",
                owner_role=Role.LANO,
                fix_url=one.url,
                fix_label="Pass it on",
            )


def not_acknowledged(facts: HearingFacts) -> Iterator[Finding]:
    for one in facts.disclosures:
        if one.passed_on_at and one.acknowledged_at is None and facts.at - one.passed_on_at >= ACKNOWLEDGED_WITHIN:
            yield Gap(
                code="consultation-harm-not-acknowledged",
                sentence="A comment was passed to the safeguarding lead more than a day ago and is not acknowledged. "
                "Speak to them.",
                owner_role=Role.LANO,
                fix_url=one.url,
            )


def held_comments(facts: HearingFacts) -> Iterator[Finding]:
    if facts.held:
        yield Note(
            code="consultation-held",
            sentence=f"{_comments(facts.held).capitalize()} may name a child and "
            f"{'waits' if facts.held == 1 else 'wait'} to be looked at.",
            owner_role=Role.LANO,
            fix_url=facts.held_url,
            fix_label="Look at them",
        )


def guarded_days(facts: HearingFacts) -> Iterator[Finding]:
    for one in facts.rounds:
        if one.guard and not one.is_closed:
            yield Gap(
                code="consultation-before-election",
                sentence=f"“{one.title}”: {one.guard} Choose other days, or say why it goes ahead.",
                owner_role=Role.LANO,
                fix_url=one.url,
            )


def silent_round(facts: HearingFacts) -> Iterator[Finding]:
    for one in facts.rounds:
        days_left = (one.closes_on - facts.at.date()).days
        if one.is_open and not one.comments and days_left <= 7:
            yield Note(
                code="consultation-silent",
                sentence=f"“{one.title}” closes within a week and nobody has said anything yet. Ask again.",
                owner_role=Role.SEND_TEAM,
                fix_url=one.url,
            )


def unchecked_voices(facts: HearingFacts) -> Iterator[Finding]:
    if facts.unchecked_voices:
        count = facts.unchecked_voices
        yield Note(
            code="voices-unchecked",
            sentence=f"{count} {'voice waits' if count == 1 else 'voices wait'} for a second person to check that "
            "nobody can be recognised; until then no version prints "
            f"{'it' if count == 1 else 'them'}.",
            owner_role=Role.SEND_TEAM,
            fix_url=facts.voices_url,
            fix_label="Check them",
        )


CHECKS: tuple[Check, ...] = (
    Check(
        code="consultation-harm-not-passed-on",
        title="A possible disclosure that nobody has",
        basis="What may tell of harm has to reach the safeguarding lead at once.",
        find=not_passed_on,
    ),
    Check(
        code="consultation-harm-not-acknowledged",
        title="A possible disclosure that is not acknowledged",
        basis="The lead's word that it arrived is what makes it safe.",
        find=not_acknowledged,
    ),
    Check(
        code="consultation-closed-unanswered",
        title="Closed rounds with unanswered comments",
        basis="People who were asked are owed an answer: accepted, noted, or why not.",
        find=closed_unanswered,
    ),
    Check(
        code="consultation-before-election",
        title="Rounds in the days before an election",
        basis="A council publishes and asks with care in those days: move the round or give a reason.",
        find=guarded_days,
    ),
    Check(
        code="consultation-unanswered",
        title="Comments without an answer",
        basis=f"A comment that waits longer than {ANSWERED_WITHIN_DAYS} days looks forgotten.",
        find=waiting_for_an_answer,
    ),
    Check(
        code="consultation-held",
        title="Comments that are held",
        basis="Until somebody looks, the person who wrote waits.",
        find=held_comments,
    ),
    Check(
        code="consultation-silent",
        title="Rounds that nobody answers",
        basis="A round without a comment shows nothing of what families think.",
        find=silent_round,
    ),
    Check(
        code="voices-unchecked",
        title="Voices that nobody has checked",
        basis="A quote can name somebody without a name; a second person looks before it is printed.",
        find=unchecked_voices,
    ),
)


def findings(facts: HearingFacts) -> tuple[Finding, ...]:
    return tuple(finding for check in CHECKS for finding in check.find(facts))


def _comments(count: int) -> str:
    return "1 comment" if count == 1 else f"{count} comments"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
