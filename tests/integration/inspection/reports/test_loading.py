"""Published inspections, lists of words and patterns come in, again and again, without undoing what people did."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inspection.actions.published import store_report
from inspection.gather.published_lists import known_from_rows
from inspection.models import PublishedInspection, PublishedSaying, ReportWords, TermPattern
from inspection.readers.report_files import read_file
from tests.factories.indicators import make_local_area
from tests.factories.published import load_lists, make_published, make_report, make_todo

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = timezone.now()


def load(*words: str) -> str:
    out = io.StringIO()
    call_command("load_inspections", *words, stdout=out)
    return out.getvalue().strip()


def test_files_that_come_along_are_loaded_whole_and_only_once():
    call_command("load_areas", stdout=io.StringIO())

    first, again = json.loads(load("--json")), json.loads(load("--json"))

    assert (first["created"], first["patterns"], first["unknown"]) == (97, 14, [])
    assert PublishedInspection.objects.count() == 97
    assert (again["created"], again["changed"], again["lists"], again["patterns"]) == (0, 0, 0, 0)


def test_area_that_is_not_known_is_named():
    make_local_area(code="852", name="Southampton")

    said = load()

    assert said.startswith("1 published inspections created")
    assert "Areas that aren't known: 201, 203" in said


def test_what_somebody_edited_stays():
    make_local_area(code="334", name="Solihull")
    load()
    ReportWords.objects.filter(kind="criterion", code="A1").update(words="mine", edited_at=AT)
    TermPattern.objects.update(year=2031, edited_at=AT)

    said = load()

    assert "1 left as somebody edited them" in said
    assert ReportWords.objects.get(kind="criterion", code="A1").words == "mine"
    assert TermPattern.objects.get().year == 2031


def test_file_with_faults_is_refused_with_its_lines(tmp_path):
    for name in ("report-words", "term-patterns"):
        (tmp_path / f"{name}.yaml").write_text("source: none\n")
    (tmp_path / "inspections.yaml").write_text("source: x\ninspections:\n- {area: '1', start: 2025-13-01}\n")

    with pytest.raises(CommandError, match=r"report-words\.yaml, line 1: “headings” is missing"):
        load(str(tmp_path))


def test_edited_list_ties_stored_texts_anew_and_keeps_decisions():
    load_lists()
    todo = make_todo(make_published(), text="Leaders should mend the gardens.", criteria=("A3", "B4"))
    todo.ties.filter(code="B4").update(state="confirmed")
    ReportWords.objects.filter(code="A5").update(words="garden*", edited_at=AT)
    ReportWords.objects.filter(code="B1").update(words="x")

    load()

    assert sorted(todo.ties.values_list("code", "state")) == [("A5", "read"), ("B4", "confirmed")]


# -- reports


def take(path):
    known = known_from_rows()
    return known.take(read_file(path, known.lists.wording), file=path.name)


def test_report_adds_to_the_visit_that_is_known_and_both_words_stay(tmp_path):
    load_lists()
    known = make_published(published_on=date(2025, 5, 1), outcome=3)
    PublishedSaying.objects.create(inspection=known, source="A list", field="outcome", value="3")

    row = store_report(by=None, at=AT, taken=take(make_report(tmp_path)))

    assert row == known
    assert (row.outcome, row.published_on, row.next_months) == (2, date(2025, 5, 12), 36)
    assert set(row.sayings.filter(field="outcome").values_list("value", flat=True)) == {"2", "3"}
    assert [todo.text[:28] for todo in row.todos.all()] == [
        "Leaders should shorten the w",
        "Leaders should make transiti",
    ]
    first = row.todos.first()
    assert first.ties.get(code="A3").because == ["waiting times", "therapy"]


def test_same_report_again_changes_nothing_and_keeps_decisions(tmp_path):
    load_lists()
    make_local_area(name="Wexcombe")
    taken = take(make_report(tmp_path))
    row = store_report(by=None, at=AT, taken=taken)
    row.todos.first().ties.filter(code="A3").update(state="removed")

    store_report(by=None, at=AT, taken=taken)

    assert PublishedInspection.objects.count() == 1
    assert row.todos.count() == 2
    assert row.todos.first().ties.get(code="A3").state == "removed"


def test_facts_that_a_person_put_right_stay(tmp_path):
    load_lists()
    known = make_published(outcome=1)
    PublishedInspection.objects.update(edited_at=AT)

    store_report(by=None, at=AT, taken=take(make_report(tmp_path)))

    known.refresh_from_db()
    assert known.outcome == 1
    assert known.sayings.get(field="outcome").value == "2"
