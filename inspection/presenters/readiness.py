"""Home in words: one sentence, the strip, the findings by deadline."""

from dataclasses import dataclass, replace

from accounts.domain.findings import Blocker, Finding, Gap
from accounts.domain.roles import ROLE_NAMES, Role
from accounts.models import User
from accounts.reach import with_open_links
from inspection.domain.clock import say
from inspection.domain.deadlines import DeadlineFact
from inspection.domain.readiness.report import Section, readiness
from inspection.domain.readiness.table import read_own_day
from inspection.gather.readiness import ReadinessNow
from inspection.gather.visits import ClockNow
from inspection.presenters.addresses import address
from inspection.presenters.deadlines import StripDay, due_words, make_strip, short_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Findings that stand together: several of one check under its title, or single ones in a row (no title)."""

    title: str
    basis: str
    findings: tuple[Finding, ...]

    @property
    def is_mixed(self) -> bool:
        """Whether one word says how bad they all are."""
        return len({type(finding) for finding in self.findings}) > 1

    @property
    def is_open(self) -> bool:
        return isinstance(self.findings[0], Blocker)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section with the words beside it."""

    title: str
    ready: tuple[str, ...]
    blocks: tuple[Block, ...]
    anchor: str
    due: str
    owner: str
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of one section is the reader's own to do."""

    words: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """`shares` is what of it falls to a role of the reader's, by section; `own_roles` are these roles, in words too."""

    sentence: str
    summary: str
    shares: tuple[Share, ...]
    own_roles: frozenset[Role]
    own_role_words: str
    is_live: bool
    is_rehearsal: bool
    strip: tuple[StripDay, ...]
    headings: tuple[Heading, ...]
    visit_url: str
    knows_term_dates: bool


def home_page(now: ReadinessNow, reader: User) -> HomePage:
    found = readiness(now.facts)
    clock = now.clock
    by_batch = {fact.batch: fact for fact in clock.deadlines if fact.batch}
    return HomePage(
        sentence=sentence(clock),
        summary=summary(found),
        shares=shares(found, reader),
        own_roles=reader.roles,
        own_role_words=" and ".join(ROLE_NAMES[role] for role in Role if role in reader.roles),
        is_live=clock.visit is not None,
        is_rehearsal=bool(clock.visit and clock.visit.is_rehearsal),
        strip=make_strip(clock.deadlines, clock.days, clock.at, clock.calendar, _anchors(found, clock)),
        headings=tuple(
            Heading(
                title=section.title,
                ready=section.ready,
                blocks=blocks(section, reader),
                anchor=_anchor(section.code),
                due=_due(section.code, by_batch.get(section.code)),
                owner=by_batch[section.code].owner.person if section.code in by_batch else "",
                counts=counts(section.blockers, section.gaps, section.notes),
            )
            for section in found
        ),
        visit_url=_visit_url(clock),
        knows_term_dates=clock.call.knows_term_dates,
    )


def sentence(clock: ClockNow) -> str:
    """The one sentence of home: the visit that runs, or the next call that could come."""
    if clock.visit is None:
        return f"If inspectors called on {say(clock.call.call_on)}, they would be on site from {_say(clock)}."
    if clock.visit.notified_on > clock.today:
        word = "A rehearsal is set up" if clock.visit.is_rehearsal else "The clock is set, but nobody has called yet"
        return f"{word}: the call would come on {say(clock.visit.notified_on)}, on site from {_say(clock)}."
    word = "The rehearsal runs" if clock.visit.is_rehearsal else "Inspectors have called"
    return f"{word}: the call was on {say(clock.visit.notified_on)}, on site from {_say(clock)}."


def _say(clock: ClockNow) -> str:
    day = clock.days.on_site_on or clock.call.on_site_on
    return say(day)


def summary(found: tuple[Section, ...]) -> str:
    """How much there is to do, in numbers of things and never as a share."""
    blockers, gaps = sum(one.blockers for one in found), sum(one.gaps for one in found)
    notes = sum(one.notes for one in found)
    if not (blockers or gaps or notes):
        return "Nothing is missing that sendready can see."
    return f"To do: {counts(blockers, gaps, notes)}."


def shares(found: tuple[Section, ...], reader: User) -> tuple[Share, ...]:
    """What falls to the reader's own roles; notes are no work, so they don't count."""
    own = [(section, [one for one in section.findings if _is_own_work(one, reader)]) for section in found]
    return tuple(
        Share(words=f"{len(findings)} under {section.title}", anchor=_anchor(section.code))
        for section, findings in own
        if findings
    )


def own_findings(now: ReadinessNow, reader: User) -> tuple[Finding, ...]:
    """What falls to the reader's own roles, for a home that shows nothing else of readiness."""
    own = [one for section in readiness(now.facts) for one in section.findings if one.owner_role in reader.roles]
    return with_open_links(own, reader)


def _is_own_work(finding: Finding, reader: User) -> bool:
    return finding.owner_role in reader.roles and isinstance(finding, Blocker | Gap)


def counts(blockers: int, gaps: int, notes: int) -> str:
    words = [
        _many(blockers, "blocker"),
        _many(gaps, "gap"),
        _many(notes, "note"),
    ]
    return ", ".join(word for word in words if word)


def blocks(section: Section, reader: User) -> tuple[Block, ...]:
    """Checks with several findings fold under their title; single findings in between share a list."""
    made: list[Block] = []
    for group in section.groups:
        shown = with_open_links(group.findings, reader)
        if len(shown) > 1:
            made.append(Block(title=group.title, basis=group.basis, findings=shown))
        elif made and not made[-1].title:
            made[-1] = replace(made[-1], findings=(*made[-1].findings, *shown))
        else:
            made.append(Block(title="", basis="", findings=shown))
    return tuple(made)


def _many(count: int, word: str) -> str:
    return "" if not count else f"1 {word}" if count == 1 else f"{count} {word}s"


def _anchor(code: str) -> str:
    return f"to-do-{code or 'all-year'}"


def _anchors(found: tuple[Section, ...], clock: ClockNow) -> dict[str, str]:
    """A mark of the strip leads to what threatens it on this page, else to the page of the visit."""
    there = {section.code for section in found}
    visit_url = _visit_url(clock)
    return {
        fact.code: f"#{_anchor(fact.batch)}" if fact.batch and fact.batch in there else visit_url
        for fact in clock.deadlines
    }


def _visit_url(clock: ClockNow) -> str:
    return address("inspection:visit-show", args=[clock.visit.pk]) if clock.visit else ""


def _due(code: str, fact: DeadlineFact | None) -> str:
    if own := read_own_day(code):
        day, at = own
        return f"due {short_day(day)}" + (f", by {at:%H:%M}" if at else "")
    return f"due {due_words(fact)}" if fact else ""
