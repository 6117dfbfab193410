"""Evidence comes with the folder of an area, and again without doubling or undoing."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from evidence.actions import items
from evidence.loaders import numbers_by_key
from evidence.models import Evidence, EvidenceRevision, LensLink, PointLink
from evidence.publishing import all_publishable, may_be_published
from framework.models import CriterionPoint, LensStatement
from tests.factories.evidence import AT, make_facts

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("_rulebook")]
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ITEM = """evidence:
- key: survey
  title: Survey of families
  kind: lived_experience
  organisation: Wexcombe Council
  shows: Families wait.
  covers_from_on: 2025-09-01
  covers_to_on: 2026-08-31
  marking: open
  checked_by: lano@wexcombe.example
  text: Of 300 families that answered, 200 wait without news.
  points:
  - {point: POINT, relevance: How long families wait.}
"""


@pytest.fixture
def _rulebook():
    call_command("load_framework", str(FIXTURES / "frameworks" / "wexcombe-2030.yaml"), stdout=io.StringIO())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(FIXTURES / "areas" / "wexcombe", tmp_path / "wexcombe"))
    (copy / "evidence.yaml").write_text(ITEM.replace("POINT", CriterionPoint.objects.first().code))
    return copy


def load(folder: Path) -> str:
    out = io.StringIO()
    call_command("load_area", str(folder), stdout=out)
    return out.getvalue()


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "evidence.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_item_stands_approved_checked_and_tied_to_its_point(folder):
    said = load(folder)

    item = Evidence.objects.get()
    assert "Evidence: 1 items, 1 new" in said
    assert numbers_by_key() == {"survey": item.number}
    assert item.revisions.approved().get().text.startswith("Of 300 families")
    assert item.point_links.get().relevance == "How long families wait."
    assert may_be_published(item).is_allowed


def test_loading_again_doubles_nothing_and_takes_what_changed_in_the_folder(folder):
    load(folder)
    change(folder, "Families wait.", "Families wait too long.")

    load(folder)

    assert Evidence.objects.get().shows == "Families wait too long."
    assert (EvidenceRevision.objects.count(), PointLink.objects.count(), LensLink.objects.count()) == (1, 1, 0)


def test_changed_words_lose_their_check_until_somebody_looks_again(folder):
    load(folder)
    item = Evidence.objects.get()

    Evidence.objects.update(shows="Another story.")

    assert "second person" in may_be_published(item).reason


def test_what_somebody_changed_here_is_left_alone(folder):
    load(folder)
    item = Evidence.objects.get()
    lano = User.objects.get(email="lano@wexcombe.example")
    items.change_evidence(by=lano, at=AT, evidence=item, version=0, facts=make_facts(title="Ours"))

    said = load(folder)

    assert Evidence.objects.get().title == "Ours"
    assert "1 were edited here" in said


def test_a_statement_of_a_lens_is_linked(folder):
    statement = LensStatement.objects.first()
    if statement is None:
        pytest.skip("the invented rulebook has no lens")
    change(folder, "  points:", f"  statements:\n  - {{statement: {statement.code}, relevance: Says so.}}\n  points:")

    load(folder)

    assert LensLink.objects.get().statement == statement


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Wexcombe Council", "Elsewhere", "isn't an organisation"),
        ("lano@wexcombe.example", "who@wexcombe.example", "isn't one of the people"),
        ("2025-09-01", "2027-09-01", "ends before it starts"),
        ("lived_experience", "rumour", "isn't known as “kind”"),
        ("{point: ", "{point: Z", "is no point of the framework"),
    ],
)
def test_fault_is_told_with_its_line_before_anything_is_written(folder, old, new, words):
    change(folder, old, new)

    with pytest.raises(CommandError, match=words) as refusal:
        load(folder)

    assert "evidence.yaml, line" in str(refusal.value)
    assert not Evidence.objects.exists()
    assert not User.objects.exists()


def test_many_items_are_asked_in_a_fixed_number_of_queries(folder, django_assert_max_num_queries):
    load(folder)

    with django_assert_max_num_queries(5):
        found = all_publishable(range(100))

    assert len(found) == 1
