"""The areas that come with sendready can be read: one comma too many and no demonstration starts."""

from pathlib import Path

import pytest
from django.conf import settings

from sendready.areas.reading import read_area_folder

FOLDERS = sorted(path.parent for path in (Path(settings.BASE_DIR) / "fixtures" / "areas").glob("*/area.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_area_that_comes_with_sendready_can_be_read(folder):
    assert read_area_folder(folder)
