"""The calendar that every count of days uses."""

from datetime import date

from accounts.models import SchoolHoliday
from inspection.domain.calendar import Stretch, WorkingCalendar
from inspection.readers.bank_holidays import read_bank_holidays

# The longest that a visit is recorded after the event, and the furthest that a deadline reaches.
YEARS_BACK = 11
YEARS_AHEAD = 5


def gather_calendar(today: date) -> WorkingCalendar:
    """England's bank holidays and this area's school holidays. One query."""
    first, last = today.year - YEARS_BACK, today.year + YEARS_AHEAD
    holidays = SchoolHoliday.objects.order_by("starts_on").values_list("name", "starts_on", "ends_on")
    return WorkingCalendar(
        from_on=date(first, 1, 1),
        to_on=date(last, 12, 31),
        bank_holidays=dict(read_bank_holidays(first, last)),
        school_holidays=tuple(Stretch(*row) for row in holidays),
    )
