from selfeval.domain.document_text import Run, lines_of, plain, runs_of
from selfeval.domain.published import Note, NoteKind

PROOF = Note(number=1, kind=NoteKind.EVIDENCE, markers=("[E2]",), title="Audit")
SHARE = Note(number=2, kind=NoteKind.FIGURE, markers=("[F:on-time]",), title="On time", value="97.5 %")
NOTES = {"[E2]": PROOF, "[F:on-time]": SHARE}


def test_figure_stands_where_its_marker_stood_with_its_note_behind() -> None:
    runs = runs_of("[F:on-time] of plans come in time [E2].", NOTES)

    assert runs == (
        Run(text="97.5\N{NO-BREAK SPACE}%"),
        Run(note=SHARE),
        Run(text=" of plans come in time"),
        Run(note=PROOF),
        Run(text="."),
    )


def test_figure_that_nobody_holds_says_so() -> None:
    assert runs_of("It is [F:other].", NOTES) == (Run(text="It is no figure"), Run(text="."))


def test_lines_that_begin_with_a_dash_are_points_and_empty_ones_go() -> None:
    lines = lines_of("First.\n\n- a point [E2]\n* another", NOTES)

    assert [(line.words, line.is_point) for line in lines] == [
        ("First.", False),
        ("a point", True),
        ("another", True),
    ]


def test_plain_words_hold_figures_and_no_notes() -> None:
    assert plain("Most, [F:on-time], come in time [E2].\nGood.", NOTES) == (
        "Most, 97.5\N{NO-BREAK SPACE}%, come in time.\nGood."
    )
