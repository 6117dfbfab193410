"""Checks over who is there on the day: the roles of a visit, their deputies, leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.domain.findings import Blocker, Finding, Gap, Note
from accounts.domain.roles import ROLE_NAMES, Role
from inspection.domain.clock import VisitDays, say
from inspection.domain.deadlines import DeadlineFact
from inspection.domain.owners import People
from inspection.domain.readiness.clock import threatened
from inspection.domain.readiness.table import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFacts:
    """Who could own what. `deadlines` are those of the visit that runs, or of the next call that could come."""

    today: date
    days: VisitDays
    deadlines: tuple[DeadlineFact, ...]
    people: People
    is_live: bool = False
    has_safeguarding_lead: bool = True
    people_url: str = ""
    visit_url: str = ""
    settings_url: str = ""


def _owners_url(facts: PeopleFacts) -> str:
    return facts.visit_url or facts.people_url


def _missing(
    facts: PeopleFacts, role: Role, code: str, why: str, *, kind: type[Finding] = Gap, threatens: str = ""
) -> Iterator[Finding]:
    day = max(facts.today, facts.days.notified_on)
    if not facts.people.holders(role, day):
        yield kind(
            code=code,
            sentence=f"Nobody is {ROLE_NAMES[role]} on {say(day)}: {why}",
            owner_role=Role.ADMINISTRATOR if role is Role.LANO else Role.LANO,
            fix_url=facts.people_url,
            fix_label="Give the role",
            threatens=threatens,
        )


def no_lano(facts: PeopleFacts) -> Iterator[Finding]:
    why = "nobody can start the clock, approve an item or release the pack."
    yield from _missing(facts, Role.LANO, "people-no-lano", why, kind=Blocker, threatens="call")


def no_director(facts: PeopleFacts) -> Iterator[Finding]:
    why = "the call comes to them, and they sign off the pack."
    yield from _missing(facts, Role.DIRECTOR, "people-no-director", why, threatens="call")


def no_data_lead(facts: PeopleFacts) -> Iterator[Finding]:
    why = "the lists are due by noon of the day after the call."
    yield from _missing(facts, Role.DATA_LEAD, "people-no-data-lead", why, threatens="lists")


def no_health_lead(facts: PeopleFacts) -> Iterator[Finding]:
    why = "nobody approves the health items."
    yield from _missing(facts, Role.HEALTH_LEAD, "people-no-health-lead", why, threatens="annex-a")


def no_administrator(facts: PeopleFacts) -> Iterator[Finding]:
    why = "nobody can invite people or give roles."
    yield from _missing(facts, Role.ADMINISTRATOR, "people-no-administrator", why)


def lano_without_deputy(facts: PeopleFacts) -> Iterator[Finding]:
    day = max(facts.today, facts.days.notified_on)
    holders = {holding.user_id for holding in facts.people.holders(Role.LANO, day)}
    if len(holders) == 1:
        (only,) = holders
        yield Gap(
            code="people-lano-alone",
            sentence=f"{facts.people.names[only]} is the only {ROLE_NAMES[Role.LANO]} on {say(day)}: name a deputy.",
            owner_role=Role.LANO,
            fix_url=facts.people_url,
            fix_label="Name a deputy",
            threatens="call",
        )


def owner_away(facts: PeopleFacts) -> Iterator[Finding]:
    for fact in facts.deadlines:
        owner = fact.owner
        if fact.met_at or fact.day is None or not owner.is_away:
            continue
        when = f"on {say(fact.day)}" if fact.day == fact.last_day else "during it"
        if owner.is_covered:
            kind: type[Finding] = Note
            words = f"{owner.person} is on leave {when}; {owner.deputy} stands in."
        elif owner.deputy:
            kind = Blocker if facts.is_live else Gap
            words = f"{owner.person} and the deputy, {owner.deputy}, are both on leave {when}."
        else:
            kind = Blocker if facts.is_live else Gap
            words = f"{owner.person} is on leave {when} and has no deputy."
        yield kind(
            code="people-owner-away",
            sentence=f"{fact.title}: {words}",
            owner_role=Role.LANO,
            fix_url=_owners_url(facts),
            fix_label="Owners",
            threatens=threatened(fact),
        )


def nobody_owns(facts: PeopleFacts) -> Iterator[Finding]:
    """By role: one empty role leaves many deadlines without a person."""
    empty: dict[Role, list[DeadlineFact]] = {}
    for fact in facts.deadlines:
        if not fact.owner.person and not fact.met_at:
            empty.setdefault(fact.owner_role, []).append(fact)
    for role, deadlines in empty.items():
        yield Gap(
            code="people-nobody-owns",
            sentence=f"Nobody owns {', '.join(fact.title for fact in deadlines)}: nobody is {ROLE_NAMES[role]} then.",
            owner_role=Role.LANO,
            fix_url=_owners_url(facts),
            fix_label="Owners",
            threatens=threatened(deadlines[0]),
        )


def role_ends(facts: PeopleFacts) -> Iterator[Finding]:
    """A role that runs out before the inspectors leave, with nobody to follow."""
    for role in (Role.LANO, Role.DIRECTOR, Role.DATA_LEAD, Role.HEALTH_LEAD):
        now = facts.people.holders(role, max(facts.today, facts.days.notified_on))
        ends = [holding.to_on for holding in now]
        if not now or None in ends or facts.people.holders(role, facts.days.last_day_on):
            continue
        last = max(day for day in ends if day)
        yield Gap(
            code="people-role-ends",
            sentence=f"The last {ROLE_NAMES[role]} holds the role until {say(last)}, before the visit would end on "
            f"{say(facts.days.last_day_on)}.",
            owner_role=Role.ADMINISTRATOR,
            fix_url=facts.people_url,
            fix_label="Roles",
            threatens="on-site",
        )


def no_safeguarding_lead(facts: PeopleFacts) -> Iterator[Finding]:
    if not facts.has_safeguarding_lead:
        yield Gap(
            code="people-no-safeguarding-lead",
            sentence="No safeguarding lead is named: a disclosure of harm has nobody to go to.",
            owner_role=Role.ADMINISTRATOR,
            fix_url=facts.settings_url,
            fix_label="Settings",
        )


CHECKS: tuple[Check[PeopleFacts], ...] = (
    Check(code="people-no-lano", title="No LANO", basis="One person runs the visit.", find=no_lano),
    Check(
        code="people-lano-alone",
        title="A LANO without a deputy",
        basis="The call doesn't wait for anybody's holiday.",
        find=lano_without_deputy,
    ),
    Check(
        code="people-no-director",
        title="No director",
        basis="Inspectors ring the director of children's services.",
        find=no_director,
    ),
    Check(
        code="people-no-data-lead",
        title="No data lead",
        basis="The person-level lists are the first thing handed over.",
        find=no_data_lead,
    ),
    Check(
        code="people-no-health-lead",
        title="No health lead",
        basis="Health items are approved by health.",
        find=no_health_lead,
    ),
    Check(
        code="people-no-administrator",
        title="No administrator",
        basis="Somebody has to be able to bring people in.",
        find=no_administrator,
    ),
    Check(
        code="people-nobody-owns",
        title="Deadlines without a person",
        basis="What belongs to nobody is not done.",
        find=nobody_owns,
    ),
    Check(
        code="people-owner-away",
        title="Owners on leave",
        basis="A deadline needs somebody who is there.",
        find=owner_away,
    ),
    Check(
        code="people-role-ends",
        title="Roles that end too soon",
        basis="A role has to last as long as the visit.",
        find=role_ends,
    ),
    Check(
        code="people-no-safeguarding-lead",
        title="No safeguarding lead",
        basis="A disclosure of harm is passed on at once, with the time.",
        find=no_safeguarding_lead,
    ),
)
