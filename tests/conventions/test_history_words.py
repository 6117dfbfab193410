"""Whatever an action writes into the trail of a thing with a history has words on its page."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from documents.domain.versions import TRANSITIONS
from evidence.domain import history as evidence_history
from strategy.domain import history as strategy_history

ROOT = Path(__file__).parents[2]
WRITTEN = re.compile(r'action="((?:evidence|action|area)\.[a-z_]+)"')
# They speak of a bulk change, which has no page of its own with a history.
ELSEWHERE = {"action.changed_in_bulk", "action.bulk_undone"}


def _written_in(app: str) -> set[str]:
    sources: Iterable[Path] = (ROOT / app / "actions").glob("*.py")
    return {code for source in sources for code in WRITTEN.findall(source.read_text(encoding="utf-8"))}


@pytest.mark.parametrize(
    ("app", "verbs"), [("evidence", evidence_history.VERBS), ("strategy", strategy_history.VERBS)], ids=str
)
def test_every_line_of_the_trail_has_words(app, verbs):
    written = _written_in(app) - ELSEWHERE

    assert len(written) > 5
    assert not written - set(verbs)


def test_every_decision_on_evidence_has_words():
    assert not {f"evidence.{line.done}" for line in TRANSITIONS} - set(evidence_history.VERBS)
