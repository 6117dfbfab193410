"""A member and a forum chair read, comment and see what came of it; the SEND team answers: in a real browser."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from selfeval.actions import answers, heard, hold_lists
from selfeval.actions.answers import Answer
from selfeval.actions.heard import ActivityFacts, VoiceFacts
from selfeval.models import Comment, Decision, ElectionPeriod
from tests.factories.accounts import PASSWORD, make_area, make_user
from tests.factories.criteria import make_criterion
from tests.factories.hearing import LONG_QUESTION, leave_words, make_frozen, make_link, make_open_round
from tests.factories.selfeval import make_self_evaluation
from tests.harness.browser import (
    DESK,
    PHONE,
    assert_accessible,
    assert_complete_without_scripts,
    assert_stands_still,
    assert_usable_by_keyboard,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team():
    area = make_area()
    area.safeguarding_lead = make_user(Role.SYSTEM_LEAD, name="Safeguarding lead")
    area.save()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def lano(team):
    return make_user(Role.LANO, name="LANO")


@pytest.fixture
def member(team):
    return make_user(Role.MEMBER, name="Councillor Vale")


@pytest.fixture
def asked(team):
    cycle = make_self_evaluation()
    make_criterion(framework=cycle.framework)
    version = make_frozen(cycle=cycle, by=team)
    introduction = "We ask before anything is signed off.\nTell us what is wrong and what is missing."
    return make_open_round(version=version, by=team, introduction=introduction)


@pytest.fixture
def everything(team, lano, member, asked):
    """Comments in every state, an answer, activities, voices, days before an election."""
    now, version = timezone.now(), asked.version_asked
    first = leave_words(by=member, version=version, text="Families wait too long for a review.")
    answers.answer_comment(
        by=team,
        at=now,
        comment=first,
        answer=Answer(
            decision=Decision.ACCEPTED,
            text="You are right.",
            what_changed="The text opens with it now.",
            said="Reviews are late.",
            is_public=True,
        ),
    )
    leave_words(by=member, version=version, text="Thank you for asking.")
    leave_words(by=member, version=version, text="My son Testname waits.")
    leave_words(by=member, version=version, text="A child is scared to go home.")
    cycle = version.self_evaluation
    facts = ActivityFacts(
        title="Forum evening",
        held_on=timezone.localdate(),
        kind="Meeting",
        groups="Families",
        people=23,
        themes="Waits",
    )
    heard.add_activity(by=team, at=now, cycle=cycle, facts=facts, criteria=[])
    words = VoiceFacts(text="They listened to me.", who="A young person", consent="Said yes at the workshop.")
    heard.add_voice(by=team, at=now, cycle=cycle, facts=words, criteria=[])
    day = timezone.localdate()
    hold_lists.save_period(
        by=team, at=now, name="Local elections", from_on=day + timedelta(days=200), to_on=day + timedelta(days=240)
    )
    make_link(asked=asked, by=team)
    return asked


def member_pages(asked) -> dict[str, str]:
    version = asked.version_asked_id
    return {
        "first page": reverse("reading:reading-open"),
        "version": reverse("reading:version-open", args=[version]),
        "criterion": reverse("reading:chapter-open", args=[version, "A1"]),
        "part": reverse("reading:chapter-open", args=[version, "data"]),
        "round": reverse("reading:round-open", args=[asked.pk]),
        "what came": reverse("reading:came-list"),
        "own": reverse("reading:own-list"),
    }


def team_pages(asked) -> dict[str, str]:
    ids = dict(Comment.objects.values_list("text", "pk"))
    return {
        "rounds": reverse("selfeval:round-list"),
        "round": reverse("selfeval:round-show", args=[asked.pk]),
        "round edit": reverse("selfeval:round-change", args=[asked.pk]),
        "invite": reverse("selfeval:invite-add", args=[asked.pk]),
        "comments": reverse("selfeval:comment-list"),
        "comment": reverse("selfeval:comment-show", args=[ids["Thank you for asking."]]),
        "answered": reverse("selfeval:comment-show", args=[ids["Families wait too long for a review."]]),
        "held": reverse("selfeval:comment-show", args=[ids["My son Testname waits."]]),
        "harm": reverse("selfeval:disclosure-show", args=[ids["A child is scared to go home."]]),
        "harms": reverse("selfeval:disclosure-list"),
        "log": reverse("selfeval:comment-log"),
        "said": reverse("selfeval:said-list"),
        "activities": reverse("selfeval:activity-list"),
        "activity": reverse("selfeval:activity-add"),
        "voices": reverse("selfeval:voice-list"),
        "voice": reverse("selfeval:voice-add"),
        "words": reverse("selfeval:hold-list-show"),
        "words edit": reverse("selfeval:hold-list-edit", args=["child"]),
        "elections": reverse("selfeval:period-list"),
        "election": reverse("selfeval:period-change", args=[ElectionPeriod.objects.get().pk]),
    }


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_members_pages_are_accessible_and_stand_still(open_page, member, everything, width):
    for path in member_pages(everything).values():
        page = open_page(member, path, width=width)

        assert_accessible(page)
        assert_stands_still(page)


def test_members_pages_are_complete_without_scripts(open_page, member, everything):
    for path in member_pages(everything).values():
        assert_complete_without_scripts(open_page(member, path, javascript=False))


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_of_the_team_are_accessible_and_stand_still(open_page, lano, everything, width):
    for path in team_pages(everything).values():
        page = open_page(lano, path, width=width)

        assert_accessible(page)
        assert_stands_still(page)


def test_pages_of_the_team_are_complete_without_scripts(open_page, lano, everything):
    for path in team_pages(everything).values():
        assert_complete_without_scripts(open_page(lano, path, javascript=False))


def test_criterion_is_read_and_answered_by_keyboard(open_page, member, asked):
    page = open_page(member, member_pages(asked)["criterion"])

    assert_usable_by_keyboard(
        page, reaches=["What came of it", "What would you like to say about this?", "Send your comment"]
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_member_reads_comments_and_sees_what_came_of_it(open_page, team, member, asked, javascript):
    page = open_page(member, "/", javascript=javascript, width=PHONE)
    page.goto(reverse("reading:reading-open"))
    page.get_by_role("button", name="Have your say").click()
    page.get_by_role("link", name="Self-evaluation 2026").click()
    page.get_by_role("link", name="Needs are identified early").click()
    assert page.get_by_text("Plans come in time: 97.5 %").is_visible()
    page.get_by_label("What would you like to say about this?").fill("In my ward families wait for months.")
    page.get_by_role("button", name="Send your comment").click()
    assert page.get_by_text("It has arrived, and it will be answered.").is_visible()
    assert page.get_by_text("In my ward families wait for months.").is_visible()

    desk = open_page(team, reverse("selfeval:comment-list"), javascript=javascript)
    desk.get_by_role("link", name="In my ward families wait").click()
    desk.get_by_label("Accepted: something changes").check()
    desk.get_by_label("Your answer").fill("You are right.")
    desk.get_by_label("What changed, or will change").fill("We measure it by ward from now on.")
    desk.get_by_label("What was said, in your own words").fill("Families wait for months.")
    desk.get_by_label("Show it under “You said, we did”, where members").check()
    desk.get_by_role("button", name="Answer", exact=True).click()
    assert desk.get_by_text("It is answered.").is_visible()

    page.get_by_role("link", name="What came of it").click()
    assert page.get_by_text("We measure it by ward from now on.").is_visible()
    page.get_by_role("link", name="What you said").click()
    assert page.get_by_text("You are right.").is_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_forum_chair_comes_by_link_and_answers_the_questions(open_page, team, asked, javascript):
    _, token = make_link(asked=asked, by=team)
    page = open_page(None, reverse("reading:link-open", args=[token]), javascript=javascript, width=PHONE)
    if javascript:
        assert_accessible(page)
    assert_stands_still(page)
    page.get_by_role("button", name="Have your say").click()
    page.get_by_label(LONG_QUESTION).fill("Nobody tells us where we are in the list.")
    page.get_by_role("button", name="Send your answers").click()

    assert page.get_by_text("It has arrived").is_visible()
    comment = Comment.objects.get()
    assert (comment.author_name, comment.question) == ("Forum chair", LONG_QUESTION)
    if javascript:
        assert_accessible(page)
    assert page.get_by_role("link", name="sendready", exact=True).count() == 0


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_member_who_was_signed_out_meanwhile_loses_no_word(open_page, member, asked, javascript):
    page = open_page(member, member_pages(asked)["criterion"], javascript=javascript)
    page.get_by_label("What would you like to say about this?").fill("Long and careful words.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Send your comment").click()
    page.get_by_label("Your e-mail address").fill(member.email)
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/read/"))

    assert page.get_by_label("What would you like to say about this?").input_value() == "Long and careful words."
    page.get_by_role("button", name="Send your comment").click()

    assert page.get_by_text("It has arrived").is_visible()
    assert Comment.objects.get().author == member
