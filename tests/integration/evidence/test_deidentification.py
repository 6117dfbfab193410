"""A second person looks whether anybody can be recognised, before anything publishes what tells of people."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.permissions import NotAllowed
from evidence.actions import items, revisions
from evidence.actions.checks import MovedOn, SayWhat, check_revision
from evidence.models import DeidentificationCheck, EvidenceKind, Marking
from evidence.publishing import may_be_published, what_is_checked
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import AT, make_approved, make_draft, make_facts, make_submitted

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STORY = {"kind": EvidenceKind.CASE_STUDY, "marking": Marking.OPEN, "title": "A way back to school"}


@pytest.fixture
def lead():
    make_area()
    return make_user(Role.SYSTEM_LEAD, name="System lead")


@pytest.fixture
def team(lead):
    return make_user(Role.SEND_TEAM, name="SEND team")


def check(by, revision, *, is_clear=True, note=""):
    seen = what_is_checked(revision.evidence, revision)
    return check_revision(by=by, at=AT, revision=revision, seen=seen, is_clear=is_clear, note=note)


def approved_story(lead, team):
    evidence = make_approved(by=lead, approver=team, **STORY)
    return evidence, evidence.revisions.approved().get()


def test_case_study_is_published_once_a_second_person_found_nobody(lead, team):
    evidence, revision = approved_story(lead, team)
    assert not may_be_published(evidence).is_nameable

    check(team, revision)

    assert may_be_published(evidence).is_allowed


def test_something_that_has_to_go_keeps_it_back(lead, team):
    evidence, revision = approved_story(lead, team)

    check(team, revision, is_clear=False, note="The second paragraph names a school.")

    assert "second person" in may_be_published(evidence).reason


def test_what_has_to_go_is_said(lead, team):
    _, revision = approved_story(lead, team)

    with pytest.raises(SayWhat):
        check(team, revision, is_clear=False)


def test_later_doubt_outweighs_an_earlier_all_clear(lead, team):
    evidence, revision = approved_story(lead, team)
    check(team, revision)

    check(team, revision, is_clear=False, note="A rare illness.")

    assert not may_be_published(evidence).is_allowed


def test_filter_shows_what_nobody_has_looked_at_as_it_stands(lead, team):
    _, revision = approved_story(lead, team)
    client = Client()
    client.force_login(team)
    address = reverse("evidence:evidence-list")

    def shown() -> bool:
        return STORY["title"] in client.get(address, {"unchecked": "true"}).content.decode()

    before = shown()
    check(team, revision)
    clear = shown()
    revision.text = "Other words."
    revision.save()

    assert (before, clear, shown()) == (True, False, True)


def test_changed_words_are_looked_at_again(lead, team):
    evidence, revision = approved_story(lead, team)
    check(team, revision)

    items.change_evidence(by=team, at=AT, evidence=evidence, version=0, facts=make_facts(**STORY, shows="Sam waited."))
    evidence.refresh_from_db()

    assert not may_be_published(evidence).is_allowed


def test_who_wrote_it_cannot_check_it(lead, team):
    _, revision = approved_story(lead, team)

    with pytest.raises(NotAllowed, match="a second person"):
        check(lead, revision)


def test_who_changed_it_on_the_way_cannot_check_it(lead, team):
    draft = make_draft(by=lead, **STORY)
    items.change_evidence(by=team, at=AT, evidence=draft.evidence, version=0, facts=make_facts(**STORY, shows="New."))
    submitted = revisions.submit(by=lead, at=AT, revision=draft)

    with pytest.raises(NotAllowed, match="You had a hand in it"):
        check(team, submitted)


def test_who_only_approved_it_is_a_second_person(lead, team):
    _, revision = approved_story(lead, team)

    assert check(team, revision).is_clear


def test_draft_is_not_checked(lead, team):
    with pytest.raises(NotAllowed, match="handed over"):
        check(team, make_draft(by=lead, **STORY))


def test_partner_does_not_check(lead, team):
    partner = make_user(Role.PARTNER)

    with pytest.raises(NotAllowed):
        check(partner, make_submitted(by=lead, **STORY))


def test_what_moved_on_since_the_page_was_opened_is_looked_at_again(lead, team):
    _, revision = approved_story(lead, team)

    with pytest.raises(MovedOn):
        check_revision(by=team, at=AT, revision=revision, seen="old", is_clear=True, note="")


def test_page_asks_the_second_person_and_says_what_was_found(lead, team):
    evidence, _ = approved_story(lead, team)
    client = Client()
    client.force_login(team)
    page = client.get(reverse("evidence:evidence-show", args=[evidence.number]))
    seen = page.context["page"].checks[0].form.initial["seen"]

    address = reverse("evidence:revision-check", args=[evidence.number, 1])
    refused = client.post(address, {"seen": seen, "found": "not"})
    saved = client.post(address, {"seen": seen, "found": "clear"}, follow=True)

    assert "Can anybody be recognised in revision 1?" in page.content.decode()
    assert refused.status_code == 400
    assert "Say what has to go" in refused.content.decode()
    assert "Yes, it may be named and quoted" in saved.content.decode()
    assert DeidentificationCheck.objects.get().checked_by == team
