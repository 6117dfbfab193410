"""Who supplied evidence hears what was decided; the history says it in words."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import OutgoingMail
from evidence.actions import revisions
from evidence.models import Marking
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import AT, make_approved, make_submitted

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def lead():
    return make_user(Role.SYSTEM_LEAD, name="System lead")


def test_approving_tells_who_handed_it_over_by_number_alone(team, lead):
    make_approved(by=lead, approver=team, title="What the Smith family said")

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (lead.email, "E1 is approved")
    assert "SEND team approved revision 1 of E1" in mail.body
    assert mail.body.rstrip().endswith("/evidence/E1/")
    assert "Smith" not in mail.subject + mail.body


def test_returning_tells_but_the_reason_stays_on_the_page(team, lead):
    submitted = make_submitted(by=lead)

    revisions.return_revision(by=team, at=AT, revision=submitted, reason="Leave the child of Oak Road out.")

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (lead.email, "E1 is returned")
    assert "Oak Road" not in mail.body


def test_owner_and_supplier_are_both_told_but_never_the_approver(team, lead):
    owner = make_user(Role.DATA_LEAD)

    make_approved(by=lead, approver=team, owner=owner)

    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {lead.email, owner.email}


def test_who_approves_their_own_gets_no_mail(team):
    make_approved(by=team)

    assert not OutgoingMail.objects.exists()


def test_switched_off_or_no_longer_allowed_means_no_mail(team, lead):
    lead.mail_topics_off = ["evidence"]
    lead.save()
    partner = make_user(Role.PARTNER)
    gone = make_user(Role.MEMBER)

    make_approved(by=lead, approver=team)
    revisions.approve(by=team, at=AT, revision=make_submitted(by=team, owner=gone, marking=Marking.CONFIDENTIAL))

    assert not OutgoingMail.objects.filter(to__in=[lead.email, partner.email, gone.email]).exists()


def test_history_says_what_was_done_in_words(client, team, lead):
    make_approved(by=lead, approver=team)
    client.force_login(team)

    page = client.get(reverse("evidence:evidence-show", args=[1])).content.decode()

    assert "Handed over for approval" in page
    assert ": Approved. Revision 1." in page
    assert "evidence.approved" not in page
