"""The lists in force: what a council wrote, else what is shipped; names of its own places are no names of children."""

from accounts.models import LocalArea, Organisation
from selfeval.domain.holds import Lists, lines_of
from selfeval.models import HoldKind, HoldList
from selfeval.readers.holds import shipped_lists


def lists_in_force() -> Lists:
    """Three queries."""
    own = {row.kind: lines_of(row.lines) for row in HoldList.objects.all()}
    shipped = shipped_lists()
    return Lists(
        child=own.get(HoldKind.CHILD, shipped.child),
        harm=own.get(HoldKind.HARM, shipped.harm),
        ordinary=(*own.get(HoldKind.ORDINARY, shipped.ordinary), *_own_names()),
    )


def lines_in_force(kind: str) -> tuple[str, ...]:
    """One list as people edit it."""
    row = HoldList.objects.filter(kind=kind).first()
    lines: tuple[str, ...] = lines_of(row.lines) if row else getattr(shipped_lists(), HoldKind(kind).value)
    return lines


def _own_names() -> tuple[str, ...]:
    area = LocalArea.objects.only("name", "partnership_name").first()
    names = [area.name, area.partnership_name] if area else []
    return (*names, *Organisation.objects.values_list("name", flat=True))
