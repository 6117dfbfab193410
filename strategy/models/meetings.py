"""Meetings of a board: the agenda with each priority as a standing item, and the decisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import User
from strategy.models.boards import Board
from strategy.models.priorities import Priority


class MeetingState(models.TextChoices):
    DRAFT = "draft", "Draft"
    AGREED = "agreed", "Agreed"
    HELD = "held", "Held"


class BoardMeeting(models.Model):
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    held_on = models.DateField("date")
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.board}, {self.held_on:%-d %B %Y}"


class AgendaItem(models.Model):
    """One item of an agenda. A standing item names its priority and draws progress and delays from its actions."""

    meeting = models.ForeignKey(BoardMeeting, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    lead_name = models.CharField(max_length=160, blank=True)
    note = models.TextField("paper", blank=True)
    delays = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class DecisionState(models.TextChoices):
    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class Decision(models.Model):
    """What was decided under an item. One that is open stands on the agenda of each later meeting of the board."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions")
    text = models.TextField()
    owner = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    owner_name = models.CharField(max_length=160, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.OPEN)
    outcome = models.TextField("what came of it", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, editable=False, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        # The trail keeps this: never what was decided about whom.
        return f"Decision {self.pk}"
