"""What is odd about the days of a visit: nothing here forbids them, the letter has the last word."""

from collections.abc import Iterator
from datetime import date, timedelta

from accounts.domain.findings import Finding, Gap, Note
from accounts.domain.roles import Role
from inspection.domain.calendar import MONDAY, SATURDAY, WorkingCalendar
from inspection.domain.clock import NOTICE_WORKING_DAYS, VisitDays, say

CALL_IN_FUTURE = "call-in-future"
ON_SITE_WEEK = timedelta(days=4)


def find_warnings(
    days: VisitDays,
    *,
    today: date,
    calendar: WorkingCalendar,
    is_full: bool = True,
    is_rehearsal: bool = False,
    fix_url: str = "",
) -> tuple[Finding, ...]:
    """Every oddity of the days, the call first."""

    def finding(kind: type[Finding], code: str, sentence: str) -> Finding:
        return kind(
            code=code, sentence=sentence, owner_role=Role.LANO, fix_url=fix_url, fix_label="Correct", threatens="call"
        )

    def found() -> Iterator[Finding]:
        yield from _of_the_call(days.notified_on)
        yield from _of_the_visit(days.on_site_on, days.last_day_on)
        if is_full:
            yield from _of_the_notice(days.notified_on, days.on_site_on)

    def _of_the_call(call: date) -> Iterator[Finding]:
        if call.weekday() >= SATURDAY:
            yield finding(Gap, "call-on-weekend", f"The call, {say(call)}, is on a weekend.")
        elif name := calendar.bank_holiday_on(call):
            yield finding(Gap, "call-on-bank-holiday", f"The call, {say(call)}, is on a bank holiday ({name}).")
        if name := calendar.school_holiday_between(call, call):
            yield finding(
                Note, "call-in-school-holidays", f"The call, {say(call)}, is in the school holidays ({name})."
            )
        if call > today and not is_rehearsal:
            yield finding(
                Gap,
                CALL_IN_FUTURE,
                f"The call, {say(call)}, has not come yet. To try things out start a rehearsal; for a real visit wait "
                "until somebody has rung.",
            )
        if call < today:
            yield finding(
                Note,
                "call-in-past",
                f"The call, {say(call)}, lies in the past: some deadlines may have gone by already.",
            )

    def _of_the_visit(first: date, last: date) -> Iterator[Finding]:
        if is_full and first.weekday() != MONDAY:
            yield finding(Gap, "on-site-not-monday", f"The first day on site, {say(first)}, is not a Monday.")
        if first.weekday() < SATURDAY and (name := calendar.bank_holiday_on(first)):
            yield finding(
                Gap, "on-site-bank-holiday", f"The first day on site, {say(first)}, is a bank holiday ({name})."
            )
        else:
            for day, name in calendar.bank_holidays_between(first + timedelta(days=1), last):
                yield finding(Note, "bank-holiday-on-site", f"{say(day)}, while inspectors are on site, is {name}.")
        if name := calendar.school_holiday_between(first, max(last, first + ON_SITE_WEEK) if is_full else last):
            yield finding(
                Gap, "on-site-in-school-holidays", f"The week of {say(first)} is in the school holidays ({name})."
            )
        if last < today:
            yield finding(Note, "visit-in-past", f"The visit ended on {say(last)}: this records it afterwards.")

    def _of_the_notice(call: date, first: date) -> Iterator[Finding]:
        notice = calendar.count(call, first)
        if notice != NOTICE_WORKING_DAYS:
            yield finding(
                Gap,
                "notice-not-ten-days",
                f"There are {notice} working days between the call and the first day on site; usually there are 10. "
                "Check both days in the letter.",
            )
        if shifted_by := calendar.bank_holidays_between(call, first):
            names = " and ".join(f"{name} ({day:%-d %B})" for day, name in shifted_by)
            yield finding(
                Note,
                "bank-holiday-shift",
                f"{names} is skipped, so deadlines fall on other weekdays than usual. Keep to the days in the letter.",
            )
        elif call.weekday() not in (MONDAY, SATURDAY, SATURDAY + 1):
            yield finding(
                Note, "call-not-monday", f"The call, {say(call)}, is not on a Monday, and no bank holiday explains it."
            )

    return tuple(found())
