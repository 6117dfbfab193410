"""An area comes from a folder, whichever area it is, and again without doubling."""

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.actions import settings as settings_actions
from accounts.actions.first_run import AreaStart, make_first_run_link, start_installation
from accounts.domain.roles import Role
from accounts.models import LocalArea, Organisation, RoleAssignment, SchoolHoliday, User
from children.models import ListUpload
from framework.models import Framework, RequestItem
from inspection.models import ItemOwner, ItemSubmission
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
WEXCOMBE = FIXTURES / "areas" / "wexcombe"
AREAS = sorted(path for path in (Path(settings.FIXTURES_DIR) / "areas").iterdir() if path.is_dir())


@pytest.fixture
def _rulebook():
    call_command("load_framework", str(FIXTURES / "frameworks" / "wexcombe-2030.yaml"), stdout=io.StringIO())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEXCOMBE, tmp_path / "wexcombe"))


def load(folder: Path) -> str:
    out = io.StringIO()
    call_command("load_area", str(folder), stdout=out)
    return out.getvalue()


def counts() -> list[int]:
    models = (ListUpload, LocalArea, Organisation, SchoolHoliday, User, RoleAssignment, ItemOwner, ItemSubmission)
    return [model.objects.count() for model in models]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


@pytest.mark.usefixtures("_rulebook")
def test_invented_area_is_loaded_whole():
    said = load(WEXCOMBE)

    area = LocalArea.objects.get()
    states = dict(ItemSubmission.objects.values_list("item__code", "state"))
    plan = ItemSubmission.objects.get(item__code="plan")
    assert (area.name, area.la_code, area.strategic_board_name) == ("Wexcombe", "999", "Wexcombe SEND Board")
    assert states == {"plan": "approved", "health-plan": "submitted"}
    assert [file.title for file in plan.files.all()] == ["The plan of Wexcombe"]
    assert plan.review_by_on == date(2031, 1, 31)
    assert "3 people (3 new)" in said


@pytest.mark.usefixtures("_rulebook")
def test_loading_again_doubles_nothing():
    load(WEXCOMBE)
    before = counts()

    load(WEXCOMBE)

    assert counts() == before


@pytest.mark.usefixtures("_rulebook")
def test_item_that_was_archived_here_stops_no_loading():
    load(WEXCOMBE)
    RequestItem.objects.filter(pk=ItemOwner.objects.values("item_id")[:1]).update(is_archived=True)
    before = counts()

    load(WEXCOMBE)

    assert counts() == before


@pytest.mark.usefixtures("_rulebook")
def test_loading_again_gives_no_role_back_that_has_ended():
    load(WEXCOMBE)
    ended = RoleAssignment.objects.get(user__email="deputy@wexcombe.example", role=Role.LANO)
    ended.from_on, ended.to_on = date(2026, 1, 1), date(2026, 1, 2)
    ended.save()

    load(WEXCOMBE)

    assert Role.LANO not in User.objects.get(email="deputy@wexcombe.example").roles


@pytest.mark.usefixtures("_rulebook")
def test_person_who_was_renamed_keeps_the_name():
    load(WEXCOMBE)
    User.objects.filter(email="lano@wexcombe.example").update(name="Head of SEND")

    load(WEXCOMBE)

    assert User.objects.get(email="lano@wexcombe.example").name == "Head of SEND"


@pytest.mark.usefixtures("_rulebook")
def test_what_was_edited_or_taken_out_here_is_left_alone_and_named(folder: Path):
    with (folder / "area.yaml").open("a") as file:
        file.write("- name: Easter\n  starts_on: 2027-03-22\n  ends_on: 2027-04-02\n")
    load(folder)
    administrator, at = make_user(Role.ADMINISTRATOR), timezone.now()
    area = settings_actions.change_area(
        by=administrator, at=at, version=0, values={"marking": "OFFICIAL", "short_code": "WEX"}
    )
    council = Organisation.objects.get(name="Wexcombe Council")
    settings_actions.change_organisation(
        by=administrator, at=at, organisation=council, version=0, values={"name": "Wexcombe Unitary Council"}
    )
    holiday, gone = SchoolHoliday.objects.order_by("starts_on")
    settings_actions.change_holiday(
        by=administrator, at=at, holiday=holiday, version=0, values={"starts_on": date(2026, 12, 1)}
    )
    settings_actions.remove_holiday(by=administrator, at=at, holiday=gone)
    before = counts()

    said = load(folder)

    area.refresh_from_db()
    holiday.refresh_from_db()
    assert (area.marking, area.short_code) == ("OFFICIAL", "WEX")
    assert holiday.starts_on == date(2026, 12, 1)
    assert not Organisation.objects.filter(name="Wexcombe Council").exists()
    assert counts() == before
    assert "Left as it is: Wexcombe Council (edited here)." in said
    assert f"Left as it is: {gone.name} (taken out here)." in said


