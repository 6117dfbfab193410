"""Text as the words by which it is found."""

import pytest

from evidence.domain.words import MOST_WORDS, asked_words, plain_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Families’ VIEWS, 2026", "families views 2026"),
        ("Café naïve", "cafe naive"),
        ("co-production\nA1.2", "co production a1 2"),
        ("under_scored", "under scored"),
        ("…", ""),
    ],
)
def test_text_becomes_plain_words(text, words):
    assert plain_words(text) == words


def test_question_holds_each_word_once_and_not_too_many():
    assert asked_words("wait WAIT times") == ("wait", "times")
    assert len(asked_words(" ".join(f"w{number}" for number in range(50)))) == MOST_WORDS
