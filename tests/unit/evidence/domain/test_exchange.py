"""A workbook against the log."""

from evidence.domain.exchange import MOST_TAKEN, Row, Tables, compare


def rows(count: int) -> tuple[Row, ...]:
    return tuple(
        Row(place=f"row {number}", values={"number": "", "title": f"Item {number}"}) for number in range(count)
    )


def test_so_many_rows_are_taken_at_a_time_and_no_more():
    fits, over = (
        compare(Tables(items=rows(count), links=None), Tables(items=(), links=()))
        for count in (MOST_TAKEN, MOST_TAKEN + 1)
    )

    assert not fits.problems
    assert [problem.reason for problem in over.problems] == ["1,001 rows are new or changed."]
