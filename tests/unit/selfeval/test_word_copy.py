"""A working copy that comes back: each paragraph to its text, and nothing lost unsaid."""

from selfeval.domain.word_copy import Line, TextPlace, read_copy


def place(key: str, heading: str, text: str, under: str = "") -> TextPlace:
    return TextPlace(key=key, heading=heading, under=under, text=text, version=1)


PLACES = (
    place("cycle:1:journey", "The journey", "It began.\n\nIt went on."),
    place("evaluation:5:know", "A1 Early", "Known.", "What do we know?"),
    place("evaluation:5:meaning", "A1 Early", "Meant.", "What does it mean?"),
    place("evaluation:6:know", "A2 Late", "Late.", "What do we know?"),
)


def lines(*pairs: tuple[int, str]) -> list[Line]:
    return [Line(level=level, text=text) for level, text in pairs]


WHOLE = [
    (1, "Self-evaluation 2026"),
    (0, "A working copy."),
    (2, "The journey"),
    (0, "It began."),
    (0, "It went on."),
    (2, "A1 Early"),
    (3, "What do we know?"),
    (0, "Known."),
    (3, "What does it mean?"),
    (0, "Meant."),
    (2, "A2 Late"),
    (3, "What do we know?"),
    (0, "Late."),
]


def test_copy_that_nobody_wrote_on_changes_nothing():
    reading = read_copy(lines(*WHOLE), PLACES)

    assert (reading.changes, reading.unchanged, reading.unknown) == ((), 4, ())


def test_changed_paragraph_goes_to_its_own_question():
    reading = read_copy(
        lines(*[(level, "Known better.") if text == "Known." else (level, text) for level, text in WHOLE]), PLACES
    )

    assert [(each.place.key, each.text) for each in reading.changes] == [("evaluation:5:know", "Known better.")]


def test_same_question_of_two_criteria_is_told_apart():
    reading = read_copy(
        lines(*[(level, "Later.") if text == "Late." else (level, text) for level, text in WHOLE]), PLACES
    )

    assert [each.place.key for each in reading.changes] == ["evaluation:6:know"]


def test_text_that_was_taken_out_becomes_empty_and_a_missing_heading_leaves_it():
    reading = read_copy(lines((2, "A1 Early"), (3, "What do we know?")), PLACES)

    assert [(each.place.key, each.text) for each in reading.changes] == [("evaluation:5:know", "")]
    assert reading.unchanged == 0


def test_text_beneath_an_unknown_heading_is_told():
    reading = read_copy(lines((2, "A9 Unheard"), (3, "What do we know?"), (0, "Lost?"), (2, "Empty one")), PLACES)

    assert reading.unknown == ("What do we know?",)
    assert reading.changes == ()
