"""Word tables as councils write them."""

import io

import pytest
from docx import Document

from documents.spreadsheets.refusal import Unusable
from documents.word_tables import read_tables
from strategy.readers.word import kind_of, read_word

HEADINGS = (
    "Priority 2",
    "What do we want to achieve?",
    "How will we achieve this?",
    "How will we know we are successful? Measurable outcomes",
)


def word(*tables: list[tuple[str, ...]], merged: dict[int, str] | None = None) -> io.BytesIO:
    document = Document()
    for rows in tables:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for number, texts in enumerate(rows):
            cells = table.add_row().cells
            if merged and number in merged:
                cells[0].text = texts[0]
                cells[1].merge(cells[-1]).text = merged[number]
                continue
            for cell, text in zip(cells, texts, strict=True):
                lines = text.split("\n")
                cell.text = lines[0]
                for line in lines[1:]:
                    cell.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    return out


def values(tables, sheet: str, name: str) -> list[str]:
    return [row.values[name] for row in tables.get(sheet, ())]


def test_table_becomes_priority_aims_actions_and_measures():
    tables, problems = read_word(
        word(
            [
                HEADINGS,
                ("Right support", "Families know where to go", "Refresh the offer\nMake videos", "- Parent feedback"),
                ("", "Parents are heard", "Ask them", "Number of appeals\nSurvey"),
            ]
        )
    )

    assert problems == ()
    assert [(row.values["number"], row.values["title"]) for row in tables["Priorities"]] == [("2", "Right support")]
    assert values(tables, "Aims", "ref") == ["2.1", "2.2"]
    assert values(tables, "Actions", "text") == ["Refresh the offer", "Make videos", "Ask them"]
    assert values(tables, "Actions", "aim") == ["2.1", "2.1", "2.2"]
    assert values(tables, "Measures", "text") == ["Parent feedback", "Number of appeals", "Survey"]
    assert values(tables, "Measures", "kind") == ["survey", "figure", "survey"]
    assert tables["Actions"][2].place == "table 1, row 3"


def test_table_without_the_word_priority_goes_on_with_the_one_before():
    tables, _ = read_word(word([HEADINGS, ("", "First", "a", "b")], [HEADINGS[1:], ("Second", "c", "d")]))

    assert values(tables, "Aims", "ref") == ["2.1", "2.2"]


def test_headings_in_the_middle_of_a_table_start_another_priority():
    tables, _ = read_word(
        word([HEADINGS, ("", "First", "a", "b"), ("Priority 3", *HEADINGS[1:]), ("", "Other", "c", "d")])
    )

    assert values(tables, "Aims", "ref") == ["2.1", "3.1"]


def test_row_that_starts_in_the_middle_of_a_sentence_is_joined_and_marked():
    tables, _ = read_word(
        word([HEADINGS, ("", "An offer to enable the", "a", "b"), ("", "understanding of their needs", "c", "d")])
    )

    aim = tables["Aims"][0]
    assert len(tables["Aims"]) == 1
    assert aim.values["text"] == "An offer to enable the understanding of their needs"
    assert aim.values["is_as_extracted"] == "yes"
    assert "row 2 and table 1, row 3" in aim.values["note"]
    assert values(tables, "Actions", "aim") == ["2.1", "2.1"]


def test_what_was_asked_and_done_is_split_and_marked():
    said = "You asked us to improve the offer. So we refreshed it. You also asked us to work together. So we did that."
    tables, _ = read_word(word([HEADINGS, ("Right support", "", "", ""), ("", "Aim", "a", "b")], merged={1: said}))

    answers = [(row.values["you_asked"], row.values["so_we_did"]) for row in tables["You asked"]]
    assert answers == [
        ("You asked us to improve the offer.", "So we refreshed it."),
        ("You also asked us to work together.", "So we did that."),
    ]
    assert values(tables, "You asked", "is_as_extracted") == ["yes", "yes"]


def test_table_of_no_priority_is_told_with_its_place():
    _, problems = read_word(word([HEADINGS[1:], ("First", "a", "b")]))

    assert [problem.place for problem in problems] == ["table 1, row 2"]
    assert "Priority 1" in problems[0].fix


def test_document_without_such_a_table_says_what_it_looked_for():
    with pytest.raises(Unusable, match="What do we want to achieve"):
        read_word(word([("A", "B"), ("c", "d")]))


def test_file_that_is_no_word_document_is_refused():
    with pytest.raises(Unusable, match="no Word document"):
        read_word(io.BytesIO(b"nothing of the kind"))


def test_merged_cells_are_known_and_empty_paragraphs_left_out():
    rows = read_tables(word([HEADINGS, ("a\n\nb", "", "", "")], merged={1: "wide"}))[0]

    assert [cell.is_merged for cell in rows[1]] == [False, False, True, True]
    assert rows[0][0].text == "Priority 2"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No of settings trained", "figure"),
        ("Improved timeliness of transition", "figure"),
        ("Yearly survey of settings", "survey"),
        ("A clear offer will be available", "deliverable"),
        ("Better lives", "qualitative"),
    ],
)
def test_kind_of_a_measure_is_guessed_from_its_words(text, kind):
    assert kind_of(text) == kind
