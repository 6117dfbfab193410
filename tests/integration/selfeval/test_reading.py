"""The short service: who reads what, signed in and by link; nothing that is written is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import OutgoingMail
from selfeval import limits
from selfeval.doors import Door
from selfeval.models import Comment, CommentState, RoundInvite, VersionKind
from tests.factories.accounts import PASSWORD, make_area, make_user
from tests.factories.criteria import make_criterion
from tests.factories.hearing import LONG_QUESTION, leave_words, make_frozen, make_link, make_open_round
from tests.factories.selfeval import make_self_evaluation

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READERS = {Role.LANO, Role.DIRECTOR, Role.HEALTH_LEAD, Role.SEND_TEAM, Role.DATA_LEAD, Role.SYSTEM_LEAD, Role.PARTNER}
READERS |= {Role.LEAD_MEMBER, Role.MEMBER, Role.VIEWER}
# What is not signed off yet is for those who are asked or who write it.
ASKED = READERS - {Role.SYSTEM_LEAD, Role.VIEWER}


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def member(team):
    return make_user(Role.MEMBER, name="Councillor of the panel")


@pytest.fixture
def version(team):
    cycle = make_self_evaluation()
    make_criterion(framework=cycle.framework)
    return make_frozen(cycle=cycle, by=team)


@pytest.fixture
def asked(team, version):
    return make_open_round(version=version, by=team)


def send(client: Client, user, version, **words: str):
    door = Door(user=user)
    words = {"seal": door.seal, "back": door.url("version-open", version.pk), **words}
    return client.post(reverse("reading:comment-leave", args=[version.pk]), words)


@pytest.mark.parametrize("role", Role)
def test_consultation_version_opens_for_those_who_are_asked(client, version, role):
    client.force_login(make_user(role))

    status = client.get(reverse("reading:version-open", args=[version.pk])).status_code

    assert status == (200 if role in ASKED else 404 if role in READERS else 403)


@pytest.mark.parametrize("role", Role)
def test_published_version_opens_for_all_who_read_what_is_published(client, team, version, role):
    published = make_frozen(cycle=version.self_evaluation, by=team, kind=VersionKind.PUBLISHED)
    client.force_login(make_user(role))

    for page in (["version-open", published.pk], ["chapter-open", published.pk, "A1"]):
        assert client.get(reverse(f"reading:{page[0]}", args=page[1:])).status_code == (200 if role in READERS else 403)


def test_version_that_was_withdrawn_is_gone(client, member, version):
    version.withdrawn_at = timezone.now()
    version.save()
    client.force_login(member)

    assert client.get(reverse("reading:version-open", args=[version.pk])).status_code == 404


def test_chapter_shows_frozen_words_with_proof_and_figure(client, member, version):
    client.force_login(member)

    page = client.get(reverse("reading:chapter-open", args=[version.pk, "A1"])).content.decode()

    assert "Most needs are seen in time" in page
    assert "Plans come in time: 97.5 %" in page
    assert "[E1]" not in page
    assert "Inspection report; 2024." in page
    assert "They listened to me." in page


def test_chapter_that_is_not_in_the_version_does_not_exist(client, member, version):
    client.force_login(member)

    assert client.get(reverse("reading:chapter-open", args=[version.pk, "B6"])).status_code == 404


def test_member_comments_on_a_criterion_and_sees_it_received(client, member, version, asked):
    client.force_login(member)

    answer = send(client, member, version, about="A1", text="Waits in my ward are long.")

    assert answer.status_code == 302
    comment = Comment.objects.get()
    assert (comment.author, comment.criterion.code, comment.consultation) == (member, "A1", asked)
    assert comment.state == CommentState.RECEIVED
    assert "Waits in my ward are long." in client.get(answer.url).content.decode()


def test_empty_and_endless_comments_are_told_what_to_do(client, member, version):
    client.force_login(member)

    empty = send(client, member, version, about="A1", text="  ")
    endless = send(client, member, version, about="", text="x" * 5001)

    assert (empty.status_code, endless.status_code) == (400, 400)
    assert "Write your comment, then send it." in empty.content.decode()
    assert "x" * 5001 in endless.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("role", sorted(READERS - {Role.MEMBER, Role.LEAD_MEMBER, Role.PARTNER}))
def test_who_only_reads_cannot_comment(client, team, version, role):
    published = make_frozen(cycle=version.self_evaluation, by=team, kind=VersionKind.PUBLISHED)
    user = make_user(role)
    client.force_login(user)

    assert send(client, user, published, text="Words").status_code == 400
    assert not Comment.objects.exists()


def test_round_keeps_each_answer_with_its_question(client, member, version, asked):
    client.force_login(member)
    door = Door(user=member)
    words = {"seal": door.seal, "back": door.url("round-open", asked.pk)}

    client.post(
        reverse("reading:answers-leave", args=[asked.pk]), {**words, "question-1": "Hard.", "text": "And thank you."}
    )

    assert set(Comment.objects.values_list("question", "text")) == {
        (LONG_QUESTION, "Hard."),
        ("", "And thank you."),
    }


def test_words_outlive_a_session_that_ended(client, member, version, asked):
    """Signed out meanwhile: the words wait behind the sign-in page, for the same person alone."""
    client.force_login(member)
    page = client.get(reverse("reading:chapter-open", args=[version.pk, "A1"])).content.decode()
    seal = page.split('name="seal" value="')[1].split('"')[0]
    client.logout()

    back = reverse("reading:chapter-open", args=[version.pk, "A1"])
    url = reverse("reading:comment-leave", args=[version.pk])
    out = client.post(url, {"seal": seal, "back": back, "about": "A1", "text": "Long and careful words."})
    assert out.status_code == 302
    signed_in = client.post(out.url, {"login": member.email, "password": PASSWORD}, follow=True)

    assert signed_in.redirect_chain[-1][0] == back
    page = signed_in.content.decode()
    assert "Long and careful words." in page
    assert "You had been signed out" in page
    assert not Comment.objects.exists()
    send(client, member, version, about="A1", text="Long and careful words.")
    assert Comment.objects.get().text == "Long and careful words."
    assert "Long and careful words." not in client.get(back).content.decode()


def test_words_kept_for_one_person_are_shown_to_nobody_else(client, member, version):
    other = make_user(Role.MEMBER)
    back = reverse("reading:version-open", args=[version.pk])
    url = reverse("reading:comment-leave", args=[version.pk])
    client.post(url, {"seal": Door(user=member).seal, "back": back, "text": "Words of the first."})

    client.post(reverse("account_login"), {"login": other.email, "password": PASSWORD})

    assert "Words of the first." not in client.get(back).content.decode()


def test_forged_post_keeps_nothing_and_gives_the_words_back(client, member, version):
    client.force_login(member)
    for seal in ("", "forged", Door(user=make_user(Role.MEMBER)).seal):
        answer = send(client, member, version, seal=seal, text="Not from their page.")

        assert answer.status_code == 400
        assert "Not from their page." in answer.content.decode()
    assert not Comment.objects.exists()


def test_post_without_a_session_and_without_a_seal_keeps_nothing(client, version):
    url = reverse("reading:comment-leave", args=[version.pk])

    answer = client.post(url, {"text": "A stranger", "back": "https://elsewhere.example/"})

    assert answer.url == f"{reverse('account_login')}?next=%2Fread%2F"
    assert not client.session.keys()


# -- by link


def test_link_opens_everything_that_its_round_asks_about_and_nothing_else(client, team, version, asked):
    other = make_frozen(cycle=version.self_evaluation, by=team, number=2)
    elsewhere = make_open_round(version=other, by=team)
    invite, token = make_link(asked=asked, by=team)

    for page, args in {
        "link-open": [],
        "link-version-open": [version.pk],
        "link-chapter-open": [version.pk, "A1"],
        "link-round-open": [asked.pk],
        "link-came-list": [],
        "link-own-list": [],
    }.items():
        answer = client.get(reverse(f"reading:{page}", args=[token, *args]))
        assert answer.status_code == 200, page
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    assert client.get(reverse("reading:link-version-open", args=[token, other.pk])).status_code == 404
    assert client.get(reverse("reading:link-round-open", args=[token, elsewhere.pk])).status_code == 404
    assert client.get(reverse("reading:version-open", args=[version.pk])).status_code == 302
    assert RoundInvite.objects.get(pk=invite.pk).opened_at


def test_link_takes_a_comment_without_cookie_or_account(team, version, asked):
    invite, token = make_link(asked=asked, by=team)
    client = Client(enforce_csrf_checks=True)
    seal = Door(invite=invite, token=token).seal

    url = reverse("reading:link-comment-leave", args=[token, version.pk])
    answer = client.post(url, {"seal": seal, "about": "", "text": "We ask families ourselves."})

    assert answer.status_code == 302
    comment = Comment.objects.get()
    assert (comment.invite, comment.author, comment.author_name) == (invite, None, "Forum chair")
    assert comment.group == "Parent carer forum"
    assert "We ask families ourselves." in client.get(answer.url).content.decode()


def test_link_is_kept_as_a_hash_and_mailed_once(team, asked):
    invite, token = make_link(asked=asked, by=team)

    mail = OutgoingMail.objects.get()

    assert token in mail.body
    assert mail.is_secret
    assert token not in str(RoundInvite.objects.values().get(pk=invite.pk))


def test_link_that_was_taken_back_or_replaced_opens_nothing(client, team, asked):
    from selfeval.actions import invites

    invite, token = make_link(asked=asked, by=team)
    again = invites.send_again(by=team, at=timezone.now(), invite=invite)
    assert client.get(reverse("reading:link-open", args=[token])).status_code == 404
    new = again.link.rstrip("/").rpartition("/")[2]
    assert client.get(reverse("reading:link-open", args=[new])).status_code == 200

    invites.revoke_invite(by=team, at=timezone.now(), invite=invite)

    assert client.get(reverse("reading:link-open", args=[new])).status_code == 410


def test_link_of_a_closed_round_reads_and_takes_nothing_more(client, team, version, asked):
    invite, token = make_link(asked=asked, by=team)
    asked.closes_on = timezone.localdate() - timedelta(days=1)
    asked.save()

    page = client.get(reverse("reading:link-version-open", args=[token, version.pk]))
    seal = Door(invite=invite, token=token).seal
    sent = client.post(reverse("reading:link-comment-leave", args=[token, version.pk]), {"seal": seal, "text": "Late"})

    assert page.status_code == 200
    assert "This has closed" in page.content.decode()
    assert sent.status_code == 400
    assert not Comment.objects.exists()


def test_link_expires_after_its_round(client, team, asked):
    _, token = make_link(asked=asked, by=team)
    asked.opens_on = asked.closes_on = timezone.localdate() - timedelta(days=RoundInvite.KEPT_DAYS + 1)
    asked.save()

    assert client.get(reverse("reading:link-open", args=[token])).status_code == 410


def test_link_before_its_round_says_when(client, team, asked):
    _, token = make_link(asked=asked, by=team)
    asked.opens_on = timezone.localdate() + timedelta(days=2)
    asked.save()

    answer = client.get(reverse("reading:link-open", args=[token]))

    assert answer.status_code == 410
    assert "This opens on" in answer.content.decode()


def test_guessing_links_is_slowed_down(client, team, asked):
    _, token = make_link(asked=asked, by=team)

    answers = [client.get(reverse("reading:link-open", args=[f"guess-{n}"])).status_code for n in range(25)]

    assert answers[: limits.GUESSES] == [404] * limits.GUESSES
    assert set(answers[limits.GUESSES :]) == {429}
    assert client.get(reverse("reading:link-open", args=[token])).status_code == 429


def test_flood_of_comments_is_slowed_down_and_keeps_the_words(client, member, version):
    client.force_login(member)
    for _ in range(limits.COMMENTS):
        limits.count_one("comments", Door(user=member).key, seconds=60)

    answer = send(client, member, version, text="One more")

    assert answer.status_code == 400
    assert "One more" in answer.content.decode()


def test_own_page_shows_own_comments_alone_and_takes_one_back(client, member, version):
    other = make_user(Role.MEMBER)
    mine, theirs = (
        leave_words(by=member, version=version, text="Mine"),
        leave_words(by=other, version=version, text="Theirs"),
    )
    client.force_login(member)

    page = client.get(reverse("reading:own-list")).content.decode()
    seal = {"seal": Door(user=member).seal}
    taken = client.post(reverse("reading:comment-withdraw", args=[mine.pk]), seal)
    refused = client.post(reverse("reading:comment-withdraw", args=[theirs.pk]), seal)

    assert "Mine" in page
    assert "Theirs" not in page
    assert (taken.status_code, refused.status_code) == (302, 404)
    assert Comment.objects.get(pk=mine.pk).state == CommentState.WITHDRAWN
    assert Comment.objects.get(pk=theirs.pk).state == CommentState.RECEIVED


def test_pages_ask_the_database_a_fixed_number_of_times(client, member, version, asked, django_assert_max_num_queries):
    client.force_login(member)
    for number in range(30):
        leave_words(by=member, version=version, text=f"Comment {number}")

    for page, most in {
        reverse("reading:reading-open"): 14,
        reverse("reading:version-open", args=[version.pk]): 14,
        reverse("reading:chapter-open", args=[version.pk, "A1"]): 13,
        reverse("reading:own-list"): 13,
        reverse("reading:came-list"): 13,
    }.items():
        with django_assert_max_num_queries(most):
            assert client.get(page).status_code == 200
