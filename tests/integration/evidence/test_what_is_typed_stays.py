"""What was typed about evidence is never lost, and what was approved is not changed behind the approval."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent, User
from evidence.forms import FactsForm
from evidence.models import Evidence, EvidenceRevision
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import make_approved, make_draft, make_upload

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def partner(team):
    return make_user(Role.PARTNER, name="Partner")


def post(user: User, address: str, *args: object, **data: object):
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"evidence:{address}", args=args), data)


def typed(evidence: Evidence, **fields: object) -> dict[str, object]:
    form = FactsForm(initial=FactsForm.initial_of(evidence))
    return {name: value for name in form.fields if (value := form[name].value()) is not None} | fields


def test_refused_file_leaves_the_words_in_the_draft(team):
    upload = SimpleUploadedFile("run.exe", b"MZ\x90\x00")
    facts = {"title": "Audit", "kind": "quality_assurance", "marking": "partnership"}

    post(team, "evidence-add", **facts, text="Thirty plans.", note="First.", uploads=upload)

    draft = EvidenceRevision.objects.get()
    assert (draft.text, draft.note, draft.files.count()) == ("Thirty plans.", "First.", 0)


def test_owner_me_stores_who_saves_and_a_former_owner_stays(team, partner):
    evidence = make_draft(by=team, owner=partner).evidence
    User.objects.filter(pk=partner.pk).update(is_active=False)

    post(team, "evidence-change", evidence.number, **typed(evidence, title="Anew", owner=partner.pk))
    evidence.refresh_from_db()
    assert (evidence.title, evidence.owner) == ("Anew", partner)

    post(team, "evidence-change", evidence.number, **typed(evidence, owner=""))
    evidence.refresh_from_db()
    assert evidence.owner == team


def test_supplier_does_not_change_what_was_approved(team, partner):
    evidence = make_approved(by=partner, approver=team, shows="Half are content.\nMost would say so again.")
    given = typed(evidence, owner=partner.pk)

    refused = post(partner, "evidence-change", evidence.number, **given | {"shows": "All are content."})
    post(partner, "evidence-change", evidence.number, **given | {"title": "Named anew"})

    evidence.refresh_from_db()
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "ask the SEND team to change what it is" in page
    assert "All are content." in page
    assert (evidence.shows.split()[0], evidence.title) == ("Half", given["title"])

    post(team, "evidence-change", evidence.number, **typed(evidence, owner=partner.pk, shows="All are content."))
    evidence.refresh_from_db()
    assert evidence.shows == "All are content."


def test_trail_never_keeps_the_name_of_a_file(team):
    make_draft(by=team, upload=make_upload(name="Sam Miller.txt"))

    event = AuditEvent.objects.get(action="evidence.file_attached")
    assert event.text == "File 1 of revision 1."
