"""Kinds of files: which one a file is, what it can answer, and what may be proposed."""

import pytest

from indicators.domain.families import (
    Candidate,
    Entry,
    Family,
    family_by_header,
    match_family,
    propose,
    total_of,
    usable_entries,
)
from indicators.domain.figures import Unit

PLANS = Family(key=1, title="Plans", filters=frozenset({"topic"}), figures=frozenset({"a", "b", "c", "d"}))
OTHER = Family(key=2, title="Other", filters=frozenset({"topic"}), figures=frozenset({"x", "y"}))


@pytest.mark.parametrize(
    ("filters", "figures", "found", "missing", "added"),
    [
        pytest.param(["topic"], "abcd", 1, "", "", id="the same columns"),
        pytest.param(["topic"], "abcde", 1, "", "e", id="one column more"),
        pytest.param(["topic"], "abd", 1, "c", "", id="one column less"),
        pytest.param(["topic"], "ae", None, "", "", id="too little in common"),
        pytest.param(["topic", "sex"], "abcd", None, "", "", id="another filter"),
        pytest.param([], "abcd", None, "", "", id="a filter less"),
        pytest.param(["topic"], "xy", 2, "", "", id="the other family"),
    ],
)
def test_file_belongs_to_the_family_with_its_columns(filters, figures, found, missing, added):
    match = match_family(filters, list(figures), [PLANS, OTHER])

    assert (match.family.key if match else None) == found
    if match:
        assert ("".join(match.missing), "".join(match.added)) == (missing, added)


def test_header_alone_tells_the_family_when_its_filters_are_there():
    assert family_by_header(["time_period", "topic", "a", "b", "c"], [PLANS, OTHER]) == PLANS
    assert family_by_header(["time_period", "a", "b", "c", "d"], [PLANS, OTHER]) is None


def entry(**changes: object) -> Entry:
    values = {"key": 1, "indicator": 1, "code": "a", "name": "A", "unit": Unit.COUNT, "column": "a"}
    return Entry(**(values | {"filters": {"topic": "All"}} | changes))  # type: ignore[arg-type]  # test values


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (entry(), ""),
        (entry(filters={"topic": " ALL "}), ""),
        (entry(column="z"), "The column “z” is missing in this file."),
        (entry(filters={}), "Nobody has said yet which value of “topic” counts."),
        (entry(filters={"topic": ["All", "Some"]}), ""),
        (entry(filters={"topic": ["All", "age 99"]}), "No row of this file has “age 99” in “topic”."),
        (entry(filters={"topic": "Everyone"}), "No row of this file has “Everyone” in “topic”."),
        (entry(filters={"topic": "All", "sex": "All"}), "The filter “sex” is missing in this file."),
    ],
)
def test_entry_is_used_only_where_every_filter_has_one_known_value(given, why):
    usable = usable_entries([given], ["a"], {"topic": ("All", "Boys", "Some")})

    assert bool(usable.entries) == (not why)
    assert [reason for _, reason in usable.left] == ([why] if why else [])


@pytest.mark.parametrize(
    ("values", "known", "total"),
    [
        (("Boys", "Total"), {}, "Total"),
        (("All plans", "Boys"), {}, "All plans"),
        (("Boys", "Everybody"), {"topic": "everybody"}, "Everybody"),
        (("Boys",), {}, "Boys"),
        (("Boys", "Girls"), {}, ""),
    ],
)
def test_total_of_a_filter_is_found_or_left_open(values, known, total):
    assert total_of("topic", values, known) == total


def test_nothing_is_proposed_for_an_indicator_that_is_mapped_or_that_no_column_resembles():
    candidates = [
        Candidate(code="mapped", name="Percentage of pupils", unit=Unit.PERCENT),
        Candidate(code="far", name="Tribunal appeals", unit=Unit.COUNT),
        Candidate(code="near", name="Percentage of pupils", unit=Unit.PERCENT),
    ]

    found = propose(
        figures=["percentage_of_pupils", "n"],
        filter_values={"who": ("Total", "Boys")},
        candidates=candidates,
        known_filters={},
        mapped={"mapped"},
    )

    assert [(each.code, each.column, each.filters) for each in found] == [
        ("near", "percentage_of_pupils", {"who": "Total"})
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Absence in primary schools", "Total"),
        ("Absence of pupils with an EHC plan", "EHC plan"),
        ("Absence of pupils on SEN support", "SEN support"),
        ("Absence of pupils without SEN", "No identified SEN"),
        ("Absence of pupils with SEND", ""),
    ],
)
def test_filter_of_a_proposal_is_what_the_indicator_says_or_left_open(name, value):
    candidate = Candidate(code="a", name=name, unit=Unit.PERCENT, columns=("share",))

    found = propose(
        figures=["share"],
        filter_values={"who": ("Total", "EHC plan", "SEN support", "No identified SEN")},
        candidates=[candidate],
        known_filters={},
        mapped=(),
    )

    assert found[0].filters == {"who": value}
