"""Checks over the packs: made, current, signed off, delivered in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.domain.findings import Blocker, Finding, Gap, Note
from accounts.domain.roles import Role
from inspection.domain.readiness.table import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFact:
    """The newest finished pack of Annex A."""

    name: str
    url: str
    made_at: datetime
    is_out_of_date: bool
    is_signed_off: bool
    issue_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFact:
    """Something handed over together in the visit that runs, and whether that is on record."""

    batch: str
    title: str
    due_at: datetime
    is_delivered: bool
    url: str
    owner_role: Role = Role.LANO


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    at: datetime
    packs_url: str
    newest: PackFact | None = None
    due: tuple[DueFact, ...] = ()
    is_live: bool = False


def never_built(facts: PackFacts) -> Iterator[Finding]:
    if facts.newest is None:
        yield (Blocker if facts.is_live else Gap)(
            code="pack-never-built",
            sentence="No pack of Annex A has been built yet: build one now to see that it works.",
            owner_role=Role.SEND_TEAM,
            fix_url=facts.packs_url,
            fix_label="Build a pack",
            threatens="annex-a",
        )


def out_of_date(facts: PackFacts) -> Iterator[Finding]:
    if facts.newest and facts.newest.is_out_of_date:
        yield Gap(
            code="pack-out-of-date",
            sentence=f"The pack {facts.newest.name} is out of date: something that it holds has changed since.",
            owner_role=Role.SEND_TEAM,
            fix_url=facts.newest.url,
            fix_label="Build it again",
            threatens="annex-a",
        )


def with_issues(facts: PackFacts) -> Iterator[Finding]:
    if facts.newest and facts.newest.issue_count:
        many = "1 issue" if facts.newest.issue_count == 1 else f"{facts.newest.issue_count} issues"
        yield Blocker(
            code="pack-with-issues",
            sentence=f"The pack {facts.newest.name} lists {many}: a document is missing from it.",
            owner_role=Role.LANO,
            fix_url=facts.newest.url,
            fix_label="See the issues",
            threatens="annex-a",
        )


def not_signed_off(facts: PackFacts) -> Iterator[Finding]:
    if facts.newest and not facts.newest.is_signed_off and not facts.newest.is_out_of_date:
        yield (Gap if facts.is_live else Note)(
            code="pack-not-signed-off",
            sentence=f"The director has not signed off the pack {facts.newest.name}.",
            owner_role=Role.DIRECTOR,
            fix_url=facts.newest.url,
            fix_label="Sign off",
            threatens="annex-a",
        )


def delivery_late(facts: PackFacts) -> Iterator[Finding]:
    for due in facts.due:
        if not due.is_delivered and due.due_at < facts.at:
            yield Blocker(
                code="delivery-late",
                sentence=f"{due.title}: the time has passed and no delivery is on record.",
                owner_role=due.owner_role,
                fix_url=due.url,
                fix_label="Record the delivery",
                threatens=due.batch,
            )


def delivery_due(facts: PackFacts) -> Iterator[Finding]:
    for due in facts.due:
        if not due.is_delivered and due.due_at >= facts.at:
            yield Gap(
                code="delivery-due",
                sentence=f"{due.title}: not delivered yet.",
                owner_role=due.owner_role,
                fix_url=due.url,
                fix_label="Deliver",
                threatens=due.batch,
            )


CHECKS: tuple[Check[PackFacts], ...] = (
    Check(
        code="delivery-late",
        title="Delivery overdue",
        basis="Each batch has its hour in week 1.",
        find=delivery_late,
    ),
    Check(
        code="pack-never-built",
        title="No pack yet",
        basis="A pack that fails, fails on the day.",
        find=never_built,
    ),
    Check(
        code="pack-with-issues",
        title="The pack lists issues",
        basis="A bad file becomes a line in the index instead of a document.",
        find=with_issues,
    ),
    Check(
        code="pack-out-of-date",
        title="The pack is out of date",
        basis="What inspectors get should be what stands approved.",
        find=out_of_date,
    ),
    Check(
        code="pack-not-signed-off",
        title="Not signed off",
        basis="The director answers for what leaves the building.",
        find=not_signed_off,
    ),
    Check(
        code="delivery-due",
        title="To be delivered",
        basis="Each batch has its hour in week 1.",
        find=delivery_due,
    ),
)
