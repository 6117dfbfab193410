"""The strategy of a folder comes with it, and again without doubling or undoing what people did."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils import timezone

from indicators.models import Indicator
from strategy.models import (
    Aim,
    Answer,
    Board,
    BoardMeeting,
    Challenge,
    Measure,
    Principle,
    Priority,
    Strategy,
    SuccessMeasure,
)
from tests.harness.folders import change, copy_of_wexcombe, load, load_rulebook

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("_rulebook")]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
MODELS = (Strategy, Principle, Challenge, Board, Priority, Answer, Aim, Measure)


@pytest.fixture
def _rulebook():
    load_rulebook()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of_wexcombe(tmp_path)


def counts() -> list[int]:
    return [model.objects.count() for model in MODELS]


def test_strategy_of_the_folder_is_loaded_whole(folder):
    load(folder)

    strategy = Strategy.objects.get()
    board = Board.objects.get(name="Wexcombe SEND Board")
    aims = Aim.objects.select_related("priority")
    assert (strategy.title, strategy.is_current, strategy.board) == ("Wexcombe together", True, board)
    assert [aim.ref for aim in aims] == ["1.1", "2.1", "2.2"]
    assert [priority.number for priority in Challenge.objects.get().priorities.all()] == [2]
    assert Challenge.objects.get().cause == "Few staff\nMany referrals"
    assert board.reports_to == Board.objects.get(kind="strategic")
    assert [former.name for former in board.former_names.all()] == ["Board of old"]
    assert Answer.objects.get().verdict == "not_achieved"
    assert Aim.objects.get(priority__number=2, number=1).is_as_extracted


def test_measure_that_stands_twice_under_an_aim_is_kept_twice(folder):
    load(folder)

    under = Measure.objects.filter(aim__priority__number=1)
    assert [measure.text for measure in under] == ["Children seen by the panel"] * 2
    assert [measure.target_value for measure in under] == ["30", ""]


def test_loading_again_doubles_nothing(folder):
    load(folder)
    before = counts()

    said = load(folder)

    assert counts() == before
    assert "0 rows are new, 0 brought in line, 0 left" in said


def test_row_that_somebody_edited_is_left_alone(folder):
    load(folder)
    Principle.objects.filter(title="Families first").update(text="Ask them.", edited_at=timezone.now())
    change(folder, "They know best.", "They know it best.")

    said = load(folder)

    assert Principle.objects.get(title="Families first").text == "Ask them."
    assert "1 left as somebody edited them" in said


def test_corrected_file_changes_what_nobody_edited(folder):
    load(folder)
    change(folder, "They know best.", "They know it best.")

    load(folder)

    assert Principle.objects.get(title="Families first").text == "They know it best."


def test_row_that_left_the_file_goes_into_the_archive_and_comes_back(folder):
    load(folder)
    change(folder, "- {title: Help early}\n", "")

    load(folder)
    gone = Principle.objects.get(title="Help early").archived_at
    shutil.copy(FIXTURES / "areas" / "wexcombe" / "strategy.yaml", folder / "strategy.yaml")
    load(folder)

    assert gone is not None
    assert Principle.objects.get(title="Help early").archived_at is None


def test_priority_that_people_made_keeps_its_number(folder):
    load(folder)
    Priority.objects.filter(number=2).update(loaded_as="", title="Our own", edited_at=timezone.now())

    load(folder)

    assert list(Priority.objects.values_list("number", "title")) == [(1, "A good start"), (2, "Our own")]


def test_second_strategy_does_not_push_the_current_one_aside(folder):
    load(folder)
    change(folder, "title: Wexcombe together", "title: Wexcombe again")

    load(folder)

    assert dict(Strategy.objects.values_list("title", "is_current")) == {
        "Wexcombe together": True,
        "Wexcombe again": False,
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("to_on: 2028", "to_on: 2020", "strategy.yaml, line 4: The strategy ends before", id="days"),
        pytest.param("vision:", "vison:", "strategy.yaml, line 5: “vison” isn't known in “strategy”", id="key"),
        pytest.param("board: Wexcombe SEND Board", "board: Lost", "“Lost” isn't a board of this file", id="board"),
        pytest.param("kind: law", "kind: rule", "line 17: “rule” isn't known as “kind”", id="kind"),
        pytest.param("priorities: [2]", "priorities: [7]", "“7” isn't the number of a priority", id="priority"),
        pytest.param("reports_to: Wexcombe", "reports_to: Old", "to whom it reports, isn't a board", id="reports to"),
        pytest.param("- number: 2\n    text: Fam", "- number: 1\n    text: Fam", "“1” stands twice", id="aim twice"),
        pytest.param("verdict: not_achieved", "verdict: no", "“no” isn't known as “verdict”", id="verdict"),
        pytest.param("target_by_on: 2027-12-31", "target_by_on: 2027", "“2027” isn't a day", id="day"),
        pytest.param("as_extracted: true", "as_extracted: maybe", "has to be true or false", id="flag"),
        pytest.param("kind: figure, base", "kind: guess, base", "“guess” isn't known as “kind”", id="measure"),
    ],
)
def test_wrong_strategy_gets_line_and_reason_and_nothing_is_written(folder, old, new, reason):
    change(folder, old, new)

    with pytest.raises(CommandError) as refused:
        load(folder)

    assert reason in str(refused.value)
    assert not Strategy.objects.exists()


def test_indicator_is_linked_once_it_is_loaded(folder):
    change(folder, "text: Better attendance}", "text: Better attendance, indicator: attendance}")
    said = load(folder)

    Indicator.objects.create(code="attendance", name="Attendance", unit="percent", direction="higher")
    load(folder)

    assert "no such indicator is loaded yet: attendance" in said
    assert SuccessMeasure.objects.get(text="Better attendance").indicator.code == "attendance"


def test_board_that_the_folder_renamed_twice_stays_the_same_board(folder):
    load(folder)
    board = Board.objects.get(name="Wexcombe SEND Board")
    meeting = BoardMeeting.objects.create(board=board, held_on=timezone.localdate())
    text = (folder / "strategy.yaml").read_text()
    later = text.replace("Wexcombe SEND Board", "Third Board")
    former = "  former:\n  - {name: Wexcombe SEND Board}\n  - {name: Second Board}\n"
    assert later.count("  former:\n") == 1
    (folder / "strategy.yaml").write_text(later.replace("  former:\n", former))

    load(folder)

    board.refresh_from_db()
    meeting.refresh_from_db()
    assert (board.name, board.archived_at, meeting.board) == ("Third Board", None, board)
    assert {name.name for name in board.former_names.all()} == {"Board of old", "Wexcombe SEND Board", "Second Board"}
