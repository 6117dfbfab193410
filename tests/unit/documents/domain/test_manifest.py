import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.domain.manifest import Difference, Fault, Sum, compare, entries, read_sums, sums_text

A, B, C = Sum("a.pdf", "a" * 64, 1), Sum("b/b.pdf", "b" * 64, 2), Sum("c.pdf", "c" * 64, 3)


def expected(*sums):
    return {each.name: each for each in sums}


@pytest.mark.parametrize(
    ("found", "difference"),
    [
        pytest.param([A, B], None, id="whole"),
        pytest.param([B, A], None, id="whole in another order"),
        pytest.param([B], Difference("a.pdf", Fault.MISSING), id="one missing"),
        pytest.param([A, B, C], Difference("c.pdf", Fault.EXTRA), id="one extra"),
        pytest.param([A, B, B], Difference("b/b.pdf", Fault.EXTRA, "it is there twice"), id="one twice"),
        pytest.param(
            [A, Sum("b/b.pdf", "b" * 64, 3)], Difference("b/b.pdf", Fault.DIFFERS, "3 bytes instead of 2"), id="size"
        ),
        pytest.param(
            [Sum("a.pdf", "f" * 64, 1), B],
            Difference("a.pdf", Fault.DIFFERS, f"SHA-256 {'f' * 64} instead of {'a' * 64}"),
            id="sum",
        ),
        pytest.param([C], Difference("a.pdf", Fault.MISSING), id="the first of several by name"),
    ],
)
def test_compare_names_the_first_difference(found, difference):
    differences = compare(expected(A, B), found)

    assert (differences[0] if differences else None) == difference


def test_compare_ignores_what_cannot_list_itself():
    assert compare(expected(A), [A, Sum("SHA256SUMS", "0" * 64)], ignore=["SHA256SUMS"]) == []


def test_sums_text_reads_back_and_is_sorted():
    text = sums_text([B, A])

    assert text.splitlines()[0] == f"{'a' * 64}  a.pdf"
    assert list(read_sums(text)) == ["a.pdf", "b/b.pdf"]
    assert entries([B, A])[0] == {"name": "a.pdf", "size": 1, "sha256": "a" * 64}


@pytest.mark.parametrize("text", ["nonsense", f"{'a' * 63}  a", f"{'a' * 64}  a\n{'a' * 64}  a\n"])
def test_read_sums_wrong_line_is_named(text):
    with pytest.raises(ValueError, match="Line "):
        read_sums(text)


names = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), min_size=1)


@given(st.dictionaries(names, st.from_regex(r"[0-9a-f]{64}", fullmatch=True), max_size=8))
def test_compare_any_manifest_with_itself_is_whole(sums):
    every = [Sum(name, sha) for name, sha in sums.items()]

    assert compare(read_sums(sums_text(every)), every) == []
