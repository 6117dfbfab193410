"""The calendars that the tests count with: England's real bank holidays and invented school holidays."""

from datetime import date

from inspection.domain.calendar import Stretch, WorkingCalendar
from inspection.readers.bank_holidays import read_bank_holidays

SCHOOL_HOLIDAYS = (
    Stretch("Spring half term", date(2024, 5, 27), date(2024, 5, 31)),
    Stretch("Summer holidays", date(2024, 7, 24), date(2024, 9, 2)),
    Stretch("Christmas holidays", date(2026, 12, 21), date(2027, 1, 1)),
)


def make_calendar(school_holidays: tuple[Stretch, ...] = SCHOOL_HOLIDAYS) -> WorkingCalendar:
    return WorkingCalendar(
        from_on=date(2015, 1, 1),
        to_on=date(2032, 12, 31),
        bank_holidays=dict(read_bank_holidays(2015, 2032)),
        school_holidays=school_holidays,
    )
