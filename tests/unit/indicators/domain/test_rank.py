"""Places among areas: ties, direction, and areas that have none."""

import pytest

from indicators.domain.figures import Direction, Facts, Unit
from indicators.domain.rank import ordinal, rank_among
from tests.factories.series import make_figure

HIGHER, LOWER, NEITHER = Direction.HIGHER, Direction.LOWER, Direction.NEITHER


def ranked(own, others, direction=HIGHER, decimals=1):
    figures = {"own": own} | {f"a{n}": one for n, one in enumerate(others)}
    facts = Facts(code="x", name="X", unit=Unit.PERCENT, decimals=decimals, direction=direction)
    return rank_among("own", {code: make_figure(one) for code, one in figures.items()}, facts)


@pytest.mark.parametrize(
    ("own", "others", "direction", "sentence"),
    [
        pytest.param(97.5, (50, 60), HIGHER, "1st of 3", id="best where higher is better"),
        pytest.param(97.5, (50, 60), LOWER, "3rd of 3", id="last where lower is better"),
        pytest.param(97.5, (97.5, 60), HIGHER, "joint 1st of 3", id="a tie for the first place"),
        pytest.param(60, (97.5, 97.5, 60), HIGHER, "joint 3rd of 4", id="a tie behind a tie"),
        pytest.param(60, (97.5, 50), NEITHER, "2nd highest of 3", id="neither way is better"),
        pytest.param(97.5, (60, 50), NEITHER, "highest of 3", id="highest where neither way is better"),
        pytest.param(50, (60, "c", "x", "c"), HIGHER, "2nd of 2", id="symbols have no place"),
        pytest.param(0, (0, 5), LOWER, "joint 1st of 3", id="zero is a value"),
        pytest.param(97.54, (97.46,), HIGHER, "joint 1st of 2", id="what prints alike is a tie"),
    ],
)
def test_rank_sentence(own, others, direction, sentence):
    assert ranked(own, others, direction).sentence == sentence


@pytest.mark.parametrize(
    ("own", "others"),
    [
        pytest.param("c", (50, 60), id="ours is suppressed"),
        pytest.param(None, (50, 60), id="ours is not there"),
        pytest.param(50, (), id="nobody else is there"),
        pytest.param(50, ("c", "x"), id="nobody else has a value"),
    ],
)
def test_there_is_no_rank(own, others):
    assert ranked(own, others) is None


def test_areas_without_a_place_are_said_with_the_reason():
    rank = ranked(50, (60, "c", "c", "x", None))

    assert rank.unranked_sentence == (
        "4 areas have no rank: 1 without a figure for the period, 2 suppressed, because the number is small (c), "
        "1 not available (x)."
    )
    assert ranked(50, (60, "x")).unranked_sentence == "1 area has no rank: 1 not available (x)."
    assert ranked(50, (60,)).unranked_sentence == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (150, "150th"),
    ],
)
def test_ordinal(number, words):
    assert ordinal(number) == words
