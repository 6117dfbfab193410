"""What a person owns in the apps above, and how it passes to somebody else when they leave.

The table itself stands in the wiring (`settings.HANDOVER`), because only it knows every app.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverKind:
    """One kind of thing that people own.

    `gather(person)` gives a label for each thing that is still theirs to do; `reassign(by, at, leaver, heir)` passes
    all of them on, inside the transaction of the leaving, and returns how many.
    """

    code: str
    title: str
    gather: Callable[[User], Sequence[str]]
    reassign: Callable[[User, datetime, User, User], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    kind: HandoverKind
    labels: tuple[str, ...]


def handover_kinds() -> tuple[HandoverKind, ...]:
    kinds: tuple[HandoverKind, ...] = import_string(settings.HANDOVER)
    return kinds


def owned_by(person: User) -> tuple[Owned, ...]:
    """What a person still owns, kind by kind; kinds without anything are left out."""
    found = (Owned(kind=kind, labels=tuple(kind.gather(person))) for kind in handover_kinds())
    return tuple(owned for owned in found if owned.labels)
