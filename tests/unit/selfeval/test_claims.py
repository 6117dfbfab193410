"""Claims without proof, proof that is gone, figures that moved: truth tables."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.domain.figures import Facts, Unit
from selfeval.domain.claims import (
    CitedFigure,
    CitedProof,
    DriftKind,
    Passage,
    ProofFault,
    claims_without_proof,
    drift_of,
    fault_in_words,
    fault_of,
    gone_codes,
    proof_without_claim,
)
from selfeval.domain.figures import Cited
from selfeval.domain.rendering import Standing
from tests.factories.series import make_series
from tests.unit.selfeval.test_proof import TODAY, item

ADMITS = ("do not know", "no figure*")
PERCENT = Facts(code="reviews", name="Reviews in time", unit=Unit.PERCENT, decimals=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Plans come in time [E1].", 0, id="with proof"),
        pytest.param("Plans come in time everywhere.", 1, id="without proof"),
        pytest.param("Plans come in time. [E1]", 0, id="proof after the full stop"),
        pytest.param("Do plans come in time?", 0, id="a question"),
        pytest.param("What works well", 0, id="a heading"),
        pytest.param("We do not know how many wait.", 0, id="admits a gap"),
        pytest.param("No figure after May is held.", 0, id="admits a gap in another way"),
        pytest.param("Plans come in time [E1]. Reviews are quick and good.", 1, id="the second without proof"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_a_claim_cites_something(text, expected):
    passage = Passage(where="What do we know?", text=text, is_claiming=True)

    assert len(claims_without_proof([passage], admits=ADMITS)) == expected


def test_a_text_that_claims_nothing_needs_no_proof():
    passage = Passage(where="What next?", text="We will ask the families each year.", is_claiming=False)

    assert claims_without_proof([passage], admits=ADMITS) == ()


def test_proof_without_a_claim_is_approved_and_not_cited():
    unused = proof_without_claim([item(1), item(2), item(3, is_approved=False)], cited={1})

    assert [one.number for one in unused] == [2]


def proof(standing: Standing = Standing.APPROVED, **changes: object) -> CitedProof:
    fields = {
        "marker": "E1",
        "where": "",
        "url": "",
        "cited_on": date(2026, 9, 1),
        "standing": standing,
        "item": item(1),
    }
    return CitedProof(**(fields | changes))  # type: ignore[arg-type]  # a factory


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(proof(), None, id="approved and fresh"),
        pytest.param(proof(Standing.UNKNOWN, item=None), ProofFault.UNKNOWN, id="nobody knows it"),
        pytest.param(proof(Standing.ARCHIVED), ProofFault.WITHDRAWN, id="withdrawn"),
        pytest.param(proof(Standing.WAITING), ProofFault.NOT_APPROVED, id="never approved"),
        pytest.param(
            proof(item=item(1, review_by_on=date(2026, 11, 21))), ProofFault.REVIEW_PASSED, id="review passed"
        ),
        pytest.param(proof(item=item(1, review_by_on=TODAY)), None, id="review due today"),
        pytest.param(proof(revision=2, approved_on=date(2026, 9, 2)), ProofFault.REVISED, id="revised since"),
        pytest.param(proof(revision=2, approved_on=date(2026, 9, 1)), None, id="cited as revised"),
        pytest.param(proof(revision=1, approved_on=date(2026, 9, 2)), None, id="first approved after it was cited"),
        pytest.param(proof(item=item(1, covers_to_on=date(2020, 1, 1))), ProofFault.STALE, id="covers old days"),
    ],
)
def test_proof_is_looked_at_as_it_stands_today(given, expected):
    assert fault_of(given, TODAY) is expected


@pytest.mark.parametrize("fault", list(ProofFault))
def test_every_fault_has_its_words(fault):
    given = proof(
        approved_on=date(2026, 10, 1), item=item(1, review_by_on=date(2026, 1, 1), covers_to_on=date(2020, 1, 1))
    )

    assert fault_in_words(given, fault).startswith("E1 Item 1 ")


def test_what_is_gone_is_named_once():
    gone = [
        proof(Standing.ARCHIVED),
        proof(Standing.ARCHIVED),
        proof(Standing.WAITING, marker="E2"),
        proof(marker="E3"),
    ]

    assert gone_codes(gone, TODAY) == ("E1", "E2")


def figure(*values, cited: Cited, is_pinned: bool = False, facts: Facts | None = PERCENT) -> CitedFigure:
    return CitedFigure(
        marker="[F:reviews]",
        where="",
        url="",
        is_pinned=is_pinned,
        cited=cited,
        facts=facts,
        series=make_series(*values, since=2023) if facts else None,
    )


AT_11 = Cited(period_label="2024", value=Decimal(11))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(figure(44, 11, cited=AT_11), None, id="as it was"),
        pytest.param(figure(44, "11.04", cited=AT_11), None, id="prints as it did"),
        pytest.param(figure(44, 12, cited=AT_11), DriftKind.MOVED, id="revised"),
        pytest.param(figure(44, "c", cited=AT_11), DriftKind.MOVED, id="hidden since"),
        pytest.param(figure(44, cited=AT_11), DriftKind.WITHDRAWN, id="taken back"),
        pytest.param(figure(cited=AT_11), DriftKind.WITHDRAWN, id="all of it taken back"),
        pytest.param(figure(44, 11, 15, cited=AT_11), DriftKind.FOLLOWED, id="newer, and the text shows it"),
        pytest.param(
            figure(44, 11, 15, cited=AT_11, is_pinned=True), DriftKind.NEWER, id="newer, and the text keeps its year"
        ),
        pytest.param(
            figure(44, 12, 15, cited=AT_11, is_pinned=True), DriftKind.MOVED, id="revised weighs more than newer"
        ),
        pytest.param(figure(44, 11, cited=Cited(period_label="2024", symbol="c")), DriftKind.MOVED, id="shown since"),
        pytest.param(figure(44, "c", cited=Cited(period_label="2024", symbol="c")), None, id="hidden as it was"),
        pytest.param(figure(44, 11, cited=Cited()), None, id="nothing was published when it was cited"),
        pytest.param(figure(cited=AT_11, facts=None), DriftKind.UNKNOWN, id="no such figure"),
    ],
)
def test_a_cited_figure_is_held_against_the_published_one(given, expected):
    found = drift_of(given)

    assert (found.kind if found else None) == expected


def test_drift_says_both_values():
    found = drift_of(figure(44, 11, 15, cited=AT_11))

    assert found.sentence == (
        "Reviews in time: written of 11.0 % (2024), the text now shows 15.0 % (2025). Does it still hold?"
    )
