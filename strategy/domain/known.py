"""How long something has been known, in words."""

from datetime import date

YEAR_MONTHS = 12


def months_between(since: date, day: date) -> int:
    """Whole months from one day to a later one; none for a day to come."""
    months = (day.year - since.year) * YEAR_MONTHS + day.month - since.month
    return max(0, months - (day.day < since.day))


def how_long(since: date, day: date) -> str:
    """ "2 years and 6 months", "1 month", "less than a month"."""
    years, months = divmod(months_between(since, day), YEAR_MONTHS)
    parts = [
        f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in ((years, "year"), (months, "month")) if count
    ]
    return " and ".join(parts) or "less than a month"
