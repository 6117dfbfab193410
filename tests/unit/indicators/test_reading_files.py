"""Files of many families → their shape."""

import io
import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.domain.file_shape import Unusable
from indicators.readers.statistics import StatisticsFile, Survey, open_statistics, survey
from tests.factories.statistics_files import FAMILIES, csv_bytes, row, sen_rows


def look(content: bytes) -> tuple[StatisticsFile, Survey]:
    file = open_statistics(io.BytesIO(content), size=len(content))
    return file, survey(file, known=lambda header: (frozenset(), frozenset()), progress=lambda share: None)


@pytest.mark.parametrize(
    ("family", "filters", "figures"),
    [
        ("absence", ["education_phase", "characteristic"], ["sess_overall_percent", "enrolments_pa_10_exact"]),
        ("exclusions", ["school_type"], ["suspension", "susp_rate", "perm_excl_rate"]),
        (
            "ks4",
            ["version", "establishment_type_group", "sex", "sen_status", "ethnicity_major", "disadvantage_status"],
            ["pupil_count", "attainment8_average"],
        ),
        ("neet", ["age", "sen"], ["NEET_count", "NEET_perc"]),
        ("sen", ["phase_type_grouping", "sen_status"], ["Number_of_pupils", "percentage_of_pupils"]),
    ],
)
def test_filters_and_figures_are_told_apart(family, filters, figures):
    _, found = look(csv_bytes(FAMILIES[family]()))

    assert list(found.shape.filters) == filters
    assert list(found.shape.figures) == figures


def test_columns_of_other_places_are_named_and_left_out():
    _, found = look(csv_bytes(FAMILIES["exclusions"]()))

    assert set(found.shape.left) == {"school_urn", "school_name"}


def test_numbers_that_alone_tell_rows_apart_are_a_filter():
    rows = [row("901", year_group=str(year), headcount="12") for year in range(1, 12)]

    _, found = look(csv_bytes(rows))

    assert list(found.shape.filters) == ["year_group"]
    assert list(found.shape.figures) == ["headcount"]
    assert "taken for a filter" in found.shape.notes[0]


def test_column_of_symbols_alone_holds_figures():
    _, found = look(csv_bytes([row("901", who="All", share="x"), row("902", who="All", share="c")]))

    assert list(found.shape.figures) == ["share"]


def test_few_words_among_numbers_do_not_make_a_filter():
    rows = [
        row("901", time=f"{year}", identifier="Calendar year", who="All", share=f"{year % 7}.5")
        for year in range(2000, 2020)
    ]
    rows[3]["share"] = "about 4"

    _, found = look(csv_bytes(rows))

    assert list(found.shape.figures) == ["share"]


@pytest.mark.parametrize(
    ("encoding", "read_as", "is_told"),
    [
        ("utf-8-sig", "utf-8-sig", False),
        ("utf-8", "utf-8", False),
        ("cp1252", "cp1252", True),
        ("utf-16", "utf-16", True),
    ],
)
def test_encoding_is_found_and_told(encoding, read_as, is_told):
    rows = [row("901", who="Ångström – é", share="1")]

    file, found = look(csv_bytes(rows, encoding=encoding))

    assert file.encoding == read_as
    assert bool(file.notes) == is_told
    assert found.shape.filter_values["who"] == ("Ångström – é",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "time_period"),
        (b"\n1,2\n", "first line"),
        (b"time_period,share\n2024,1\n", "which place"),
        (b"col_name,col_type,label\nx,Indicator,X\n", "meta.csv"),
        (csv_bytes(sen_rows(), without=["time_period"]), "time_period"),
        (csv_bytes([]), "which place|no row"),
        (csv_bytes(sen_rows(), columns=["time_period", "country_code"]), "no column of figures"),
        (csv_bytes(sen_rows()).replace(b"sen_status", b"phase_type_grouping"), "stands twice"),
        (csv_bytes(sen_rows()) + b'2024,"Calendar', "can't be read|ends inside"),
        (b"time_period,new_la_code,n\n" + b"2024,E1\n" * 9, "another number of cells"),
        (b"\xff\xfe\x00", "can't be read|first line|time_period"),
    ],
)
def test_file_that_can_not_be_used_is_refused_with_what_to_do(content, said):

    with pytest.raises(Unusable) as refusal:
        look(content)

    assert re.search(said, refusal.value.sentence)


def test_semicolons_of_another_program_are_read_and_told():
    content = csv_bytes([row("901", who="All", share="1.5")]).replace(b",", b";")

    file, found = look(content)

    assert list(found.shape.figures) == ["share"]
    assert "commas" in file.notes[0]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_file_or_refused(content):
    with suppress(Unusable):
        look(content)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(blacklist_categories=["Cs"]), max_size=8), min_size=3, max_size=3),
        min_size=1,
        max_size=12,
    )
)
def test_any_cells_beneath_a_good_header_are_read_or_refused(cells):
    rows = [row("901", a=one, b=two, c=three) for one, two, three in cells]
    with suppress(Unusable):
        _, found = look(csv_bytes(rows, encoding="utf-8"))
        assert {*found.shape.filters, *found.shape.figures, *found.shape.left} >= {"a", "b", "c"}
