"""Ages in completed years."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Completed years on `day`; negative before birth.

    Who was born on 29 February comes of age on 1 March in a year without that day.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
