"""Stamps of what is saved as a whole: who saves against an older one would overwrite what somebody else saved."""

from strategy.domain.keys import stamp_of
from strategy.models import Action, AreaForImprovement, Board, Plan


def themes_stamp(plan: Plan) -> str:
    return stamp_of(plan.memberships.filter(action__archived_at=None).values_list("pk", "order", "theme"))


def plans_stamp(action: Action) -> str:
    return stamp_of(action.memberships.filter(plan__archived_at=None).values_list("plan", flat=True))


def names_stamp(board: Board) -> str:
    return stamp_of(board.former_names.values_list("name", "from_on", "to_on"))


def ties_stamp(area: AreaForImprovement) -> str:
    """What answers an area: three kinds of links."""
    links = {
        "action": area.action_links.values_list("action", flat=True),
        "indicator": area.indicator_links.values_list("indicator", flat=True),
        "point": area.point_links.values_list("point", flat=True),
    }
    return stamp_of((kind, key) for kind, keys in links.items() for key in keys)
