"""Evidence through its actions: numbers, states, who may what."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent, OrganisationKind
from accounts.permissions import NotAllowed
from documents.intake import Refused
from documents.models import StoredFile
from evidence.actions import items, revisions
from evidence.actions.items import Conflict
from evidence.actions.revisions import Incomplete, Words
from evidence.domain.revisions import State, WrongState
from evidence.models import Evidence, EvidenceKind, Marking, PointLink
from evidence.permissions import check_can_approve, check_can_change, evidence_of
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import AT, make_approved, make_draft, make_facts, make_submitted, make_upload
from tests.factories.framework import make_framework

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


def test_added_items_are_numbered_one_after_the_other(team):
    first, second = make_draft(by=team), make_draft(by=team)

    assert [first.evidence.code, second.evidence.code] == ["E1", "E2"]
    assert first.evidence.owner == team
    assert AuditEvent.objects.filter(action="evidence.added").count() == 2


def test_approving_a_newer_revision_supersedes_the_older(team):
    evidence = make_approved(by=team)
    newer = revisions.start_revision(by=team, at=AT, evidence=evidence)
    revisions.submit(by=team, at=AT, revision=newer)

    revisions.approve(by=team, at=AT, revision=newer)

    assert list(evidence.revisions.values_list("number", "state")) == [(2, "approved"), (1, "superseded")]


def test_new_revision_starts_as_a_copy_with_the_files(team):
    evidence = make_approved(by=team, upload=make_upload())

    newer = revisions.start_revision(by=team, at=AT, evidence=evidence)

    assert newer.text.startswith("Of 300 families")
    assert [file.stored.original_name for file in newer.files.all()] == ["Survey.txt"]
    assert revisions.start_revision(by=team, at=AT, evidence=evidence) == newer


def test_draft_that_lacks_something_is_not_submitted(team):
    draft = make_draft(by=team, text="", covers_from_on=None)

    with pytest.raises(Incomplete) as refused:
        revisions.submit(by=team, at=AT, revision=draft)

    assert [one.field for one in refused.value.missing] == ["covers_from_on", "uploads"]


def test_returning_asks_for_a_reason_and_lets_the_supplier_mend_it(team):
    submitted = make_submitted(by=team)
    with pytest.raises(Incomplete):
        revisions.return_revision(by=team, at=AT, revision=submitted, reason=" ")
    returned = revisions.return_revision(by=team, at=AT, revision=submitted, reason="Say how many were asked.")

    mended = revisions.start_revision(by=team, at=AT, evidence=returned.evidence)

    returned.refresh_from_db()
    assert (mended.state, returned.state) == (State.DRAFT, State.SUPERSEDED)


def test_same_file_in_two_items_is_told(team):
    first = make_draft(by=team, upload=make_upload())
    second = make_draft(by=team)

    saved = revisions.save_revision(
        by=team, at=AT, revision=second, lock=second.lock, words=Words(), uploads=[make_upload(name="Copy.txt")]
    )

    assert saved.twins == (first.evidence,)


def test_file_that_intake_refuses_leaves_nothing_behind(team):
    draft = make_draft(by=team, text="")
    uploads = [make_upload(), make_upload(name="tool.exe", content=b"MZ\x90\x00 a program")]

    with pytest.raises(Refused, match=r"tool\.exe"):
        revisions.save_revision(by=team, at=AT, revision=draft, lock=draft.lock, words=Words(), uploads=uploads)

    assert not draft.files.exists()
    assert not StoredFile.objects.live().exists()


def test_two_who_save_the_same_draft_do_not_overwrite_each_other(team):
    draft = make_draft(by=team)
    lock = draft.lock
    revisions.save_revision(by=team, at=AT, revision=draft, lock=lock, words=Words(text="Mine, saved first."))

    with pytest.raises(revisions.Conflict) as conflict:
        revisions.save_revision(by=team, at=AT, revision=draft, lock=lock, words=Words(text="Yours."))

    assert conflict.value.theirs.text == "Mine, saved first."


def test_two_who_change_the_same_item_do_not_overwrite_each_other(team):
    evidence = make_approved(by=team)
    items.change_evidence(by=team, at=AT, evidence=evidence, version=0, facts=make_facts(title="First"))

    with pytest.raises(Conflict) as conflict:
        items.change_evidence(by=team, at=AT, evidence=evidence, version=0, facts=make_facts(title="Second"))

    assert conflict.value.theirs.title == "First"


@pytest.mark.parametrize(
    "change", [{"kind": EvidenceKind.QUALITY_ASSURANCE}, {"title": "Something else"}], ids=["kind", "title"]
)
def test_what_an_approval_rests_on_is_changed_by_those_who_approve_alone(team, change):
    partner = make_user(Role.PARTNER, organisation=make_organisation(name="Forum"))
    story = {"kind": EvidenceKind.CASE_STUDY, "owner": partner}
    evidence = make_approved(by=partner, approver=team, **story)
    facts = make_facts(**(story | change))

    with pytest.raises(items.Settled):
        items.change_evidence(by=partner, at=AT, evidence=evidence, version=evidence.version, facts=facts)

    row = items.change_evidence(by=team, at=AT, evidence=evidence, version=evidence.version, facts=facts)
    assert [getattr(row, name) for name in change] == list(change.values())


def test_archived_item_can_be_taken_out_again_and_not_revised_before(team):
    evidence = items.archive_evidence(by=team, at=AT, evidence=make_approved(by=team))
    with pytest.raises(NotAllowed, match="in the archive"):
        revisions.start_revision(by=team, at=AT, evidence=evidence)

    restored = items.restore_evidence(by=team, at=AT, evidence=evidence)

    assert restored.archived_at is None


def test_point_is_linked_once_with_the_newer_sentence(team):
    evidence = make_approved(by=team)
    point = make_point(criterion=make_criterion(framework=make_framework()))
    items.link_point(by=team, at=AT, evidence=evidence, point=point, relevance="First.")

    items.link_point(by=team, at=AT, evidence=evidence, point=point, relevance="Second.")

    assert PointLink.objects.get().relevance == "Second."


@pytest.mark.parametrize("stale", ["lock", "version"])
def test_approver_approves_what_the_page_showed(team, stale):
    submitted = make_submitted(by=team)
    seen = {"lock": submitted.lock, "version": submitted.evidence.version}
    client = Client()
    client.force_login(team)
    address = reverse("evidence:revision-approve", args=[submitted.evidence.number, submitted.number])

    missed = client.post(address, seen | {stale: seen[stale] - 1})
    page = client.get(reverse("evidence:evidence-show", args=[submitted.evidence.number])).content.decode()
    client.post(address, seen)

    assert missed.status_code == 409
    assert "It has changed since you opened the page" in missed.content.decode()
    assert all(f'name="{name}" value="{value}"' in page for name, value in seen.items())
    assert submitted.evidence.revisions.get().state == State.APPROVED


def test_approved_revision_cannot_be_approved_again(team):
    evidence = make_approved(by=team)

    with pytest.raises(WrongState):
        revisions.approve(by=team, at=AT, revision=evidence.revisions.get())


# -- who may what

READS_ALL = {Role.LANO, Role.DIRECTOR, Role.HEALTH_LEAD, Role.SEND_TEAM, Role.DATA_LEAD, Role.SYSTEM_LEAD}


@pytest.mark.parametrize("role", Role, ids=str)
def test_role_reads_all_evidence_or_only_its_own(team, role):
    theirs = make_approved(by=team)
    person = make_user(role)

    assert (theirs in evidence_of(person)) is (role in READS_ALL)


def test_partner_sees_its_own_and_what_its_colleagues_added(team):
    forum = make_organisation(name="Parent carer forum", kind=OrganisationKind.PARENT_CARER_FORUM)
    partner, colleague = (make_user(Role.PARTNER, organisation=forum) for _ in range(2))
    own = make_draft(by=partner).evidence
    shared, closed = make_draft(by=colleague).evidence, make_draft(by=colleague, marking=Marking.CONFIDENTIAL).evidence
    make_approved(by=team, organisation=forum)

    assert set(evidence_of(partner)) == {own, shared}
    check_can_change(partner, shared)
    with pytest.raises(NotAllowed):
        check_can_change(partner, closed)


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        pytest.param(Role.LANO, OrganisationKind.COUNCIL, True, id="LANO, from the council"),
        pytest.param(Role.SEND_TEAM, OrganisationKind.ICB, True, id="SEND team, from health"),
        pytest.param(Role.HEALTH_LEAD, OrganisationKind.ICB, True, id="health lead, from the ICB"),
        pytest.param(Role.HEALTH_LEAD, OrganisationKind.HEALTH_PROVIDER, True, id="health lead, from a provider"),
        pytest.param(Role.HEALTH_LEAD, OrganisationKind.COUNCIL, False, id="health lead, from the council"),
        pytest.param(Role.SYSTEM_LEAD, OrganisationKind.COUNCIL, False, id="system lead"),
        pytest.param(Role.DIRECTOR, OrganisationKind.COUNCIL, False, id="director"),
        pytest.param(Role.PARTNER, OrganisationKind.ICB, False, id="partner"),
    ],
)
def test_approver_is_the_lano_the_team_and_for_health_the_health_lead(team, role, kind, may):
    organisation = make_organisation(name="Where it comes from", kind=kind)
    submitted = make_submitted(by=team, organisation=organisation)
    person = make_user(role)

    if may:
        check_can_approve(person, submitted.evidence)
        revisions.approve(by=person, at=AT, revision=submitted)
    else:
        with pytest.raises(NotAllowed):
            revisions.approve(by=person, at=AT, revision=submitted)


def test_system_lead_changes_own_evidence_alone(team):
    lead = make_user(Role.SYSTEM_LEAD)
    own, theirs = make_draft(by=lead).evidence, make_approved(by=team)

    check_can_change(lead, own)
    with pytest.raises(NotAllowed, match="Only its owner"):
        check_can_change(lead, theirs)


def test_member_adds_nothing():
    with pytest.raises(NotAllowed):
        items.add_evidence(by=make_user(Role.MEMBER), at=AT, facts=make_facts())

    assert not Evidence.objects.exists()
