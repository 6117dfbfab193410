"""Loading a rulebook again and again."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from framework.actions import Load, UnknownFramework, load_rulebook
from framework.domain.rulebook import Mapping, Rulebook
from framework.gather import (
    current_framework,
    first_hour_tasks,
    request_items,
    rulebook_of,
    timetable_rules,
)
from framework.loaders import read_rulebook
from framework.models import CriterionMapping, CriterionPoint, RequestItem, TimetableRule
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SMALL_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "frameworks" / "wexcombe-2030.yaml"
FILE = Path(settings.FIXTURES_DIR) / "frameworks" / "area-send-2023.yaml"
SMALL = read_rulebook(SMALL_FILE)


def load(rulebook: Rulebook = SMALL, *, replace_edited: bool = False) -> Load:
    return load_rulebook(by=None, at=timezone.now(), rulebook=rulebook, replace=replace_edited)


def edit(code: str, **values: object) -> None:
    RequestItem.objects.filter(code=code).update(edited_at=timezone.now(), **values)


def without_plan() -> Rulebook:
    return replace(SMALL, request_items=tuple(item for item in SMALL.request_items if item.code != "plan"))


def test_first_load_creates_everything_and_makes_it_current():
    done = load()

    assert len(done.created) == 18
    assert current_framework() == done.framework
    assert AuditEvent.objects.filter(action="framework.loaded").count() == 1


def test_second_load_changes_nothing():
    load()

    again = load()

    assert (again.created, again.changed, again.archived, again.kept) == ([], [], [], [])
    assert RequestItem.objects.count() == 3


def test_second_framework_does_not_become_current():
    load()

    load(read_rulebook(FILE))

    assert current_framework().code == "wexcombe-2030"


def test_row_that_nobody_edited_follows_the_file():
    load()
    rule = replace(SMALL.timetable[1], offset_working_days=5)

    done = load(replace(SMALL, timetable=(SMALL.timetable[0], rule, SMALL.timetable[2])))

    assert done.changed == ["timetable rule annex-a (offset_working_days)"]
    assert TimetableRule.objects.get(code="annex-a").offset_working_days == 5


def test_edited_row_is_kept_and_named():
    load()
    edit("plan", title="Our plan")

    done = load()

    assert done.kept == ["request item plan (title)"]
    assert RequestItem.objects.get(code="plan").title == "Our plan"


def test_edited_row_is_overwritten_when_asked():
    load()
    edit("plan", title="Our plan")

    done = load(replace_edited=True)

    item = RequestItem.objects.get(code="plan")
    assert done.changed == ["request item plan (title)"]
    assert (item.title, item.edited_at) == ("The plan", None)


def test_row_that_left_the_file_is_archived_and_comes_back():
    load()

    gone = load(without_plan())
    back = load()

    assert gone.archived == ["request item plan"]
    assert "request item plan (archived)" in back.changed
    assert not RequestItem.objects.get(code="plan").is_archived


def test_edited_row_that_left_the_file_is_kept():
    load()
    edit("plan", title="Our plan")

    done = load(without_plan())

    assert done.kept == ["request item plan (not in the file)"]


def test_local_row_is_never_touched():
    done = load()
    rule = TimetableRule.objects.get(code="annex-a")
    RequestItem.objects.create(
        framework=done.framework, code="ours", title="Ours", group="Local", deadline=rule, is_local=True
    )

    again = load(replace_edited=True)

    assert again.archived == []
    assert not RequestItem.objects.get(code="ours").is_archived


def test_unedited_load_is_exported_as_the_same_bytes():
    load(read_rulebook(FILE))
    out = io.StringIO()

    call_command("export_framework", "area-send-2023", stdout=out)

    assert out.getvalue() == FILE.read_text(encoding="utf-8")


def test_values_come_back_as_they_went_in(django_assert_num_queries):
    done = load(read_rulebook(FILE))

    with django_assert_num_queries(11):
        values = rulebook_of(done.framework)

    assert values == read_rulebook(FILE)


def test_reading_takes_one_query_each(django_assert_num_queries):
    framework = load(read_rulebook(FILE)).framework

    with django_assert_num_queries(3):
        items = request_items(framework)
        rules = timetable_rules(framework)
        tasks = first_hour_tasks(framework)
        assert all(item.deadline.title for item in items)

    assert (len(items), len(rules), len(tasks)) == (46, 22, 16)


def test_mapping_to_an_earlier_framework_is_loaded():
    load(read_rulebook(FILE))
    mapping = Mapping(code="m1", title="First", old_framework="area-send-2023", old_code="A1", new_code="X1")

    load(replace(SMALL, mappings=(mapping,)))

    assert CriterionMapping.objects.get().old_framework.code == "area-send-2023"


def test_mapping_to_a_framework_that_is_not_loaded_is_refused():
    mapping = Mapping(code="m1", title="First", old_framework="lost", old_code="A1", new_code="X1")

    with pytest.raises(UnknownFramework, match="Load the earlier framework “lost” first"):
        load(replace(SMALL, mappings=(mapping,)))

    assert not CriterionPoint.objects.exists()


def test_only_those_who_keep_frameworks_may_load():
    with pytest.raises(NotAllowed):
        load_rulebook(by=make_user(Role.LANO), at=timezone.now(), rulebook=SMALL)


def test_command_prints_one_json_object():
    out = io.StringIO()

    call_command("load_framework", str(SMALL_FILE), json=True, stdout=out)

    told = json.loads(out.getvalue())
    assert told["framework"] == "wexcombe-2030"
    assert len(told["created"]) == 18


def test_command_refuses_a_wrong_file_with_code_2(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    file.write_text(SMALL_FILE.read_text().replace("owner_role: lano", "owner_role: king"))

    with pytest.raises(CommandError, match=r"wrong\.yaml, line \d+: “king”") as refused:
        call_command("load_framework", str(file))

    assert refused.value.returncode == 2


def test_diff_compares_a_loaded_framework_with_a_file():
    load()
    edit("plan", title="Our plan")
    out = io.StringIO()

    call_command("diff_frameworks", "wexcombe-2030", str(SMALL_FILE), stdout=out)

    assert out.getvalue().splitlines() == [
        "request item plan, title:",
        "  old: Our plan",
        "  new: The plan",
        "1 difference.",
    ]


def test_diff_of_something_unknown_is_refused():
    with pytest.raises(CommandError, match="neither a file nor the code"):
        call_command("diff_frameworks", "lost", str(SMALL_FILE))
