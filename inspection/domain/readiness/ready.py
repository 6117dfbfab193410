"""What is ready under each deadline, in words and counts. No percentage, no score."""

from collections import Counter
from collections.abc import Iterable, Mapping

from accounts.domain.roles import ROLE_NAMES, Role
from inspection.domain.clock import VisitDays, say
from inspection.domain.deadlines import DeadlineFact
from inspection.domain.readiness.clock import threatened
from inspection.domain.readiness.items import ItemFact, ItemFacts
from inspection.domain.readiness.lists import ListsFacts
from inspection.domain.readiness.packs import PackFacts
from inspection.domain.readiness.people import PeopleFacts
from inspection.domain.readiness.table import read_own_day
from inspection.domain.submissions import Answer, State

ROLES_OF_THE_CALL = (Role.LANO, Role.DIRECTOR, Role.DATA_LEAD, Role.HEALTH_LEAD)
# How an item that is not approved is told, in this order.
STANDINGS = ("submitted", "returned", "draft", "empty")
STANDING_WORDS: Mapping[str, tuple[str, str]] = {
    "submitted": ("waits for approval", "wait for approval"),
    "returned": ("was returned", "were returned"),
    "draft": ("is only a draft", "are only drafts"),
    "empty": ("has nothing yet", "have nothing yet"),
}


def ready_lines(
    *, people: PeopleFacts, items: ItemFacts, lists: ListsFacts | None, packs: PackFacts
) -> Mapping[str, tuple[str, ...]]:
    """Sentences by deadline; a deadline without any has nothing that could stand ready."""
    lines: dict[str, tuple[str, ...]] = {"call": (_call(people),)}
    if lists is not None:
        lines["lists"] = (lists_sentence(lists),)
    if any(fact.batch == "six" for fact in people.deadlines):
        lines["six"] = (_six(people),)
    own_days = sorted({item.threatens for item in items.items if read_own_day(item.threatens)})
    for place in ("annex-a", *own_days, ""):
        if here := [item for item in items.items if item.threatens == place]:
            lines[place] = (items_sentence(here, "item" if place else "paper"),)
    if "annex-a" in lines:
        lines["annex-a"] = (*lines["annex-a"], *_pack(packs))
    if on_site := _on_site(people.deadlines, people.days):
        lines["on-site"] = (on_site,)
    for due in packs.due:
        if due.is_delivered and due.batch in lines:
            lines[due.batch] = ("Handed over, and on record.", *lines[due.batch])
    return lines


def items_sentence(items: Iterable[ItemFact], word: str = "item") -> str:
    """19 of 31 items approved; 4 wait for approval; 4 have nothing yet."""
    all_items = list(items)
    approved = [item for item in all_items if item.approved]
    none = sum(item.approved is not None and item.approved.answer is Answer.NONE for item in all_items)
    counts = Counter(_standing(item) for item in all_items if not item.approved)
    newer = sum(bool(item.newest and item.newest.state is State.SUBMITTED) for item in approved)
    words = [f"{len(approved)} of {_many(len(all_items), word)} approved"]
    if none:
        words[0] += f" ({none} answered with none, and why)"
    words += [f"{counts[one]} {STANDING_WORDS[one][counts[one] != 1]}" for one in STANDINGS if counts[one]]
    if newer:
        words.append(f"{_many(newer, 'newer version')} of an approved {word} {STANDING_WORDS['submitted'][newer != 1]}")
    return "; ".join(words) + "."


def _standing(item: ItemFact) -> str:
    told = {State.SUBMITTED: "submitted", State.RETURNED: "returned", State.DRAFT: "draft"}
    return told.get(item.newest.state, "empty") if item.newest else "empty"


def lists_sentence(lists: ListsFacts) -> str:
    """Uploaded on 20 November 2026, as at 18 November 2026: 4,100 rows, 12 errors, 30 queries."""
    if lists.as_at_on is None:
        return "Nothing is uploaded yet."
    uploaded = f"Uploaded on {lists.uploaded_on:%-d %B %Y}, as at" if lists.uploaded_on else "Uploaded as at"
    counts = (
        _many(lists.row_count, "row"),
        _many(lists.error_count, "error", none="no errors"),
        _many(lists.query_count, "query", plural="queries", none="no queries"),
    )
    return f"{uploaded} {lists.as_at_on:%-d %B %Y}: {', '.join(counts)}."


def _call(facts: PeopleFacts) -> str:
    day = max(facts.today, facts.days.notified_on)
    held = [ROLE_NAMES[role] for role in ROLES_OF_THE_CALL if facts.people.holders(role, day)]
    return f"In their roles on {say(day)}: {', '.join(held)}." if held else f"Nobody is in a role on {say(day)}."


def _six(facts: PeopleFacts) -> str:
    owner = next((fact.owner.person for fact in facts.deadlines if fact.batch == "six"), "")
    who = f"{owner} answers for their files." if owner else "Nobody answers for their files yet."
    if facts.days.notified_on > facts.today:
        return f"Nothing can be collected before inspectors name the six, on the day after the call. {who}"
    return f"Inspectors name the six on the day after the call. {who}"


def _pack(packs: PackFacts) -> tuple[str, ...]:
    pack = packs.newest
    if pack is None:
        return ()
    state = "out of date" if pack.is_out_of_date else "current"
    signed = "signed off by the director" if pack.is_signed_off else "not signed off yet"
    return (f"The newest pack, {pack.name}, is {state} and {signed}.",)


def _on_site(deadlines: Iterable[DeadlineFact], days: VisitDays) -> str:
    """The meetings of the days on site, and for how many of them somebody answers."""
    there = [fact for fact in deadlines if _is_on_site(fact, days)]
    if not there:
        return ""
    owned = sum(bool(fact.owner.person) for fact in there)
    return f"Somebody answers for {owned} of {_many(len(there), 'meeting')} and visits of that week."


def _is_on_site(fact: DeadlineFact, days: VisitDays) -> bool:
    on_its_days = fact.day is not None and days.on_site_on <= fact.day <= days.last_day_on
    return threatened(fact) == "on-site" or (on_its_days and not fact.batch)


def _many(count: int, word: str, *, plural: str = "", none: str = "") -> str:
    if not count and none:
        return none
    return f"1 {word}" if count == 1 else f"{count:,} {plural or word + 's'}"
