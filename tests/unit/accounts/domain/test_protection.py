import dataclasses

import pytest

from accounts.domain.findings import Blocker, Gap
from accounts.domain.protection import Protections, missing_protections, not_synthetic

SAFE = Protections(
    is_demo=False, is_second_factor_required=True, has_tls=True, is_local_only=False, has_storage_key=True
)


@pytest.mark.parametrize(
    ("change", "blockers"),
    [
        pytest.param({}, [], id="everything in place"),
        pytest.param({"is_second_factor_required": False}, ["protection.second-factor"], id="second factor off"),
        pytest.param({"has_tls": False}, ["protection.tls"], id="no TLS"),
        pytest.param({"has_tls": False, "is_local_only": True}, [], id="no TLS but this machine only"),
        pytest.param({"has_storage_key": False}, ["protection.storage-key"], id="no storage key"),
        pytest.param(
            {"is_second_factor_required": False, "has_tls": False, "has_storage_key": False},
            ["protection.second-factor", "protection.tls", "protection.storage-key"],
            id="nothing in place",
        ),
        pytest.param(
            {"is_demo": True, "is_second_factor_required": False, "has_tls": False, "has_storage_key": False},
            [],
            id="a demonstration needs none",
        ),
        pytest.param(
            {"without_second_factor": ("Head of SEND",)}, [], id="a person without second factor blocks nobody else"
        ),
    ],
)
def test_missing_protections_names_each_that_is_missing(change, blockers):
    findings = missing_protections(dataclasses.replace(SAFE, **change))

    assert [finding.code for finding in findings if isinstance(finding, Blocker)] == blockers


def test_missing_protections_person_without_second_factor_is_named_as_a_gap():
    findings = missing_protections(dataclasses.replace(SAFE, without_second_factor=("Head of SEND",)))

    assert [type(finding) for finding in findings] == [Gap]
    assert "Head of SEND" in findings[0].sentence


@pytest.mark.parametrize(
    ("unique_ids", "count"),
    [
        ([], 0),
        (["SYN000001", " syn2 ", "SYN-3", "SYN_4/1"], 0),
        (["SYN1", "A17", ""], 2),
        (["Synergy 12", "SYNERGY12", "SYN", "SYNX1"], 4),
    ],
    ids=["no rows", "all synthetic", "one real and one blank", "words that begin like the mark"],
)
def test_not_synthetic_counts_what_lacks_the_mark(unique_ids, count):
    assert not_synthetic(unique_ids) == count
