"""Which way a sentence points, by lists of words."""

import pytest

from selfeval.domain.pointing import faults_of, first_said, lines_of

BETTER = ("improv*", "has risen", "up from")
TURNS = ("not", "to", "no")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Timeliness improved last year.", "improved", id="a word that goes on"),
        pytest.param("Attendance Has  Risen.", "Has  Risen", id="capitals and spaces make no difference"),
        pytest.param("Timeliness has not improved.", "", id="turned round"),
        pytest.param("Timeliness hasn’t improved.", "", id="turned round in short"),
        pytest.param("We want to improve.", "", id="a wish"),
        pytest.param("It did not rise, and later reviews improved.", "improved", id="turned too far before"),
        pytest.param("It has not improved, but elsewhere much improved.", "improved", id="the second one counts"),
        pytest.param("An unimproved service.", "", id="inside another word"),
        pytest.param("All is well.", "", id="none of them"),
    ],
)
def test_the_first_phrase_that_counts_is_found(sentence, expected):
    assert first_said(sentence, BETTER, TURNS) == expected


@pytest.mark.parametrize(
    ("line", "part"),
    [
        pytest.param("im*prove", "end of a word", id="a star within"),
        pytest.param("* improve", "end of a word", id="a star alone"),
        pytest.param("a", "too short", id="one letter"),
        pytest.param("x" * 81, "too long", id="a sentence"),
    ],
)
def test_a_line_that_can_decide_nothing_is_told(line, part):
    (fault,) = faults_of([line])

    assert part in fault


def test_lines_that_are_well_have_no_fault():
    assert faults_of(["improv*", "better than last year"]) == ()


def test_too_many_lines_are_told():
    assert "200 is the most" in faults_of([f"word {n}" for n in range(201)])[0]


def test_lines_are_squeezed_and_kept_once():
    assert lines_of(" improv* \n\nimprov*\nhas   risen") == ("improv*", "has risen")
