"""The outbox: nothing goes out twice by itself, refusals are tried again, links are shown and that is logged."""

import threading
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from accounts import tasks
from accounts.actions import outbox
from accounts.domain.mail_topics import MailTopic
from accounts.domain.roles import Role
from accounts.mail import queue_mail
from accounts.models import AuditEvent, MailState, OutgoingMail
from accounts.permissions import NotAllowed
from accounts.tasks import WAITS, mail_server, send_due, send_outbox
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Server(BaseEmailBackend):
    """A mail server that keeps what it gets, and refuses while `is_down`."""

    def __init__(self):
        super().__init__()
        self.got = []
        self.is_down = False

    def send_messages(self, email_messages):
        if self.is_down:
            raise SMTPServerDisconnected("the server closed the connection")
        self.got += email_messages
        return len(email_messages)


class Picky(Server):
    """A server that can't write some addresses down."""

    def send_messages(self, email_messages):
        if "\N{SNOWMAN}" in email_messages[0].to[0]:
            raise ValueError("the address can't be written")
        return super().send_messages(email_messages)


@pytest.fixture
def server():
    return Server()


def queue(**changes):
    words = {"to": "a@wexcombe.example", "subject": "Hello", "body": "Text", "at": timezone.now()}
    return queue_mail(**{**words, **changes})


def test_mail_due_is_sent_once(server):
    mail = queue()

    send_due(server, at=timezone.now())
    send_due(server, at=timezone.now())

    mail.refresh_from_db()
    assert [message.to for message in server.got] == [["a@wexcombe.example"]]
    assert mail.state == MailState.SENT


def test_mail_claimed_by_another_worker_is_left_alone(server):
    mail = queue()
    OutgoingMail.objects.update(state=MailState.SENDING, claimed_at=timezone.now())

    send_due(server, at=timezone.now() + timedelta(days=1))

    mail.refresh_from_db()
    assert (server.got, mail.state) == ([], MailState.SENDING)


def test_mail_refused_is_tried_again_later_and_fails_in_the_end(server):
    mail, at = queue(), timezone.now()
    server.is_down = True

    send_due(server, at=at)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 1)
    assert "closed the connection" in mail.last_error
    send_due(server, at=at + timedelta(seconds=30))
    mail.refresh_from_db()
    assert mail.attempts == 1
    for _ in WAITS:
        at += timedelta(hours=3)
        send_due(server, at=at)

    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_mail_that_can_not_be_written_does_not_hold_up_the_others():
    server = Picky()
    bad, good = queue(to="\N{SNOWMAN}@wexcombe.example"), queue()

    sent = send_due(server, at=timezone.now())

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (sent, bad.state, good.state) == (1, MailState.WAITING, MailState.SENT)
    assert "can't be written" in bad.last_error


@pytest.mark.django_db(transaction=True)
def test_postman_goes_on_after_a_round_that_failed(settings, monkeypatch):
    settings.MAIL_SERVER_URL = "smtp://mail.wexcombe.example:no-port"
    monkeypatch.setattr(tasks, "ROUND_SECONDS", 0.01)
    rounds = threading.Semaphore(0)
    postman = tasks.Postman()
    monkeypatch.setattr(tasks.log, "exception", lambda *args: rounds.release())

    postman.start()
    again = [rounds.acquire(timeout=5) for _ in range(2)]
    postman.over.set()
    postman.join(5)

    assert again == [True, True]


def test_mail_that_failed_is_sent_again_by_hand(server):
    mail = queue()
    OutgoingMail.objects.update(state=MailState.FAILED, attempts=5)

    outbox.send_again(by=make_user(Role.ADMINISTRATOR), at=timezone.now(), mail=mail)
    send_due(server, at=timezone.now())

    assert len(server.got) == 1


def test_mail_that_was_sent_can_not_be_sent_again():
    mail = queue()
    OutgoingMail.objects.update(state=MailState.SENT)

    with pytest.raises(NotAllowed, match="Only a mail that failed"):
        outbox.send_again(by=make_user(Role.ADMINISTRATOR), at=timezone.now(), mail=mail)


def test_mail_without_a_server_goes_on_waiting(settings):
    settings.MAIL_SERVER_URL = ""
    mail = queue()

    assert send_outbox(at=timezone.now()) == 0
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING


def test_mail_server_is_read_from_its_address(settings):
    settings.MAIL_SERVER_URL = "smtp+tls://name%40x:secret@mail.wexcombe.example:587"

    found = mail_server()

    assert (found.host, found.port, found.username, found.use_tls) == ("mail.wexcombe.example", 587, "name@x", True)


def test_mail_about_a_topic_that_is_switched_off_is_not_written():
    user = make_user()
    user.mail_topics_off = ["items"]
    user.save()

    assert queue(to=user, topic=MailTopic.ITEMS) is None
    assert queue(to=user, topic=MailTopic.ACCOUNT) is not None


def test_mail_opened_by_the_administrator_shows_the_link_and_is_logged(client):
    mail = queue(body="http://localhost/join/secret-link/", is_secret=True)
    client.force_login(make_user(Role.ADMINISTRATOR))

    listed = client.get(reverse("accounts:mail-list")).content.decode()
    opened = client.post(reverse("accounts:mail-show", args=[mail.pk])).content.decode()

    assert "secret-link" not in listed
    assert "secret-link" in opened
    assert AuditEvent.objects.filter(action="mail.read").count() == 1


def test_mail_with_a_link_that_was_sent_is_not_shown(client):
    mail = queue(is_secret=True)
    OutgoingMail.objects.update(state=MailState.SENT)
    client.force_login(make_user(Role.ADMINISTRATOR))

    assert client.post(reverse("accounts:mail-show", args=[mail.pk])).status_code == 403


def test_notifications_show_ones_own_mail_without_one_time_links(client):
    user = make_user(Role.SEND_TEAM)
    queue(to=user, subject="Your item")
    queue(to=user, subject="Secret link", is_secret=True)
    queue(subject="For somebody else")
    client.force_login(user)

    page = client.get(reverse("accounts:notification-list")).content.decode()

    assert "Your item" in page
    assert "Secret link" not in page
    assert "For somebody else" not in page


def test_mail_server_with_an_address_that_can_not_be_read_says_what_it_looks_like(settings):
    settings.MAIL_SERVER_URL = "mail.wexcombe.example"

    with pytest.raises(ImproperlyConfigured, match="looks like"):
        mail_server()
