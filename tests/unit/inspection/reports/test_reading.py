"""Reading a report from its paragraphs. The words are invented; their order is that of published reports."""

from datetime import date

import pytest

from inspection.domain.reports.blocks import Block
from inspection.domain.reports.reading import Wording, read_report

WORDING = Wording(
    headings={
        "inspection outcome": "outcome",
        "areas for improvement": "improvement",
        "areas for priority action": "priority",
        "information about the local area partnership": "",
        "local area partnership details": "",
    },
    outcomes={"1": ["positive experiences"], "2": ["inconsistent experiences"], "3": ["systemic failings"]},
    next_activity=["inspection will"],
    responsible=["Responsible body"],
)


def said(text: str, *, page: int = 1, row: int | None = None, cell: int = 0, is_bullet: bool = False) -> Block:
    return Block(text=text, page=page, row=row, cell=cell, is_bullet=is_bullet)


def report(*pieces: Block, outcome: str = "Arrangements lead to inconsistent experiences.") -> list[Block]:
    return [
        said("Area SEND inspection of Eastmarsh Local Area Partnership"),
        said("Inspection dates: 29 April 2024 to 3 May 2024"),
        said("Dates of previous inspection: 6 February to 10 February 2017"),
        said("Inspection outcome"),
        said(f"{outcome} The next full inspection will be within three years. Plans are to be published."),
        said("Information about the local area partnership"),
        said("The council and the NHS plan together."),
        *pieces,
        said("Local area partnership details", page=9),
        said("Eastmarsh Council, a long line that belongs to no part.", page=9, row=90),
    ]


IMPROVE = said("Areas for improvement", page=6, row=1)


def test_report_front_page_gives_area_days_outcome_and_next_activity():
    found = read_report(report(IMPROVE, said("Leaders should listen.", page=6, row=2)), WORDING)

    assert found.area == "Eastmarsh"
    assert (found.inspection_start, found.inspection_end) == (date(2024, 4, 29), date(2024, 5, 3))
    assert (found.previous_start, found.previous_end) == (date(2017, 2, 6), date(2017, 2, 10))
    assert found.outcome == 2
    assert found.next_activity == "The next full inspection will be within three years."
    assert found.unread == ()


def test_report_each_row_is_one_area_for_improvement():
    rows = [
        IMPROVE,
        said("Leaders should plan with:", page=6, row=2),
        said("families", page=6, row=2, is_bullet=True),
        said("schools.", page=6, row=2, is_bullet=True),
        said("Health leaders should shorten waits.", page=6, row=3),
    ]

    found = read_report(report(*rows), WORDING)

    assert [one.text for one in found.areas_for_improvement] == [
        "Leaders should plan with:\n• families\n• schools.",
        "Health leaders should shorten waits.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        pytest.param("Leaders should listen to", "families.", "Leaders should listen to families.", id="sentence"),
        pytest.param("Leaders should mend", "EHC plans.", "Leaders should mend EHC plans.", id="capital"),
        pytest.param("Leaders should listen.", "and act.", "Leaders should listen. and act.", id="small-letter"),
    ],
)
def test_report_row_cut_by_the_end_of_a_page_is_one(before: str, after: str, whole: str):
    found = read_report(report(IMPROVE, said(before, page=6, row=2), said(after, page=7, row=3)), WORDING)

    assert [one.text for one in found.areas_for_improvement] == [whole]


def test_report_rows_of_one_page_are_not_joined_even_without_a_full_stop():
    found = read_report(
        report(IMPROVE, said("Leaders should listen", page=6, row=2), said("Health should act.", page=6, row=3)),
        WORDING,
    )

    assert len(found.areas_for_improvement) == 2
    assert found.unread == ("Area for improvement 1 (page 6) has no full stop at its end: it may go on.",)


def priority_rows() -> list[Block]:
    return [
        said("Areas for priority action", page=5, row=10),
        said("Responsible body", page=5, row=11),
        said("Areas for priority action", page=5, row=11, cell=1),
        said("Eastmarsh Council and NHS", page=5, row=12),
        said("Leaders must issue plans", page=5, row=12, cell=1),
        said("Marshland ICB", page=6, row=13),
        said("in time.", page=6, row=13, cell=1),
    ]


def test_report_priority_action_cut_in_two_keeps_its_whole_body_and_text():
    blocks = report(
        *priority_rows(), IMPROVE, said("Leaders should listen.", page=6, row=2), outcome="systemic failings"
    )

    found = read_report(blocks, WORDING)

    assert [(one.responsible, one.text) for one in found.priority_actions] == [
        ("Eastmarsh Council and NHS Marshland ICB", "Leaders must issue plans in time.")
    ]
    assert found.outcome == 3
    assert found.unread == ()


def test_report_priority_actions_under_a_milder_outcome_are_named_as_odd():
    found = read_report(report(*priority_rows(), IMPROVE, said("Leaders should listen.", page=6, row=2)), WORDING)

    assert found.unread == ("The outcome reads as 2, yet there are priority actions: check the report by hand.",)


def test_report_paragraphs_without_a_table_are_read_one_by_one():
    found = read_report(
        report(
            said("Areas for improvement", page=6),
            said("Leaders should plan with:", page=6),
            said("families", page=6, is_bullet=True),
            said("Health leaders should", page=6),
            said("shorten waits.", page=7),
        ),
        WORDING,
    )

    assert [one.text for one in found.areas_for_improvement] == [
        "Leaders should plan with:\n• families",
        "Health leaders should shorten waits.",
    ]


def test_report_paragraph_beside_the_table_is_not_dropped():
    found = read_report(
        report(
            IMPROVE,
            said("Leaders should listen.", page=6, row=2),
            said("Inspection report: Eastmarsh Local Area Partnership 6", page=6),
            said("Health leaders should shorten the waits for all.", page=7),
        ),
        WORDING,
    )

    assert [one.text for one in found.areas_for_improvement] == [
        "Leaders should listen.",
        "Health leaders should shorten the waits for all.",
    ]


def test_report_of_something_else_says_each_part_that_could_not_be_read():
    found = read_report([said("Minutes of the parish council")], WORDING)

    assert [sentence.split(":")[0] for sentence in found.unread] == [
        "The area",
        "The inspection dates",
        "The previous inspection",
        "The outcome",
        "The next activity",
        "Areas for improvement",
    ]
    assert (found.area, found.outcome, found.areas_for_improvement) == ("", None, ())
