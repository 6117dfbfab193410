"""A deadline as pages, feeds and checks read it: of a visit that runs, or as it would be if inspectors called."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from accounts.domain.roles import Role
from inspection.domain.calendar import WorkingCalendar
from inspection.domain.clock import LONDON, Due, Reading
from inspection.domain.owners import NOBODY, Owner


class DeadlineState(StrEnum):
    DROPPED = "dropped"
    MET = "met"
    WAITING = "waiting"
    MISSED = "missed"
    PASSED = "passed"
    UNDER_WAY = "under way"
    TODAY = "today"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFact:
    """`id` is None for a deadline that is only computed. Moments are UTC; without `at_time` the whole day counts."""

    id: int | None = None
    code: str
    title: str
    due_at: datetime | None
    ends_at: datetime | None = None
    at_time: time | None = None
    ends_at_time: time | None = None
    batch: str = ""
    owner_role: Role = Role.LANO
    owner: Owner = NOBODY
    basis: str = ""
    counted_as: str = ""
    others: tuple[Reading, ...] = ()
    is_rule_confirmed: bool = False
    is_confirmed: bool = False
    is_dropped: bool = False
    is_added: bool = False
    is_own_date: bool = False
    met_at: datetime | None = None
    met_by: str = ""

    @property
    def day(self) -> date | None:
        return local_day(self.due_at)

    @property
    def last_day(self) -> date | None:
        return local_day(self.ends_at) or self.day

    def state(self, at: datetime) -> DeadlineState:
        if self.is_dropped:
            return DeadlineState.DROPPED
        if self.met_at:
            return DeadlineState.MET
        if self.due_at is None:
            return DeadlineState.WAITING
        if (self.ends_at or self.due_at) < at:
            # Only what is handed over can be missed for certain; a meeting was held whether or not anybody says so.
            return DeadlineState.MISSED if self.batch else DeadlineState.PASSED
        today = local_day(at)
        if self.ends_at and self.day and today and self.day <= today:
            return DeadlineState.UNDER_WAY if self.ends_at_time is None or self.due_at <= at else DeadlineState.TODAY
        return DeadlineState.TODAY if self.day == today else DeadlineState.AHEAD


def local_day(at: datetime | None) -> date | None:
    return at.astimezone(LONDON).date() if at else None


def fact_of_due(due: Due, owner: Owner) -> DeadlineFact:
    """A computed deadline, before there is a visit."""
    return DeadlineFact(
        code=due.rule.code,
        title=due.rule.title,
        due_at=due.due_at,
        ends_at=due.ends_at,
        at_time=due.rule.at_time,
        ends_at_time=due.rule.ends_at_time,
        batch=due.rule.batch,
        owner_role=due.rule.owner_role,
        owner=owner,
        basis=due.rule.basis,
        counted_as=due.basis,
        others=due.others,
        is_rule_confirmed=due.rule.is_confirmed,
    )


def away_in_words(day: date, today: date, calendar: WorkingCalendar) -> str:
    """Today, tomorrow, in 3 working days, 2 working days ago."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    distance = (day - today).days
    if distance in near:
        return near[distance]
    count = abs(calendar.count(today, day))
    if count == 0:
        return f"in {distance} days" if distance > 0 else f"{-distance} days ago"
    unit = "working day" if count == 1 else "working days"
    return f"in {count} {unit}" if distance > 0 else f"{count} {unit} ago"
