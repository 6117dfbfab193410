"""Where an item is used above: actions, areas for improvement, Annex A, the self-evaluation.

Each app above names a function in settings.EVIDENCE_USES. It answers for many items at once, in a fixed number of
queries, and tells only what the person may open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place. `where` says what kind of place it is; `note` what is wrong there, if anything."""

    evidence_id: int
    where: str
    label: str
    url: str = ""
    relevance: str = ""
    note: str = ""


class Teller(Protocol):
    def __call__(self, user: User, keys: Collection[int]) -> Iterable[Use]: ...


@cache
def _tellers(paths: tuple[str, ...]) -> tuple[Teller, ...]:
    return tuple(import_string(path) for path in paths)


def uses_of(user: User, keys: Collection[int]) -> Mapping[int, tuple[Use, ...]]:
    """By primary key of the item; an item that nobody uses is left out."""
    found: dict[int, list[Use]] = {}
    for tell in _tellers(tuple(settings.EVIDENCE_USES)):
        for use in tell(user, keys):
            found.setdefault(use.evidence_id, []).append(use)
    return {key: tuple(uses) for key, uses in found.items()}
