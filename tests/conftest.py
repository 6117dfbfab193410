"""Fixtures that every kind of test uses."""

import pytest
from django.conf import settings

pytest_plugins = ["tests.harness.browser", "tests.harness.flush", "tests.harness.network", "tests.harness.worker"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Keeps the SQLite test database in a file, where a worker in another process can open it."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(settings.VAR_DIR / "tests.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _quick_password_hashes():
    """A hash that is slow on purpose would be most of the run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _pages_without_built_assets(request, settings, tmp_path):
    """Pages render through the test client whether or not the browser assets were built."""
    if "browser" in request.keywords:
        return
    settings.STATIC_ROOT = tmp_path
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
