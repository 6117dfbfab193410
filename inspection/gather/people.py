"""Who can own a deadline, and when they are away."""

from collections import defaultdict
from datetime import date

from accounts.domain.roles import Role
from accounts.models import Leave, RoleAssignment, User
from inspection.domain.calendar import Stretch
from inspection.domain.owners import Holding, People


def gather_people(from_on: date) -> People:
    """Active users with the roles and the leave that end no earlier than `from_on`. Three queries."""
    names = dict(User.objects.filter(is_active=True).values_list("pk", "name"))
    roles = RoleAssignment.objects.exclude(to_on__lt=from_on).filter(user__is_active=True)
    leave: dict[int, list[Stretch]] = defaultdict(list)
    for user_id, starts_on, ends_on in Leave.objects.filter(ends_on__gte=from_on).values_list(
        "user_id", "starts_on", "ends_on"
    ):
        leave[user_id].append(Stretch("Leave", starts_on, ends_on))
    return People(
        names=names,
        holdings=tuple(
            Holding(
                user_id=row.user_id,
                role=Role(row.role),
                from_on=row.from_on,
                to_on=row.to_on,
                stands_in_for=row.deputy_for_id,
            )
            for row in roles
        ),
        leave={user_id: tuple(stretches) for user_id, stretches in leave.items()},
    )
