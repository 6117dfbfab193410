"""The self-evaluation of a folder: loaded whole, again without doubling, and never over what a hand wrote."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from selfeval.actions.judgements import save_evaluation
from selfeval.models import (
    AreaForDevelopment,
    CycleEvent,
    DataGap,
    Evaluation,
    EvaluationVersion,
    PositionStatement,
    ScaleGrade,
    Section,
    SelfEvaluation,
    Strength,
    SystemLead,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LOADED = (
    SelfEvaluation,
    Section,
    Evaluation,
    EvaluationVersion,
    Strength,
    AreaForDevelopment,
    PositionStatement,
    DataGap,
    CycleEvent,
    ScaleGrade,
    SystemLead,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    call_command("load_framework", str(FIXTURES / "frameworks" / "wexcombe-2030.yaml"), stdout=io.StringIO())
    return Path(shutil.copytree(FIXTURES / "areas" / "wexcombe", tmp_path / "wexcombe"))


def load(folder: Path) -> str:
    out = io.StringIO()
    call_command("load_area", str(folder), stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in LOADED}


def test_folder_is_loaded_whole(folder):
    said = load(folder)

    cycle = SelfEvaluation.objects.get()
    row = Evaluation.objects.get(criterion__code="X1")
    assert cycle.is_current
    assert "not in the evidence log: unheard-of" in said
    assert (row.know, row.confidence) == ("Needs are found early.", "low")
    assert PositionStatement.objects.get().text == "Still late."
    assert Section.objects.get(code="own-matter").title == "A matter of our own"
    assert [grade.label for grade in ScaleGrade.objects.all()] == ["Good enough", "Not yet"]
    assert CycleEvent.objects.get().criteria.get().code == "X1"
    assert SystemLead.objects.get().user.email == "lano@wexcombe.example"


def test_folder_that_is_loaded_again_doubles_nothing(folder):
    load(folder)
    before = counts()

    said = load(folder)

    assert counts() == before
    assert "0 texts are new, 0 brought in line" in said


def test_changed_file_changes_what_nobody_edited(folder):
    load(folder)
    path = folder / "selfevaluation.yaml"
    path.write_text(path.read_text().replace("[Drop-ins]", "[Another strength]").replace("Go on.", "Go further."))

    load(folder)

    assert [row.text for row in Strength.objects.all()] == ["Another strength"]
    assert Evaluation.objects.get(criterion__code="X1").next_steps == "Go further."


def test_what_somebody_edited_is_left_alone(folder):
    load(folder)
    lano = User.objects.get(email="lano@wexcombe.example")
    row = Evaluation.objects.select_related("self_evaluation", "criterion").get(criterion__code="X1")
    save_evaluation(by=lano, at=timezone.now(), evaluation=row, version=row.version, fields={"know": "By hand."})

    said = load(folder)

    row.refresh_from_db()
    assert row.know == "By hand."
    assert "1 left as somebody edited them" in said


def test_unknown_criterion_stops_the_loading_with_its_line(folder):
    path = folder / "selfevaluation.yaml"
    path.write_text(path.read_text().replace("- criterion: X1", "- criterion: X9"))

    with pytest.raises(CommandError, match=r"selfevaluation.yaml, line 13: “X9” is no criterion"):
        load(folder)

    assert not SelfEvaluation.objects.exists()
