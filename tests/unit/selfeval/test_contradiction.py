"""Sentences against published figures: a truth table."""

import pytest

from indicators.domain.figures import Direction, Facts, Unit
from selfeval.domain.contradiction import Measured, comparable, contradictions, worse_than_country
from selfeval.domain.markers import sentences
from selfeval.domain.pointing import WordLists
from tests.factories.series import make_series

WORDS = WordLists(
    better=("improv*",),
    worse=("worsen*",),
    above=("above England",),
    below=("below England",),
    ahead=("better than England",),
    behind=("worse than England",),
    turns=("not", "to"),
)


def measured(
    *own, country=(), direction=Direction.HIGHER, name="Annual review decisions within four weeks", since=2023
):
    facts = Facts(code="reviews", name=name, unit=Unit.PERCENT, decimals=1, direction=direction)
    return {
        "reviews": Measured(
            facts=facts,
            own=make_series(*own, since=since, indicator="reviews"),
            country=make_series(*country, since=since, area="E92000001") if country else None,
        )
    }


FELL, ROSE = measured(44, 11), measured(11, 44)
HIGH, LOW = measured(50, 90, country=(40, 45)), measured(50, 10, country=(40, 45))


@pytest.mark.parametrize(
    ("text", "figures", "found"),
    [
        pytest.param("Reviews improved [F:reviews].", FELL, 1, id="says better, went worse"),
        pytest.param("Reviews improved [F:reviews].", ROSE, 0, id="says better, went better"),
        pytest.param("Reviews have not improved [F:reviews].", FELL, 0, id="says that it did not"),
        pytest.param("We want to improve reviews [F:reviews].", FELL, 0, id="a wish"),
        pytest.param("Reviews worsened [F:reviews].", FELL, 0, id="says worse, went worse"),
        pytest.param("Reviews worsened [F:reviews].", ROSE, 1, id="says worse, went better"),
        pytest.param("Reviews improved [F:reviews].", measured(44, 44), 0, id="stood still"),
        pytest.param("Reviews improved [F:reviews].", measured(44.01, 44.04), 0, id="prints the same"),
        pytest.param("Reviews improved [F:reviews].", measured(44), 0, id="one year only"),
        pytest.param("Reviews improved [F:reviews].", measured(44, "c"), 0, id="hidden now"),
        pytest.param("Reviews improved [F:reviews].", measured(44, "c", 11), 1, id="hidden between"),
        pytest.param(
            "Reviews improved [F:reviews].", measured(44, 11, direction=Direction.LOWER), 0, id="lower is good"
        ),
        pytest.param(
            "Reviews improved [F:reviews].", measured(44, 11, direction=Direction.NEITHER), 0, id="no way is good"
        ),
        pytest.param(
            "Reviews improved [F:reviews@2024].", measured(11, 44, 40), 0, id="pinned to a year that was better"
        ),
        pytest.param("Reviews improved.", FELL, 0, id="no figure and one word in common"),
        pytest.param("Annual review decisions improved.", FELL, 1, id="no figure and two words in common"),
        pytest.param("Reviews improved [F:other].", FELL, 0, id="a figure that nobody knows"),
        pytest.param("Far above England [F:reviews].", HIGH, 0, id="above and it is"),
        pytest.param("Far above England [F:reviews].", LOW, 1, id="above and it is not"),
        pytest.param("Below England [F:reviews].", LOW, 0, id="below and it is"),
        pytest.param("Below England [F:reviews].", HIGH, 1, id="below and it is not"),
        pytest.param("Not above England [F:reviews].", LOW, 0, id="not above"),
        pytest.param("Better than England [F:reviews].", LOW, 1, id="better than and it is not"),
        pytest.param("Worse than England [F:reviews].", HIGH, 1, id="worse than and it is better"),
        pytest.param("Above England [F:reviews].", measured(50, 45, country=(40, 45)), 1, id="the same is not above"),
        pytest.param("Above England [F:reviews].", FELL, 0, id="nothing published of England"),
    ],
)
def test_a_sentence_is_held_against_its_figures(text, figures, found):
    assert len(contradictions(sentences(text), figures, WORDS)) == found


def test_the_sentence_names_both():
    (against,) = contradictions(sentences("Reviews improved [F:reviews]."), FELL, WORDS)

    assert against.sentence == (
        "“Reviews improved.” says “improved”. Annual review decisions within four weeks went from 44.0 % (2023) to "
        "11.0 % (2024); higher is better."
    )
    assert not against.is_modest


def test_a_text_that_says_worse_than_the_figure_is_modest():
    (against,) = contradictions(sentences("Reviews worsened [F:reviews]."), ROSE, WORDS)

    assert against.is_modest


def test_worse_than_the_country_is_told_only_of_what_compares():
    alone = measured(5)["reviews"]
    figures = [HIGH["reviews"], LOW["reviews"], alone]

    assert worse_than_country(figures) == (LOW["reviews"],)
    assert comparable(figures) == (HIGH["reviews"], LOW["reviews"])
