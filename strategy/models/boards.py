"""The boards that oversee the work: dated, with the names they had before."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from strategy.models.kept import KeptRow


class BoardKind(models.TextChoices):
    STRATEGIC = "strategic", "Strategic board"
    PARTNERSHIP = "partnership", "Partnership board"
    SCRUTINY = "scrutiny", "Scrutiny"
    WORKING = "working", "Working group"
    FORUM = "forum", "Forum of families or young people"
    OTHER = "other", "Other"


class Board(KeptRow):
    """A board from a day to a day, both included; an empty day leaves that end open."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=BoardKind.choices, default=BoardKind.PARTNERSHIP)
    chair = models.CharField(max_length=160, blank=True)
    purpose = models.TextField(blank=True)
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField("meets since", null=True, blank=True)
    to_on = models.DateField("met until", null=True, blank=True)

    class Meta(KeptRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], name="board_name_once"),
            models.CheckConstraint(
                condition=~models.Q(reports_to=models.F("id")), name="board_reports_to_another_board"
            ),
            models.CheckConstraint(
                condition=models.Q(from_on__isnull=True)
                | models.Q(to_on__isnull=True)
                | models.Q(to_on__gte=models.F("from_on")),
                name="board_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


class BoardName(models.Model):
    """A name that a board had before, so that older papers can be read."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=160)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["board", "from_on", "pk"]

    def __str__(self) -> str:
        return self.name
