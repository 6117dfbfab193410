"""Each version of an answer: two people, twenty files, every role."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from documents.intake import Refused
from documents.models import StoredFile
from inspection.actions import decisions, owners
from inspection.actions import items as actions
from inspection.actions.items import CannotAttach, Conflict, Incomplete
from inspection.domain.submissions import Answer, State, WrongState
from inspection.models import ItemSubmission
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import (
    AT,
    make_approved,
    make_draft,
    make_owner,
    make_submitted,
    make_upload,
    make_words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def item():
    make_area()
    framework = make_framework()
    return make_request_item(framework=framework, deadline=make_timetable_rule(framework=framework))


@pytest.fixture
def health_item(item):
    return make_request_item(
        framework=item.framework,
        deadline=item.deadline,
        code="waiting-times",
        title="Waiting times by pathway",
        is_health_item=True,
    )


@pytest.fixture
def team():
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def lano():
    return make_user(Role.LANO, name="LANO")


def test_first_version_goes_from_draft_to_approved(item, team, lano):
    submission = make_approved(by=team, item=item, approver=lano)

    assert submission.state == State.APPROVED
    assert (submission.version, submission.decided_by) == (1, lano)
    actions_told = list(AuditEvent.objects.filter(action__startswith="submission.").values_list("action", flat=True))
    assert set(actions_told) == {
        "submission.started",
        "submission.changed",
        "submission.file_attached",
        "submission.submitted",
        "submission.approved",
    }


def test_second_version_starts_as_a_copy_and_supersedes_the_first_once_approved(item, team, lano):
    first = make_approved(by=team, item=item, approver=lano)

    second = actions.start_version(by=team, at=AT, item=item)
    first.refresh_from_db()
    assert first.state == State.APPROVED
    assert [file.stored_id for file in second.files.all()] == [file.stored_id for file in first.files.all()]

    actions.submit(by=team, at=AT, submission=second)
    decisions.approve(by=lano, at=AT, submission=second)
    first.refresh_from_db()
    assert first.state == State.SUPERSEDED
    assert ItemSubmission.objects.get(pk=second.pk).state == State.APPROVED


def test_start_twice_gives_the_same_draft(item, team, lano):
    first = actions.start_version(by=team, at=AT, item=item)
    again = actions.start_version(by=lano, at=AT, item=item)

    assert again == first


def test_returned_version_keeps_its_reason_when_the_next_starts(item, team, lano):
    submitted = make_submitted(by=team, item=item)
    returned = decisions.return_version(by=lano, at=AT, submission=submitted, reason="The figures are of 2024.")

    actions.start_version(by=team, at=AT, item=item)

    returned.refresh_from_db()
    assert returned.state == State.SUPERSEDED
    assert returned.return_reason == "The figures are of 2024."


def test_return_without_a_reason_is_refused(item, team, lano):
    submitted = make_submitted(by=team, item=item)

    with pytest.raises(Incomplete, match="Say what has to change"):
        decisions.return_version(by=lano, at=AT, submission=submitted, reason="  ")


def test_submit_without_a_file_says_what_is_missing_and_stays_a_draft(item, team):
    draft = actions.start_version(by=team, at=AT, item=item)

    with pytest.raises(Incomplete, match="Attach at least one file"):
        actions.submit(by=team, at=AT, submission=draft)

    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_submit_fills_in_a_review_date_a_year_on(item, team):
    submitted = make_submitted(by=team, item=item, review_by_on=None)

    assert submitted.review_by_on == date(2026, 10, 31) + timedelta(days=365)


def test_second_save_against_an_old_lock_is_a_conflict_and_saves_nothing(item, team, lano):
    draft = make_draft(by=team, item=item)
    stored = StoredFile.objects.count()
    actions.save_draft(by=lano, at=AT, submission=draft, lock=draft.lock, words=make_words(note="Theirs"))

    with pytest.raises(Conflict) as conflict:
        actions.save_draft(
            by=team,
            at=AT,
            submission=draft,
            lock=draft.lock,
            words=make_words(note="Mine"),
            uploads=[make_upload(content=b"Another text, of mine.\n")],
        )

    assert conflict.value.theirs.note == "Theirs"
    draft.refresh_from_db()
    assert draft.note == "Theirs"
    assert StoredFile.objects.count() == stored


def test_refused_file_leaves_nothing_of_the_save(item, team):
    draft = make_draft(by=team, item=item)

    with pytest.raises(Refused, match=r"empty\.pdf"):
        actions.save_draft(
            by=team,
            at=AT,
            submission=draft,
            lock=draft.lock,
            words=make_words(note="Never saved"),
            uploads=[make_upload(content=b"Fine.\n"), make_upload(name="empty.pdf", content=b"")],
        )

    draft.refresh_from_db()
    assert draft.note == ""
    assert draft.files.count() == 1
    assert not StoredFile.objects.live().filter(pk__gt=draft.files.get().stored_id).exists()


def test_same_bytes_twice_in_a_version_are_recognised(item, team):
    draft = make_draft(by=team, item=item)

    with pytest.raises(CannotAttach, match="attached to this version already"):
        actions.attach_file(by=team, at=AT, submission=draft, upload=make_upload(name="Copy.txt"))


def test_same_bytes_in_another_item_are_told(item, health_item, team):
    make_draft(by=team, item=item)
    draft = actions.start_version(by=team, at=AT, item=health_item)

    attached = actions.attach_file(by=team, at=AT, submission=draft, upload=make_upload(name="Copy.txt"))

    assert attached.twins == ("Self-evaluation",)


def test_same_bytes_in_an_item_of_somebody_else_are_not_told_to_a_partner(item, health_item, team):
    make_draft(by=team, item=item)
    partner = make_user(Role.PARTNER)
    make_owner(by=team, item=health_item, owner=partner)
    draft = actions.start_version(by=partner, at=AT, item=health_item)

    attached = actions.attach_file(by=partner, at=AT, submission=draft, upload=make_upload(name="Copy.txt"))

    assert attached.twins == ()


def test_archive_and_its_undo_bring_back_what_stood(item, team, lano):
    approved = make_approved(by=team, item=item, approver=lano)

    archived = decisions.archive_version(by=lano, at=AT, submission=approved)
    assert not ItemSubmission.objects.standing().filter(item=item).exists()

    restored = decisions.restore_version(by=lano, at=AT, submission=archived)
    assert (restored.state, restored.archived_at) == (State.APPROVED, None)


def test_restored_version_is_superseded_when_another_was_approved_meanwhile(item, team, lano):
    first = decisions.archive_version(by=lano, at=AT, submission=make_approved(by=team, item=item, approver=lano))
    second = actions.start_version(by=team, at=AT, item=item)
    actions.save_draft(
        by=team,
        at=AT,
        submission=second,
        lock=second.lock,
        words=make_words(),
        uploads=[make_upload(content=b"New.\n")],
    )
    actions.submit(by=team, at=AT, submission=second)
    decisions.approve(by=lano, at=AT, submission=second)

    restored = decisions.restore_version(by=lano, at=AT, submission=first)

    assert restored.state == State.SUPERSEDED


def test_restoring_a_draft_beside_an_open_version_is_refused(item, team):
    first = decisions.archive_version(by=team, at=AT, submission=make_draft(by=team, item=item))
    actions.start_version(by=team, at=AT, item=item)

    with pytest.raises(WrongState, match="Another version"):
        decisions.restore_version(by=team, at=AT, submission=first)


def test_approve_many_approves_all_or_none(item, health_item, team, lano):
    one, two = make_submitted(by=team, item=item), make_submitted(by=team, item=health_item)

    with pytest.raises(Conflict):
        decisions.approve_many(by=lano, at=AT, submissions=[(one, one.lock), (two, two.lock - 1)])
    one.refresh_from_db()
    assert one.state == State.SUBMITTED

    decisions.approve_many(by=lano, at=AT, submissions=[(one, one.lock), (two, two.lock)])
    assert set(ItemSubmission.objects.values_list("state", flat=True)) == {State.APPROVED.value}


SUPPLY = {Role.LANO, Role.SEND_TEAM}
APPROVE = {Role.LANO}
APPROVE_HEALTH = {Role.LANO, Role.HEALTH_LEAD}


@pytest.mark.parametrize("role", Role)
def test_who_may_supply_an_item_that_is_not_theirs(item, role):
    user = make_user(role)

    if role in SUPPLY:
        assert actions.start_version(by=user, at=AT, item=item).version == 1
    else:
        with pytest.raises(NotAllowed):
            actions.start_version(by=user, at=AT, item=item)


@pytest.mark.parametrize("role", Role)
def test_who_may_supply_an_item_of_their_own(item, role, lano):
    user = make_user(role)
    may = SUPPLY | {Role.HEALTH_LEAD, Role.DATA_LEAD, Role.SYSTEM_LEAD, Role.PARTNER}

    if role in may:
        owners.assign_owner(by=lano, at=AT, item=item, owner=user)
        assert actions.start_version(by=user, at=AT, item=item).version == 1
    else:
        with pytest.raises(NotAllowed):
            owners.assign_owner(by=lano, at=AT, item=item, owner=user)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("is_health", [True, False], ids=["health item", "other item"])
def test_who_may_approve_and_return(item, health_item, team, role, is_health):
    user = make_user(role)
    may = role in (APPROVE_HEALTH if is_health else APPROVE)
    chosen = health_item if is_health else item
    submitted = make_submitted(by=team, item=chosen)

    for act in (
        lambda: decisions.approve(by=user, at=AT, submission=submitted),
        lambda: decisions.return_version(by=user, at=AT, submission=submitted, reason="Not what was asked."),
    ):
        if may:
            act()
        else:
            with pytest.raises(NotAllowed):
                act()


def test_link_and_none_need_no_file(item, health_item, team):
    link = make_submitted(by=team, item=item, answer=Answer.LINK, link="https://www.example.org/plan")
    none = make_submitted(by=team, item=health_item, answer=Answer.NONE, none_reason="No pathway is commissioned.")

    assert {link.state, none.state} == {State.SUBMITTED}


def test_look_is_kept_for_each_person(team):
    look = owners.mark_as_seen(by=team, at=AT)
    again = owners.mark_as_seen(by=team, at=timezone.now())

    assert again.pk == look.pk
    assert again.at > AT
