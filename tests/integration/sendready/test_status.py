import tomllib

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.domain.roles import Role
from documents.models import WorkerPulse
from tests.factories.accounts import make_area, make_user

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_status_for_administrator_says_whether_the_worker_lives(client):
    make_area()
    client.force_login(make_user(Role.ADMINISTRATOR))
    silent = client.get("/status/").content.decode()
    WorkerPulse.objects.create(name="here", started_at=timezone.now(), beat_at=timezone.now())

    lively = client.get("/status/").content.decode()

    assert "Not running" in silent
    assert "Not running" not in lively


def test_status_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    make_area()
    client.force_login(make_user(Role.ADMINISTRATOR))
    for number in range(5):
        WorkerPulse.objects.create(name=str(number), started_at=timezone.now(), beat_at=timezone.now())

    with django_assert_max_num_queries(18):
        response = client.get("/status/")

    assert response.status_code == 200


def test_status_for_member_is_refused(client):
    make_area()
    client.force_login(make_user(Role.MEMBER))

    assert client.get("/status/").status_code == 403


def test_version_of_the_settings_is_that_of_the_project():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))

    assert project["project"]["version"] == settings.VERSION
