"""When inspectors could call next, and why not sooner."""

from dataclasses import dataclass
from datetime import date, timedelta

from inspection.domain.calendar import WorkingCalendar, monday_of
from inspection.domain.clock import NOTICE_WORKING_DAYS, say

# Nobody plans past this; with no term dates at all the first week is possible anyway.
WEEKS_TO_TRY = 30
ON_SITE_DAYS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleCall:
    """A call that could come: its day, the on-site Monday it leads to, and whether that week can hold a visit.

    `why_not` says what blocks the week (empty when nothing does); `knows_term_dates` is False when no school holiday
    is entered that reaches the week, so that nobody can tell.
    """

    call_on: date
    on_site_on: date
    why_not: str
    knows_term_dates: bool

    @property
    def can_hold_a_visit(self) -> bool:
        return not self.why_not


def what_blocks(on_site_on: date, calendar: WorkingCalendar) -> str:
    """Why inspectors would not be on site in the week of this Monday; empty when they could be."""
    last = on_site_on + timedelta(days=ON_SITE_DAYS)
    holiday = calendar.school_holiday_between(on_site_on, last)
    if holiday:
        return f"the week of {say(on_site_on)} is in the school holidays ({holiday})"
    bank_holiday = calendar.bank_holiday_on(on_site_on)
    if bank_holiday:
        return f"{say(on_site_on)} is a bank holiday ({bank_holiday})"
    return ""


def upcoming_calls(today: date, calendar: WorkingCalendar, weeks: int = WEEKS_TO_TRY) -> tuple[PossibleCall, ...]:
    """One call for each of the coming weeks, from today on, whether or not its week can hold a visit."""
    reach = calendar.term_dates_reach
    monday = monday_of(today) + timedelta(weeks=2)
    calls: list[PossibleCall] = []
    while len(calls) < weeks:
        call_on = calendar.shift(monday, -NOTICE_WORKING_DAYS)
        if call_on >= today:
            calls.append(
                PossibleCall(
                    call_on=call_on,
                    on_site_on=monday,
                    why_not=what_blocks(monday, calendar),
                    knows_term_dates=reach is not None and reach >= monday,
                )
            )
        monday += timedelta(weeks=1)
    return tuple(calls)


def next_call(today: date, calendar: WorkingCalendar) -> PossibleCall:
    """The next day on which calls are made, today included, even if its week cannot hold a visit."""
    return upcoming_calls(today, calendar, weeks=1)[0]


def next_possible_call(today: date, calendar: WorkingCalendar) -> PossibleCall:
    """The next call whose week can hold a visit. Never "none": if every week is blocked, the next call stands."""
    calls = upcoming_calls(today, calendar)
    return next((call for call in calls if call.can_hold_a_visit), calls[0])
