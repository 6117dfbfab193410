"""The outbox."""

from typing import ClassVar

from django.db import models


class MailState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"


class OutgoingMail(models.Model):
    """A mail that waits to be sent, was sent, or (without a mail server) is there to be copied.

    A worker first claims the row, then sends: a worker that dies in between leaves it "being sent", and only a
    person decides to send it again. So no mail goes out twice by itself.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    topic = models.CharField(max_length=20, default="account")
    is_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING, db_index=True)
    created_at = models.DateTimeField(db_index=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.subject

    @property
    def colour(self) -> str:
        """The colour of the tag that shows the state."""
        return {"waiting": "blue", "sending": "yellow", "sent": "green", "failed": "red"}[self.state]
