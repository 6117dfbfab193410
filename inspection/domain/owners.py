"""Who answers for a deadline on its day: the person named for it, else whoever holds the role then, and a deputy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from accounts.domain.roles import Role
from inspection.domain.calendar import Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A role held by an active person from a day to a day, both included; `stands_in_for` marks a deputy."""

    user_id: int
    role: Role
    from_on: date
    to_on: date | None = None
    stands_in_for: int | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody who can own something: names of active users, roles with their dates, and leave."""

    names: Mapping[int, str]
    holdings: tuple[Holding, ...] = ()
    leave: Mapping[int, tuple[Stretch, ...]] = field(default_factory=dict)

    def holders(self, role: Role, day: date) -> tuple[Holding, ...]:
        """Who holds the role on the day: those who hold it themselves before deputies, the longest first."""
        found = [holding for holding in self.holdings if holding.role is role and holding.covers(day)]
        return tuple(sorted(found, key=lambda one: (one.stands_in_for is not None, one.from_on, one.user_id)))

    def is_away(self, user_id: int, first: date, last: date) -> bool:
        return any(stretch.touches(first, last) for stretch in self.leave.get(user_id, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who answers for something over its days. `is_away` and `is_deputy_away` say who is on leave then."""

    person_id: int | None = None
    person: str = ""
    deputy_id: int | None = None
    deputy: str = ""
    is_away: bool = False
    is_deputy_away: bool = False
    is_named: bool = False

    @property
    def is_covered(self) -> bool:
        """Somebody is there: the person, or a deputy who is not away as well."""
        return bool(self.person) and (not self.is_away or bool(self.deputy and not self.is_deputy_away))


NOBODY = Owner()


def find_owner(
    people: People,
    role: Role,
    first: date,
    last: date,
    *,
    person_id: int | None = None,
    deputy_id: int | None = None,
) -> Owner:
    """The owner of something that lasts from `first` to `last`. Named people come before the holders of the role.

    A person who can no longer sign in owns nothing: the role's holder steps in.
    """
    holders = people.holders(role, first)
    named = person_id if person_id in people.names else None
    person = named or next((one.user_id for one in holders), None)
    deputy = deputy_id if deputy_id in people.names else None
    if deputy is None and person is not None:
        deputy = _deputy_among(people, holders, person, first)
    return Owner(
        person_id=person,
        person=people.names.get(person, "") if person else "",
        deputy_id=deputy,
        deputy=people.names.get(deputy, "") if deputy else "",
        is_away=person is not None and people.is_away(person, first, last),
        is_deputy_away=deputy is not None and people.is_away(deputy, first, last),
        is_named=named is not None,
    )


def day_of_answering(day: date, today: date, *, is_over: bool) -> date:
    """The day on which to ask who owns something: its own; today for what has gone by and is still to be done."""
    return day if is_over else max(day, today)


def _deputy_among(people: People, holders: Iterable[Holding], person: int, day: date) -> int | None:
    """Who stands in for the person, whatever the role; else another holder of the same role."""
    standing_in = [
        holding.user_id
        for holding in people.holdings
        if holding.stands_in_for == person and holding.covers(day) and holding.user_id != person
    ]
    others = [holding.user_id for holding in holders if holding.user_id != person]
    return next(iter([*standing_in, *others]), None)
