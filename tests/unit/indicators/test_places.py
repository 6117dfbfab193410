"""The publisher's columns of place."""

import pytest

from indicators.domain.places import AreaIndex, KnownArea, Level

INDEX = AreaIndex(
    (
        KnownArea(key=1, code="901", name="County of Wexcombe", ons_code="E06999901", level=Level.LOCAL_AUTHORITY),
        KnownArea(key=2, code="902", name="Amble", ons_code="E06999902", level=Level.LOCAL_AUTHORITY),
        KnownArea(key=3, code="E12999999", name="Nowhere", ons_code="E12999999", level=Level.REGION),
        KnownArea(key=4, code="E92000001", name="England", ons_code="E92000001", level=Level.COUNTRY),
    )
)


@pytest.mark.parametrize(
    ("level", "cells", "found"),
    [
        ("Local authority", {"new_la_code": "E06999901", "old_la_code": "901"}, 1),
        ("local  authority", {"old_la_code": "902"}, 2),
        ("Local authority", {"new_la_code": "E08000020", "old_la_code": "902", "la_name": "Amble"}, 2),
        ("Regional", {"region_code": "E12999999"}, 3),
        ("National", {"country_code": "E92000001"}, 4),
        ("National", {"country_name": "England"}, 4),
        (None, {"country_code": "E92000001", "region_code": "E12999999", "old_la_code": "901"}, 1),
        (None, {"country_code": "E92000001", "region_code": "E12999999", "old_la_code": "z"}, 3),
        (None, {"country_code": "E92000001"}, 4),
    ],
)
def test_place_is_found_by_its_codes(level, cells, found):
    place = INDEX.find(level, cells)

    assert place.area is not None
    assert place.area.key == found


@pytest.mark.parametrize(
    ("level", "cells", "unknown", "left"),
    [
        ("School", {"old_la_code": "901"}, "", "School"),
        ("Parliamentary constituency", {}, "", "Parliamentary constituency"),
        ("Local authority", {"old_la_code": "999", "la_name": "Atlantis"}, "Atlantis (999)", ""),
        ("Regional", {"region_code": "E13000001", "region_name": "Inner London"}, "Inner London (E13000001)", ""),
        ("National", {"country_code": "K02000001", "country_name": "United Kingdom"}, "United Kingdom (K02000001)", ""),
        (None, {}, "", "no level"),
    ],
)
def test_other_place_is_named_and_left_out(level, cells, unknown, left):
    place = INDEX.find(level, cells)

    assert place.area is None
    assert (place.unknown, place.left_level) == (unknown, left)


def test_codes_that_disagree_are_no_area():
    place = INDEX.find("Local authority", {"new_la_code": "E06999901", "old_la_code": "902", "la_name": "Amble"})

    assert place.area is None
    assert "belong to County of Wexcombe and Amble" in place.unknown


@pytest.mark.parametrize(("name", "is_told"), [("Wexcombe, County of", False), ("wexcombe", False), ("Amble", True)])
def test_other_name_is_told_and_other_spelling_is_not(name, is_told):
    place = INDEX.find("Local authority", {"old_la_code": "901", "la_name": name})

    assert place.area is not None
    assert bool(place.note) == is_told
