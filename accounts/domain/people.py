"""Who holds a role, and whether anybody would be left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.domain.roles import ROLE_NAMES, Role

# Without one of each the service can't be run: nobody could invite, nobody could answer the call.
NEVER_EMPTY = frozenset({Role.ADMINISTRATOR, Role.LANO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One person's hold on one role, both days included; `to_on` None means without end."""

    user_id: int
    role: Role
    from_on: date
    to_on: date | None
    is_deputy: bool

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or self.to_on >= day)


def emptied_by_leaving(
    holdings: Iterable[Holding], *, user_id: int, roles: Iterable[Role], last_day: date
) -> tuple[Role, ...]:
    """The roles that nobody would hold in their own right on the day after `last_day`, if `user_id` gave up `roles`.

    Only roles that must never be empty are named, and only those that the person holds after `last_day`. Deputies don't
    count: theirs ends with the holder's.
    """
    next_day = last_day + timedelta(days=1)
    rows = [holding for holding in holdings if not holding.is_deputy]
    held = {row.role for row in rows if row.user_id == user_id and (row.to_on is None or row.to_on > last_day)}
    left = {holding.role for holding in rows if holding.user_id != user_id and holding.covers(next_day)}
    return tuple(role for role in Role if role in NEVER_EMPTY and role in set(roles) & held and role not in left)


def emptied_sentence(roles: Iterable[Role]) -> str:
    names = " and ".join(ROLE_NAMES[role] for role in roles)
    return f"Nobody would be left as {names}. Give the role to somebody else first."


def overlaps(
    holdings: Iterable[Holding], *, user_id: int, role: Role, from_on: date, to_on: date | None, is_deputy: bool
) -> bool:
    """Whether the person already holds this role, in the same way, on one of these days."""
    return any(
        holding.user_id == user_id
        and holding.role == role
        and holding.is_deputy == is_deputy
        and (holding.to_on is None or holding.to_on >= from_on)
        and (to_on is None or holding.from_on <= to_on)
        for holding in holdings
    )