@pytest.mark.usefixtures("_rulebook")
def test_what_was_edited_or_taken_out_on_the_admin_site_is_left_alone(client, folder: Path):
    load(folder)
    client.force_login(make_user(Role.ADMINISTRATOR))
    board = Organisation.objects.get(name="Wexcombe ICB")
    holiday = SchoolHoliday.objects.get()
    edited = {"name": "NHS Wexcombe", "kind": "icb", "from_on": "01/07/2023"}
    client.post(reverse("admin:accounts_organisation_change", args=[board.pk]), edited)
    client.post(reverse("admin:accounts_schoolholiday_delete", args=[holiday.pk]), {"post": "yes"})

    said = load(folder)

    board.refresh_from_db()
    assert (board.name, board.from_on) == ("NHS Wexcombe", date(2023, 7, 1))
    assert not SchoolHoliday.objects.exists()
    assert "Left as it is: Wexcombe ICB (edited here)." in said
    assert "Left as it is: Christmas (taken out here)." in said


@pytest.mark.usefixtures("_rulebook")
def test_what_was_renamed_and_then_taken_out_does_not_come_back(folder: Path):
    load(folder)
    administrator, at = make_user(Role.ADMINISTRATOR), timezone.now()
    holiday = SchoolHoliday.objects.get()
    renamed = settings_actions.change_holiday(
        by=administrator, at=at, holiday=holiday, version=0, values={"name": "Winter"}
    )
    settings_actions.remove_holiday(by=administrator, at=at, holiday=renamed)

    said = load(folder)

    assert not SchoolHoliday.objects.exists()
    assert "Left as it is: Christmas (taken out here)." in said


@pytest.mark.usefixtures("_rulebook")
def test_what_was_entered_before_the_folder_came_is_left_alone(folder: Path):
    Organisation.objects.create(name="Wexcombe icb", kind="icb", from_on=date(2024, 4, 1))

    said = load(folder)
    again = load(folder)

    assert Organisation.objects.get(kind="icb").from_on == date(2024, 4, 1)
    assert "Left as it is: Wexcombe ICB (edited here)." in said
    assert "Left as it is: Wexcombe ICB (edited here)." in again


@pytest.mark.usefixtures("_rulebook")
def test_area_set_up_through_the_first_run_page_keeps_its_words(folder: Path):
    link = make_first_run_link(by=None, at=timezone.now())
    start_installation(
        by=None,
        at=timezone.now(),
        token=link.rstrip("/").rpartition("/")[2],
        start=AreaStart(
            area=LocalArea(name="Wexcombe and the Isles", la_code="999", short_code="WEX"),
            organisations=[],
            holidays=[],
        ),
        name="Administrator",
        email="administrator@wexcombe.example",
    )

    load(folder)

    assert LocalArea.objects.get().name == "Wexcombe and the Isles"


@pytest.mark.usefixtures("_rulebook")
def test_closed_account_gets_no_role_from_the_folder(folder: Path):
    load(folder)
    RoleAssignment.objects.filter(user__email="deputy@wexcombe.example").delete()
    User.objects.filter(email="deputy@wexcombe.example").update(is_active=False)

    load(folder)

    assert not RoleAssignment.objects.filter(user__email="deputy@wexcombe.example").exists()


@pytest.mark.usefixtures("_rulebook")
def test_another_area_is_refused(folder: Path):
    load(WEXCOMBE)
    change(folder / "area.yaml", "'999'", "'998'")

    with pytest.raises(CommandError, match="This installation serves Wexcombe"):
        load(folder)


@pytest.mark.usefixtures("_rulebook")
def test_real_installation_gives_nobody_a_password(settings):
    settings.DEMO = False

    said = load(WEXCOMBE)

    assert not any(user.has_usable_password() for user in User.objects.all())
    assert "password Demo" not in said


