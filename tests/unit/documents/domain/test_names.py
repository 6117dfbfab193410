import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.domain.names import LONGEST, export_name, safe_name, unique_names


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lano\\Plan.PDF", "Plan.pdf"),
        ("con.txt", "_con.txt"),
        ("COM1.report.docx", "_COM1.report.docx"),
        ("a\x00b\r\nc\u202ed.txt", "ab cd.txt"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ('what? "this": <plan>|*.pdf', "what- -this-- -plan---.pdf"),
        ("...", "document"),
        (".htaccess", "htaccess"),
        ("   plan . . .", "plan"),
        ("", "document"),
        ("x" * 500 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_safe_name_dangerous_name_becomes_harmless(raw, expected):
    assert safe_name(raw) == expected


@given(st.text(max_size=300), st.sampled_from(["", ".pdf", ".docx"]))
def test_safe_name_any_text_keeps_every_promise(raw, extension):
    name = safe_name(raw, extension=extension)

    assert name
    assert not set(name) & set('/\\<>:"|?*\r\n\t\0')
    assert not any(unicodedata.category(char).startswith("C") for char in name)
    assert name == unicodedata.normalize("NFC", name)
    assert len(name) <= LONGEST + 1
    assert len(name.encode()) <= 201
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert name.endswith(extension)
    assert safe_name(name, extension=extension) == name


@given(st.lists(st.sampled_from(["a.pdf", "A.pdf", "a (2).pdf", "b", "B"]), max_size=12))
def test_unique_names_each_once_in_any_case(names):
    result = unique_names(names)

    assert len(result) == len(names)
    assert len({name.casefold() for name in result}) == len(names)


def test_export_name_has_four_parts():
    name = export_name(area="Wex combe", part="ANNEX/A", day=date(2026, 11, 23), version=3, extension=".zip")

    assert name == "Wex-combe_ANNEX-A_2026-11-23_v3.zip"
