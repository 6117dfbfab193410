"""Home for each role, in a fixed number of queries, small and quick to read."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import ROLE_NAMES, ROLE_SENTENCES, Permission, Role
from accounts.mail import queue_mail
from inspection.actions.visits import start_visit
from inspection.models import Inspection, LetterStanding, VisitItem
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import make_approved, make_owner, make_submitted

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOME = reverse("inspection:home")


@pytest.fixture
def framework():
    make_area()
    return make_framework()


def fill(framework, lano, number: int) -> list:
    """Items in every state."""
    deadline = make_timetable_rule(framework=framework)
    items = [
        make_request_item(
            framework=framework,
            deadline=deadline,
            code=f"item-{n}",
            title=f"Item {n}",
            order=n,
            is_health_item=n % 5 == 0,
        )
        for n in range(number)
    ]
    for n, item in enumerate(items):
        if n % 3 == 0:
            make_approved(by=lano, item=item)
        elif n % 3 == 1:
            make_submitted(by=lano, item=item)
    return items


def page_of(user) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(HOME)
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_home_says_when_inspectors_could_call_and_what_is_missing(framework):
    lano = make_user(Role.LANO)
    fill(framework, lano, 6)

    text = words_of(page_of(lano))

    assert "If inspectors called on" in text
    assert "Nothing supplied yet: 2" in text
    assert "%" not in text
    assert "The call has come" in text


def test_home_speaks_of_the_visit_that_runs(framework):
    lano = make_user(Role.LANO)
    fill(framework, lano, 3)
    start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())

    text = words_of(page_of(lano))

    assert "Inspectors have called" in text
    assert "If inspectors called" not in text
    assert "Blocker" in text


def test_item_that_the_letter_dropped_is_no_finding(framework):
    lano = make_user(Role.LANO)
    fill(framework, lano, 3)
    start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())
    VisitItem.objects.filter(code="item-2").update(standing=LetterStanding.DROPPED)

    assert "Item 2" not in page_of(lano)


def test_item_with_a_day_of_its_own_stands_under_that_day(framework):
    lano = make_user(Role.LANO)
    fill(framework, lano, 6)
    visit = start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())
    own = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time(12)))
    VisitItem.objects.filter(inspection=visit, code="item-2").update(own_due_at=own, has_own_due_time=True)

    html = page_of(lano)

    own_section = next(part for part in html.split("<section ")[1:] if 'id="to-do-own-' in part)
    annex_a = next(part for part in html.split("<section ")[1:] if 'id="to-do-annex-a"' in part)
    assert f"by {timezone.localtime(own):%H:%M}" in words_of(own_section)
    assert "Item 2" in own_section
    assert "0 of 1 item approved; 1 has nothing yet." in own_section
    assert "Item 2" not in annex_a
    assert "Item 5" in annex_a


def test_document_that_the_letter_added_is_missing_until_it_is_dropped(framework):
    lano = make_user(Role.LANO)
    fill(framework, lano, 3)
    visit = start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())
    added = VisitItem.objects.create(inspection=visit, code="added-1", title="Workforce plan", is_added=True)

    assert "Workforce plan" in page_of(lano)
    VisitItem.objects.filter(pk=added.pk).update(standing=LetterStanding.DROPPED)
    assert "Workforce plan" not in page_of(lano)


def test_home_without_a_rulebook_says_what_to_do():
    make_area()

    assert "load a rulebook" in page_of(make_user(Role.LANO))


READERS = {
    role for role in Role if role in {Role.LANO, Role.DIRECTOR, Role.HEALTH_LEAD, Role.SEND_TEAM, Role.DATA_LEAD}
}


@pytest.mark.parametrize("role", Role)
def test_home_shows_readiness_only_to_those_who_read_it(framework, role):
    lano = make_user(Role.LANO)
    items = fill(framework, lano, 4)
    user = make_user(role)
    if Permission.EDIT_OWN_ITEMS in user.permissions:
        make_owner(by=lano, item=items[2], owner=user)

    text = words_of(page_of(user))

    assert ("If inspectors called" in text) is (role in READERS)
    if role not in READERS:
        assert "Item 0" not in text
    if role in {Role.SYSTEM_LEAD, Role.PARTNER}:
        assert "Item 2" in text


def test_administrator_sees_set_up_and_no_item(framework):
    lano = make_user(Role.LANO)
    fill(framework, lano, 3)

    text = words_of(page_of(make_user(Role.ADMINISTRATOR)))

    assert "Set-up and status" in text
    assert "Item 1" not in text


def test_administrator_sees_what_is_theirs_to_do_and_how_much_mail_waits(framework):
    lano = make_user(Role.LANO)
    fill(framework, lano, 3)
    queue_mail(to="somebody@example.org", subject="Hello", body="A word.", at=timezone.now())

    text = words_of(page_of(make_user(Role.ADMINISTRATOR)))

    assert "Yours to do" in text
    assert "No term dates are entered" in text
    assert "Nothing supplied yet" not in text
    assert "Mail that waits to be sent: 1" in text


@pytest.mark.parametrize(
    ("role", "words"),
    [
        pytest.param(Role.SEND_TEAM, "Yours to do as SEND team: 3 under Annex A documents", id="theirs"),
        pytest.param(Role.DIRECTOR, "Nothing of it is yours to do as Director of children's services", id="not theirs"),
    ],
)
def test_home_says_how_much_is_the_readers_own(framework, role, words):
    lano = make_user(Role.LANO)
    fill(framework, lano, 6)

    html = page_of(make_user(role)).replace("&#x27;", "'")

    assert words in words_of(html)
    assert ("(you)" in html) is ("Yours" in words)


@pytest.mark.parametrize(
    "role", [Role.CASE_WORKER, Role.AUDITOR, Role.LEAD_MEMBER, Role.MEMBER, Role.VIEWER], ids=lambda role: role.value
)
def test_reader_sees_their_part_what_they_can_open_and_whom_to_ask(framework, role):
    make_user(Role.LANO, name="Head of SEND")

    text = words_of(page_of(make_user(role)))

    assert f"{ROLE_NAMES[role]} {ROLE_SENTENCES[role]}" in text.replace("&#x27;", "'")
    assert "Ask Head of SEND, who runs the inspection." in text
    assert "What inspectors judge a partnership by" in text
    assert "Settings" not in text


def test_person_without_a_role_is_told_whom_to_ask(framework):
    assert "You hold no role today" in words_of(page_of(make_user()))


def test_own_item_with_nothing_yet_says_what_to_do(framework):
    lano = make_user(Role.LANO)
    items = fill(framework, lano, 3)
    partner = make_user(Role.PARTNER)
    make_owner(by=lano, item=items[2], owner=partner)

    text = words_of(page_of(partner))

    assert "Open it to attach a file, give a link, or say why there is none" in text
    assert "What you can open" in text


def test_home_asks_the_same_number_of_queries_with_few_and_many_items(framework, django_assert_max_num_queries):
    lano = make_user(Role.LANO)
    fill(framework, lano, 3)
    client = Client()
    client.force_login(lano)
    client.get(HOME)
    few = count_queries(client)

    second = framework
    deadline = make_timetable_rule(framework=second, code="another")
    for n in range(30):
        item = make_request_item(framework=second, deadline=deadline, code=f"more-{n}", title=f"More {n}")
        make_owner(by=lano, item=item, owner=lano)
        make_approved(by=lano, item=item)

    assert count_queries(client) == few
    with django_assert_max_num_queries(45):
        client.get(HOME)


def count_queries(client: Client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(HOME)
    return len(queries)


def test_home_with_sixty_empty_items_stays_below_100_kb(framework):
    deadline = make_timetable_rule(framework=framework)
    for n in range(60):
        make_request_item(framework=framework, deadline=deadline, code=f"item-{n}", title=f"A long title of item {n}")

    assert len(page_of(make_user(Role.LANO)).encode()) < 100_000


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.LANO, True), (Role.SEND_TEAM, True), (Role.DATA_LEAD, True), (Role.HEALTH_LEAD, False)]
)
def test_lists_are_spoken_of_only_to_those_who_may_see_their_totals(framework, role, sees):
    assert ("lists have never been uploaded" in words_of(page_of(make_user(role)))) is sees


def fix_urls(html: str) -> set[str]:
    return set(re.findall(r'app-findings__fix">\s*<a class="govuk-link" href="([^"]+)"', html))


@pytest.mark.parametrize("is_live", [False, True], ids=["all year", "during a visit"])
@pytest.mark.parametrize("role", sorted(READERS))
def test_no_link_of_home_leads_its_reader_to_a_refusal(framework, role, is_live):
    lano = make_user(Role.LANO)
    fill(framework, lano, 6)
    if is_live:
        start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())
    client = Client()
    client.force_login(make_user(role))

    urls = fix_urls(client.get(HOME).content.decode())

    assert urls or role is Role.HEALTH_LEAD
    for url in urls:
        assert client.get(url, follow=True).status_code == 200, url


def test_finding_on_a_page_that_its_reader_may_not_open_says_whom_to_ask(framework):
    text = words_of(page_of(make_user(Role.HEALTH_LEAD)))

    assert "No pack of Annex A has been built yet" in text
    assert "Ask: SEND team" in text


def test_home_says_what_is_ready_by_deadline(framework):
    lano = make_user(Role.LANO)
    fill(framework, lano, 6)

    text = words_of(page_of(lano))

    assert "2 of 6 items approved; 2 wait for approval; 2 have nothing yet." in text
    assert "Nothing is uploaded yet." in text


def test_visit_whose_call_is_still_to_come_says_so(framework):
    lano = make_user(Role.LANO)
    tomorrow = timezone.localdate() + timedelta(days=1)
    start_visit(by=lano, at=timezone.now(), notified_on=tomorrow, takes_future_call=True)

    assert "nobody has called yet" in words_of(page_of(lano))


def test_meeting_with_inspectors_does_not_displace_the_full_inspection(framework):
    lano, today = make_user(Role.LANO), timezone.localdate()
    fill(framework, lano, 3)
    start_visit(by=lano, at=timezone.now(), kind="engagement", notified_on=today)
    assert "The call has come" in words_of(page_of(lano))

    rehearsal = start_visit(by=lano, at=timezone.now(), notified_on=today, is_rehearsal=True)
    assert "The call has come" in words_of(page_of(lano))

    full = start_visit(by=lano, at=timezone.now(), notified_on=today)
    meeting = start_visit(by=lano, at=timezone.now(), kind="monitoring", notified_on=today)
    text = words_of(page_of(lano))
    assert "Inspectors have called" in text
    assert "The call has come" not in text
    found = list(Inspection.objects.open())
    assert found.index(full) == 0
    assert found.index(full) < found.index(meeting) < found.index(rehearsal)
