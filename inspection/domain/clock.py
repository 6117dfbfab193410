"""The clock of a visit: from rules and a few days to every deadline.

Week 1 counts forwards from the call. From week 2 on, a full inspection counts backwards from the on-site Monday: a
bank holiday in between moves the call to the week before, not the Monday. Where two readings of one rule give two
days, the deadline takes the first named here and carries the others, so that the officer with the letter in hand
decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from accounts.domain.roles import Role
from inspection.domain.calendar import MONDAY, WorkingCalendar, monday_of

LONDON = ZoneInfo("Europe/London")
# Notice of a full inspection, and the first working day of each of its weeks, counted from the call
# (presentation of 28 March 2023: "10 working days before the fieldwork begins").
NOTICE_WORKING_DAYS = 10
WEEK_TWO_FROM = 5
LAST_ON_SITE = 4
WORKING_DAYS_OF_A_VISIT = 15


class Anchor(StrEnum):
    NOTIFICATION = "notification"
    ON_SITE = "on_site"
    LAST_DAY = "last_day"
    DRAFT = "draft"
    PUBLISHED = "published"


ANCHOR_WORDS: dict[Anchor, str] = {
    Anchor.NOTIFICATION: "the call",
    Anchor.ON_SITE: "the first day on site",
    Anchor.LAST_DAY: "the last day on site",
    Anchor.DRAFT: "the draft report",
    Anchor.PUBLISHED: "publication",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the timetable. Offsets in working days, negative before the anchor; times in local time."""

    code: str
    title: str
    anchor: Anchor
    offset: int
    ends_offset: int | None = None
    at_time: time | None = None
    ends_at_time: time | None = None
    owner_role: Role = Role.LANO
    basis: str = ""
    is_confirmed: bool = False
    batch: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDays:
    """The days from which deadlines count; None where nobody knows yet."""

    notified_on: date
    on_site_on: date
    last_day_on: date
    draft_on: date | None = None
    published_on: date | None = None

    def of(self, anchor: Anchor) -> date | None:
        return {
            Anchor.NOTIFICATION: self.notified_on,
            Anchor.ON_SITE: self.on_site_on,
            Anchor.LAST_DAY: self.last_day_on,
            Anchor.DRAFT: self.draft_on,
            Anchor.PUBLISHED: self.published_on,
        }[anchor]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a rule: the day and the sentence that says how it was counted."""

    day: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A deadline of a visit. `due_at` and `ends_at` are UTC; a day without a time is due when it ends.

    `due_on` is None while the anchor is not known. `others` are readings of the same rule that give another day.
    """

    rule: Rule
    due_on: date | None
    due_at: datetime | None
    ends_at: datetime | None
    basis: str
    others: tuple[Reading, ...] = ()


def moment(day: date, at: time | None) -> datetime:
    """The UTC moment of a local day and time; the last minute of the day where there is no time."""
    return datetime.combine(day, at or time(23, 59), tzinfo=LONDON).astimezone(UTC)


def offset_words(offset: int, what: str) -> str:
    """4, "the call" → "4 working days after the call"."""
    if offset == 0:
        return f"on the day of {what}"
    side = "after" if offset > 0 else "before"
    unit = "working day" if abs(offset) == 1 else "working days"
    return f"{abs(offset)} {unit} {side} {what}"


def compute_deadlines(rules: Iterable[Rule], days: VisitDays, calendar: WorkingCalendar) -> tuple[Due, ...]:
    """Every rule as a deadline, earliest first; those whose anchor is not known stand last."""
    found = [compute_deadline(rule, days, calendar) for rule in rules]
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(found, key=lambda due: (due.due_at or never, due.rule.order, due.rule.code)))


def compute_deadline(rule: Rule, days: VisitDays, calendar: WorkingCalendar) -> Due:
    readings = read_rule(rule.anchor, rule.offset, days, calendar)
    if not readings:
        waits = f"Waits for {ANCHOR_WORDS[rule.anchor]}: {offset_words(rule.offset, 'it')}."
        return Due(rule=rule, due_on=None, due_at=None, ends_at=None, basis=waits)
    chosen, *rest = readings
    ends_on: date | None = None
    if rule.ends_offset is not None:
        ends_on = read_rule(rule.anchor, rule.ends_offset, days, calendar)[0].day
    elif rule.ends_at_time is not None:
        ends_on = chosen.day
    return Due(
        rule=rule,
        due_on=chosen.day,
        due_at=moment(chosen.day, rule.at_time),
        ends_at=moment(ends_on, rule.ends_at_time) if ends_on else None,
        basis=chosen.basis,
        others=tuple(rest),
    )


