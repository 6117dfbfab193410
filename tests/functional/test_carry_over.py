"""Carrying evidence and answers to another rulebook, in a real browser: at a desk, on a telephone, without scripts."""

import re

import pytest
from django.urls import reverse

from evidence.models import PointLink
from selfeval.models import Evaluation
from tests.factories.carrying import TwoRulebooks
from tests.harness.browser import DESK, PHONE, assert_accessible, assert_complete_without_scripts, assert_stands_still

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db) -> TwoRulebooks:
    return TwoRulebooks()


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_page_is_accessible_with_something_carried_and_something_to_carry(open_page, world, width):
    world.write("Our new words.", "meaning")
    world.answer()
    world.carry()

    page = open_page(world.lano, reverse("selfeval:carried-list"), width=width)

    assert_accessible(page)
    assert_stands_still(page)


def test_link_and_answer_are_carried_and_undone_without_scripts(open_page, world):
    page = open_page(world.lano, reverse("selfeval:carried-list"), javascript=False)
    assert_complete_without_scripts(page)

    page.get_by_role("button", name=re.compile(f"Carry over ?: {world.evidence.code} to B1.1")).click()
    assert PointLink.objects.filter(point=world.new_point).exists()
    page.get_by_role("button", name=re.compile(f"Undo ?: {world.evidence.code} to B1.1")).click()
    assert not PointLink.objects.filter(point=world.new_point).exists()
    page.get_by_role("button", name=re.compile(r"Carry over ?: What do we know\? to B1")).click()

    assert Evaluation.objects.get(pk=world.place.pk).know == world.source.know
    assert page.get_by_role("button", name=re.compile(r"Undo ?: What do we know\? to B1")).is_visible()
