"""The system lead's story and the partner's: write, cite, be heard – in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.domain.roles import Role
from selfeval.actions.judgements import save_evaluation
from selfeval.actions.partners import save_view
from selfeval.layout import lay_out
from selfeval.models import CycleEvent, Evaluation, EvaluationVersion, PartnerView
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.framework import make_framework
from tests.factories.selfeval import (
    make_area_for_development,
    make_data_gap,
    make_position_statement,
    make_scale_grade,
    make_self_evaluation,
    make_strength,
    make_system_lead,
)
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
def lead():
    make_area()
    return make_user(Role.SYSTEM_LEAD, name="System lead")


@pytest.fixture
def evaluation(lead):
    """A criterion with everything that its page can show, in a cycle with a meeting to come."""
    framework = make_framework()
    for code in ("A1", "A2"):
        make_point(criterion=make_criterion(framework=framework, code=code, title=f"Needs are met ({code})"))
    cycle = make_self_evaluation(framework=framework, journey="Inspectors came. We listened.")
    lay_out(cycle, changed={})
    evaluation = Evaluation.objects.get(criterion__code="A1")
    make_system_lead(evaluation=evaluation, user=lead)
    make_strength(evaluation=evaluation)
    make_strength(evaluation=evaluation, text="Another strength", order=2)
    area = make_area_for_development(evaluation=evaluation)
    make_position_statement(area=area)
    make_scale_grade(label="Strong")
    make_scale_grade(label="Weak", order=2)
    make_data_gap(cycle=cycle, due_on=timezone.localdate() - timedelta(days=3))
    event = CycleEvent.objects.create(
        self_evaluation=cycle,
        kind="focus_meeting",
        title="Focus on reviews",
        held_on=timezone.localdate() + timedelta(days=5),
    )
    event.criteria.add(evaluation.criterion)
    event.organisations.add(forum())
    for text in ("Known for long.", "Known for longer."):
        evaluation.refresh_from_db()
        save_evaluation(
            by=lead, at=timezone.now(), evaluation=evaluation, version=evaluation.version, fields={"know": text}
        )
    return evaluation


def forum():
    return make_organisation(name="Wexcombe forum", kind="parent_carer_forum")


def addresses(evaluation: Evaluation) -> list[str]:
    cycle, event = evaluation.self_evaluation_id, CycleEvent.objects.get()
    strength = evaluation.pk and make_strength(evaluation=evaluation, text="A third").pk
    named = [
        ("cycle-open", ()),
        ("criterion-list", ()),
        ("cycle-list", ()),
        ("cycle-start", ()),
        ("cycle-edit", (cycle,)),
        ("outcome-edit", (cycle,)),
        ("event-list", (cycle,)),
        ("event-show", (event.pk,)),
        ("event-answer", (event.pk, evaluation.pk)),
        ("gap-list", (cycle,)),
        ("evaluation-show", (evaluation.pk,)),
        ("sheet-show", (evaluation.pk,)),
        ("version-list", (evaluation.pk,)),
        ("version-show", (evaluation.pk, 2)),
        ("row-edit", ("strength", strength)),
        ("row-edit", ("event", event.pk)),
        ("lead-name", (evaluation.pk,)),
        ("scale-show", ()),
        ("document-list", ()),
        ("word-start", (cycle,)),
    ]
    return [reverse(f"selfeval:{name}", args=args) for name, args in named]


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_the_self_evaluation_is_accessible_and_stands_still(open_page, evaluation, width):
    paths = addresses(evaluation)
    page = open_page(make_user(Role.LANO, name="LANO"), paths[0], width=width)

    for path in paths:
        page.goto(path)
        assert_accessible(page)
        assert_stands_still(page)


def test_every_page_of_the_self_evaluation_is_complete_without_scripts(open_page, evaluation):
    paths = addresses(evaluation)
    page = open_page(make_user(Role.LANO, name="LANO"), paths[0], javascript=False)

    for path in paths:
        page.goto(path)
        assert_complete_without_scripts(page)


def test_system_lead_finds_three_things_writes_and_is_saved_without_pressing(open_page, lead, evaluation):
    page = open_page(lead, "/self-evaluation/")
    expect(page.get_by_role("heading", name="My next three things")).to_be_visible()
    assert_accessible(page)
    assert page.locator(".app-things > li").count() == 3
    page.get_by_role("link", name="Answer “What does it mean?”").click()

    page.get_by_label("What does it mean?").fill("Children wait, and families lose trust.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Saved by itself at", timeout=15_000)
    assert Evaluation.objects.get(pk=evaluation.pk).meaning == "Children wait, and families lose trust."
    page.get_by_label("What next?").fill("Review in four weeks.")
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    versions = EvaluationVersion.objects.filter(evaluation=evaluation)
    assert [(row.number, row.is_autosave) for row in versions] == [(3, False), (2, False), (1, False)]

    page.get_by_role("link", name="3 versions").click()
    page.get_by_role("link", name="Version 3").click()
    expect(page.locator("ins", has_text="Review in four weeks.")).to_be_visible()
    assert_accessible(page)


def test_two_people_who_write_at_once_both_find_their_text(open_page, lead, evaluation):
    path = reverse("selfeval:evaluation-show", args=[evaluation.pk])
    page = open_page(lead, path)
    evaluation.refresh_from_db()
    colleague = make_user(Role.SEND_TEAM, name="Colleague")
    fields = {"know": "Written by a colleague."}
    save_evaluation(by=colleague, at=timezone.now(), evaluation=evaluation, version=evaluation.version, fields=fields)

    page.get_by_label("What do we know?").fill("Written by me.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Colleague saved meanwhile", timeout=15_000)
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_role("heading", name="Colleague saved this while you were writing")).to_be_visible()
    expect(page.locator(".app-conflict").get_by_text("Written by a colleague.")).to_be_visible()
    expect(page.get_by_label("What do we know?")).to_have_value("Written by me.")
    assert_accessible(page)


def test_system_lead_writes_with_the_keyboard_and_without_scripts(open_page, lead, evaluation):
    path = reverse("selfeval:evaluation-show", args=[evaluation.pk])
    assert_usable_by_keyboard(
        open_page(lead, path), reaches=["What do we know?", "What does it mean?", "What next?", "Save draft"]
    )
    page = open_page(lead, path, javascript=False)

    page.get_by_label("What does it mean?").fill("Families wait.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    page.get_by_role("link", name="Say where it stands").click()
    page.get_by_label("Where it stands").fill("A little better.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("A little better.")).to_be_visible()
    page.get_by_role("link", name="Focus on reviews").click()
    page.get_by_role("link", name="Write down what was said").click()
    page.get_by_label("What next?").fill("Ask them again in spring.")
    page.get_by_role("button", name="Save").click()
    assert "Focus on reviews" in page.get_by_label("What next?").input_value()


def test_partner_gives_a_view_blind_and_then_sees_the_others(open_page, evaluation):
    other = make_user(Role.PARTNER, name="Adviser", organisation=make_organisation(name="Advice", kind="sendiass"))
    fields = {"text": "Families come back to us."}
    save_view(by=other, at=timezone.now(), evaluation=evaluation, version=0, fields=fields, submits=True)
    partner = make_user(Role.PARTNER, name="Forum", organisation=forum())
    page = open_page(partner, "/self-evaluation/", width=PHONE)
    expect(page.get_by_role("heading", name="Your organisation's views")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="A1 Needs are met (A1)").click()
    expect(page.get_by_text("1 has been given so far.")).to_be_visible()
    assert page.get_by_text("Families come back to us.").count() == 0
    assert page.get_by_text("Known for longer.").count() == 0, "a partner reads no draft"
    assert_accessible(page)
    assert_stands_still(page)

    page.get_by_label("How your organisation sees it").fill("Parents are heard in meetings.")
    page.get_by_label("Grade").select_option("Strong")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Your draft on A1 is saved.")).to_be_visible()
    assert page.get_by_text("Families come back to us.").count() == 0
    page.get_by_role("button", name="Give this view").click()

    expect(page.get_by_text("Families come back to us.")).to_be_visible()
    assert PartnerView.objects.get(organisation=forum()).submitted_at
    assert_accessible(page)


def test_partner_hands_in_a_document_of_its_own_without_scripts(open_page, evaluation):
    partner = make_user(Role.PARTNER, name="Forum", organisation=forum())
    page = open_page(partner, reverse("selfeval:document-list"), javascript=False)

    page.get_by_role("button", name="Hand in a document").click()
    page.get_by_label("Title").fill("What parents say")
    page.get_by_label("Text").fill("In our own words.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="What parents say").click()

    expect(page.get_by_text("In our own words.")).to_be_visible()
    assert_complete_without_scripts(page)
