"""Cells are read into one form, and a file is compared with what stands."""

from datetime import UTC, date, datetime

import pytest

from strategy.domain.exchange.cells import Known, Wrong, read_cell
from strategy.domain.exchange.comparing import compare, fingerprint_of
from strategy.domain.exchange.sheets import (
    AIMS,
    BOARDS,
    MEASURES,
    PRINCIPLES,
    PRIORITIES,
    STRATEGY,
    CellKind,
    Col,
    SheetRow,
)

KNOWN = Known(
    indicators=frozenset({"on-time"}),
    people=frozenset({"lano@wexcombe.example"}),
    organisations=frozenset({"Wexcombe ICB"}),
)


def column(kind: CellKind, **fields) -> Col:
    return Col(header="Column", field="column", kind=kind, **fields)


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        pytest.param(CellKind.TEXT, "  two \r\n lines ", "two\n lines", id="text"),
        pytest.param(CellKind.TEXT, 30.0, "30", id="whole number as text"),
        pytest.param(CellKind.TEXT, 97.5, "97.5", id="fraction as text"),
        pytest.param(CellKind.NUMBER, 3.0, "3", id="number"),
        pytest.param(CellKind.DAY, date(2026, 11, 30), "2026-11-30", id="day"),
        pytest.param(CellKind.DAY, datetime(2026, 11, 30, tzinfo=UTC), "2026-11-30", id="day with time"),
        pytest.param(CellKind.DAY, "30/11/2026", "2026-11-30", id="typed day"),
        pytest.param(CellKind.FLAG, True, "yes", id="true"),
        pytest.param(CellKind.FLAG, "No", "", id="no"),
        pytest.param(CellKind.AIM, "03.2", "3.2", id="aim"),
        pytest.param(CellKind.AIM, "3.10", "3.10", id="tenth aim"),
        pytest.param(CellKind.PRIORITIES, "4; 1, 4", "1, 4", id="priorities"),
        pytest.param(CellKind.PERSON, "LANO@wexcombe.example", "lano@wexcombe.example", id="person"),
        pytest.param(CellKind.INDICATOR, "on-time", "on-time", id="indicator"),
        pytest.param(CellKind.ORGANISATION, "Wexcombe ICB", "Wexcombe ICB", id="organisation"),
        pytest.param(CellKind.TEXT, None, "", id="empty"),
    ],
)
def test_cell_is_read_into_the_one_form_of_its_kind(kind, raw, expected):
    assert read_cell(column(kind), raw, KNOWN) == expected


def test_choice_is_read_by_its_word_and_by_its_code():
    kind = column(CellKind.CHOICE, choices={"figure": "Figure", "survey": "Survey"})

    assert read_cell(kind, "FIGURE", KNOWN) == read_cell(kind, "Figure", KNOWN) == "figure"


@pytest.mark.parametrize(
    ("kind", "raw", "fix"),
    [
        pytest.param(CellKind.NUMBER, "three", "Write the number alone", id="number"),
        pytest.param(CellKind.NUMBER, 0.0, "Write the number alone", id="nought"),
        pytest.param(CellKind.AIM, "first", "as in 3.2", id="aim"),
        pytest.param(CellKind.DAY, "soon", "", id="day"),
        pytest.param(CellKind.FLAG, "perhaps", "Write yes", id="flag"),
        pytest.param(CellKind.PERSON, "nobody@wexcombe.example", "invite them first", id="person"),
        pytest.param(CellKind.INDICATOR, "lost", "Copy the code", id="indicator"),
        pytest.param(CellKind.ORGANISATION, "Lost", "as in the settings", id="organisation"),
    ],
)
def test_cell_that_cannot_be_read_says_how_to_mend_it(kind, raw, fix):
    with pytest.raises(Wrong) as refused:
        read_cell(column(kind), raw, KNOWN)

    assert fix in refused.value.fix
    assert refused.value.reason


def test_required_cell_and_long_text_are_told():
    with pytest.raises(Wrong, match="empty"):
        read_cell(column(CellKind.TEXT, is_required=True), " ", KNOWN)
    with pytest.raises(Wrong) as refused:
        read_cell(column(CellKind.TEXT, longest=3), "four", KNOWN)

    assert "3 at most" in refused.value.fix


def principle(title: str, text: str = "", id_: str = "", place: str = "row 2") -> SheetRow:
    return SheetRow(place=place, id=id_, values={"title": title, "text": text})


def aim(ref: str, text: str = "An aim", id_: str = "", place: str = "row 2") -> SheetRow:
    values = {"ref": ref, "text": text, "is_as_extracted": "", "note": ""}
    return SheetRow(place=place, id=id_, values=values)


