"""The made-up consultation of a folder: loaded once, in a demonstration alone; faults are told with their line."""

import io
import shutil

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from selfeval.models import Comment, CommentState, ConsultationActivity, ElectionPeriod, PublishedVersion, Voice

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FOLDER = configured.FIXTURES_DIR / "areas" / "southampton"


def load(folder=FOLDER) -> str:
    out = io.StringIO()
    call_command("load_area", folder, stdout=out)
    return out.getvalue()


@pytest.fixture
def rulebook(db):
    call_command("load_framework", configured.FIXTURES_DIR / "frameworks" / "area-send-2023.yaml", stdout=io.StringIO())


def test_demonstration_has_a_round_with_comments_in_every_state_and_loading_again_doubles_nothing(rulebook, settings):
    settings.DEMO = True

    first, second = load(), load()

    assert "1 rounds, 6 comments, 4 activities and 3 voices, all synthetic" in first
    assert "it was loaded before" in second
    assert Comment.objects.filter(is_synthetic=True).count() == Comment.objects.count() == 6
    assert Comment.objects.filter(state=CommentState.HELD).count() == 1
    assert not Comment.objects.filter(has_harm=True).exists()
    assert ConsultationActivity.objects.count() == 4
    assert Voice.objects.filter(is_synthetic=True, checked_at__isnull=False).count() == 2
    assert ElectionPeriod.objects.count() == 1
    client, member = Client(), User.objects.get(email="member@southampton.example")
    client.force_login(member)
    version = PublishedVersion.objects.get()
    page = client.get(reverse("reading:chapter-open", args=[version.pk, "A3"]))
    came = client.get(reverse("reading:came-list")).content.decode()
    assert page.status_code == 200
    assert "reviews are late" in came
    assert "Testname" not in came


def test_real_installation_gets_the_election_days_alone(rulebook, settings):
    settings.DEMO = False

    said = load()

    assert "this is a real installation" in said
    assert ElectionPeriod.objects.exists()
    assert not Comment.objects.exists()
    assert not Voice.objects.exists()


def test_unknown_criterion_is_told_with_its_line(rulebook, tmp_path):
    copy = shutil.copytree(FOLDER, tmp_path / "area")
    file = copy / "consultation.yaml"
    file.write_text(file.read_text().replace("criterion: B4", "criterion: X9"))

    with pytest.raises(CommandError, match=r"consultation.yaml, line \d+: “X9” is no criterion"):
        load(copy)

    assert not Comment.objects.exists()
