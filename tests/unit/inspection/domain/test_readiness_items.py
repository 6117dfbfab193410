"""Each check of items: when it fires, and when it does not."""

from datetime import date

import pytest

from accounts.domain.findings import Blocker, Gap, Note
from accounts.domain.roles import Role
from inspection.domain.readiness.items import CHECKS, ItemFact, ItemFacts, VersionFact
from inspection.domain.readiness.table import run
from inspection.domain.submissions import Answer, State

TODAY = date(2026, 11, 22)


def version(state: State = State.APPROVED, **fields: object) -> VersionFact:
    given = {
        "number": 1,
        "state": state,
        "answer": Answer.FILES,
        "as_at_on": date(2026, 10, 1),
        "review_by_on": date(2027, 10, 1),
        "submitted_by_id": 1,
        "decided_by_id": 2,
        "decided_by": "LANO",
        "is_decided_by_health": True,
        "file_count": 1,
    }
    return VersionFact(**(given | fields))


def item(**fields: object) -> ItemFact:
    """An item with nothing to find."""
    given = {
        "code": "sef",
        "title": "Self-evaluation",
        "url": "/annex-a/sef/",
        "threatens": "annex-a",
        "is_health_item": False,
        "responsible_role": Role.SEND_TEAM,
        "owner": "Head of SEND",
        "approved": version(),
        "newest": version(),
    }
    return ItemFact(**(given | fields))


def codes(*items: ItemFact, is_live: bool = False) -> list[str]:
    facts = ItemFacts(today=TODAY, items=items, is_live=is_live, items_url="/annex-a/")
    return [finding.code for finding in run(CHECKS, facts)]


SUBMITTED = version(State.SUBMITTED, number=2)
FIRES = [
    pytest.param(item(approved=None, newest=None), "item-empty", id="nothing supplied"),
    pytest.param(item(approved=None, newest=version(State.RETURNED)), "item-returned", id="returned"),
    pytest.param(item(approved=None, newest=version(State.DRAFT)), "item-draft", id="only a draft"),
    pytest.param(item(approved=None, newest=SUBMITTED), "item-awaiting", id="first version awaits approval"),
    pytest.param(item(newest=SUBMITTED), "item-awaiting", id="second version awaits approval"),
    pytest.param(
        item(approved=None, newest=version(State.SUBMITTED, answer=Answer.NONE)),
        "item-none-unapproved",
        id="none awaits approval",
    ),
    pytest.param(
        item(approved=version(review_by_on=date(2026, 11, 21))), "item-review-passed", id="review was due yesterday"
    ),
    pytest.param(
        item(approved=version(as_at_on=date(2025, 11, 21), review_by_on=None)), "item-old", id="a year and a day old"
    ),
    pytest.param(item(owner=""), "item-no-owner", id="no owner"),
    pytest.param(item(owner_is_active=False), "item-owner-left", id="the owner has left"),
    pytest.param(item(approved=version(answer=Answer.LINK, file_count=0)), "item-link-only", id="only a link"),
    pytest.param(
        item(approved=version(answer=Answer.NONE, none_reason="n/a")),
        "item-none-unexplained",
        id="none without a reason",
    ),
    pytest.param(
        item(is_health_item=True, approved=version(is_decided_by_health=False)),
        "item-health-unseen",
        id="a health item that only the LANO approved",
    ),
    pytest.param(item(approved=version(lost_files=("a.pdf",))), "item-file-lost", id="a file was erased"),
    pytest.param(
        item(approved=version(moved_on=("Revision 3 of E12 is approved",))),
        "item-evidence-moved",
        id="evidence has a newer revision",
    ),
    pytest.param(
        item(approved=version(confidential=("E12",))), "item-evidence-confidential", id="evidence is confidential now"
    ),
    pytest.param(
        item(newest=version(State.DRAFT, number=2)), "item-newer-draft", id="a newer draft beside an approved version"
    ),
    pytest.param(item(approved=version(submitted_by_id=2)), "item-own-approval", id="approved by its supplier"),
]
QUIET = [
    pytest.param(item(), id="approved, current, owned"),
    pytest.param(item(approved=version(review_by_on=TODAY)), id="review is due today"),
    pytest.param(item(approved=version(as_at_on=date(2025, 11, 22))), id="exactly a year old"),
    pytest.param(item(approved=version(answer=Answer.LINK)), id="a link with its file"),
    pytest.param(
        item(approved=version(answer=Answer.NONE, none_reason="No provider is registered.", as_at_on=None)),
        id="none with a reason",
    ),
    pytest.param(item(is_health_item=True), id="a health item that health approved"),
    pytest.param(item(approved=version(is_decided_by_health=False)), id="another item that the LANO approved"),
]


@pytest.mark.parametrize(("given", "code"), FIRES)
def test_check_fires_alone(given: ItemFact, code: str):
    assert codes(given) == [code]


@pytest.mark.parametrize("given", QUIET)
def test_nothing_is_found_where_nothing_is_wrong(given: ItemFact):
    assert codes(given) == []


def test_no_items_at_all_is_a_blocker():
    facts = ItemFacts(today=TODAY, items=(), items_url="/annex-a/")

    (finding,) = run(CHECKS, facts)

    assert isinstance(finding, Blocker)
    assert finding.code == "items-none-asked"


def test_items_left_with_an_earlier_rulebook_are_a_blocker():
    facts = ItemFacts(today=TODAY, items=(item(),), left_behind=2, carry_url="/annex-a/carry-over/")

    (finding,) = run(CHECKS, facts)

    assert isinstance(finding, Blocker)
    assert (finding.code, finding.fix_url) == ("items-left-behind", "/annex-a/carry-over/")


def test_each_check_has_a_case_that_fires():
    cases = {case.values[1] for case in FIRES} | {"items-none-asked", "items-left-behind"}

    assert {check.code for check in CHECKS} == cases


@pytest.mark.parametrize(("is_live", "kind"), [(False, Gap), (True, Blocker)], ids=["all year", "during a visit"])
def test_missing_item_blocks_only_while_a_visit_runs(is_live: bool, kind: type):
    facts = ItemFacts(today=TODAY, items=(item(approved=None, newest=None),), is_live=is_live)

    (finding,) = run(CHECKS, facts)

    assert type(finding) is kind
    assert finding.fix_url == "/annex-a/sef/"
    assert finding.threatens == "annex-a"


def test_missing_paper_that_is_not_handed_over_never_blocks():
    facts = ItemFacts(today=TODAY, items=(item(approved=None, newest=None, threatens=""),), is_live=True)

    assert [type(finding) for finding in run(CHECKS, facts)] == [Gap]


def test_health_item_awaits_the_health_lead():
    facts = ItemFacts(today=TODAY, items=(item(is_health_item=True, newest=SUBMITTED),))

    (finding,) = run(CHECKS, facts)

    assert finding.owner_role is Role.HEALTH_LEAD


def test_own_approval_is_only_a_note():
    facts = ItemFacts(today=TODAY, items=(item(approved=version(submitted_by_id=2)),))

    assert [type(finding) for finding in run(CHECKS, facts)] == [Note]
