"""A wrong rulebook file gets the line and the reason, all of them at once."""

from pathlib import Path

import pytest
from django.conf import settings

from framework.domain.rulebook import counts_of
from framework.loaders import read_rulebook
from framework.readers.lines import UnusableFile
from framework.writers import rulebook_as_yaml

SMALL = Path(__file__).resolve().parents[2] / "fixtures" / "frameworks" / "wexcombe-2030.yaml"
PUBLISHED = sorted((Path(settings.FIXTURES_DIR) / "frameworks").glob("*.yaml"))
REPLACEMENTS = [
    pytest.param("code: X1.2", "code: X1.1", "The point “X1.1” stands twice: first on line 24", id="code twice"),
    pytest.param("code: X1.2", "code: X 1", "“X 1” isn't a code", id="code with a space"),
    pytest.param("owner_role: data_lead", "owner_role: king", "“king” isn't known as “owner_role”", id="unknown role"),
    pytest.param("anchor: notification", "anchor: easter", "“easter” isn't known as “anchor”", id="unknown anchor"),
    pytest.param("batch: lists", "batch: annex-a", "“annex-a” is already due by “lists”", id="batch twice"),
    pytest.param("points: 3", "points: 4", "The file says 4 for “points” but holds 3", id="count that differs"),
    pytest.param("2030-01-01", "2030-02-31", "“2030-02-31” isn't a day", id="day that doesn't exist"),
    pytest.param("'12:00'", "'25:00'", "“25:00” isn't a time", id="hour that doesn't exist"),
    pytest.param("deadline: lists", "deadline: lost", "The deadline “lost” is no timetable rule", id="no such rule"),
    pytest.param("  title: Lists\n", "", "“title” is missing in this entry of “timetable”", id="title missing"),
    pytest.param("  basis: Made up.\n", "  bassis: Made up.\n", "“bassis” isn't known", id="key misspelt"),
    pytest.param("offset_working_days: 4", "offset_working_days: four", "has to be a whole number", id="words for 4"),
    pytest.param("kind: alternative_provision", "kind: other", "“other” isn't known as “kind”", id="unknown kind"),
    pytest.param(
        "  is_person_level: true\n", "", "holds data about single children", id="list that isn't person-level"
    ),
    pytest.param("is_health_item: true", "is_health_item: maybe", "has to be true or false", id="maybe"),
    pytest.param("first_hour_tasks:\n", "first_hour_tasks: none\nx:\n", "has to be a list", id="no list"),
]


@pytest.mark.parametrize(("old", "new", "reason"), REPLACEMENTS)
def test_wrong_file_gets_the_line_and_the_reason(tmp_path: Path, old: str, new: str, reason: str):
    text = SMALL.read_text()
    assert old in text
    file = tmp_path / "wrong.yaml"
    file.write_text(text.replace(old, new, 1))

    with pytest.raises(UnusableFile) as refused:
        read_rulebook(file)

    faults = [fault for fault in refused.value.faults if reason in fault.reason]
    assert faults, str(refused.value)
    assert str(faults[0]).startswith(f"wrong.yaml, line {faults[0].line}: ")


def test_line_is_that_of_the_fault(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_text(SMALL.read_text().replace("owner_role: data_lead", "owner_role: king"))
    line = file.read_text().splitlines().index("  owner_role: king") + 1

    with pytest.raises(UnusableFile) as refused:
        read_rulebook(file)

    assert [fault.line for fault in refused.value.faults] == [line]


def test_all_faults_are_told_at_once(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_text(SMALL.read_text().replace("owner_role: data_lead", "owner_role: king").replace("X1.2", "X1.1"))

    with pytest.raises(UnusableFile) as refused:
        read_rulebook(file)

    assert len(refused.value.faults) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "has to start with names and values", id="empty file"),
        pytest.param("- a\n- b\n", "has to start with names and values", id="list at the top"),
        pytest.param("a: [1\n", "This isn't YAML", id="broken YAML"),
        pytest.param("groups: []\n", "“framework” is missing", id="no head"),
    ],
)
def test_file_that_is_no_rulebook_is_refused(tmp_path: Path, text: str, reason: str):
    file = tmp_path / "wrong.yaml"
    file.write_text(text)

    with pytest.raises(UnusableFile, match=reason):
        read_rulebook(file)


def test_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(UnusableFile, match="can't be read"):
        read_rulebook(tmp_path / "nothing.yaml")


def test_file_in_another_encoding_is_refused(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_bytes("framework: caf\xe9".encode("latin-1"))

    with pytest.raises(UnusableFile, match="UTF-8"):
        read_rulebook(file)


@pytest.mark.parametrize("file", [*PUBLISHED, SMALL], ids=lambda file: file.stem)
def test_file_written_again_is_the_same_bytes(file: Path):
    assert rulebook_as_yaml(read_rulebook(file)) == file.read_text(encoding="utf-8")


def test_published_rulebook_has_the_criteria_and_points_of_2023():
    rulebook = read_rulebook(Path(settings.FIXTURES_DIR) / "frameworks" / "area-send-2023.yaml")
    criteria = [criterion for group in rulebook.groups for criterion in group.criteria]
    on_alternative_provision = [p.code for c in criteria for p in c.points if p.is_alternative_provision]

    assert {key: counts_of(rulebook)[key] for key in ("groups", "criteria", "points")} == {
        "groups": 2,
        "criteria": 11,
        "points": 48,
    }
    assert [(criterion.code, len(criterion.points)) for criterion in criteria] == [
        ("A1", 5),
        ("A2", 3),
        ("A3", 5),
        ("A4", 4),
        ("A5", 3),
        ("B1", 5),
        ("B2", 3),
        ("B3", 3),
        ("B4", 6),
        ("B5", 6),
        ("B6", 5),
    ]
    assert on_alternative_provision == ["B4.5", "B4.6", "B5.5", "B5.6"]


def test_published_rulebook_names_a_source_for_each_row_and_no_date_for_a_default():
    rulebook = read_rulebook(Path(settings.FIXTURES_DIR) / "frameworks" / "area-send-2023.yaml")

    assert all(rule.source for rule in rulebook.timetable)
    assert {rule.code for rule in rulebook.timetable if rule.confirmed_on is None} == {
        "surveys",
        "six-cases",
        "context-presentation",
        "draft-report",
        "factual-accuracy",
        "strategic-plan-update",
        "priority-action-plan",
    }
    assert all(item.to_check for item in rulebook.request_items)
    assert all(not item.official_wording for item in rulebook.request_items)


@pytest.mark.parametrize("file", PUBLISHED, ids=lambda file: file.stem)
def test_published_rulebook_names_layouts_that_come_along(file: Path):
    for code in read_rulebook(file).list_layouts:
        assert (Path(settings.FIXTURES_DIR) / "lists" / f"{code}.yaml").exists()
