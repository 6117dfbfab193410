"""A day as a readable file gives it."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, or a distance from the day of loading, so that a demonstration doesn't age."""

    on: date | None = None
    days: int = 0

    def seen_from(self, today: date) -> date:
        return self.on or today + timedelta(days=self.days)
