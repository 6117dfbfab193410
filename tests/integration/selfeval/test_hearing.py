"""What the SEND team, the LANO and the safeguarding lead do with what people say; and who may not read it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent, OutgoingMail
from accounts.permissions import NotAllowed
from selfeval.actions import answers, comments, rounds
from selfeval.actions.answers import Answer, Incomplete
from selfeval.actions.comments import Said, Sender
from selfeval.domain.hearing import findings
from selfeval.gather.heard import hearing_facts, said_and_done
from selfeval.models import (
    Channel,
    Comment,
    CommentState,
    ConsultationRound,
    Decision,
    Response,
)
from tests.factories.accounts import make_area, make_user
from tests.factories.criteria import make_criterion
from tests.factories.hearing import leave_words, make_frozen, make_open_round
from tests.factories.selfeval import make_self_evaluation

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NAMES = "My son Testname waits for a place."
HARM = "A child at the setting is scared to go home."


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def team(area):
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def lano(area):
    return make_user(Role.LANO, name="LANO")


@pytest.fixture
def member(area):
    return make_user(Role.MEMBER, name="Councillor Vale")


@pytest.fixture
def lead(area):
    user = make_user(Role.SYSTEM_LEAD, name="Safeguarding lead")
    area.safeguarding_lead = user
    area.save()
    return user


@pytest.fixture
def version(team):
    cycle = make_self_evaluation()
    make_criterion(framework=cycle.framework)
    return make_frozen(cycle=cycle, by=team)


@pytest.fixture
def asked(team, version):
    return make_open_round(version=version, by=team)


def now():
    return timezone.now()


def facts_of(asked: ConsultationRound, **changed: object) -> rounds.Facts:
    return rounds.Facts(**{name: getattr(asked, name) for name in rounds.FACT_NAMES} | changed)


def make_answer(**fields: object) -> Answer:
    return Answer(**{"decision": Decision.NOTED, "text": "Thank you.", **fields})


# -- held, and passed on


def test_comment_that_may_name_a_child_is_held_whole(member, version):
    comment = leave_words(by=member, version=version, text=NAMES)

    assert (comment.state, comment.text, comment.has_name) == (CommentState.HELD, NAMES, True)
    assert comment.held_reason == "It may name a child: “my son {Name}”."
    assert not OutgoingMail.objects.exists()


def test_comment_that_may_tell_of_harm_reaches_the_lead_with_the_time_and_no_words(member, lead, version):
    before = now()

    comment = leave_words(by=member, version=version, text=HARM)

    assert (comment.state, comment.passed_on_to) == (CommentState.PASSED_ON, lead)
    assert before <= comment.passed_on_at <= now()
    mail = OutgoingMail.objects.get()
    assert mail.to == lead.email
    assert reverse("selfeval:disclosure-show", args=[comment.pk]) in mail.body
    assert "scared" not in mail.subject + mail.body
    assert "setting" not in mail.body
    told = AuditEvent.objects.filter(thing_id=str(comment.pk), action__startswith="comment.")
    assert not any("scared" in event.text + event.thing_label for event in told)


def test_without_a_lead_every_lano_is_told_and_it_blocks(member, lano, version):
    comment = leave_words(by=member, version=version, text=HARM)

    assert (comment.state, comment.passed_on_at) == (CommentState.HELD, None)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [lano.email]
    assert {one.code for one in findings(hearing_facts(now()))} == {"consultation-harm-not-passed-on"}


def test_lano_passes_on_once_a_lead_is_named(member, lano, area, version):
    comment = leave_words(by=member, version=version, text=HARM)
    area.safeguarding_lead = make_user(Role.SYSTEM_LEAD)
    area.save()

    passed = answers.pass_on(by=lano, at=now(), comment=comment)

    assert passed.state == CommentState.PASSED_ON
    assert passed.passed_on_to == area.safeguarding_lead


def test_lead_acknowledges_and_may_give_it_back(client, member, lead, version):
    comment = leave_words(by=member, version=version, text=HARM)
    client.force_login(lead)

    page = client.get(reverse("selfeval:disclosure-show", args=[comment.pk]))
    client.post(reverse("selfeval:disclosure-acknowledge", args=[comment.pk]))
    acknowledged = Comment.objects.get()
    client.post(reverse("selfeval:disclosure-return", args=[comment.pk]))
    returned = Comment.objects.get()

    assert HARM in page.content.decode()
    assert AuditEvent.objects.filter(action="comment.read", thing_id=str(comment.pk)).exists()
    assert (acknowledged.acknowledged_by, acknowledged.state) == (lead, CommentState.PASSED_ON)
    assert (returned.has_harm, returned.state) == (False, CommentState.RECEIVED)


def test_lead_who_was_replaced_still_has_what_was_passed_to_them(member, lead, area, version):
    comment = leave_words(by=member, version=version, text=HARM)
    area.safeguarding_lead = make_user(Role.SYSTEM_LEAD)
    area.save()

    assert answers.acknowledge(by=lead, at=now(), comment=comment).acknowledged_by == lead


@pytest.mark.parametrize("role", Role)
def test_words_that_may_tell_of_harm_are_for_the_lead_and_the_lano(client, member, lead, version, role):
    comment = leave_words(by=member, version=version, text=HARM)
    client.force_login(make_user(role))

    pages = [
        reverse("selfeval:disclosure-show", args=[comment.pk]),
        reverse("selfeval:comment-show", args=[comment.pk]),
    ]
    pages += [reverse("selfeval:comment-list"), f"{reverse('selfeval:comment-list')}?q=scared"]
    shown = [HARM in client.get(page, follow=True).content.decode() for page in pages]

    assert any(shown) is (role is Role.LANO)


@pytest.mark.parametrize("role", Role)
def test_held_words_are_for_the_lano(client, member, version, role):
    comment = leave_words(by=member, version=version, text=NAMES)
    client.force_login(make_user(role))

    pages = [reverse("selfeval:comment-show", args=[comment.pk]), reverse("selfeval:comment-list")]
    pages += [
        f"{reverse('selfeval:comment-list')}?q=Testname",
        reverse("reading:own-list"),
        reverse("reading:came-list"),
    ]
    shown = [NAMES in client.get(page, follow=True).content.decode() for page in pages]

    assert any(shown) is (role is Role.LANO)


def test_search_finds_no_words_that_are_closed(client, team, member, lead, version):
    leave_words(by=member, version=version, text=NAMES)
    leave_words(by=member, version=version, text=HARM)
    client.force_login(team)

    for word in ("Testname", "scared"):
        page = client.get(f"{reverse('selfeval:comment-list')}?q={word}").content.decode()
        assert "No comment matches" in page


def test_lano_sets_free_or_keeps_closed_and_words_stay(team, lano, member, version):
    first = leave_words(by=member, version=version, text=NAMES)
    second = leave_words(by=member, version=version, text=NAMES)
    with pytest.raises(NotAllowed):
        answers.release_comment(by=team, at=now(), comment=first)

    freed = answers.release_comment(by=lano, at=now(), comment=first)
    kept = answers.keep_held(by=lano, at=now(), comment=second)

    assert (freed.state, freed.text) == (CommentState.RECEIVED, NAMES)
    assert (kept.state, kept.decided_by, kept.text) == (CommentState.HELD, lano, NAMES)


def test_team_holds_and_passes_on_what_no_list_saw(team, member, lead, version):
    comment = leave_words(by=member, version=version)
    public = make_answer(said="Waits", is_public=True)
    answers.answer_comment(by=team, at=now(), comment=comment, answer=public)

    held = answers.hold_comment(by=team, at=now(), comment=comment, reason="It points at one family.")
    passed = answers.pass_on(by=team, at=now(), comment=comment)

    assert held.state == CommentState.HELD
    assert passed.passed_on_to == lead
    assert not Response.objects.filter(is_public=True).exists()
    assert not said_and_done(version.self_evaluation)


# -- answers


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"decision": Decision.ACCEPTED}, "what_changed"),
        ({"is_public": True}, "said"),
        ({"is_public": True, "said": "My son Testname"}, "said"),
    ],
    ids=["no words", "accepted without a change", "public without our words", "public with a name"],
)
def test_answer_that_lacks_something_says_what(team, member, version, fields, field):
    comment = leave_words(by=member, version=version)

    with pytest.raises(Incomplete) as refusal:
        answers.answer_comment(by=team, at=now(), comment=comment, answer=make_answer(**fields))

    assert refusal.value.field == field
    assert not Response.objects.exists()


def test_public_answers_alone_are_shown_to_others_and_the_newest_stands(client, team, member, version):
    first, second = (leave_words(by=member, version=version, text=f"Words {n} of mine") for n in (1, 2))
    for text in ("At first.", "In the end."):
        public = make_answer(decision=Decision.NOT_ACCEPTED, text=text, said="In short.", is_public=True)
        answers.answer_comment(by=team, at=now(), comment=first, answer=public)
    answers.answer_comment(by=team, at=now(), comment=second, answer=make_answer(text="Between us."))
    client.force_login(make_user(Role.MEMBER))

    page = client.get(reverse("reading:came-list")).content.decode()

    assert "In short." in page
    assert "In the end." in page
    assert "At first." not in page
    assert "Between us." not in page
    assert "of mine" not in page
    assert member.name not in page
    client.force_login(member)
    assert "Between us." in client.get(reverse("reading:own-list")).content.decode()


def test_whoever_only_reads_drafts_answers_nothing(client, member, version):
    comment = leave_words(by=member, version=version)
    client.force_login(make_user(Role.DIRECTOR))

    assert client.post(reverse("selfeval:comment-answer", args=[comment.pk]), {"text": "x"}).status_code == 403


def test_team_logs_a_call_in_somebodys_name(client, team, version, asked):
    client.force_login(team)
    words = {
        "version_asked": version.pk,
        "consultation": asked.pk,
        "channel": "phone",
        "came_on": f"{timezone.localdate():%d/%m/%Y}",
        "author_name": "A grandmother",
        "group": "Families",
        "text": "Nobody rings back.",
    }

    answer = client.post(reverse("selfeval:comment-log"), words)

    comment = Comment.objects.get()
    assert answer.status_code == 302
    assert (comment.author_name, comment.logged_by, comment.channel) == ("A grandmother", team, Channel.PHONE)
    assert comment.received_at <= now()


def test_call_that_tells_of_harm_is_passed_on_as_any_other(team, lead, version):
    comment = comments.log_comment(
        by=team,
        at=now(),
        version=version,
        asked=None,
        said=Said(text=HARM),
        sender=Sender(name="A caller"),
        channel=Channel.PHONE,
        received_at=now() - timedelta(hours=2),
    )

    assert comment.passed_on_to == lead
