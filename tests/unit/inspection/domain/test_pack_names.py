import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.packs.names import (
    DEFAULT_PATTERN,
    NameParts,
    extension_of,
    file_name,
    folder_name,
    pattern_fault,
    safe,
    unique,
)

PARTS = NameParts(
    area="WEXCOMBE",
    item="sef",
    number=2,
    title="Self-evaluation – final",
    original="SEF v7 (final)",
    as_at="2026-10-31",
    version=3,
)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (DEFAULT_PATTERN, "sef_02_Self-evaluation-final.pdf"),
        ("{number}-{original}", "02-SEF-v7-final.pdf"),
        ("{area}_{as_at}_v{version}", "WEXCOMBE_2026-10-31_v3.pdf"),
    ],
)
def test_file_name_fills_the_pattern(pattern: str, name: str):
    assert pattern_fault(pattern) == ""
    assert file_name(pattern, PARTS, ".pdf") == name


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{secret}", "only these words"),
        ("{item.__class__}", "only these words"),
        ("{0}", "only these words"),
        ("{item", "Close each brace"),
        ("{item!r}", "without a colon"),
        ("{version:09999999999d}", "without a colon"),
        ("document", "at least one"),
        ("../{item}", "letters, digits"),
        ("{item}/{title}", "letters, digits"),
    ],
)
def test_pattern_fault_says_what_to_change(pattern: str, said: str):
    assert said in pattern_fault(pattern)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Été – bilan", "Ete-bilan"),
        ("???", "untitled"),
        ("", "untitled"),
        ("a" * 300, "a" * 90),
    ],
)
def test_safe_name_for_each_system(words: str, name: str):
    assert safe(words, 90) == name


@given(st.text(max_size=200))
def test_safe_name_is_always_safe_and_stays_so(words: str):
    name = safe(words, 60)

    assert name
    assert set(name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert not name.startswith((".", "-"))
    assert safe(name, 61) in {name, name.lstrip("_")}


def test_unique_counts_names_that_differ_only_in_case():
    assert unique(["Plan.pdf", "plan.PDF", "PLAN.pdf", "b"]) == ("Plan.pdf", "plan-2.PDF", "PLAN-3.pdf", "b")


def test_unique_steps_over_a_name_that_is_taken():
    assert unique(["a.txt", "a-2.txt", "a.txt"]) == ("a.txt", "a-2.txt", "a-3.txt")


@pytest.mark.parametrize(
    ("name", "extension"),
    [("Plan.PDF", ".pdf"), ("plan", ""), ("a.b c", ""), ("x.tar.gz", ".gz"), ("x.toolongext", "")],
)
def test_extension_of_a_name(name: str, extension: str):
    assert extension_of(name) == extension


def test_folder_name_holds_order_code_and_title():
    assert folder_name(3, "sef", "Self-evaluation") == "03_sef_Self-evaluation"
