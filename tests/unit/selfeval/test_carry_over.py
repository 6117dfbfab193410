"""Where a row of an earlier rulebook goes, and how a carried text is taken back."""

import pytest

from selfeval.domain.carry_over import Why, beneath, way_of, without_piece

NEW = {"B1.1": "B1", "B1.2": "B1", "A1.2": "A9", "A2.1": "A2"}
MAPPING = {"A1": ["B1"], "A1.1": ["B1.1"], "A1.3": ["B1.1", "B1.2", "B1.1"], "A1.4": [""], "A1.5": ["B1"], "A3": [""]}


@pytest.mark.parametrize(
    ("code", "parent", "codes", "why"),
    [
        ("A1.1", "A1", ("B1.1",), Why.MAPPED),
        ("A1.3", "A1", ("B1.1", "B1.2"), Why.MAPPED),
        ("A2.1", "A2", ("A2.1",), Why.SAME_CODE),
    ],
)
def test_way_leads_by_the_mapping_else_by_the_same_code(code, parent, codes, why):
    way = way_of(code, parent=parent, new=NEW, mapping=MAPPING)

    assert (way.codes, way.why, way.reason) == (codes, why, "")


@pytest.mark.parametrize(
    ("code", "parent", "reason"),
    [
        ("A1.2", "A1", "A1 has become B1"),
        ("A1.4", "A1", "dropped it"),
        ("A1.5", "A1", "leads to B1, which is no point"),
        ("A3.1", "A3", "dropped A3"),
        ("A4.1", "A4", "no point with this code"),
    ],
)
def test_way_without_a_place_says_why(code, parent, reason):
    way = way_of(code, parent=parent, new=NEW, mapping=MAPPING)

    assert not way.codes
    assert reason in way.reason


def test_same_code_counts_where_the_mapping_leads_to_what_it_stands_in():
    way = way_of("A2.1", parent="A2", new=NEW, mapping={"A2": ["A2"]})

    assert way.codes == ("A2.1",)


@pytest.mark.parametrize(
    ("text", "before", "left"),
    [
        ("Piece one.\nPiece two.", "", ""),
        ("Ours.\n\nPiece one.\nPiece two.", "Ours. \n", "Ours. \n"),
        ("Ours.\r\n\r\nPiece one.\r\nPiece two.", "Ours.", "Ours."),
        ("Piece one.\nPiece two.\n\nLater words.", "", "Later words."),
        ("Above.\n\nPiece one.\nPiece two.\n\nBelow.", "", "Above.\n\nBelow."),
        ("Piece one.\nPiece 2.", "", None),
        ("Before Piece one.\nPiece two.", "", None),
        ("Piece one.\nPiece two.\n\nPiece one.\nPiece two.", "", None),
        ("", "", None),
    ],
)
def test_piece_is_taken_out_only_where_it_stands_word_for_word_once(text, before, left):
    assert without_piece(text, piece="Piece one.\nPiece two.", before=before) == left


def test_what_was_put_beneath_comes_out_again():
    for before in ("", "Ours.", "Ours.\n\n", "One.\n\nTwo."):
        assert without_piece(beneath(before, "Piece."), piece="Piece.", before=before) == before
