"""Mail waits in the outbox; a worker sends it where there is a mail server, else people copy the link."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from accounts.models import OutgoingMail


class OutboxBackend(BaseEmailBackend):
    """Puts what libraries send (a password reset, say) into the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            OutgoingMail(to=to, subject=str(message.subject), body=str(message.body), created_at=timezone.now())
            for message in email_messages
            for to in message.to
        ]
        return len(OutgoingMail.objects.bulk_create(rows))
