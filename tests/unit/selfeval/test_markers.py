"""Markers in the text of a self-evaluation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.markers import MarkerKind, nearly_markers, parse, plain, sentences


def test_parse_reads_both_kinds_in_order():
    found = parse("Plans come in time [E12], [F:plans-within-20-weeks@2024] of them, and [F:ehc-plans] stand.")

    assert [(marker.kind, marker.key, marker.period) for marker in found] == [
        (MarkerKind.EVIDENCE, "12", ""),
        (MarkerKind.FIGURE, "plans-within-20-weeks", "2024"),
        (MarkerKind.FIGURE, "ehc-plans", ""),
    ]


def test_parse_takes_a_period_with_a_stroke():
    assert parse("[F:absence-secondary@2024/25]")[0].period == "2024/25"


@pytest.mark.parametrize("text", ["[E]", "[E0]", "[E 12]", "[F:]", "[F:ehc plans]", "[F:EHC]", "[E12", "[e12]"])
def test_nearly_a_marker_is_told_and_not_read(text: str):
    assert parse(text) == ()
    assert nearly_markers(text) == (text,)


@pytest.mark.parametrize("text", ["[E12]", "plain words", "[sic]", "[Every child]", "[For now]"])
def test_other_brackets_are_left_alone(text: str):
    assert nearly_markers(text) == ()


def test_a_sentence_keeps_its_markers_and_loses_their_text():
    first, second = sentences("Plans come in time [E2]. Reviews do not.")

    assert (first.words, [marker.key for marker in first.markers]) == ("Plans come in time.", ["2"])
    assert (second.words, second.markers) == ("Reviews do not.", ())


def test_a_marker_after_the_full_stop_counts_to_the_sentence_before():
    (only,) = sentences("Plans come in time.\n[E2]")

    assert [marker.key for marker in only.markers] == ["2"]


def test_lines_are_sentences_of_their_own():
    assert [sentence.words for sentence in sentences("First line\nsecond line [E1]")] == ["First line", "second line"]


@given(st.text(alphabet="ab E[]F:@1290-/.\n", max_size=80))
def test_no_marker_is_lost_or_invented_between_the_two_readings(text: str):
    assert [marker.text for sentence in sentences(text) for marker in sentence.markers] == [
        marker.text for marker in parse(text)
    ]


def test_plain_words_hold_no_marker():
    assert (
        plain("Plans come in time [E2]. [F:ehc-plans]\nReviews do not [E3].") == "Plans come in time. Reviews do not."
    )
