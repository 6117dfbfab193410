from datetime import date

import pytest

from inspection.domain.reports.windows import (
    Expected,
    Standing,
    Term,
    TermName,
    Visit,
    announced_record,
    announced_window,
    months_later,
    term_record,
    term_window,
)

SOUTHAMPTON = Visit(
    area="852",
    started_on=date(2024, 5, 13),
    ended_on=date(2024, 5, 17),
    published_on=date(2024, 7, 16),
    next_months=36,
)


def test_announced_window_runs_from_the_last_day_to_the_publication():
    window = announced_window(SOUTHAMPTON, today=date(2026, 11, 22))

    assert window is not None
    assert (window.first, window.last) == (date(2027, 5, 17), date(2027, 7, 16))
    assert window.standing is Standing.AHEAD
    assert window.basis == (
        "The report says within about 3 years: counted from the last day on site, 17 May 2024 and from its publication "
        "on 16 July 2024."
    )


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2027, 5, 16), Standing.AHEAD),
        (date(2027, 5, 17), Standing.OPEN),
        (date(2027, 7, 16), Standing.OPEN),
        (date(2027, 7, 17), Standing.PAST),
    ],
)
def test_window_stands_by_its_first_and_last_day(today: date, standing: Standing):
    window = announced_window(SOUTHAMPTON, today=today)

    assert window is not None
    assert window.standing is standing


def test_announced_window_by_the_publication_alone_says_so():
    window = announced_window(
        Visit(area="873", published_on=date(2025, 5, 13), next_months=18), today=date(2026, 11, 22)
    )

    assert window is not None
    assert (window.first, window.last) == (date(2026, 11, 13), date(2026, 11, 13))
    assert window.basis.endswith("within about 18 months: counted from its publication on 13 May 2025.")


@pytest.mark.parametrize(
    "visit",
    [
        pytest.param(Visit(area="1", ended_on=date(2025, 7, 11)), id="nothing-announced"),
        pytest.param(Visit(area="1", next_months=36), id="no-day-known"),
    ],
)
def test_announced_window_without_a_basis_is_none(visit: Visit):
    assert announced_window(visit, today=date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 8, 31), 18, date(2026, 2, 28)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2023, 12, 15), 12, date(2024, 12, 15)),
    ],
)
def test_months_later_ends_with_the_month(day: date, months: int, later: date):
    assert months_later(day, months) == later


def test_announced_record_says_how_far_the_next_visit_was_off():
    first = Visit(
        area="908",
        started_on=date(2023, 2, 6),
        ended_on=date(2023, 2, 10),
        published_on=date(2023, 5, 5),
        next_months=36,
    )
    then = Visit(area="908", started_on=date(2026, 3, 23))
    late = Visit(area="908", started_on=date(2026, 8, 5))
    early = Visit(area="908", started_on=date(2026, 1, 10))

    assert [kept.months_off for kept in announced_record([then, first])] == [0]
    assert [kept.months_off for kept in announced_record([first, late])] == [3.0]
    assert [kept.months_off for kept in announced_record([first, early])] == [-1.0]
    assert announced_record([first, SOUTHAMPTON]) == ()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 1), "Spring term 2026"),
        (date(2026, 4, 27), "Summer term 2026"),
        (date(2026, 8, 31), "Summer term 2026"),
        (date(2026, 12, 8), "Autumn term 2026"),
    ],
)
def test_term_of_a_day(day: date, words: str):
    assert str(Term.at(day)) == words


PATTERN = [
    Expected(area="1", term=Term.of(2023, TermName.SPRING)),
    Expected(area="2", term=Term.of(2023, TermName.AUTUMN)),
    Expected(area="3", term=Term.of(2024, TermName.SUMMER)),
    Expected(area="4", term=Term.of(2027, TermName.SUMMER)),
]
MADE = date(2023, 1, 1)


def test_term_record_counts_hits_distance_and_those_that_never_came():
    visits = [
        Visit(area="1", started_on=date(2016, 9, 8)),
        Visit(area="1", started_on=date(2024, 1, 29)),
        Visit(area="2", started_on=date(2023, 11, 6)),
    ]

    record = term_record(PATTERN, visits, made_on=MADE, today=date(2026, 11, 22))

    assert [(one.area, one.terms_off, one.is_overdue) for one in record.outturns] == [
        ("1", 3, False),
        ("2", 0, False),
        ("3", None, True),
        ("4", None, False),
    ]
    assert record.sentence == (
        "1 of 2 visits came in the term that the pattern gave. The middle distance is 1.5 terms. 1 expected since has "
        "not come."
    )


def test_term_record_before_any_term_says_nothing_has_come():
    record = term_record(PATTERN[3:], [], made_on=MADE, today=date(2026, 11, 22))

    assert record.sentence == "Nothing of this pattern has come to its time yet."


def test_term_window_is_the_whole_term_with_its_record():
    record = term_record(PATTERN, [], made_on=MADE, today=date(2026, 11, 22))

    window = term_window(PATTERN, "4", today=date(2026, 11, 22), record=record)

    assert window is not None
    assert (window.first, window.last) == (date(2027, 4, 1), date(2027, 8, 31))
    assert window.basis.startswith("One visit a term, in the order of the visits before: Summer term 2027. 0 of 0")


def test_term_window_of_an_area_that_came_or_is_not_named_is_none():
    visits = [Visit(area="4", started_on=date(2025, 5, 5))]
    record = term_record(PATTERN, visits, made_on=MADE, today=date(2026, 11, 22))

    assert term_window(PATTERN, "4", today=date(2026, 11, 22), record=record) is None
    assert term_window(PATTERN, "9", today=date(2026, 11, 22), record=record) is None
