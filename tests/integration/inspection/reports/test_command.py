"""`manage.py read_report`: JSON, exit codes, storing."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from inspection.models import PublishedInspection
from tests.factories.indicators import make_local_area
from tests.factories.published import WHOLE, load_lists, make_published, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FOLDER = next(
    (
        found
        for each in Path(__file__).resolve().parents
        if (found := each / "shared/reference/inspection-reports").is_dir()
    ),
    None,
)
REFERENCE = sorted(FOLDER.glob("*.pdf")) if FOLDER else []


def read(*words: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("read_report", *(str(word) for word in words), stdout=out, stderr=err)
    return ended.value.code, out.getvalue(), err.getvalue()


def test_report_is_printed_as_json(tmp_path):
    make_local_area(name="Wexcombe")

    code, out, _ = read(make_report(tmp_path))

    (report,) = json.loads(out)["reports"]
    todos = report.pop("areas_for_improvement")
    assert code == 0
    assert report == {
        "file": "wexcombe---12-may-2025.pdf",
        "area": "Wexcombe",
        "inspection_start": "2025-03-03",
        "inspection_end": "2025-03-07",
        "previous_inspection": "2018-06-04",
        "published_on": "2025-05-12",
        "outcome": 2,
        "next_activity": "The next full area SEND inspection will be within approximately three years.",
        "priority_actions": [],
        "unread": [],
        "area_code": "901",
        "kind": "full",
        "previous_inspection_end": "2018-06-08",
        "published_from": "the file's name",
        "next_months": 36,
    }
    assert todos[0]["text"] == "Leaders should shorten the waiting times for speech and language therapy."
    assert "A3" in todos[0]["criteria"]
    assert todos[0]["because"]["A3"] == ["waiting times", "therapy"]
    assert "A4" in todos[1]["criteria"]


def test_report_can_go_into_a_file(tmp_path):
    out = tmp_path / "out.json"

    code, said, _ = read(make_report(tmp_path), "--json", out)

    assert code == 0
    assert json.loads(out.read_text())["reports"][0]["outcome"] == 2
    assert "Wexcombe, outcome 2, 2 areas for improvement, 0 priority actions. Read whole." in said


def test_part_that_cannot_be_read_is_named(tmp_path):
    body = WHOLE.replace("inconsistent experiences", "strange ends")

    code, out, _ = read(make_report(tmp_path, body=body))

    assert code == 1
    assert json.loads(out)["reports"][0]["unread"][0].startswith("The outcome:")


def test_file_that_is_no_report_is_refused_and_the_others_are_read(tmp_path):
    text = tmp_path / "notes.pdf"
    text.write_text("none")

    code, out, err = read(text, make_report(tmp_path))

    assert code == 2
    assert "notes.pdf is not a PDF" in err
    assert len(json.loads(out)["reports"]) == 1


def test_day_of_publication_comes_from_the_stored_facts(tmp_path):
    make_published()

    _, out, _ = read(make_report(tmp_path, name="50123456.pdf"))

    (report,) = json.loads(out)["reports"]
    assert report["published_on"] == "2025-05-12"
    assert report["published_from"] == "the stored facts of published inspections"


def test_what_was_read_is_stored(tmp_path):
    load_lists()
    make_local_area(name="Wexcombe")

    code, _, _ = read(make_report(tmp_path), "--store")

    assert code == 0
    assert PublishedInspection.objects.get().todos.count() == 2


def test_report_of_an_unknown_area_is_not_stored_and_says_so(tmp_path):
    code, _, err = read(make_report(tmp_path), "--store")

    assert code == 1
    assert "no area of the national list is called “Wexcombe”" in err


@pytest.mark.skipif(not REFERENCE, reason="the reference reports are not on this machine")
def test_every_reference_report_is_read_whole(tmp_path):
    call_command("load_areas", stdout=io.StringIO())

    code, _, _ = read(*REFERENCE, "--json", tmp_path / "out.json")

    reports = json.loads((tmp_path / "out.json").read_text())["reports"]
    assert code == 0
    assert len(reports) == len(REFERENCE)
    assert all(report["area_code"] and report["published_on"] for report in reports)
    assert all(todo["criteria"] for report in reports for todo in report["areas_for_improvement"])
