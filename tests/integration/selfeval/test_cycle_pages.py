"""The overview of a cycle."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from tests.factories.accounts import make_area, make_user
from tests.factories.selfeval import make_evaluation
from tests.harness.clients import client_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_overview_shows_the_current_cycle_with_its_criteria():
    make_area()
    evaluation = make_evaluation()

    words = words_of(client_of(make_user(Role.LANO)).get(reverse("selfeval:cycle-open")))

    assert evaluation.self_evaluation.title in words
    assert evaluation.criterion.title in words


def test_overview_without_a_cycle_says_so():
    make_area()

    words = words_of(client_of(make_user(Role.LANO)).get(reverse("selfeval:cycle-open")))

    assert "No cycle has been started yet." in words
