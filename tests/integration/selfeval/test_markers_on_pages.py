"""What markers stand for, for whom, and what a writer is offered."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import LocalArea
from evidence.models import PointLink
from indicators.models import Indicator
from selfeval.domain.rendering import Standing
from selfeval.gather.citing import book_of
from selfeval.gather.markers import faults_of_texts, marker_choices
from tests.factories.accounts import make_area, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import AT, make_approved, make_draft
from tests.factories.framework import make_framework
from tests.factories.indicators import make_indicator, make_local_area, make_observation, make_release
from tests.factories.selfeval import make_evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def lano():
    return make_user(Role.LANO)


@pytest.fixture
def indicator() -> Indicator:
    make_area()
    LocalArea.objects.update(la_code="901")
    indicator = make_indicator()
    release = make_release(title="SEN2 2025")
    for year, value in ((2023, 40), (2024, "97.5")):
        make_observation(indicator=indicator, area=make_local_area(), release=release, year=year, value=value)
    return indicator


def test_a_book_says_what_markers_stand_for(lano, indicator):
    approved = make_approved(by=lano, title="Survey")
    waiting = make_draft(by=lano, title="Draft").evidence

    book = book_of(lano, [f"[{approved.code}] [{waiting.code}] [E99]", "[F:plans-within-20-weeks] [F:none]"])

    assert [item.standing for item in book.items.values()] == [Standing.APPROVED, Standing.WAITING, Standing.UNKNOWN]
    assert book.items[f"[{approved.code}]"].covers == "September 2025 to August 2026"
    figure = book.figures["[F:plans-within-20-weeks]"]
    assert (figure.value, figure.period, figure.source) == ("97.5 %", "2024", "SEN2 2025")
    assert not book.figures["[F:none]"].is_known


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER, Role.PARTNER])
def test_who_may_not_open_evidence_gets_neither_link_nor_title(lano, role):
    approved = make_approved(by=lano, title="Survey")

    item = book_of(make_user(role), [f"[{approved.code}]"]).items[f"[{approved.code}]"]

    assert (item.url, item.title, item.partner, item.standing) == ("", "", "", Standing.APPROVED)


def test_a_member_gets_values_without_links(indicator):
    figure = book_of(make_user(Role.MEMBER), ["[F:plans-within-20-weeks@2023]"]).figures[
        "[F:plans-within-20-weeks@2023]"
    ]

    assert (figure.value, figure.url) == ("40.0 %", "")


def test_queries_of_a_book_do_not_grow(lano, indicator, django_assert_max_num_queries):
    codes = [make_draft(by=lano).evidence.code for _ in range(5)]
    lano.permissions  # noqa: B018  # kept on the person for the request

    with django_assert_max_num_queries(7):
        book_of(
            lano,
            [f"[{code}] [F:plans-within-20-weeks@{year}]" for code, year in zip(codes, range(2020, 2025), strict=True)],
        )


def test_a_writer_is_offered_what_lies_under_the_criterion_and_what_is_published(lano, indicator):
    criterion = make_criterion(framework=make_framework())
    under = make_approved(by=lano, title="Under it")
    PointLink.objects.create(evidence=under, point=make_point(criterion=criterion), relevance="Says so.", added_at=AT)
    make_draft(by=lano, title="Elsewhere")
    make_indicator(code="never-published")

    choices = marker_choices(lano, criterion)

    assert [(item.marker, item.warning) for item in choices.items] == [(f"[{under.code}]", "")]
    assert [(figure.marker, figure.about) for figure in choices.figures] == [
        ("[F:plans-within-20-weeks]", "97.5 % (2024)")
    ]
    assert choices.more == 1
    shown = render_to_string("selfeval/_marker_helper.html", {"choices": choices, "form_id": "know"})
    assert 'data-marker="[F:plans-within-20-weeks]"' in shown


def test_without_a_criterion_the_newest_are_offered_and_drafts_carry_a_warning(lano):
    make_draft(by=lano, title="A draft")

    (item,) = marker_choices(lano).items

    assert item.warning == "not approved yet"


def test_unknown_markers_are_told_by_field(indicator):
    faults = faults_of_texts(
        {"know": "[F:plans-within-20-week]", "meaning": "All well [F:plans-within-20-weeks@2023]."}
    )

    assert faults == {
        "know": ("[F:plans-within-20-week]: there is no such figure. Did you mean [F:plans-within-20-weeks]?",)
    }


def test_texts_without_brackets_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert faults_of_texts({"know": "Plain words."}) == {}


def test_saving_tells_of_markers_that_stand_for_nothing(client, lano, indicator):
    evaluation = make_evaluation()
    client.force_login(lano)
    url = reverse("selfeval:evaluation-show", args=[evaluation.pk])
    fields = {"know": "Good [F:plans-within-20-week] and [E 3].", "meaning": "", "next_steps": "", "version": 1}

    answer = client.post(url, {**fields, "child_friendly": "", "confidence": "", "grade": ""}, follow=True)

    shown = answer.content.decode()
    assert "Did you mean [F:plans-within-20-weeks]?" in shown
    assert "Write [E3]." in shown
    evaluation.refresh_from_db()
    assert evaluation.know == fields["know"]
