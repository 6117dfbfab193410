"""What an administrator does with mail that waits: read a link aloud, send again."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import MailState, OutgoingMail, User
from accounts.permissions import NotAllowed, check_permission


def read_mail(*, by: User, at: datetime, mail: OutgoingMail) -> OutgoingMail:
    """Opens the body of a mail to somebody else. That is written down, because the body may hold a one-time link."""
    check_permission(by, Permission.MANAGE_PEOPLE)
    if mail.is_secret and mail.state == MailState.SENT:
        raise NotAllowed("This mail was sent, so its one-time link is with the person it was for.")
    with transaction.atomic():
        audit.record(by=by, at=at, action="mail.read", thing=mail, text=f"Opened the mail to {mail.to} in the outbox.")
    return mail


def send_again(*, by: User, at: datetime, mail: OutgoingMail) -> OutgoingMail:
    """Puts a mail that failed, or whose worker died while sending, back into the queue."""
    check_permission(by, Permission.MANAGE_PEOPLE)
    with transaction.atomic():
        taken = OutgoingMail.objects.filter(pk=mail.pk, state__in=[MailState.FAILED, MailState.SENDING]).update(
            state=MailState.WAITING, next_try_at=at, attempts=0, last_error="", claimed_at=None
        )
        if not taken:
            raise NotAllowed("Only a mail that failed, or that hangs, can be sent again.")
        audit.record(by=by, at=at, action="mail.sent-again", thing=mail, text=f"Queued again: mail to {mail.to}.")
    mail.refresh_from_db()
    return mail
