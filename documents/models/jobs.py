"""A job that runs in the background. The row is the truth, the broker only a bell."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from documents.domain.job_states import RETRYABLE, STATE_WORDS, UNFINISHED, JobState

STATE_CHOICES = [(state.value, words) for state, words in STATE_WORDS.items()]


class Job(models.Model):
    """What every background job has. A concrete job is named in `settings.JOB_MODELS` with the task to ring."""

    state = models.CharField(max_length=10, choices=STATE_CHOICES, default=JobState.QUEUED, db_index=True)
    stage = models.CharField("what it is doing", max_length=200, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    attempt_token = models.CharField(max_length=32, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=160, blank=True, editable=False)
    error = models.TextField("what went wrong, for people", blank=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ordered_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def is_done(self) -> bool:
        return self.state == JobState.DONE

    @property
    def is_retryable(self) -> bool:
        return self.state in RETRYABLE


class WorkerPulse(models.Model):
    """A worker process that was alive at `beat_at`; read by the status page."""

    name = models.CharField(max_length=160, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-beat_at"]

    def __str__(self) -> str:
        return self.name
