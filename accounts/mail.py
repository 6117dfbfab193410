"""Mail waits in the outbox; a worker sends it where there is a mail server, else people copy the link.

No child's data, alias or Unique ID may ever stand in a mail.
"""

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from accounts.domain.mail_topics import MailTopic
from accounts.models import OutgoingMail, User


def queue_mail(
    *,
    to: User | str,
    subject: str,
    body: str,
    at: datetime,
    topic: MailTopic = MailTopic.ACCOUNT,
    is_secret: bool = False,
) -> OutgoingMail | None:
    """Puts one mail into the outbox, inside the transaction of what it tells of.

    Returns None where the person has switched the topic off, or has been deactivated. `is_secret` marks a body with
    a one-time link: showing it is logged.
    """
    if isinstance(to, User):
        if not to.is_active or topic.value in to.mail_topics_off:
            return None
        to = to.email
    return OutgoingMail.objects.create(
        to=to, subject=subject, body=body, created_at=at, topic=topic.value, is_secret=is_secret
    )


# What the body of a library's mail holds when it carries a one-time link.
RESET_LINK = "/password/reset/key/"


class OutboxBackend(BaseEmailBackend):
    """Puts what libraries send (a password reset, say) into the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            OutgoingMail(
                to=to,
                subject=str(message.subject),
                body=str(message.body),
                created_at=timezone.now(),
                topic=MailTopic.ACCOUNT.value,
                is_secret=RESET_LINK in str(message.body),
            )
            for message in email_messages
            for to in message.to
        ]
        return len(OutgoingMail.objects.bulk_create(rows))
