import pytest

from children.domain.schema import ColumnType, ListKind, LocalKey
from children.loaders import SchemaRefused, load_schema, parse_schema, schema_files
from tests.factories.children import schema

SMALL = """\
schema: small
title: Small
source: invented
columns:
  unique_id: {header: ID, type: identifier}
  gender: {header: Sex, type: code, codes: gender}
sheets:
  - {name: One, list: ehc_plan, title: First, columns: [unique_id, gender]}
code_lists:
  gender:
    title: Gender
    codes:
      - {code: a, label: Male}
"""


def test_published_layout_has_21_and_17_columns_with_the_en_dash():
    layout = schema()

    assert [(sheet.name, sheet.kind, len(sheet.columns)) for sheet in layout.sheets] == [
        ("List_1", ListKind.EHC_PLAN, 21),
        ("List_2", ListKind.SEN_SUPPORT, 17),
    ]
    assert layout.sheet("List_2").header("main_urn") == "Main education establishment – URN"
    left_out = layout.sheet("List_1").keys - layout.sheet("List_2").keys
    assert left_out == {"plan_initial_on", "plan_updated_on", "plan_reviewed_on", "home_education"}


def test_published_layout_takes_four_columns_of_the_councils_own():
    layout = schema().sheet("List_1")

    assert [column.key for column in layout.local] == list(LocalKey)
    assert not layout.keys & set(LocalKey)


@pytest.mark.parametrize(
    ("local", "reason"),
    [
        ("phone: {header: Phone, type: text}", "no local column “phone”"),
        ("as_at: {header: As at, type: text}", "must be of type date"),
        ("source: {header: sex, type: text}", "stands twice"),
    ],
    ids=["of no use", "of the wrong type", "named like a published one"],
)
def test_local_column_that_can_not_be_used_is_refused(local, reason):
    with pytest.raises(SchemaRefused, match=reason):
        parse_schema(SMALL + f"local_columns:\n  {local}\n", file="small.yaml")


@pytest.mark.parametrize("code", list(schema_files()))
def test_every_layout_of_the_project_loads_under_its_own_name(code):
    assert load_schema(code).code == code


def test_small_layout_is_read():
    layout = parse_schema(SMALL, file="small.yaml")

    assert layout.sheet("One").column("gender").type is ColumnType.CODE
    assert layout.confirmed_on is None


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("title: Small", "titel: Small", 2, "no field “titel”"),
        ("source: invented\n", "", 1, "needs “source”"),
        ("type: identifier", "type: number", 5, "no type “number”"),
        ("codes: gender}", "codes: sex}", 6, "no code list “sex”"),
        (", codes: gender}", "}", 6, "belongs to columns of type code"),
        ("list: ehc_plan", "list: third", 8, "no list “third”"),
        ("[unique_id, gender]", "[unique_id, sex]", 8, "no column “sex”"),
        ("[unique_id, gender]", "[gender]", 8, "unique_id"),
        ("header: Sex", "header: id", 8, "stands twice"),
        ("title: Small", "title: 3", 2, "must be a text"),
        ("title: Small", "title: [", 4, "expected"),
        ("schema: small", "schema: small\nschema: again", 2, "stands twice"),
        ("source: invented", "source: invented\nconfirmed_on: yesterday", 4, "must be a date"),
        ("- {code: a, label: Male}", "- {code: a, label: Male}\n      - {code: A, label: Man}", 11, "stands twice"),
    ],
)
def test_wrong_layout_is_refused_with_line_and_reason(old, new, line, reason):
    assert old in SMALL

    with pytest.raises(SchemaRefused, match=reason) as refusal:
        parse_schema(SMALL.replace(old, new, 1), file="small.yaml")

    assert refusal.value.line == line
    assert str(refusal.value).startswith(f"small.yaml, line {line}: ")


@pytest.mark.parametrize("text", ["", "- a\n", "just text", "\tx: 1"])
def test_file_that_is_no_layout_is_refused(text):
    with pytest.raises(SchemaRefused):
        parse_schema(text, file="small.yaml")
