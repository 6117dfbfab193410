"""Sends what waits in the outbox. The row is claimed before it is sent, so that no mail goes out twice by itself."""

import threading
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import MailState, OutgoingMail

# Minutes until the next attempt, after the first failure, the second, and so on; then the mail has failed.
WAITS = (1, 5, 30, 120)
BATCH = 50
ROUND_SECONDS = 20

log = structlog.get_logger(__name__)


# How the connection is made safe, by the start of the address.
SCHEMES = {"smtp": (False, False, 25), "smtp+tls": (True, False, 587), "smtps": (False, True, 465)}


def mail_server() -> BaseEmailBackend:
    """The connection that SENDREADY_MAIL_URL names, such as smtp+tls://name:password@mail.example:587."""
    address = urlsplit(settings.MAIL_SERVER_URL)
    if address.scheme not in SCHEMES or not address.hostname:
        raise ImproperlyConfigured("SENDREADY_MAIL_URL looks like smtp+tls://name:password@mail.example:587.")
    use_tls, use_ssl, port = SCHEMES[address.scheme]
    return EmailBackend(
        host=address.hostname,
        port=address.port or port,
        username=unquote(address.username or ""),
        password=unquote(address.password or ""),
        use_tls=use_tls,
        use_ssl=use_ssl,
        timeout=20,
    )


def send_outbox(*, at: datetime) -> int:
    """Sends what is due; returns how many went out. Without a mail server everything goes on waiting."""
    return send_due(mail_server(), at=at) if settings.MAIL_SERVER_URL else 0


def send_due(server: BaseEmailBackend, *, at: datetime) -> int:
    due = OutgoingMail.objects.filter(state=MailState.WAITING).filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=at)
    )
    return sum(_send(mail, server, at) for mail in due.order_by("created_at")[:BATCH])


def _send(mail: OutgoingMail, server: BaseEmailBackend, at: datetime) -> bool:
    claimed = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
        state=MailState.SENDING, claimed_at=at, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    message = EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to], connection=server)
    try:
        message.send()
    except (OSError, ValueError) as error:
        # smtplib's errors are OSErrors; an address or subject that can't be written is a ValueError. The reason stays
        # on the row, for the outbox page.
        _put_back(mail, error, at)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=at, last_error="")
    return True


def _put_back(mail: OutgoingMail, error: OSError | ValueError, at: datetime) -> None:
    has_more = mail.attempts < len(WAITS)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.WAITING if has_more else MailState.FAILED,
        next_try_at=at + timedelta(minutes=WAITS[mail.attempts]) if has_more else None,
        last_error=f"{type(error).__name__}: {error}"[:300],
    )


class Postman(threading.Thread):
    """A thread of the worker's main process: looks into the outbox again and again, with or without a beat service."""

    def __init__(self) -> None:
        super().__init__(name="postman", daemon=True)
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(ROUND_SECONDS):
            try:
                send_outbox(at=timezone.now())
            except Exception:  # whatever befalls one round, the next one is due: nobody else sends
                log.exception("a round of the outbox was missed")
            finally:
                connection.close()


_postmen: list[Postman] = []


@worker_ready.connect
def start_sending(**_: Any) -> None:
    if settings.MAIL_SERVER_URL:
        postman = Postman()
        _postmen.append(postman)
        postman.start()


@worker_shutting_down.connect
def stop_sending(**_: Any) -> None:
    for postman in _postmen:
        postman.over.set()
