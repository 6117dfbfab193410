"""Freshness, triangulation and cover: truth tables."""

from datetime import date

import pytest

from selfeval.domain.proof import EvidenceFacts, Freshness, cover, freshness_of, months_between, triangulate

TODAY = date(2026, 11, 22)
KINDS = {
    "lived_experience": "Lived experience",
    "case_study": "Case study",
    "aggregated_data": "Aggregated data",
    "quality_assurance": "Quality assurance",
    "policy_or_plan": "Policy or plan",
}


def item(number: int = 1, **changes: object) -> EvidenceFacts:
    facts = {
        "number": number,
        "title": f"Item {number}",
        "kind": "aggregated_data",
        "partner": "Council",
        "is_approved": True,
        "covers_to_on": TODAY,
        "review_by_on": None,
        "points": frozenset({"A1.1"}),
    }
    return EvidenceFacts(**(facts | changes))  # type: ignore[arg-type]  # a factory


@pytest.mark.parametrize(
    ("covers_to", "review_by", "expected"),
    [
        pytest.param(date(2026, 11, 22), None, Freshness.FRESH, id="covers up to today"),
        pytest.param(date(2025, 11, 23), None, Freshness.FRESH, id="a day short of twelve months"),
        pytest.param(date(2025, 11, 22), None, Freshness.AGEING, id="twelve months"),
        pytest.param(date(2024, 11, 23), None, Freshness.AGEING, id="a day short of two years"),
        pytest.param(date(2024, 11, 22), None, Freshness.STALE, id="two years"),
        pytest.param(date(2026, 11, 1), date(2026, 11, 21), Freshness.STALE, id="review date passed yesterday"),
        pytest.param(date(2026, 11, 1), date(2026, 11, 22), Freshness.FRESH, id="review is due today"),
        pytest.param(None, None, Freshness.UNDATED, id="no period given"),
        pytest.param(None, date(2026, 1, 1), Freshness.STALE, id="no period given and review passed"),
        pytest.param(date(2027, 1, 1), None, Freshness.FRESH, id="covers days to come"),
    ],
)
def test_freshness_follows_the_period_covered(covers_to, review_by, expected):
    assert freshness_of(item(covers_to_on=covers_to, review_by_on=review_by), TODAY) is expected


def test_months_between_counts_whole_months_only():
    assert [months_between(date(2026, 1, 31), day) for day in (date(2026, 2, 28), date(2026, 3, 31))] == [0, 2]


def test_three_kinds_two_partners_and_a_voice_is_enough():
    seen = triangulate(
        [item(kind="lived_experience", partner="Forum"), item(kind="aggregated_data"), item(kind="case_study")],
        kind_names=KINDS,
    )

    assert seen.is_met


@pytest.mark.parametrize(
    ("items", "words"),
    [
        pytest.param([], ["No kinds", "nobody", "No lived experience"], id="nothing at all"),
        pytest.param([item()], ["One kind", "only Council", "No lived experience"], id="one figure"),
        pytest.param(
            [
                item(kind="lived_experience", partner="Forum"),
                item(kind="case_study", partner="Forum"),
                item(partner="Forum"),
            ],
            ["only Forum"],
            id="one partner only",
        ),
        pytest.param(
            [item(kind="case_study", partner="Forum"), item(), item(kind="policy_or_plan")],
            ["No lived experience"],
            id="no voice",
        ),
    ],
)
def test_what_is_missing_is_said(items, words):
    missing = triangulate(items, kind_names=KINDS).missing

    assert len(missing) == len(words)
    assert all(word in sentence for word, sentence in zip(words, missing, strict=True))


def test_what_nobody_approved_proves_nothing():
    seen = triangulate([item(kind="lived_experience", is_approved=False)], kind_names=KINDS)

    assert seen.kinds == ()


def test_cover_counts_by_kind_and_names_bare_points():
    first, second = cover(
        ["A1.1", "A1.2"],
        [item(1), item(2, covers_to_on=date(2020, 1, 1)), item(3, is_approved=False)],
        TODAY,
    )

    assert (first.by_kind, first.numbers, first.waiting, first.freshest) == (
        {"aggregated_data": 2},
        (1, 2),
        1,
        Freshness.FRESH,
    )
    assert second.is_bare
