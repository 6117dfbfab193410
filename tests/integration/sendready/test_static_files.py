"""Static files as a live installation serves them: under names that carry a hash."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

pytestmark = pytest.mark.browser  # needs the built assets


@pytest.fixture
def collected(tmp_path, settings, _built_assets) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "sendready.static_storage.ManifestStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_collected_scripts_import_one_another_by_hashed_name(collected):
    entry = next(collected.glob("js/app.*.js")).read_text()

    imported = re.findall(r'from "\./([^"]+)"', entry)

    assert len(imported) == len(re.findall(r'from "\./', (django_settings.BASE_DIR / "static/js/app.js").read_text()))
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) and (collected / "js" / name).exists() for name in imported)


def test_collected_files_are_compressed_and_hold_nothing_unwanted(collected):
    style = next(collected.glob("css/app.*.css"))

    assert style.with_suffix(".css.br").exists()
    for path in [style, *collected.glob("js/*.js")]:
        text = path.read_text()
        assert not [word for word in ("sourceMappingURL", "@font-face", "crest", "GDS Transport") if word in text]


@pytest.mark.usefixtures("_built_assets")
def test_assets_the_second_time_changes_nothing():
    run = subprocess.run(
        [sys.executable, "script/assets"], cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "script/assets: nothing changed"
