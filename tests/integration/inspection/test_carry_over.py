"""Another rulebook is followed: nothing that was collected is lost, mixed or silently left out."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from framework.models import Framework, RequestItem
from inspection.actions.carry_over import carry_items_over
from inspection.actions.visits import start_visit
from inspection.gather.carry_over import items_to_carry_over
from inspection.gather.packs import gather_pack
from inspection.models import ItemOwner, ItemSubmission, VisitItem
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import make_approved, make_draft, make_owner, make_upload
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIST, CARRY = reverse("inspection:item-list"), reverse("inspection:items-carry")


@pytest.fixture
def lano():
    make_area()
    return make_user(Role.LANO)


@pytest.fixture
def team():
    return make_user(Role.SEND_TEAM)


@pytest.fixture
def earlier(lano, team):
    """Three items with something in them: the next rulebook knows two of the codes."""
    framework = make_framework(code="of-2023", name="Rulebook of 2023")
    rule = make_timetable_rule(framework=framework)
    plan = make_request_item(framework=framework, deadline=rule, code="plan", title="The plan")
    make_request_item(framework=framework, deadline=rule, code="empty", title="Never filled")
    minutes = make_request_item(framework=framework, deadline=rule, code="minutes", title="Minutes")
    audits = make_request_item(framework=framework, deadline=rule, code="audits", title="Audits")
    make_owner(by=lano, item=plan, owner=team)
    make_approved(by=team, approver=lano, item=plan)
    make_draft(by=team, item=plan, upload=make_upload(content=b"A later plan, for a test.\n"))
    make_approved(by=team, approver=lano, item=minutes)
    make_draft(by=team, item=audits)
    return framework


def follow_another() -> Framework:
    Framework.objects.update(is_current=False)
    framework = make_framework(code="of-2030", name="Rulebook of 2030")
    rule = make_timetable_rule(framework=framework)
    for code, title in (("plan", "The strategic plan"), ("audits", "Audits"), ("new", "Something new")):
        make_request_item(framework=framework, deadline=rule, code=code, title=title)
    return framework


def states(code: str) -> list[str]:
    found = ItemSubmission.objects.filter(item__framework__is_current=True, item__code=code)
    return list(found.order_by("version").values_list("state", flat=True))


@pytest.mark.usefixtures("earlier")
def test_pages_say_what_is_left_and_carry_it_over(lano, team):
    follow_another()
    assert "3 items of an earlier rulebook hold documents" in words_of(client_of(team).get(LIST))
    assert "Carry them over" in words_of(client_of(lano).get("/"))
    plan = words_of(client_of(lano).get(CARRY))
    assert "The plan, now called The strategic plan: 2 versions" in plan
    assert "Minutes: 1 version" in plan

    response = client_of(lano).post(CARRY)

    assert response.url == LIST
    assert states("plan") == ["approved", "draft"]
    assert ItemOwner.objects.get(item__framework__is_current=True).owner == team
    kept = RequestItem.objects.get(framework__is_current=True, code="minutes")
    assert (kept.is_local, states("minutes"), kept.source) == (
        True,
        ["approved"],
        "Rulebook of 2023, kept by this area",
    )
    assert AuditEvent.objects.filter(action="item.carried-over").count() == 3
    assert "earlier rulebook" not in words_of(client_of(lano).get(LIST))
    assert "Nothing is left" in words_of(client_of(lano).get(CARRY))


@pytest.mark.usefixtures("earlier")
def test_archived_item_that_is_asked_for_no_more_stays(lano):
    RequestItem.objects.filter(code__in=("minutes", "plan")).update(is_archived=True)
    follow_another()

    assert set(items_to_carry_over().values_list("code", flat=True)) == {"plan", "audits"}
    carried = carry_items_over(by=lano, at=timezone.now())

    assert (carried.moved, carried.kept, carried.stayed) == (2, 0, 1)
    assert not items_to_carry_over().exists()
    assert not RequestItem.objects.filter(framework__is_current=True, code="minutes").exists()


@pytest.mark.usefixtures("earlier")
def test_two_histories_of_one_item_are_never_mixed(lano, team):
    current = follow_another()
    make_draft(by=team, item=RequestItem.objects.get(framework=current, code="plan"))

    done = carry_items_over(by=lano, at=timezone.now())

    assert (done.moved, done.kept, done.stayed) == (1, 1, 1)
    assert states("plan") == ["draft"]
    assert ItemSubmission.objects.filter(item__framework__code="of-2023", item__code="plan").count() == 2
    page = words_of(client_of(lano).get(CARRY))
    assert "Stay with the earlier rulebook (1)" in page
    assert "Carry over" not in page.replace("Carry Annex A over", "")
    assert "earlier rulebook" not in words_of(client_of(lano).get(LIST)), "what can't be carried is not asked for again"


@pytest.mark.usefixtures("earlier")
def test_visit_that_runs_keeps_its_documents(lano):
    visit = start_visit(by=lano, at=timezone.now(), notified_on=timezone.localdate())
    params = {"parts": ["annex-a"], "inspection": visit.pk}
    before = gather_pack(params).submissions
    follow_another()

    carry_items_over(by=lano, at=timezone.now())

    pointed = VisitItem.objects.filter(inspection=visit, request_item__framework__is_current=True)
    assert set(pointed.values_list("code", flat=True)) == {"plan", "minutes", "audits"}
    assert sorted(before) == ["minutes", "plan"]
    assert gather_pack(params).submissions == before


@pytest.mark.usefixtures("earlier")
@pytest.mark.parametrize("role", [Role.SEND_TEAM, Role.ADMINISTRATOR, Role.DIRECTOR, Role.HEALTH_LEAD])
def test_nobody_but_the_lano_carries_over(role):
    follow_another()
    person = make_user(role)

    with pytest.raises(NotAllowed):
        carry_items_over(by=person, at=timezone.now())

    assert client_of(person).post(CARRY).status_code == 403