def priority(number: str, id_: str = "", place: str = "row 2") -> SheetRow:
    values = {"number": number, "title": f"Goal {number}", "summary": "", "lead": "", "lead_organisation": ""}
    return SheetRow(place=place, id=id_, values=values)


PRESENT = {
    PRINCIPLES.name: (principle("Families first", "They know.", "principle-1"), principle("Early", "", "principle-2")),
    PRIORITIES.name: (priority("1", "priority-1"),),
    AIMS.name: (aim("1.1", "First", "aim-1"), aim("1.2", "Second", "aim-2")),
}


def only(tables, **more):
    difference = compare(tables, PRESENT, **more)
    return difference, difference.sheets[0] if difference.sheets else None


def test_the_same_tables_change_nothing():
    difference = compare(PRESENT, PRESENT)

    assert difference.counts == {"new": 0, "changed": 0, "unchanged": 5, "missing": 0}
    assert difference.problems == ()


def test_row_with_its_id_is_changed_field_by_field():
    _, sheet = only({PRINCIPLES.name: (principle("Families come first", "They know.", "principle-1"),)})

    change = sheet.changed[0]
    assert [(field.header, field.before, field.after) for field in change.fields] == [
        ("Title", "Families first", "Families come first")
    ]
    assert [row.id for row in sheet.missing] == ["principle-2"]


def test_row_without_id_is_known_by_its_words():
    _, sheet = only({PRINCIPLES.name: (principle("families  FIRST", "They know it."), principle("Another"))})

    assert [change.id for change in sheet.changed] == ["principle-1"]
    assert [change.label for change in sheet.new] == ["Another"]


def test_sheet_that_is_left_out_stays_as_it_is():
    difference, _ = only({PRINCIPLES.name: ()})

    assert [sheet.spec for sheet in difference.sheets] == [PRINCIPLES]


def test_guess_never_changes_what_stands():
    row = SheetRow(place="", id="", values={"ref": "1.1", "text": "First", "is_as_extracted": "yes"})

    _, sheet = only({AIMS.name: (row,)}, guessed=frozenset({"is_as_extracted"}))

    assert sheet.unchanged == 1


def test_two_aims_can_change_numbers():
    difference, sheet = only({AIMS.name: (aim("1.2", "First", "aim-1"), aim("1.1", "Second", "aim-2", "row 3"))})

    assert difference.problems == ()
    assert len(sheet.changed) == 2


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        pytest.param({PRINCIPLES.name: (principle("X", id_="principle-9"),)}, "is no principle", id="strange id"),
        pytest.param(
            {PRINCIPLES.name: (principle("X", id_="principle-1"), principle("Y", id_="principle-1", place="row 3"))},
            "stands twice: first in row 2",
            id="id twice",
        ),
        pytest.param({AIMS.name: (aim("1.1"), aim("1.1", place="row 3"))}, "“1.1” stands twice", id="aim twice"),
        pytest.param({AIMS.name: (aim("7.1"),)}, "“7” stands nowhere", id="priority of an aim"),
        pytest.param(
            {MEASURES.name: (SheetRow(place="row 2", id="", values={"aim": "1.9", "text": "X", "kind": "figure"}),)},
            "“1.9” stands nowhere",
            id="aim of a measure",
        ),
        pytest.param(
            {AIMS.name: (aim("1.2", "First", "aim-1"),)}, "in a row that the file leaves out", id="number taken"
        ),
        pytest.param(
            {
                STRATEGY.name: (
                    SheetRow(
                        place="row 2",
                        id="",
                        values={"title": "T", "from_on": "2026-01-02", "to_on": "2026-01-01"},
                    ),
                )
            },
            "ends before it starts",
            id="days",
        ),
        pytest.param(
            {BOARDS.name: (SheetRow(place="row 2", id="", values={"name": "B", "reports_to": "B"}),)},
            "reports to itself",
            id="board",
        ),
    ],
)
def test_what_cannot_be_is_told_with_place_and_fix(tables, reason):
    problems = compare(tables, PRESENT).problems

    assert any(reason in problem.reason for problem in problems), problems
    assert all(problem.place and problem.fix for problem in problems)


def test_fingerprint_knows_the_content_and_not_the_order():
    turned = {**PRESENT, PRINCIPLES.name: tuple(reversed(PRESENT[PRINCIPLES.name]))}

    assert fingerprint_of(turned) == fingerprint_of(PRESENT)
    assert fingerprint_of({**PRESENT, PRINCIPLES.name: ()}) != fingerprint_of(PRESENT)