@pytest.mark.parametrize("area", AREAS, ids=lambda path: path.name)
def test_each_area_that_comes_along_is_whole(area: Path):
    for rulebook in sorted((Path(settings.FIXTURES_DIR) / "frameworks").glob("*.yaml")):
        call_command("load_framework", str(rulebook), stdout=io.StringIO())

    load(area)

    held = {assignment.role for assignment in RoleAssignment.objects.all()}
    assert held == {role.value for role in Role}
    assert ItemSubmission.objects.filter(state="approved").exists()


@pytest.mark.usefixtures("_rulebook")
@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        pytest.param("area.yaml", "'999'", "'99'", "area.yaml, line 3: “99” can't be a “la_code”", id="code"),
        pytest.param("area.yaml", "2026-12-21", "2026-12-32", "area.yaml, line 25: “2026-12-32” isn't a day", id="day"),
        pytest.param("area.yaml", "2027-01-01", "2026-01-01", "The holiday ends before it starts", id="holiday"),
        pytest.param("area.yaml", "kind: icb", "kind: bank", "“bank” isn't known as “kind”", id="organisation"),
        pytest.param("area.yaml", "wexcombe-2030", "lost", "The framework “lost” isn't loaded", id="framework"),
        pytest.param("people.yaml", "[lano]", "[king]", "people.yaml, line 5: “king” isn't a role", id="role"),
        pytest.param("people.yaml", "deputy@", "lano@", "lano@wexcombe.example stands twice", id="person twice"),
        pytest.param(
            "people.yaml", "Wexcombe ICB", "Another ICB", "“Another ICB” isn't an organisation", id="organisation lost"
        ),
        pytest.param("items.yaml", "plan.txt", "../area.yaml", "without a folder", id="file outside"),
        pytest.param("items.yaml", "plan.txt", "lost.txt", "There is no file “lost.txt”", id="file lost"),
        pytest.param("items.yaml", "item: plan", "item: lost", "“lost” is no request item", id="item lost"),
        pytest.param("items.yaml", "  state: approved\n", "", "Say how far it has got", id="state left out"),
        pytest.param("items.yaml", "icb@", "nobody@", "nobody@wexcombe.example isn't in people.yaml", id="owner"),
        pytest.param("items.yaml", "  as_at_days: -10\n", "", "plan: ", id="no as-at date"),
    ],
)
def test_wrong_folder_gets_file_line_and_reason(folder: Path, file: str, old: str, new: str, reason: str):
    change(folder / file, old, new)

    with pytest.raises(CommandError) as refused:
        load(folder)

    assert reason in str(refused.value)
    assert not ItemSubmission.objects.filter(item__code="plan").exists()
    assert refused.value.returncode == 2


@pytest.mark.usefixtures("_rulebook")
def test_document_that_intake_refuses_is_named(folder: Path):
    (folder / "documents" / "plan.txt").write_bytes(b"MZ\x90\x00\x03" + bytes(300))

    with pytest.raises(CommandError, match=r"items\.yaml, line 4: plan: plan\.txt"):
        load(folder)

    assert not ItemSubmission.objects.filter(item__code="plan").exists()


WITH_LISTS = "\nsynthetic_lists:\n  seed: 1\n  list_1: 5\n  list_2: 7\n"


@pytest.fixture
def folder_with_lists(folder: Path) -> Path:
    with (folder / "area.yaml").open("a") as area:
        area.write(WITH_LISTS)
    Framework.objects.update(list_layouts="area-send-2023")
    return folder


@pytest.mark.usefixtures("_rulebook")
def test_synthetic_lists_are_uploaded_once(folder_with_lists: Path):
    first, again = load(folder_with_lists), load(folder_with_lists)

    upload = ListUpload.objects.get()
    assert "5 and 7 rows" in first
    assert "left as they are" in again
    assert upload.schema_code == "area-send-2023"
    assert [file.is_vaulted for file in upload.files.all()] == [True]


@pytest.mark.usefixtures("_rulebook")
def test_real_installation_takes_no_synthetic_lists(folder_with_lists: Path, settings):
    settings.DEMO = False

    said = load(folder_with_lists)

    assert "this is a real installation" in said
    assert not ListUpload.objects.exists()


def test_missing_folder_is_refused(tmp_path: Path):
    with pytest.raises(CommandError, match="There is no such folder"):
        load(tmp_path / "nowhere")
