from framework.domain.matching import Row, Surety, lines_of, match

ROWS = (
    Row(kind="criterion", code="A1", title="Needs are identified and assessed well and in time"),
    Row(kind="point", code="A1.1", title="Needs are recognised correctly"),
    Row(kind="point", code="A1.2", title="Assessment looks at strengths and hopes as well"),
    Row(kind="criterion", code="A2", title="Families take part in decisions"),
    Row(kind="point", code="A2.1", title="Impartial information and advice"),
)


def test_lines_take_bullets_apart_and_join_what_was_wrapped() -> None:
    pasted = (
        "Criteria\n\n• needs are seen early and\nassessed in time\n"
        "- advice is impartial and free\n\nFamilies decide with us"
    )

    assert lines_of(pasted) == (
        "needs are seen early and assessed in time",
        "advice is impartial and free",
        "Families decide with us",
    )


def test_lines_go_to_the_rows_that_use_their_telling_words() -> None:
    lines = (
        "children's needs are identified accurately and assessed in time",
        "assessments look at the strengths and hopes of each child",
        "families take part in the decisions on their plans",
        "impartial information and advice is given to families",
    )

    found = match(lines, ROWS)

    assert [one.code for one in found] == ["A1", "A1.2", "A2", "A2.1"]
    assert all(one.shared for one in found)


def test_line_between_two_sure_ones_is_proposed_by_its_place() -> None:
    lines = (
        "needs are identified and assessed in time",
        "the right label is given to each",
        "assessment looks at strengths and hopes",
    )

    second = match(lines, ROWS)[1]

    assert (second.code, second.is_by_place, second.surety) == ("A1.1", True, Surety.PERHAPS)
    assert "Its place" in second.reason


def test_line_that_is_like_nothing_gets_no_row_and_says_so() -> None:
    (found,) = match(("the minister opened a bridge over the river",), ROWS)

    assert (found.code, found.surety) == ("", Surety.NONE)
    assert found.reason == "No row uses enough of the same words."


def test_each_row_is_proposed_once_and_in_order() -> None:
    lines = ("impartial advice and information", "impartial information and advice", "families take part in decisions")

    codes = [one.code for one in match(lines, ROWS) if one.code]

    assert len(codes) == len(set(codes))
    assert codes == sorted(codes)


def test_nothing_pasted_and_nothing_to_match_are_no_fault() -> None:
    assert match((), ROWS) == ()
    assert [one.code for one in match(("needs are identified",), ())] == [""]
