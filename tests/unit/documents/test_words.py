import pytest

from documents.domain.words import Kind, Piece, compare_words, similarity


def test_words_changed_in_the_middle_are_told_apart() -> None:
    found = compare_words("Plans come in time for most.", "Plans come late for most.")

    assert found.pieces == (
        Piece(Kind.SAME, "Plans come "),
        Piece(Kind.GONE, "in time "),
        Piece(Kind.NEW, "late "),
        Piece(Kind.SAME, "for most."),
    )
    assert found.sentence == "1 word added, 2 taken out"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Plans come.", "Plans  come.\n", "The same words"),
        ("", "New text", "2 words added"),
        ("Old", "", "1 word taken out"),
        ("Plans come in time", "Plans come", "2 words taken out"),
        ("", "", "The same words"),
    ],
)
def test_comparison_says_in_a_sentence_what_changed(old: str, new: str, sentence: str) -> None:
    assert compare_words(old, new).sentence == sentence


def test_pieces_give_back_both_texts() -> None:
    old, new = "one two three\nfour", "one three four five"

    pieces = compare_words(old, new).pieces

    assert " ".join("".join(p.text for p in pieces if p.kind is not Kind.GONE).split()) == new
    assert "".join(p.text for p in pieces if p.kind is not Kind.NEW).split() == old.split()


def test_pieces_keep_a_blank_between_them() -> None:
    pieces = compare_words("Plans come", "Plans come late").pieces

    assert "".join(piece.text for piece in pieces) == "Plans come late"


def test_similarity_ignores_case_and_punctuation() -> None:
    assert similarity("Plans, in time!", "plans in TIME") == 1.0
    assert similarity("plans in time", "something else entirely") < 0.2
