from datetime import UTC, date, datetime

import pytest

from accounts.domain.findings import Blocker, Gap, Note
from accounts.domain.roles import Role
from inspection.domain.calendar import Stretch
from inspection.domain.clock import VisitDays
from inspection.domain.deadlines import DeadlineFact
from inspection.domain.owners import Holding, People, day_of_answering, find_owner
from inspection.domain.readiness.people import CHECKS, PeopleFacts
from inspection.domain.readiness.table import run

DAYS = VisitDays(notified_on=date(2026, 11, 23), on_site_on=date(2026, 12, 7), last_day_on=date(2026, 12, 11))
NEEDED = (Role.LANO, Role.DIRECTOR, Role.DATA_LEAD, Role.HEALTH_LEAD, Role.ADMINISTRATOR)
NAMES = {1: "Lano", 2: "Director", 3: "Data", 4: "Health", 5: "Admin", 6: "Deputy"}
LISTS_ON = date(2026, 11, 24)


def hold(user_id, role, *, to_on=None, stands_in_for=None):
    return Holding(user_id=user_id, role=role, from_on=date(2024, 1, 1), to_on=to_on, stands_in_for=stands_in_for)


FULL = (*(hold(number, role) for number, role in enumerate(NEEDED, 1)), hold(6, Role.LANO, stands_in_for=1))


def make_facts(*, holdings=FULL, leave=None, is_live=False, has_lead=True, person_id=None, deputy_id=None):
    """The people of a visit with one deadline, the lists; everything is in order."""
    people = People(
        names=NAMES,
        holdings=tuple(holdings),
        leave={user: (Stretch("Leave", *days),) for user, days in (leave or {}).items()},
    )
    owner = find_owner(people, Role.DATA_LEAD, LISTS_ON, LISTS_ON, person_id=person_id, deputy_id=deputy_id)
    lists = DeadlineFact(
        code="lists",
        title="Person-level lists",
        batch="lists",
        due_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
        owner_role=Role.DATA_LEAD,
        owner=owner,
    )
    return PeopleFacts(
        today=date(2026, 11, 23),
        days=DAYS,
        deadlines=(lists,),
        people=people,
        is_live=is_live,
        has_safeguarding_lead=has_lead,
    )


def without(role):
    return [holding for holding in FULL if holding.role is not role]


def find(facts):
    return {(finding.code, type(finding)) for finding in run(CHECKS, facts)}


AWAY = (date(2026, 11, 24), date(2026, 11, 24))


def test_people_in_order_find_nothing():
    assert find(make_facts()) == set()


@pytest.mark.parametrize(
    ("fields", "code", "kind"),
    [
        pytest.param({"holdings": without(Role.LANO)}, "people-no-lano", Blocker, id="no LANO"),
        pytest.param({"holdings": without(Role.DIRECTOR)}, "people-no-director", Gap, id="no director"),
        pytest.param({"holdings": without(Role.DATA_LEAD)}, "people-no-data-lead", Gap, id="no data lead"),
        pytest.param({"holdings": without(Role.HEALTH_LEAD)}, "people-no-health-lead", Gap, id="no health lead"),
        pytest.param({"holdings": without(Role.ADMINISTRATOR)}, "people-no-administrator", Gap, id="no administrator"),
        pytest.param({"holdings": FULL[:-1]}, "people-lano-alone", Gap, id="a LANO without a deputy"),
        pytest.param({"holdings": without(Role.DATA_LEAD)}, "people-nobody-owns", Gap, id="a deadline of nobody"),
        pytest.param({"leave": {3: AWAY}}, "people-owner-away", Gap, id="on leave, no deputy"),
        pytest.param({"leave": {3: AWAY}, "is_live": True}, "people-owner-away", Blocker, id="the same in a visit"),
        pytest.param({"leave": {3: AWAY}, "deputy_id": 6}, "people-owner-away", Note, id="on leave, a deputy is there"),
        pytest.param(
            {"leave": {3: AWAY, 6: AWAY}, "deputy_id": 6}, "people-owner-away", Gap, id="the deputy is away as well"
        ),
        pytest.param(
            {"holdings": [*without(Role.HEALTH_LEAD), hold(4, Role.HEALTH_LEAD, to_on=date(2026, 12, 1))]},
            "people-role-ends",
            Gap,
            id="a role ends before the visit",
        ),
        pytest.param({"has_lead": False}, "people-no-safeguarding-lead", Gap, id="no safeguarding lead"),
    ],
)
def test_people_check_finds_what_is_wrong(fields, code, kind):
    assert (code, kind) in find(make_facts(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"leave": {3: (date(2026, 11, 25), date(2026, 11, 30))}}, id="leave that begins the day after"),
        pytest.param({"holdings": [*without(Role.DATA_LEAD), hold(2, Role.DATA_LEAD)]}, id="one person, two roles"),
        pytest.param(
            {
                "holdings": [
                    *without(Role.HEALTH_LEAD),
                    hold(4, Role.HEALTH_LEAD, to_on=date(2026, 12, 1)),
                    Holding(user_id=2, role=Role.HEALTH_LEAD, from_on=date(2026, 12, 2)),
                ]
            },
            id="a role that somebody takes over",
        ),
    ],
)
def test_people_check_keeps_quiet(fields):
    assert find(make_facts(**fields)) == set()


# -- owners


@pytest.mark.parametrize(
    ("person_id", "deputy_id", "expected"),
    [
        pytest.param(None, None, ("Lano", "Deputy"), id="the role's holder, and who stands in"),
        pytest.param(2, None, ("Director", "Lano"), id="a named person; a holder of the role stands in"),
        pytest.param(2, 3, ("Director", "Data"), id="both named"),
        pytest.param(99, 98, ("Lano", "Deputy"), id="people who can no longer sign in"),
    ],
)
def test_find_owner_named_people_come_before_the_role(person_id, deputy_id, expected):
    people = People(names=NAMES, holdings=FULL)

    owner = find_owner(people, Role.LANO, LISTS_ON, LISTS_ON, person_id=person_id, deputy_id=deputy_id)

    assert (owner.person, owner.deputy) == expected


@pytest.mark.parametrize(
    ("today", "is_over", "expected"),
    [
        pytest.param(date(2026, 11, 20), False, LISTS_ON, id="still ahead: on its day"),
        pytest.param(date(2026, 11, 27), False, date(2026, 11, 27), id="gone by and still to be done: today"),
        pytest.param(date(2026, 11, 27), True, LISTS_ON, id="done: on its day"),
    ],
)
def test_day_of_answering(today, is_over, expected):
    assert day_of_answering(LISTS_ON, today, is_over=is_over) == expected
