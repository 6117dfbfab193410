"""What may be published, as a table."""

import pytest

from evidence.domain.deidentification import fingerprint_of, is_second_person, needs_check
from evidence.domain.publishing import Standing, publishable


def standing(**given: object) -> Standing:
    values = {
        "code": "E12",
        "kind": "quality_assurance",
        "marking": "open",
        "is_archived": False,
        "has_approved": True,
        "has_clear_check": False,
    }
    return Standing(**(values | given))


@pytest.mark.parametrize(
    ("given", "is_allowed", "is_nameable", "words"),
    [
        pytest.param({}, True, True, "", id="approved and open"),
        pytest.param({"marking": "partnership"}, False, True, "for the partnership", id="for the partnership"),
        pytest.param({"marking": "confidential"}, False, False, "confidential", id="confidential"),
        pytest.param({"is_archived": True}, False, False, "archive", id="archived"),
        pytest.param({"has_approved": False}, False, False, "no approved revision", id="not approved"),
        pytest.param({"kind": "case_study"}, False, False, "second person", id="case study without a check"),
        pytest.param({"kind": "lived_experience"}, False, False, "second person", id="voice without a check"),
        pytest.param({"kind": "case_study", "has_clear_check": True}, True, True, "", id="case study checked"),
    ],
)
def test_what_may_be_published(given, is_allowed, is_nameable, words):
    found = publishable(standing(**given))

    assert (found.is_allowed, found.is_nameable) == (is_allowed, is_nameable)
    assert words in found.reason
    assert bool(found.reason) is not found.is_allowed


def test_second_person_had_no_hand_in_it():
    assert is_second_person(3, (1, None))
    assert not is_second_person(1, (1, None))


@pytest.mark.parametrize("kind", ["aggregated_data", "policy_or_plan", "quality_assurance"])
def test_what_is_not_told_about_people_needs_no_check(kind):
    assert not needs_check(kind)


def test_fingerprint_changes_with_each_word_and_file_but_not_with_their_order():
    first = fingerprint_of(("a", "b"), ("1", "2"))

    assert first == fingerprint_of(("a", "b"), ("2", "1"))
    assert len({first, fingerprint_of(("a", "c"), ("1", "2")), fingerprint_of(("a", "b"), ("1",))}) == 3
