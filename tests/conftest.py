"""Fixtures that every kind of test uses."""

import pytest
from django.conf import settings

pytest_plugins = ["tests.harness.network", "tests.harness.worker"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Keeps the SQLite test database in a file, where a worker in another process can open it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(settings.VAR_DIR / "tests.sqlite3")
