"""Rounds, their papers and election days; word lists, activities and voices."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from selfeval.actions import answers, comments, heard, hold_lists, rounds
from selfeval.actions.answers import Answer
from selfeval.actions.comments import Said
from selfeval.actions.heard import ActivityFacts, VoiceFacts
from selfeval.actions.hold_lists import Spoilt
from selfeval.actions.rounds import Conflict, ElectionDays
from selfeval.domain.hearing import findings
from selfeval.gather.heard import hearing_facts, publishable_voices
from selfeval.models import (
    Comment,
    ConsultationRound,
    Decision,
    ElectionPeriod,
    HoldKind,
    Voice,
)
from tests.factories.accounts import make_area, make_user
from tests.factories.criteria import make_criterion
from tests.factories.hearing import leave_words, make_frozen, make_link, make_open_round
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


# -- rounds


def test_round_before_an_election_asks_for_a_reason(team, version, asked):
    today = timezone.localdate()
    hold_lists.save_period(by=team, at=now(), name="Local elections", from_on=today, to_on=today + timedelta(days=20))
    facts = facts_of(asked, title="Another")

    with pytest.raises(ElectionDays) as refusal:
        rounds.add_round(by=team, at=now(), facts=facts)
    added = rounds.add_round(
        by=team, at=now(), facts=facts_of(asked, election_reason="The board asked for it in July.")
    )

    assert "Local elections" in refusal.value.sentence
    assert (added.election_decided_by, added.election_reason) == (team, "The board asked for it in July.")
    assert added.election_decided_at


def test_period_that_comes_later_stops_invitations_and_is_found(team, asked):
    today = timezone.localdate()
    ElectionPeriod.objects.create(name="By-election", from_on=today, to_on=today)

    with pytest.raises(NotAllowed, match="By-election"):
        make_link(asked=asked, by=team)
    assert "consultation-before-election" in {one.code for one in findings(hearing_facts(now()))}


def test_two_people_who_change_a_round_lose_nothing(client, team, asked):
    client.force_login(team)
    page = client.get(reverse("selfeval:round-change", args=[asked.pk]))
    words = {
        name: page.context["form"][name].value() or ""
        for name in page.context["form"].fields
        if name != "version_asked"
    }
    words |= {"version_asked": asked.version_asked_id, "title": "My title"}
    words |= {name: f"{words[name]:%d/%m/%Y}" for name in ("opens_on", "closes_on") if not isinstance(words[name], str)}
    rounds.change_round(by=team, at=now(), asked=asked, version=1, facts=facts_of(asked, title="Their title"))

    answer = client.post(reverse("selfeval:round-change", args=[asked.pk]), words)

    assert answer.status_code == 409
    told = answer.content.decode()
    assert "Their title" in told
    assert "My title" in told
    with pytest.raises(Conflict):
        rounds.change_round(by=team, at=now(), asked=asked, version=1, facts=facts_of(asked))


def test_round_keeps_its_version_once_somebody_has_spoken(team, member, version, asked):
    comments.leave_comments(by=member, at=now(), version=version, asked=asked, said=(Said(text="Words"),))
    other = make_frozen(cycle=version.self_evaluation, by=team, number=2)

    with pytest.raises(NotAllowed, match="start another round"):
        rounds.change_round(by=team, at=now(), asked=asked, version=1, facts=facts_of(asked, version_asked=other))


def test_closed_round_with_unanswered_comments_is_found_until_they_are_answered(team, member, version, asked):
    (comment,) = comments.leave_comments(by=member, at=now(), version=version, asked=asked, said=(Said(text="Words"),))
    rounds.close_round(by=team, at=now(), asked=asked)
    before = {one.code for one in findings(hearing_facts(now()))}
    answers.answer_comment(by=team, at=now(), comment=comment, answer=make_answer())

    assert before == {"consultation-closed-unanswered"}
    assert not findings(hearing_facts(now()))


def test_paper_goes_with_the_round_to_members_and_by_link(client, team, member, asked):
    from tests.factories.documents import make_upload

    paper = rounds.add_paper(by=team, at=now(), asked=asked, title="In short", upload=make_upload())
    _, token = make_link(asked=asked, by=team)
    by_link = client.get(reverse("reading:link-paper-download", args=[token, asked.pk, paper.pk]))
    client.force_login(member)
    signed_in = client.get(reverse("reading:paper-download", args=[asked.pk, paper.pk]))

    assert b"".join(by_link.streaming_content) == b"".join(signed_in.streaming_content) == b"What we plan.\n"
    assert AuditEvent.objects.filter(action="file.downloaded").count() == 2


# -- lists, activities, voices


def test_own_list_is_in_force_at_once_and_can_be_put_back(lano, team, member, version):
    with pytest.raises(NotAllowed):
        hold_lists.save_list(by=team, at=now(), kind=HoldKind.HARM, version=0, text="lonely")
    with pytest.raises(Spoilt):
        hold_lists.save_list(by=lano, at=now(), kind=HoldKind.HARM, version=0, text="x\n{Nme}")

    hold_lists.save_list(by=lano, at=now(), kind=HoldKind.HARM, version=0, text="lonel*")
    seen = leave_words(by=member, version=version, text="Children are lonely there.")
    free = leave_words(by=member, version=version, text=HARM)
    hold_lists.reset_list(by=lano, at=now(), kind=HoldKind.HARM)
    again = leave_words(by=member, version=version, text=HARM)

    assert (seen.has_harm, free.has_harm, again.has_harm) == (True, False, True)


def test_trying_the_lists_keeps_nothing(client, team, version):
    client.force_login(team)

    page = client.post(reverse("selfeval:hold-list-show"), {"text": "My son Testname was hit by a door."})

    told = page.content.decode()
    assert "To the safeguarding lead" in told
    assert "Held" in told
    assert not Comment.objects.exists()


def test_voice_is_printed_only_after_consent_and_a_second_persons_look(team, lano, version):
    cycle = version.self_evaluation
    voice = heard.add_voice(by=team, at=now(), cycle=cycle, facts=VoiceFacts(text="They listened."), criteria=())
    with pytest.raises(NotAllowed, match="agreed"):
        heard.check_voice(by=lano, at=now(), voice=voice)
    facts = VoiceFacts(text="They listened.", consent="Said yes.")
    voice = heard.change_voice(by=team, at=now(), voice=voice, version=1, facts=facts, criteria=())
    with pytest.raises(NotAllowed, match="second person"):
        heard.check_voice(by=team, at=now(), voice=voice)
    assert not publishable_voices(cycle)

    heard.check_voice(by=lano, at=now(), voice=voice)
    assert list(publishable_voices(cycle)) == [voice]
    other = VoiceFacts(text="They listened to Testname.", consent="Said yes.")
    heard.change_voice(by=lano, at=now(), voice=voice, version=3, facts=other, criteria=())

    assert not publishable_voices(cycle)
    with pytest.raises(NotAllowed, match="second person"):
        heard.check_voice(by=lano, at=now(), voice=Voice.objects.get())


def test_activities_are_filtered_and_go_to_excel(client, team, version, tmp_path):
    from openpyxl import load_workbook

    from selfeval.hearing_export import gather_activities, write_heard

    cycle = version.self_evaluation
    for title, group, people in (("Forum evening", "Parent carer forum", 23), ("=1+1", "Youth forum", None)):
        facts = ActivityFacts(title=title, held_on=timezone.localdate(), groups=group, people=people, themes="Waits")
        heard.add_activity(by=team, at=now(), cycle=cycle, facts=facts, criteria=[make_criterion_of(cycle)])
    client.force_login(team)

    page = client.get(f"{reverse('selfeval:activity-list')}?group=Youth+forum").content.decode()
    ordered = client.post(reverse("selfeval:activity-list"), {"group": "Youth forum"})
    out = tmp_path / "log.xlsx"
    write_heard(gather_activities({"group": "Youth forum"}), out, lambda progress, stage="": None)
    rows = list(load_workbook(out).active.iter_rows(values_only=True))

    assert "=1+1" in page
    assert "Forum evening" not in page
    assert ordered.status_code == 302
    assert len(rows) == 2
    assert rows[1][1] == "=1+1"
    assert rows[1][6] == "A1"


def make_criterion_of(cycle):
    from framework.models import Criterion

    return Criterion.objects.get(framework=cycle.framework)


def test_pages_ask_a_fixed_number_of_times(client, team, member, version, asked, django_assert_max_num_queries):
    for number in range(25):
        leave_words(by=member, version=version, text=f"Comment {number}")
        make_link(asked=asked, by=team, email=f"person{number}@forum.example")
    client.force_login(team)

    for page, most in {
        reverse("selfeval:comment-list"): 22,
        reverse("selfeval:round-list"): 25,
        reverse("selfeval:round-show", args=[asked.pk]): 22,
        reverse("selfeval:said-list"): 15,
        reverse("selfeval:activity-list"): 18,
        reverse("selfeval:voice-list"): 15,
    }.items():
        with django_assert_max_num_queries(most):
            assert client.get(page).status_code == 200
