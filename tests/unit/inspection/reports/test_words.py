import pytest

from inspection.domain.reports.words import Phrases, Tie, first_match, tie

LISTS = [
    Phrases(code="A1", phrases=("identif*", "assessment")),
    Phrases(code="A3", phrases=("waiting", "waiting times")),
]


def test_tie_names_the_words_that_did_it_most_words_first():
    found = tie("Waiting times for assessment, and how needs are identified early.", LISTS)

    assert found == (Tie(code="A1", because=("assessment", "identified")), Tie(code="A3", because=("waiting times",)))


@pytest.mark.parametrize("text", ["reassessments", "await", "", "The assessmentalist"])
def test_tie_takes_whole_words_only(text: str):
    assert tie(text, LISTS) == ()


def test_tie_reads_across_lines_and_typographic_signs():
    assert tie("parents’\ncarers", [Phrases(code="A2", phrases=("parents' carers",))])


def test_first_match_is_the_phrase_that_stands_first():
    lists = {"1": ["positive"], "3": ["failings"]}

    assert first_match("systemic failings, though some positive signs", lists) == "3"
    assert first_match("neither", lists) is None
    assert first_match("anything", {"1": []}) is None
