from dataclasses import replace
from datetime import date

from selfeval.domain.comparing import compare_documents
from selfeval.domain.published import CriterionText, Document, Note, NoteKind, VersionKind

FIGURE = Note(number=1, kind=NoteKind.FIGURE, markers=("[F:x]",), title="On time", value="90 %", period="2023")
OLDER = Document(
    kind=VersionKind.CONSULTATION,
    number=1,
    title="Self-evaluation",
    area="",
    framework="",
    marking="",
    frozen_on=date(2026, 11, 2),
    journey="They came in May.",
    criteria=(CriterionText(code="A1", title="Seen", group="", know="Most are seen.", strengths=("Drop-ins",)),),
    notes=(FIGURE,),
)


def test_version_compared_with_itself_says_the_same() -> None:
    difference = compare_documents(OLDER, OLDER)

    assert difference.is_same
    assert difference.unchanged == 4


def test_changed_texts_are_told_by_place_with_their_words() -> None:
    criterion = replace(OLDER.criteria[0], know="Nearly all are seen.", strengths=())
    newer = replace(OLDER, criteria=(criterion,))

    difference = compare_documents(OLDER, newer)

    assert [(one.where, one.what, one.comparison.sentence) for one in difference.changes] == [
        ("A1 Seen", "What do we know?", "2 words added, 1 taken out"),
        ("A1 Seen", "Strengths", "1 word taken out"),
    ]


def test_figure_that_moved_is_told_though_no_word_changed() -> None:
    newer = replace(OLDER, notes=(replace(FIGURE, value="97 %", period="2024"),))

    difference = compare_documents(OLDER, newer)

    assert difference.changes == ()
    assert [(one.name, one.before, one.after) for one in difference.moved] == [
        ("On time", "90 % (2023)", "97 % (2024)")
    ]
