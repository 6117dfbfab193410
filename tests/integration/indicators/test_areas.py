"""The national list of areas."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.permissions import NotAllowed
from indicators.actions import load_areas
from indicators.gather import area_with_code, choose_areas, neighbours_of
from indicators.loaders import read_areas
from indicators.models import Area, StatisticalNeighbour
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FILE = Path(settings.FIXTURES_DIR) / "benchmarks" / "areas.yaml"
SMALL = """\
source: Made up for tests
areas:
- code: '901'
  name: Wexcombe
  ons_code: E06999901
  region: Nowhere
  region_ons_code: E12999999
  neighbours: ['902']
- code: '902'
  name: Amble
  ons_code: E06999902
  region: Nowhere
  region_ons_code: E12999999
- code: '903'
  name: Gone
  ons_code: E06999903
  region: Nowhere
  region_ons_code: E12999999
  abolished_on: 2021-04-01
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "areas.yaml"
    path.write_text(SMALL)
    return path


def load(path: Path) -> str:
    out = io.StringIO()
    call_command("load_areas", str(path), stdout=out)
    return out.getvalue().strip()


def test_national_list_is_loaded_whole_and_only_once():
    first, again = load(FILE), load(FILE)

    assert first == "155 areas created, 0 changed, 0 as before; 1530 neighbours written."
    assert again == "0 areas created, 0 changed, 155 as before; 0 neighbours written."


def test_areas_to_choose_from_leave_out_the_abolished(file: Path, django_assert_num_queries):
    load(file)

    with django_assert_num_queries(1):
        choices = choose_areas()

    assert [choice.name for choice in choices] == ["Amble", "Wexcombe"]


def test_area_knows_its_region_and_neighbours(file: Path):
    load(file)

    assert area_with_code("901").region == "Nowhere"
    assert [area.name for area in neighbours_of("901")] == ["Amble"]
    assert neighbours_of("903") == ()
    assert area_with_code("000") is None


def test_each_area_but_the_abolished_has_ten_neighbours():
    load(FILE)

    without = set(
        Area.objects.local_authorities()
        .exclude(pk__in=StatisticalNeighbour.objects.values("area"))
        .values_list("name", flat=True)
    )
    counted = {len(neighbours_of(area.code)) for area in Area.objects.filter(code__in=["852", "201", "938"])}

    assert len(without) == 2
    assert counted == {10}


def test_changed_file_changes_rows_and_neighbours(file: Path):
    load(file)
    file.write_text(SMALL.replace("name: Amble", "name: Ambleton").replace("['902']", "['903', '902']"))

    said = load(file)

    assert said == "0 areas created, 1 changed, 2 as before; 2 neighbours written."
    assert [area.name for area in neighbours_of("901")] == ["Gone", "Ambleton"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("code: '902'", "code: '901'", "The area “901” stands twice", id="code twice"),
        pytest.param("code: '902'", "code: '90'", "can't be a “code”", id="code too short"),
        pytest.param("E06999902", "E06999901", "Wexcombe has the same ONS code", id="ONS code twice"),
        pytest.param("['902']", "['999']", "The neighbour “999” is no area of this file", id="neighbour lost"),
        pytest.param("['902']", "['901']", "can't be its own neighbour", id="own neighbour"),
        pytest.param("['902']", "['902', '902']", "A neighbour stands twice", id="neighbour twice"),
        pytest.param("2021-04-01", "2021-04-31", "isn't a day", id="day"),
    ],
)
def test_wrong_file_gets_line_and_reason(file: Path, old: str, new: str, reason: str):
    file.write_text(SMALL.replace(old, new))

    with pytest.raises(CommandError) as refused:
        load(file)

    assert reason in str(refused.value)
    assert "areas.yaml, line " in str(refused.value)
    assert not Area.objects.exists()


def test_only_those_who_change_settings_may_load(file: Path):
    with pytest.raises(NotAllowed):
        load_areas(by=make_user(Role.MEMBER), at=timezone.now(), file=read_areas(file))
