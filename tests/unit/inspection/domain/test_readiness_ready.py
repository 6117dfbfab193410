"""What is ready, in words and counts."""

from datetime import date

import pytest

from inspection.domain.readiness.lists import ListsFacts
from inspection.domain.readiness.ready import items_sentence, lists_sentence
from inspection.domain.submissions import Answer, State
from tests.unit.inspection.domain.test_readiness_items import item, version

DRAFT = item(approved=None, newest=version(State.DRAFT))
WAITING = item(approved=None, newest=version(State.SUBMITTED))
EMPTY = item(approved=None, newest=None)


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        pytest.param([item(), item()], "2 of 2 items approved.", id="all"),
        pytest.param(
            [item(), WAITING, EMPTY, EMPTY],
            "1 of 4 items approved; 1 waits for approval; 2 have nothing yet.",
            id="some",
        ),
        pytest.param([DRAFT], "0 of 1 item approved; 1 is only a draft.", id="a draft"),
        pytest.param(
            [item(newest=version(State.SUBMITTED, number=2))],
            "1 of 1 item approved; 1 newer version of an approved item waits for approval.",
            id="a newer version",
        ),
        pytest.param(
            [item(approved=version(answer=Answer.NONE), newest=None)],
            "1 of 1 item approved (1 answered with none, and why).",
            id="none",
        ),
    ],
)
def test_items_are_told_in_counts(items, sentence):
    assert items_sentence(items) == sentence
    assert "%" not in sentence


def lists(**fields) -> ListsFacts:
    return ListsFacts(today=date(2026, 11, 22), lists_url="/lists/", findings_url="/lists/1/", **fields)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param(lists(), "Nothing is uploaded yet.", id="never"),
        pytest.param(
            lists(as_at_on=date(2026, 11, 18), uploaded_on=date(2026, 11, 20), row_count=4100, error_count=1),
            "Uploaded on 20 November 2026, as at 18 November 2026: 4,100 rows, 1 error, no queries.",
            id="uploaded",
        ),
    ],
)
def test_lists_are_told_in_counts(facts, sentence):
    assert lists_sentence(facts) == sentence
