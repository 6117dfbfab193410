"""Which criteria would be challenged first, and why."""

from datetime import date

import pytest

from selfeval.domain.proof import cover, triangulate
from selfeval.domain.thin_ice import Contradiction, CriterionFacts, KnownArea, Weight, order_by_thin_ice, reasons_of
from tests.unit.selfeval.test_proof import KINDS, TODAY, item

SOLID = (
    item(1, kind="lived_experience", partner="Forum"),
    item(2, kind="aggregated_data"),
    item(3, kind="case_study"),
)


def facts(code: str = "A1", items=SOLID, **changes: object) -> CriterionFacts:
    values = {
        "code": code,
        "title": f"Criterion {code}",
        "is_written": True,
        "cover": cover(["A1.1"], items, TODAY),
        "items": tuple(items),
        "triangulation": triangulate(items, kind_names=KINDS),
        "claims_without_proof": 0,
    }
    return CriterionFacts(**(values | changes))  # type: ignore[arg-type]  # a factory


def weights(given: CriterionFacts) -> set[Weight]:
    return {reason.weight for reason in reasons_of(given, TODAY)}


def test_solid_ground_has_no_reason():
    assert weights(facts()) == set()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(facts(is_written=False), {Weight.NOT_WRITTEN}, id="nothing written"),
        pytest.param(facts(items=()), {Weight.NO_PROOF}, id="no evidence"),
        pytest.param(facts(items=[item(is_approved=False)]), {Weight.NO_PROOF}, id="evidence waits for approval"),
        pytest.param(facts(claims_without_proof=2), {Weight.CLAIM_WITHOUT_PROOF}, id="claims cite nothing"),
        pytest.param(facts(proof_gone=("E4",)), {Weight.PROOF_GONE}, id="cited proof was withdrawn"),
        pytest.param(facts(views={"Council": "Good", "Forum": "Weak"}), {Weight.DISAGREEMENT}, id="partners disagree"),
        pytest.param(facts(views={"Council": "Good", "Forum": "Good"}), set(), id="partners agree"),
        pytest.param(facts(views={"Council": "Good"}), set(), id="one view only"),
        pytest.param(
            facts(contradictions=(Contradiction(indicator="annual reviews", sentence="11 % against 44 %."),)),
            {Weight.CONTRADICTED},
            id="a published figure contradicts",
        ),
        pytest.param(
            facts(own_grade="Strong", claims_strength=True, compared=("Absence", "Reviews"), worse=("Reviews",)),
            {Weight.GRADE_AGAINST_FIGURES},
            id="a strong grade and half of its figures worse than England",
        ),
        pytest.param(
            facts(own_grade="Strong", claims_strength=True, compared=("A", "B", "C"), worse=("C",)),
            set(),
            id="a strong grade and most of its figures better",
        ),
        pytest.param(
            facts(own_grade="Weak", claims_strength=False, compared=("A",), worse=("A",)),
            set(),
            id="an honest grade",
        ),
        pytest.param(facts(moved=("It moved.",)), {Weight.FIGURE_MOVED}, id="a figure moved"),
        pytest.param(facts(items=[item()]), {Weight.ONE_SIDED}, id="seen from one side"),
        pytest.param(
            facts(items=[item()], confidence="high"), {Weight.ONE_SIDED, Weight.OVER_CONFIDENT}, id="and called sure"
        ),
        pytest.param(
            facts(
                items=[
                    item(each.number, kind=each.kind, partner=each.partner, covers_to_on=date(2020, 1, 1))
                    for each in SOLID
                ]
            ),
            {Weight.STALE},
            id="all of it old",
        ),
        pytest.param(
            facts(areas=(KnownArea(text="Waits", known_since_on=date(2025, 11, 22), has_change=False),)),
            {Weight.LONG_KNOWN},
            id="known for a year without change",
        ),
        pytest.param(
            facts(areas=(KnownArea(text="Waits", known_since_on=date(2025, 11, 23), has_change=False),)),
            set(),
            id="known for less than a year",
        ),
        pytest.param(
            facts(areas=(KnownArea(text="Waits", known_since_on=date(2020, 1, 1), has_change=True),)),
            set(),
            id="known for long and changed",
        ),
        pytest.param(facts(cover=cover(["A1.1", "A1.2"], SOLID, TODAY)), {Weight.BARE_POINT}, id="a point is bare"),
    ],
)
def test_reason_is_found(given, expected):
    assert weights(given) == expected


def test_the_weightiest_reason_decides_the_order():
    contradicted = facts("B3", contradictions=(Contradiction(indicator="absence", sentence="Worse."),))
    bare = facts("A1", items=())
    solid = facts("A2")

    assert [ice.code for ice in order_by_thin_ice([solid, bare, contradicted], TODAY)] == ["B3", "A1", "A2"]


def test_more_reasons_of_the_same_weight_come_first():
    one = facts("A1", claims_without_proof=1)
    two = facts("A2", claims_without_proof=1, proof_gone=("E1",))

    assert [ice.code for ice in order_by_thin_ice([one, two], TODAY)] == ["A2", "A1"]


def test_each_enquiry_stands_once():
    known = tuple(KnownArea(text=text, known_since_on=date(2020, 1, 1), has_change=False) for text in ("One", "Two"))

    (ice,) = order_by_thin_ice([facts(areas=known)], TODAY)

    assert len(ice.reasons) > 1
    assert len(ice.enquiries) == len(set(ice.enquiries)) == 1


def test_time_known_is_said_in_years_and_months():
    (reason,) = reasons_of(
        facts(areas=(KnownArea(text="Waits.", known_since_on=date(2024, 5, 17), has_change=False),)), TODAY
    )

    assert reason.sentence == "Known for 2 years and 6 months, with no change shown: Waits."
