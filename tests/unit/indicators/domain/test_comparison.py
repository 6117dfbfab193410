"""Us against region, neighbours and England: values, then the words."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.domain.comparison import (
    Aim,
    Around,
    against_in_words,
    change_in_words,
    compare,
    sentence_of,
    spread_in_words,
    spread_of,
)
from indicators.domain.figures import Direction, Facts, Unit
from indicators.domain.series import change_over
from tests.factories.series import make_figure, make_series

PERCENT = Facts(code="x", name="X", unit=Unit.PERCENT, decimals=1, direction=Direction.HIGHER)
COUNT = Facts(code="n", name="N", unit=Unit.COUNT)
NAMES = {"852": "Southampton", "n1": "Near", "n2": "Next", "gone": "Gone", "far": "Far", "new": "New"}
AROUND = Around(
    own="852",
    own_name="Southampton",
    region="R",
    region_name="South East",
    country="E",
    neighbours=("n1", "n2"),
    names=NAMES,
    abolished={"gone": date(2021, 4, 1)},
    established={"new": date(2024, 4, 1)},
)


def compared(own=(80, 85, 90, 97.5), facts=PERCENT, figures=None, target=None, **others):
    series = {"852": make_series(*own)} | {code: make_series(*values) for code, values in others.items()}
    shown = {code: make_figure(one) for code, one in (figures or {}).items()}
    return compare(facts, AROUND, series, shown, target=target)


def test_comparison_takes_everybody_at_our_newest_period():
    found = compared(E=(40, 41, 42, 46.4, 99), R=(30, 31, 32, 38.2), n1=(1, 2, 3, 4), n2=(1, 2, 3, "c"))

    assert found.period.label == "2023"
    assert (found.own.value, found.region.value, found.england.value) == tuple(map(Decimal, ("97.5", "38.2", "46.4")))
    assert [(one.name, one.figure.value, one.figure.symbol) for one in found.neighbours] == [
        ("Near", Decimal(4), ""),
        ("Next", None, "c"),
    ]
    assert (found.spread.middle, found.spread.counted, found.spread.of) == (4, 1, 2)
    assert found.change.difference == Decimal("17.5")


def test_nothing_of_us_gives_no_comparison():
    assert compared(own=(), E=(1, 2)) is None


def test_sentence_names_england_and_rank():
    found = compared(E=(1, 1, 1, 46.4), figures={"852": 97.5, "n1": 97.5, "n2": "c", "far": 99})

    assert sentence_of(found) == "97.5 % against 46.4 % in England; joint 2nd of 3."
    assert found.rank.unranked_sentence == "1 area has no rank: 1 suppressed, because the number is small (c)."


def test_sentence_of_a_symbol_explains_it():
    found = compared(own=(80, 85, 90, "c"), E=(1, 1, 1, 46.4))

    assert sentence_of(found) == "No figure of ours is published for 2023 (c) against 46.4 % in England."
    assert found.change is None
    assert found.rank is None


def test_sentence_of_a_count_leaves_out_the_countrys_total():
    found = compared(own=(2000, 2785), facts=COUNT, E=(600000, 638745), figures={"852": 2785, "far": 3000})

    assert sentence_of(found) == "2,785; 2nd highest of 2."


def test_areas_that_were_abolished_before_and_unknown_ones_are_left_out():
    found = compared(figures={"852": 97.5, "gone": 99, "nobody": 99, "far": 1})

    assert found.rank.sentence == "1st of 2"
    assert [mark.code for mark in found.strip] == ["far", "852"]
    assert [(mark.is_own, mark.is_neighbour) for mark in found.strip] == [(False, False), (True, False)]


def test_areas_of_which_nothing_is_published_are_said_as_unranked():
    found = compared(figures={"852": 97.5, "far": 1, "n1": "c"})

    assert found.rank.sentence == "1st of 2"
    assert found.rank.unranked_sentence == (
        "2 areas have no rank: 1 without a figure for the period, 1 suppressed, because the number is small (c)."
    )


def test_area_that_did_not_stand_yet_is_not_said_to_lack_a_figure():
    later = compared(own=(1,) * 5 + (97.5,), figures={"852": 97.5, "far": 1, "n1": 1, "n2": 1})
    earlier = compared(figures={"852": 97.5, "far": 1, "n1": 1, "n2": 1})

    assert later.period.label == "2025"
    assert later.rank.unranked_sentence == "1 area has no rank: 1 without a figure for the period."
    assert earlier.rank.unranked_sentence == ""


def test_area_that_still_stood_in_the_period_counts():
    found = compared(own=(97.5,), figures={"852": 97.5, "gone": 99})

    assert found.rank.sentence == "2nd of 2"


@pytest.mark.parametrize(
    ("direction", "own", "england", "words"),
    [
        pytest.param(Direction.HIGHER, 97.5, 46.4, "Better than England", id="higher is better and is"),
        pytest.param(Direction.LOWER, 97.5, 46.4, "Worse than England", id="lower is better and is not"),
        pytest.param(Direction.NEITHER, 97.5, 46.4, "Differs from England", id="neither way"),
        pytest.param(Direction.HIGHER, 46.4, 46.4, "Same as England", id="equal"),
        pytest.param(Direction.HIGHER, "c", 46.4, "Suppressed", id="ours is suppressed"),
        pytest.param(Direction.HIGHER, "x", 46.4, "No figure", id="ours is not available"),
        pytest.param(Direction.HIGHER, 97.5, "x", "", id="England has none"),
    ],
)
def test_words_against_england(direction, own, england, words):
    facts = Facts(code="x", name="X", unit=Unit.PERCENT, decimals=1, direction=direction)

    assert against_in_words(compared(own=(own,), facts=facts, E=(england,))) == words


def test_count_is_never_better_or_worse_than_a_whole_country():
    facts = Facts(code="n", name="N", unit=Unit.COUNT, direction=Direction.LOWER)

    found = compared(own=(2785,), facts=facts, E=(638745,))

    assert found.against_england is None
    assert against_in_words(found) == ""


@pytest.mark.parametrize(
    ("direction", "own", "target", "is_met"),
    [
        pytest.param(Direction.HIGHER, 97.5, 95, True, id="beyond"),
        pytest.param(Direction.HIGHER, 90, 95, False, id="not there"),
        pytest.param(Direction.LOWER, 90, 95, True, id="under, where lower is better"),
        pytest.param(Direction.LOWER, 95, 95, True, id="exactly there"),
        pytest.param(Direction.NEITHER, 90, 95, None, id="no way is better"),
        pytest.param(Direction.HIGHER, "c", 95, None, id="suppressed"),
        pytest.param(Direction.HIGHER, 90, None, None, id="no target"),
    ],
)
def test_target(direction, own, target, is_met):
    facts = Facts(code="x", name="X", unit=Unit.PERCENT, decimals=1, direction=direction)
    aim = Aim(value=Decimal(target)) if target is not None else None

    assert compared(own=(own,), facts=facts, target=aim).is_target_met is is_met


@pytest.mark.parametrize(
    ("figures", "facts", "words"),
    [
        pytest.param((80, 1, 2, 97.5), PERCENT, "up 17.5 percentage points since 2020: better", id="better"),
        pytest.param((97.5, 1, 2, 80), PERCENT, "down 17.5 percentage points since 2020: worse", id="worse"),
        pytest.param((100, 1, 2, 125), COUNT, "up 25 (25 %) since 2020", id="a count"),
        pytest.param((80, 1, 2, 80), PERCENT, "the same as in 2020", id="the same"),
        pytest.param((80, 1), PERCENT, "no figure to compare with of three years before", id="too short"),
    ],
)
def test_change_in_words(figures, facts, words):
    assert change_in_words(change_over(make_series(*figures), 3), facts) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        pytest.param((10, 20, 60), "median 20.0 % (from 10.0 % to 60.0 %)", id="all have one"),
        pytest.param(
            (10, "c", None, 20), "median 15.0 % (from 10.0 % to 20.0 %; 2 of 4 have a figure)", id="some have none"
        ),
        pytest.param(("c", None), "no figure", id="none has one"),
        pytest.param((), "no figure", id="no neighbours"),
    ],
)
def test_spread_in_words(values, words):
    assert spread_in_words(spread_of([make_figure(one) for one in values]), PERCENT) == words


def test_verdict_is_that_of_the_printed_figures():
    comparison = compared(own=(46.41, 46.4, 46.4, 46.44), E=(1, 1, 1, 46.36))

    assert comparison.against_england is None
    assert against_in_words(comparison) == "Same as England"
    assert change_in_words(comparison.change, PERCENT).startswith("the same as in")
