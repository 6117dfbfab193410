"""Handovers in words: when each is due, how it stands, what can be pressed."""

from dataclasses import dataclass

from documents.models import Export
from inspection.domain.clock import say
from inspection.domain.packs.handovers import Handover, HandoverState
from inspection.gather.deliveries import HandoverNow
from inspection.gather.visits import ClockNow
from inspection.models import Delivery, Pack
from inspection.presenters.deadlines import away_words, due_words, owner_words

STATE_TAGS: dict[HandoverState, tuple[str, str]] = {
    HandoverState.DELIVERED: ("Delivered", "green"),
    HandoverState.TICKED: ("Marked as met, no delivery on record", "orange"),
    HandoverState.LATE: ("Overdue", "red"),
    HandoverState.DUE: ("To be delivered", "blue"),
    HandoverState.NOT_ASKED: ("Not asked for", "grey"),
    HandoverState.NO_VISIT: ("No visit runs", "grey"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button: where it leads, or why it can't be pressed. `is_post` presses a form."""

    label: str
    url: str = ""
    reason: str = ""
    kind: str = ""
    is_post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverCard:
    """Everything that the page says of one handover."""

    handover: Handover
    word: str
    colour: str
    due: str
    owner: str
    latest: Export | None
    latest_word: str
    latest_colour: str
    is_newer_there: bool
    pack: Pack | None
    unfinished_url: str
    is_making: bool
    made_from: str
    delivery: Delivery | None
    others: int
    make: Press | None
    take: Press | None
    deliver: Press


def due_sentence(now: HandoverNow, clock: ClockNow) -> str:
    """When it is due in the visit that runs, or would be if the next possible call came."""
    fact = now.deadline
    if fact is None:
        return "The letter of this visit leaves it out." if clock.visit else "The rulebook counts no deadline for it."
    when = due_words(fact)
    if clock.visit is None:
        return f"Would be due {when}, if inspectors called on {say(clock.call.call_on)}"
    away = away_words(fact, clock.at, clock.calendar)
    return f"Due {when}{f' ({away})' if away else ''}"


def latest_tag(now: HandoverNow) -> tuple[str, str]:
    """Whether the newest export still holds what there is."""
    if now.latest is None:
        return ("Not made yet", "grey")
    if not now.latest.has_bytes:
        return ("Erased", "grey")
    return ("Out of date", "yellow") if now.is_out_of_date else ("Current", "green")


def needs_making(now: HandoverNow) -> bool:
    """Whether there is anything new to make."""
    return now.latest is None or not now.latest.has_bytes or now.is_out_of_date


def make_card(
    now: HandoverNow, clock: ClockNow, *, make: Press, take: Press, deliver: Press, unfinished_url: str
) -> HandoverCard:
    """`make` is shown where there is something new to make, `take` where there is something to take."""
    word, colour = STATE_TAGS[now.state]
    latest_word, latest_colour = latest_tag(now)
    has_bytes = now.latest is not None and now.latest.has_bytes
    return HandoverCard(
        handover=now.handover,
        word=word,
        colour=colour,
        due=due_sentence(now, clock),
        owner=owner_words(now.deadline.owner) if now.deadline else "",
        latest=now.latest,
        latest_word=latest_word,
        latest_colour=latest_colour,
        is_newer_there=bool(now.delivery and now.latest and now.latest.pk != now.delivery.export_id),
        pack=now.pack,
        unfinished_url=unfinished_url,
        is_making=now.unfinished is not None,
        made_from=f"The lists as at {say(now.upload.extracted_on)}" if now.upload else "",
        delivery=now.delivery,
        others=now.others,
        make=make if needs_making(now) and now.unfinished is None else None,
        take=take if has_bytes else None,
        deliver=deliver,
    )