def read_rule(anchor: Anchor, offset: int, days: VisitDays, calendar: WorkingCalendar) -> tuple[Reading, ...]:
    """The days that a rule can mean, the one to keep first. Empty while the anchor is not known."""
    start = days.of(anchor)
    if start is None:
        return ()
    counted = Reading(calendar.shift(start, offset), _sentence(offset, anchor, calendar, start))
    if anchor is not Anchor.NOTIFICATION or offset <= 0:
        return (counted,)
    readings = [counted]
    back = offset - NOTICE_WORKING_DAYS
    from_monday = Reading(
        calendar.shift(days.on_site_on, back), _sentence(back, Anchor.ON_SITE, calendar, days.on_site_on)
    )
    if offset >= WEEK_TWO_FROM:
        readings.insert(0, from_monday)
    if monday_of(days.on_site_on) - monday_of(start) <= timedelta(weeks=3):
        readings.append(_by_weekday(offset, days.on_site_on, calendar))
    return _distinct_after(start, readings)


def _by_weekday(offset: int, on_site_on: date, calendar: WorkingCalendar) -> Reading:
    """The day that the rule means when the call comes on the Monday of week 1, as it usually does."""
    first_monday = monday_of(on_site_on) - timedelta(weeks=2)
    day = first_monday + timedelta(weeks=offset // 5, days=offset % 5)
    week = offset // 5 + 1
    moved = calendar.on_or_after(day)
    note = "" if moved == day else ", moved on from a bank holiday"
    return Reading(moved, f"The {day:%A} of week {week}{note}: the weekday that this has when the call is on a Monday.")


def _distinct_after(start: date, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    kept: dict[date, Reading] = {}
    for reading in readings:
        if reading.day > start:
            kept.setdefault(reading.day, reading)
    return tuple(kept.values())


def _sentence(offset: int, anchor: Anchor, calendar: WorkingCalendar, start: date) -> str:
    """How the day was counted, with the bank holidays that were skipped."""
    words = offset_words(offset, ANCHOR_WORDS[anchor])
    words = words[0].upper() + words[1:]
    first, last = sorted((start, calendar.shift(start, offset)))
    skipped = [name for _, name in calendar.bank_holidays_between(first, last)] if offset else []
    return f"{words}, not counting {' and '.join(skipped)}." if skipped else f"{words}."


# -- the days of the visit


class WrongDays(Exception):
    """Days that no visit can have; `sentence` says what to give instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Days for a visit and why; `others` are the further Mondays that the same call could mean."""

    days: VisitDays
    basis: str
    others: tuple[Reading, ...] = ()


# Joint area SEND inspections began in May 2016; nothing is notified more than a year ahead.
EARLIEST = date(2016, 5, 1)
FURTHEST_AHEAD = timedelta(days=400)


def settle_days(
    *,
    notified_on: date | None,
    on_site_on: date | None,
    today: date,
    calendar: WorkingCalendar,
    takes_any_weekday: bool = False,
    last_day_on: date | None = None,
) -> Proposal:
    """The days of a visit from what the caller said: the call, the first day on site, or both.

    Raises WrongDays for what cannot be. `takes_any_weekday` keeps a first day on site that is not a Monday.
    """
    for day in (notified_on, on_site_on, last_day_on):
        if day is not None:
            _refuse_far_days(day, today)
    others: tuple[Reading, ...] = ()
    if on_site_on is not None:
        first = on_site_on
        call, basis = _call_for(notified_on, on_site_on, calendar, takes_any_weekday)
    elif notified_on is not None:
        call = notified_on
        first, basis, others = _monday_for(notified_on, calendar)
    else:
        raise WrongDays("Give the day of the call, the first day on site, or both.")
    days = VisitDays(notified_on=call, on_site_on=first, last_day_on=last_day_on or calendar.shift(first, LAST_ON_SITE))
    check_order(days)
    return Proposal(days=days, basis=basis, others=others)


# The code of the deadline that is the call itself.
CALL_CODE = "call"


def check_days(days: VisitDays, today: date) -> None:
    """Raises WrongDays for days that no visit can have."""
    for day in (days.notified_on, days.on_site_on, days.last_day_on, days.draft_on, days.published_on):
        if day is not None:
            _refuse_far_days(day, today)
    check_order(days)


def check_order(days: VisitDays) -> None:
    """Raises WrongDays for days that cannot follow each other."""
    if days.notified_on >= days.on_site_on:
        raise WrongDays(
            f"The call, {say(days.notified_on)}, has to come before the first day on site, {say(days.on_site_on)}."
        )
    if days.last_day_on < days.on_site_on:
        raise WrongDays(
            f"The last day on site, {say(days.last_day_on)}, lies before the first, {say(days.on_site_on)}."
        )
    if days.draft_on and days.draft_on <= days.last_day_on:
        raise WrongDays(f"The draft report, {say(days.draft_on)}, cannot come before the visit has ended.")
    if days.published_on and days.published_on <= (days.draft_on or days.last_day_on):
        raise WrongDays(f"The report cannot be published on {say(days.published_on)}: that is too early.")


def say(day: date) -> str:
    """Friday 26 April 2024."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def _refuse_far_days(day: date, today: date) -> None:
    if day < EARLIEST:
        raise WrongDays(f"{say(day)} is too early: joint inspections of SEND began in May 2016. Check the year.")
    if day > today + FURTHEST_AHEAD:
        raise WrongDays(f"{say(day)} is more than a year ahead. Check the year.")


def _call_for(
    notified_on: date | None, on_site_on: date, calendar: WorkingCalendar, takes_any_weekday: bool
) -> tuple[date, str]:
    if on_site_on.weekday() != MONDAY and not takes_any_weekday:
        before = monday_of(on_site_on)
        raise WrongDays(
            f"{say(on_site_on)} is not a Monday, and inspectors arrive on a Monday. "
            f"Give {say(before)} or {say(before + timedelta(weeks=1))}, or say that the letter names this very day."
        )
    if notified_on is not None:
        return notified_on, "Both days as they were given."
    call = calendar.shift(on_site_on, -NOTICE_WORKING_DAYS)
    return call, _sentence(-NOTICE_WORKING_DAYS, Anchor.ON_SITE, calendar, on_site_on)


def _monday_for(notified_on: date, calendar: WorkingCalendar) -> tuple[date, str, tuple[Reading, ...]]:
    exact = calendar.shift(notified_on, NOTICE_WORKING_DAYS)
    if exact.weekday() == MONDAY:
        return exact, _sentence(NOTICE_WORKING_DAYS, Anchor.NOTIFICATION, calendar, notified_on), ()
    before = monday_of(exact)
    first, other = sorted(
        (before, before + timedelta(weeks=1)),
        key=lambda day: (
            not calendar.is_working(day),
            abs(calendar.count(notified_on, day) - NOTICE_WORKING_DAYS),
            day,
        ),
    )
    basis = f"The Monday nearest to 10 working days after the call, which fall on {say(exact)}."
    why = f"{calendar.count(notified_on, other)} working days after the call; 10 fall on {say(exact)}."
    return first, basis, (Reading(other, why),)


def working_day_of(day: date, days: VisitDays, calendar: WorkingCalendar) -> int | None:
    """Which working day of the visit this is: 0 the call, 10 the first day on site; None outside or on a day off."""
    strip = visit_strip(days, calendar)
    return strip.index(day) if day in strip else None


def visit_strip(days: VisitDays, calendar: WorkingCalendar) -> tuple[date, ...]:
    """The fifteen working days of a full inspection: ten up to the first day on site, then five on it.

    Counted backwards from the first day on site, so that the strip ends where the inspectors leave.
    """
    first = calendar.shift(days.on_site_on, -NOTICE_WORKING_DAYS)
    return tuple(calendar.shift(first, n) for n in range(WORKING_DAYS_OF_A_VISIT))
