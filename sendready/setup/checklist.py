"""What is to do until the first readiness page, in the order in which to do it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.domain.findings import Finding
from accounts.domain.roles import ROLE_NAMES, Role

KEY_ROLES = (Role.LANO, Role.DIRECTOR, Role.HEALTH_LEAD, Role.SEND_TEAM, Role.DATA_LEAD)
# A visit can come any week: the calendar must reach this far.
HOLIDAYS_AHEAD = timedelta(days=270)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the installation stands; see `sendready.setup.gather`."""

    has_area: bool
    has_safeguarding_lead: bool
    has_framework: bool
    has_icb: bool
    holidays_until: date | None
    people: Mapping[Role, int]
    administrators: int
    has_second_step: bool
    has_mail_server: bool
    is_demo: bool
    missing: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line: done or not, what it is, and the page that does it. `is_needed` False: it helps, nothing waits."""

    title: str
    sentence: str
    is_done: bool
    url: str
    link: str
    is_needed: bool = True

    @property
    def word(self) -> str:
        if self.is_done:
            return "Done"
        return "To do" if self.is_needed else "Optional"

    @property
    def colour(self) -> str:
        if self.is_done:
            return "green"
        return "yellow" if self.is_needed else "grey"


def checklist(standing: Standing, *, today: date, urls: Mapping[str, str]) -> tuple[Step, ...]:
    """`urls` has the pages by name: settings, admin, invite, people, second_step, status."""
    codes = {finding.code: finding.sentence for finding in standing.missing}
    reach = standing.holidays_until
    people = [
        Step(
            title=f"Somebody as {ROLE_NAMES[role]}",
            sentence=_people_sentence(standing.people.get(role, 0)),
            is_done=standing.people.get(role, 0) > 0,
            url=urls["invite"],
            link="Invite somebody",
        )
        for role in KEY_ROLES
    ]
    return (
        Step(
            title="Your area",
            sentence="Name, codes, marking and board.",
            is_done=standing.has_area,
            url=urls["settings"],
            link="Open the settings",
        ),
        Step(
            title="The integrated care boards",
            sentence="At least one organisation of that kind, with the days from which it counts.",
            is_done=standing.has_icb,
            url=urls["settings"],
            link="Open the settings",
        ),
        Step(
            title="School holidays",
            sentence=f"Known until {reach.day} {reach:%B %Y}." if reach else "None is known yet.",
            is_done=reach is not None and reach >= today + HOLIDAYS_AHEAD,
            url=urls["settings"],
            link="Open the settings",
        ),
        Step(
            title="The published rulebook",
            sentence="Criteria, request items and timetable. On the machine: manage.py load_framework.",
            is_done=standing.has_framework,
            url=urls["admin"],
            link="Open the admin site",
        ),
        *people,
        Step(
            title="A second administrator",
            sentence="So that nobody is locked out when one is away.",
            is_done=standing.administrators > 1,
            url=urls["invite"],
            link="Invite somebody",
        ),
        Step(
            title="The safeguarding lead",
            sentence="Who is told when a comment or an audit discloses harm.",
            is_done=standing.has_safeguarding_lead,
            url=urls["settings"],
            link="Open the settings",
        ),
        Step(
            title="Your own second step at sign-in",
            sentence="Everybody whose role sees children needs one; an administrator sets the example.",
            is_done=standing.has_second_step,
            url=urls["second_step"],
            link="Set it up",
            is_needed=False,
        ),
        *(
            Step(
                title=title,
                sentence=codes.get(code, "In place." if not standing.is_demo else "Not asked of a demonstration."),
                is_done=code not in codes,
                url=urls["status"],
                link="Open the status page",
            )
            for code, title in (
                ("protection.second-factor", "A second step is asked of those who see children"),
                ("protection.tls", "The connection is encrypted"),
                ("protection.storage-key", "Files that name children can be encrypted"),
            )
        ),
        Step(
            title="A mail server",
            sentence="Without one, links are copied from the outbox.",
            is_done=standing.has_mail_server,
            url=urls["status"],
            link="Open the status page",
            is_needed=False,
        ),
    )


def _people_sentence(count: int) -> str:
    if count == 0:
        return "Nobody yet."
    return "One person today." if count == 1 else f"{count} people today."
