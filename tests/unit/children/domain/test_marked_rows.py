import pytest

from children.domain.marked_rows import MarkedRows


@pytest.mark.parametrize(
    ("keys", "is_marked"),
    [
        (["SYN0000001", "syn-2", " SYN_3", "SYN 4"], True),
        (["Synergy", "Synagogue School"], False),
        (["SYN1", "Synergy"], False),
        ([], False),
    ],
)
def test_rows_are_marked_only_where_a_digit_follows(keys, is_marked):
    rows = MarkedRows()
    for key in keys:
        rows.add(["x", key])

    assert bool(rows) is is_marked
