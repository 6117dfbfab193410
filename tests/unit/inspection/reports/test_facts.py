"""Facts of published inspections: which sources speak of the same visit, and what they say differently."""

from datetime import date

import pytest

from inspection.domain.reports.facts import (
    PublishedKind,
    VisitFacts,
    area_named,
    conflicts_in,
    day_in_name,
    is_same_visit,
    months_said,
    publication_of,
    said_of,
)

AREAS = [
    ("810", "Kingston upon Hull, City of"),
    ("801", "Bristol, City of"),
    ("201", "City of London"),
    ("203", "Amble"),
]
MARCH = VisitFacts(area="901", started_on=date(2025, 3, 3), ended_on=date(2025, 3, 7))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("wexcombe--full---02-february-2024.pdf", date(2024, 2, 2)),
        ("wexcombe 2 February 2024 (1).pdf", date(2024, 2, 2)),
        ("wexcombe_2024-02-02.pdf", date(2024, 2, 2)),
        ("wexcombe---31-february-2024.pdf", None),
        ("wexcombe---02-nonsense-2024.pdf", None),
        ("50123456.pdf", None),
    ],
    ids=["publisher's", "saved twice", "iso", "no such day", "no month", "a number"],
)
def test_day_stands_in_the_name_of_the_file(name, day):
    assert day_in_name(name) == day


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("The next full inspection will be within approximately five years.", 60),
        ("… within approximately 3 years.", 36),
        ("A monitoring inspection within 18 months. The full reinspection within three years.", 18),
        ("The next visit will be soon.", None),
    ],
)
def test_first_stretch_of_time_counts(words, months):
    assert months_said(words) == months


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kingston upon Hull", "810"),
        ("City of Bristol", "801"),
        ("the London Borough of Amble", "203"),
        ("City of London", "201"),
        ("Elsewhere", None),
        ("the", None),
    ],
)
def test_area_is_found_whatever_its_honorifics(name, code):
    assert area_named(name, AREAS) == code


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (VisitFacts(area="901", started_on=date(2025, 3, 10)), True),
        (VisitFacts(area="901", published_on=date(2025, 5, 12)), True),
        (VisitFacts(area="901", published_on=date(2026, 5, 12)), False),
        (VisitFacts(area="901", started_on=date(2022, 3, 3)), False),
        (VisitFacts(area="902", started_on=date(2025, 3, 3)), False),
        (VisitFacts(area="901", kind=PublishedKind.MONITORING, started_on=date(2025, 3, 3)), False),
    ],
    ids=["a week off", "only its publication", "another year's", "the visit before", "another area", "another kind"],
)
def test_two_sources_speak_of_the_same_visit(other, same):
    assert is_same_visit(MARCH, other) is same
    assert is_same_visit(other, MARCH) is same


def test_what_sources_say_differently_is_shown_with_who_says_it():
    said = [("outcome", "2", "list"), ("outcome", "3", "report"), ("ended_on", "2025-03-07", "list"),
            ("ended_on", "2025-03-07", "report")]  # fmt: skip

    assert conflicts_in(said) == {"outcome": {"2": ["list"], "3": ["report"]}}


def test_facts_say_only_what_is_known():
    assert said_of(MARCH) == {"started_on": "2025-03-03", "ended_on": "2025-03-07"}


def test_publication_comes_from_the_facts_of_the_same_visit():
    known = [VisitFacts(area="902", started_on=date(2025, 3, 3), published_on=date(2025, 6, 1)),
             VisitFacts(area="901", started_on=date(2025, 3, 3), published_on=date(2025, 5, 12))]  # fmt: skip

    assert publication_of(MARCH, known) == date(2025, 5, 12)
    assert publication_of(MARCH, known[:1]) is None
