"""From the draft to a version, its comparison and its report; and the publisher's wording: in a real browser."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.domain.roles import Role
from evidence.models import EvidenceKind, Marking
from selfeval.models import EvaluationState, PublishedVersion, SelfEvaluation
from tests.factories.accounts import make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import make_approved
from tests.factories.framework import make_framework
from tests.factories.selfeval import (
    make_area_for_development,
    make_evaluation,
    make_section,
    make_self_evaluation,
    make_strength,
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
def director(lano):
    return make_user(Role.DIRECTOR, name="The director")


@pytest.fixture
def cycle(lano):
    proof = make_approved(by=lano, title="Audit of plans", kind=EvidenceKind.QUALITY_ASSURANCE, marking=Marking.OPEN)
    cycle = make_self_evaluation(journey=f"They came in May [{proof.code}].", outcome=2, outcome_reason="Uneven.")
    evaluation = make_evaluation(
        cycle=cycle,
        know=f"Plans come in time [{proof.code}].",
        meaning="The process works.",
        next_steps="- Go on\n- Count it",
        child_friendly="Plans come in time.",
        state=EvaluationState.MODERATED,
    )
    make_point(criterion=evaluation.criterion)
    make_strength(evaluation=evaluation)
    make_area_for_development(evaluation=evaluation)
    make_section(cycle=cycle, text="We have some.")
    return cycle


def freeze(page, label: str = "Freeze it") -> None:
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_text("is frozen. Nothing in it changes.")).to_be_visible()


def test_lano_freezes_two_versions_and_compares_them_and_the_director_signs_off(open_page, lano, director, cycle):
    page = open_page(lano, reverse("selfeval:published-list"))
    page.get_by_role("button", name="Freeze a consultation version").click()
    expect(page.get_by_role("heading", name="Freeze consultation version 1")).to_be_visible()
    page.get_by_role("link", name=re.compile("^A1 ")).click()
    expect(page.get_by_text("Nobody else sees it.")).to_be_visible()
    page.go_back()
    freeze(page)

    SelfEvaluation.objects.update(journey="They came in June.")
    page.goto(reverse("selfeval:published-freeze"))
    freeze(page)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Words taken out are struck through")).to_be_visible()
    expect(page.locator("del").first).to_contain_text("May")

    page = open_page(director, reverse("selfeval:published-list"))
    page.get_by_role("button", name="Sign off").click()
    freeze(page, "Sign off")
    page.get_by_role("button", name="Make the PDF").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("published 1")
    assert PublishedVersion.objects.filter(kind="published").count() == 1


def test_member_reads_a_part_and_comes_to_its_notes_by_keyboard(open_page, lano, cycle):
    freeze(open_page(lano, reverse("selfeval:published-freeze")))
    version = PublishedVersion.objects.get()
    page = open_page(make_user(Role.MEMBER), reverse("reading:document-open", args=[version.pk]))

    page.get_by_role("link", name=re.compile("^A1 ")).click()
    expect(page.get_by_text("Audit of plans")).to_be_visible()
    assert_usable_by_keyboard(page, reaches=["Note 1"])
    page.get_by_role("link", name="Note 1").first.click()
    expect(page.locator("#note-1")).to_be_in_viewport()


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_a_version_is_accessible_and_stands_still(open_page, lano, cycle, width):
    page = open_page(lano, reverse("selfeval:published-freeze"), width=width)
    assert_accessible(page)
    freeze(page)

    for path in addresses(PublishedVersion.objects.get().pk):
        page.goto(path)
        assert_accessible(page)
        assert_stands_still(page)


def test_version_is_frozen_read_and_withdrawn_without_scripts(open_page, lano, cycle):
    page = open_page(lano, reverse("selfeval:published-freeze"), javascript=False)
    freeze(page)
    version = PublishedVersion.objects.get()
    for path in addresses(version.pk):
        page.goto(path)
        assert_complete_without_scripts(page)

    page.goto(reverse("selfeval:published-withdraw", args=[version.pk]))
    page.get_by_label("Why is it withdrawn?").fill("A figure was wrong.")
    page.get_by_role("button", name="Withdraw it").click()

    expect(page.get_by_text("is withdrawn.")).to_be_visible()
    expect(page.get_by_text("A figure was wrong.")).to_be_visible()


def addresses(version: int) -> list[str]:
    return [
        reverse("selfeval:published-list"),
        reverse("selfeval:published-show", args=[version]),
        reverse("selfeval:published-withdraw", args=[version]),
        reverse("selfeval:published-preview", args=["published", "a1"]),
        reverse("reading:document-open", args=[version]),
        reverse("reading:part-open", args=[version, "a1"]),
        reverse("reading:part-open", args=[version, "coverage"]),
        reverse("reading:children-open", args=[version]),
    ]


def test_administrator_pastes_confirms_and_undoes_official_wording(open_page, lano):
    framework = make_framework()
    make_point(criterion=make_criterion(framework=framework, title="Seen early"))
    page = open_page(make_user(Role.ADMINISTRATOR), reverse("framework:wording-paste"))
    assert_accessible(page)
    page.get_by_label("Where is it from?").fill("Handbook, June 2025")
    page.get_by_label("The official text").fill("Needs are found without delay by everybody who works with them")
    page.get_by_role("button", name="Show the proposals").click()

    expect(page.get_by_role("heading", name="Confirm the wording")).to_be_visible()
    assert_accessible(page)
    expect(page.locator("#code-0")).to_have_value("A1.1")
    page.get_by_role("button", name="Write the wording to these rows").click()
    expect(page.get_by_text("1 row has the official wording now.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("what stood there before stands there again")).to_be_visible()
