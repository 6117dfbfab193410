"""Days as people type them."""

from datetime import date, datetime, time

DAY_SHAPES = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%a %d %b %Y")
TIME_SHAPES = ("%H:%M", "%H.%M", "%H%M", "%I%p", "%I:%M%p", "%I.%M%p")


class Unreadable(Exception):
    """`sentence` says how to write it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_day(text: str) -> date:
    """27/11/2026, 2026-11-27 or 27 November 2026."""
    words = " ".join(text.replace(",", " ").split())
    for shape in DAY_SHAPES:
        try:
            return datetime.strptime(words, shape).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    raise Unreadable(f"“{words}” is not a day of the calendar. Write it like 27/11/2026.")


def read_time(text: str) -> time:
    """12:00, 12.30 or 9am."""
    words = "".join(text.split()).lower().replace("noon", "12:00")
    for shape in TIME_SHAPES:
        try:
            return datetime.strptime(words, shape).time()  # noqa: DTZ007  # a time of day has no time zone
        except ValueError:
            continue
    raise Unreadable(f"“{text.strip()}” is not a time. Write it like 12:00.")
