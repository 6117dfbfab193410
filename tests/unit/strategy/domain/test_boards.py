"""Who reports to whom, as a tree in which no board is lost."""

from strategy.domain.boards import BoardFact, flat, tree_of


def board(pk: int, reports_to: int | None = None) -> BoardFact:
    return BoardFact(pk=pk, name=f"Board {pk}", kind="Board", reports_to=reports_to)


def test_boards_stand_beneath_the_one_they_report_to():
    tree = tree_of([board(1), board(2, 1), board(3, 2), board(4, 1)])

    assert [each.board.pk for each in tree] == [1]
    assert [each.board.pk for each in tree[0].below] == [2, 4]
    assert [each.board.pk for each in tree[0].below[0].below] == [3]


def test_board_that_reports_to_one_that_is_gone_stands_at_the_top():
    tree = tree_of([board(2, 1), board(3, 2)])

    assert [each.board.pk for each in tree] == [2]


def test_circle_loses_no_board_and_shows_none_twice():
    tree = tree_of([board(1, 2), board(2, 1), board(3)])

    assert sorted(each.pk for each in flat(tree)) == [1, 2, 3]
