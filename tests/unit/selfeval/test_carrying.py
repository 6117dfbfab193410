"""What of an earlier cycle goes where: by code within a rulebook, by mapping between two."""

from selfeval.domain.carrying import CarriedText, joined_text, plan_carry


def text(code: str, know: str = "Words.") -> CarriedText:
    return CarriedText(code=code, title=f"Title {code}", texts={"know": know}, strengths=0, areas=0)


def sources(plan) -> dict[str, list[str]]:
    return {line.code: [source.code for source in line.sources] for line in plan.lines}


def test_within_one_rulebook_each_criterion_takes_its_own():
    plan = plan_carry([text("A1"), text("A2")], [("A1", "One"), ("A2", "Two")], None)

    assert sources(plan) == {"A1": ["A1"], "A2": ["A2"]}
    assert plan.left == ()


def test_mapping_joins_and_splits():
    plan = plan_carry([text("A1"), text("A2")], [("N1", "One"), ("N2", "Two")], {"A1": ["N1", "N2"], "A2": ["N1"]})

    assert sources(plan) == {"N1": ["A1", "A2"], "N2": ["A1"]}
    assert plan.lines[0].is_joined


def test_what_finds_no_place_is_told():
    plan = plan_carry([text("A1"), text("A2")], [("N1", "One")], {"A1": ["N1"], "A2": []})

    assert [each.code for each in plan.left] == ["A2"]


def test_code_without_a_line_in_the_mapping_goes_to_the_same_code():
    plan = plan_carry([text("A1")], [("A1", "One")], {})

    assert sources(plan) == {"A1": ["A1"]}


def test_criterion_without_words_is_neither_carried_nor_missed():
    plan = plan_carry([text("A1", know="")], [("N1", "One")], {})

    assert plan.carried == 0
    assert plan.left == ()


def test_texts_that_come_together_each_stand_beneath_their_old_code():
    assert joined_text([text("A1", "First."), text("A2", "Second.")], "know") == (
        "From A1:\nFirst.\n\nFrom A2:\nSecond."
    )
    assert joined_text([text("A1", "First."), text("A2", "")], "know") == "First."
