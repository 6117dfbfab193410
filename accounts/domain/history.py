"""Lines of the audit trail as people read them on the page of the thing they speak of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Event(Protocol):
    """A line of the trail."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor_label(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def fields(self) -> list[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """`words`: what was done, as a sentence without its stop; `fields`: what changed, in words."""

    at: datetime
    words: str
    who: str
    text: str
    fields: tuple[str, ...]


def plain_words(code: str) -> str:
    """A verb or a field that has no words of its own.

    >>> plain_words("taken_out")
    'taken out'
    >>> plain_words("due_on")
    'due'
    """
    return code.removeprefix("is_").removesuffix("_on").removesuffix("_at").replace("_", " ")


def history_lines(
    events: Iterable[Event], *, verbs: Mapping[str, str], fields: Mapping[str, str]
) -> tuple[HistoryLine, ...]:
    """Each event in words: `verbs` by action ("evidence.approved"), `fields` by the name of a column."""
    return tuple(
        HistoryLine(
            at=event.at,
            words=verbs.get(event.action) or plain_words(event.action.rpartition(".")[2]).capitalize(),
            who=event.actor_label,
            text=event.text,
            fields=tuple(fields.get(name) or plain_words(name) for name in event.fields),
        )
        for event in events
    )
