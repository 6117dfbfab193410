"""The folder of the invented area: a copy to change, and its loading."""

import io
import shutil
from pathlib import Path

from django.core.management import call_command

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def load_rulebook() -> None:
    call_command("load_framework", str(FIXTURES / "frameworks" / "wexcombe-2030.yaml"), stdout=io.StringIO())


def copy_of_wexcombe(into: Path) -> Path:
    return Path(shutil.copytree(FIXTURES / "areas" / "wexcombe", into / "wexcombe"))


def load(folder: Path) -> str:
    """What the command said."""
    out = io.StringIO()
    call_command("load_area", str(folder), stdout=out)
    return out.getvalue()


def change(folder: Path, old: str, new: str, *, file: str = "strategy.yaml") -> None:
    """Replaces the first place where `old` stands; it has to stand somewhere."""
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
