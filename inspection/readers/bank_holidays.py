"""England's bank holidays from the data that the `holidays` package carries: no network."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays

from inspection.domain.calendar import SATURDAY


@lru_cache(maxsize=8)
def read_bank_holidays(first_year: int, last_year: int) -> tuple[tuple[date, str], ...]:
    """Each bank holiday of the years, both included, in order.

    The package lists a holiday on its own day and again on the day that is given in its stead ("observed"). Only the
    weekday is free of work, so an entry that falls on a weekend is dropped.
    """
    found = country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1), language="en_GB")
    return tuple(
        (day, name.replace("(observed)", "(substitute day)"))
        for day, name in sorted(found.items())
        if day.weekday() < SATURDAY
    )
