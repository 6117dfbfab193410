"""Each check of lists, packs and protections: when it fires, and when it does not."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.domain.findings import Blocker, Gap, Note
from accounts.domain.roles import Role
from inspection.domain.readiness import lists, packs, protections
from inspection.domain.readiness.lists import ListsFacts
from inspection.domain.readiness.packs import DueFact, PackFact, PackFacts
from inspection.domain.readiness.protections import ProtectionFacts
from inspection.domain.readiness.report import all_checks, sections
from inspection.domain.readiness.table import THREATENS, own_day, read_own_day, run

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def list_facts(**fields: object) -> ListsFacts:
    """Lists with nothing to find."""
    given = {
        "today": TODAY,
        "lists_url": "/lists/",
        "findings_url": "/lists/1/findings/",
        "as_at_on": date(2026, 11, 20),
        "row_count": 100,
    }
    return ListsFacts(**(given | fields))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(list_facts(), [], id="uploaded, recent, clean"),
        pytest.param(list_facts(as_at_on=None), [("lists-never-uploaded", Gap)], id="never uploaded"),
        pytest.param(
            list_facts(as_at_on=None, is_live=True), [("lists-never-uploaded", Blocker)], id="never, during a visit"
        ),
        pytest.param(list_facts(empty_lists=("List_2",)), [("lists-empty", Blocker)], id="one list empty"),
        pytest.param(list_facts(rules_not_run=("107", "207")), [("lists-rules-not-run", Blocker)], id="rules not run"),
        pytest.param(list_facts(error_count=3), [("lists-with-errors", Gap)], id="errors"),
        pytest.param(list_facts(query_count=1), [("lists-with-queries", Note)], id="a query"),
        pytest.param(list_facts(as_at_on=TODAY - timedelta(days=31)), [], id="31 days old"),
        pytest.param(list_facts(as_at_on=TODAY - timedelta(days=32)), [("lists-out-of-date", Gap)], id="32 days old"),
        pytest.param(
            list_facts(as_at_on=TODAY - timedelta(days=32), is_live=True),
            [("lists-out-of-date", Blocker)],
            id="32 days old, during a visit",
        ),
        pytest.param(list_facts(as_at_on=None, error_count=3), [("lists-never-uploaded", Gap)], id="never, no errors"),
    ],
)
def test_checks_of_lists(facts: ListsFacts, expected: list):
    assert [(finding.code, type(finding)) for finding in run(lists.CHECKS, facts)] == expected


def pack(**fields: object) -> PackFact:
    given = {
        "name": "WEXCOMBE_ANNEX-A_2026-11-20_v1.zip",
        "url": "/packs/1/",
        "made_at": AT,
        "is_out_of_date": False,
        "is_signed_off": True,
        "issue_count": 0,
    }
    return PackFact(**(given | fields))


def pack_facts(newest: PackFact | None, *due: DueFact, is_live: bool = False) -> PackFacts:
    return PackFacts(at=AT, packs_url="/packs/", newest=newest, due=due, is_live=is_live)


def due(hours: int, *, is_delivered: bool = False) -> DueFact:
    return DueFact(
        batch="lists",
        title="Person-level lists",
        due_at=AT + timedelta(hours=hours),
        is_delivered=is_delivered,
        url="/packs/1/",
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(pack_facts(pack()), [], id="made, current, signed off"),
        pytest.param(pack_facts(None), [("pack-never-built", Gap)], id="never built"),
        pytest.param(pack_facts(None, is_live=True), [("pack-never-built", Blocker)], id="never, during a visit"),
        pytest.param(pack_facts(pack(is_out_of_date=True)), [("pack-out-of-date", Gap)], id="out of date"),
        pytest.param(pack_facts(pack(issue_count=2)), [("pack-with-issues", Blocker)], id="with issues"),
        pytest.param(pack_facts(pack(is_signed_off=False)), [("pack-not-signed-off", Note)], id="not signed off"),
        pytest.param(
            pack_facts(pack(is_signed_off=False), is_live=True),
            [("pack-not-signed-off", Gap)],
            id="not signed off, during a visit",
        ),
        pytest.param(
            pack_facts(pack(is_signed_off=False, is_out_of_date=True)),
            [("pack-out-of-date", Gap)],
            id="out of date comes before sign-off",
        ),
        pytest.param(pack_facts(pack(), due(1), is_live=True), [("delivery-due", Gap)], id="due in an hour"),
        pytest.param(pack_facts(pack(), due(-1), is_live=True), [("delivery-late", Blocker)], id="an hour late"),
        pytest.param(pack_facts(pack(), due(-1, is_delivered=True), is_live=True), [], id="delivered"),
    ],
)
def test_checks_of_packs(facts: PackFacts, expected: list):
    assert [(finding.code, type(finding)) for finding in run(packs.CHECKS, facts)] == expected


def test_missing_protection_threatens_the_lists():
    missing = Blocker(code="protection.tls", sentence="No TLS.", owner_role=Role.ADMINISTRATOR, fix_url="/status/")

    (finding,) = run(protections.CHECKS, ProtectionFacts(missing=(missing,)))

    assert (finding.code, finding.threatens, finding.sentence) == ("protection-missing", "lists", "No TLS.")
    assert not list(run(protections.CHECKS, ProtectionFacts()))


def test_there_are_more_than_twenty_checks_with_codes_of_their_own():
    checks = all_checks()

    assert len(checks) > 20
    assert len({check.code for check in checks}) == len(checks)
    assert all(check.title and check.basis for check in checks)


def test_sections_follow_the_deadlines_and_put_the_worst_first():
    def finding(kind, code, threatens):
        return kind(code=code, sentence=code, owner_role=Role.LANO, fix_url="/", threatens=threatens)

    found = sections(
        [
            finding(Note, "item-own-approval", ""),
            finding(Gap, "item-empty", "annex-a"),
            finding(Blocker, "item-file-lost", "annex-a"),
            finding(Gap, "lists-with-errors", "lists"),
            finding(Gap, "item-empty", "annex-a"),
        ]
    )

    assert [section.code for section in found] == ["lists", "annex-a", ""]
    assert [group.code for group in found[1].groups] == ["item-file-lost", "item-empty"]
    assert (found[1].blockers, found[1].gaps, found[1].notes) == (1, 2, 0)


def test_finding_of_an_unknown_deadline_is_not_lost():
    stray = Gap(code="later", sentence="Later.", owner_role=Role.LANO, fix_url="/", threatens="feedback")

    found = sections([stray])

    assert "feedback" not in THREATENS
    assert found[0].findings == (stray,)


def test_day_of_its_own_stands_between_the_deadlines_where_it_falls():
    def finding(threatens):
        return Gap(code="item-empty", sentence="Empty.", owner_role=Role.LANO, fix_url="/", threatens=threatens)

    early = own_day(datetime(2026, 11, 25, 12, tzinfo=UTC), has_time=True)
    late = own_day(datetime(2027, 1, 4, tzinfo=UTC), has_time=False)
    days = {"lists": date(2026, 11, 24), "annex-a": date(2026, 11, 27), "on-site": date(2026, 12, 7)}

    found = sections([finding(code) for code in ("", late, "annex-a", early, "lists")], days=days)

    assert [section.code for section in found] == ["lists", early, "annex-a", late, ""]
    assert found[1].title == "Asked for on a day of its own"
    assert (read_own_day(early), read_own_day(late)) == (
        (date(2026, 11, 25), time(12)),
        (date(2027, 1, 4), None),
    )
    assert read_own_day("on-site") is None
