"""What somebody led in the strategy passes on when they leave."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent, User
from strategy.actions.meetings import call_meeting, record_decision
from strategy.models import Decision, Priority
from tests.factories.accounts import make_area, make_user
from tests.factories.strategy import make_board, make_priority, make_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def leaver():
    make_area()
    person = make_user(Role.SEND_TEAM)
    board = make_board()
    priority = make_priority(strategy=make_strategy(board=board))
    Priority.objects.filter(pk=priority.pk).update(lead=person)
    meeting = call_meeting(by=person, at=timezone.now(), board=board, held_on=timezone.localdate())
    for state, text in (("open", "Fund two places"), ("done", "Ask families")):
        fields = {"text": text, "owner": person, "state": state}
        record_decision(by=person, at=timezone.now(), item=meeting.items.all()[0], fields=fields)
    return person


def close(client, leaver: User, heir: User):
    client.force_login(make_user(Role.ADMINISTRATOR))
    data = {"priorities": heir.pk, "decisions": heir.pk}
    return client.post(reverse("accounts:person-deactivate", args=[leaver.pk]), data)


def test_priorities_and_open_decisions_pass_on(client, leaver):
    heir = make_user(Role.LANO)

    close(client, leaver, heir)

    assert not User.objects.get(pk=leaver.pk).is_active
    assert Priority.objects.get().lead == heir
    assert {decision.text: decision.owner for decision in Decision.objects.all()} == {
        "Fund two places": heir,
        "Ask families": leaver,
    }
    assert AuditEvent.objects.filter(action="decision.assigned").count() == 1


def test_priority_is_not_passed_to_somebody_who_may_not_read_the_strategy(client, leaver):
    heir = make_user(Role.PARTNER)

    response = close(client, leaver, heir)

    assert response.status_code == 422
    assert "may read the strategy" in response.content.decode()
    assert Priority.objects.get().lead == leaver
