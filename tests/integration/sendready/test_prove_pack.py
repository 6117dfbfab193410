"""The whole path that `script/demo --check` takes, with a real worker."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.harness.source import ROOT

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def loaded_area(transactional_db):
    """The rulebook and the worked example, as the demonstration has them."""
    call_command("load_framework", str(ROOT / "fixtures/frameworks/area-send-2023.yaml"), stdout=StringIO())
    call_command("load_area", str(ROOT / "fixtures/areas/southampton"), stdout=StringIO())


def test_pack_with_a_worker_is_made_and_whole(loaded_area, worker_process, tmp_path: Path):
    said = StringIO()

    call_command("prove_pack", out=tmp_path, timeout=60, stdout=said)

    (pack,) = tmp_path.glob("*.zip")
    assert str(pack) in said.getvalue()
    assert "The pack is whole" in said.getvalue()


def test_pack_without_a_worker_is_told_in_time(loaded_area, tmp_path: Path):
    with pytest.raises(CommandError, match="No worker finished it within 1 seconds"):
        call_command("prove_pack", out=tmp_path, timeout=1, stdout=StringIO())


def test_pack_without_anybody_who_may_order_it_is_refused(transactional_db, tmp_path: Path):
    with pytest.raises(CommandError, match="Nobody here may prepare a pack"):
        call_command("prove_pack", out=tmp_path, stdout=StringIO())
