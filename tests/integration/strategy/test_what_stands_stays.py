"""What somebody wrote or tied stays until they, or who edits the strategy, take it back; the unusable is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent, User
from accounts.permissions import NotAllowed
from indicators.models import Indicator
from strategy.actions import meetings, reporting, rows
from strategy.actions.areas import tie_area
from strategy.digest_gather import digests_on
from strategy.domain.exchange.comparing import compare
from strategy.domain.exchange.sheets import BOARDS, SheetRow
from strategy.exchange_gather import present_tables
from strategy.filters import ActionFilter
from strategy.models import (
    Action,
    ActionEvidence,
    AgendaItem,
    AreaAction,
    Board,
    BoardMeeting,
    Decision,
    Priority,
)
from strategy.stamps import ties_stamp
from tests.factories.accounts import make_area, make_user
from tests.factories.evidence import make_approved
from tests.factories.plans import days, make_action, make_area_for_improvement, make_impact, make_plan, make_told
from tests.factories.strategy import make_aim, make_board, make_priority, make_strategy, take_tables

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = timezone.now()


@pytest.fixture
def team():
    make_area()
    return make_user(Role.SEND_TEAM, name="SEND team")


@pytest.fixture
def editor(team) -> Client:
    client = Client()
    client.force_login(team)
    return client


def post(client: Client, address: str, *args: object, **data: object):
    return client.post(reverse(f"strategy:{address}", args=args), data)


def test_update_without_the_tick_leaves_impact_and_relevance(team):
    action, evidence = make_action(), make_approved(by=team)
    make_impact(action=action, evidence=evidence, by=team)

    reporting.report(by=team, at=NOW, action=action, told=make_told(evidence=(evidence,)))

    link = ActionEvidence.objects.get()
    assert (link.is_impact, link.relevance) == (True, "It shows it.")


def test_lead_takes_back_only_what_is_theirs(team):
    lead = make_user(Role.SYSTEM_LEAD)
    action, evidence = make_action(lead=lead), make_approved(by=team)
    make_impact(action=action, evidence=evidence, by=team)
    theirs = reporting.report(by=team, at=NOW, action=action, told=make_told())
    own = reporting.report(by=lead, at=NOW, action=action, told=make_told())

    for take_back in (
        lambda: reporting.withdraw_update(by=lead, at=NOW, update=theirs),
        lambda: reporting.restore_update(by=lead, at=NOW, update=theirs),
        lambda: reporting.unlink_evidence(by=lead, at=NOW, link=ActionEvidence.objects.get()),
    ):
        with pytest.raises(NotAllowed):
            take_back()
    client = Client()
    client.force_login(lead)
    page = client.get(reverse("strategy:action-show", args=[action.pk])).content.decode()
    assert reverse("strategy:update-withdraw", args=[action.pk, own.pk]) in page
    assert reverse("strategy:update-withdraw", args=[action.pk, theirs.pk]) not in page
    assert reverse("strategy:proof-unlink", args=[action.pk, ActionEvidence.objects.get().pk]) not in page
    assert reporting.withdraw_update(by=lead, at=NOW, update=own).withdrawn_at
    assert reporting.withdraw_update(by=team, at=NOW, update=theirs).withdrawn_at


def test_lead_whose_role_ended_gets_no_digest(team):
    today = timezone.localdate()
    gone = make_user(Role.SYSTEM_LEAD, from_on=today - timedelta(days=9), to_on=today - timedelta(days=1))
    make_action(lead=gone, due=-3)

    assert [each.user for each in digests_on(today)] == [team]


def test_save_keeps_a_value_that_is_no_longer_offered(team, editor):
    strategy = make_strategy()
    row, left = make_priority(strategy=strategy), make_user(Role.SYSTEM_LEAD, is_active=False)
    Priority.objects.filter(pk=row.pk).update(lead=left)

    post(editor, "row-edit", "priority", row.pk, version=1, title="Renamed", lead=left.pk)

    row.refresh_from_db()
    assert (row.title, row.lead) == ("Renamed", left)
    conflict = post(editor, "row-edit", "priority", row.pk, version=1, title="Mine", lead=left.pk)
    assert conflict.status_code == 409
    assert f'<option value="{left.pk}" selected' in conflict.content.decode()


@pytest.mark.parametrize("lead", ["abc", "99999999999999999999"])
def test_address_with_a_lead_that_is_none_opens_the_form(editor, lead):
    address = reverse("strategy:row-add", args=["action"])

    assert editor.get(f"{address}?lead={lead}").status_code == 200


def test_put_back_twice_changes_nothing_more(team):
    strategy = make_strategy()
    row = make_priority(strategy=strategy)
    rows.archive_row(by=team, at=NOW, row=row)
    stale = Priority.objects.get(pk=row.pk)
    rows.restore_row(by=team, at=NOW, row=row)
    Priority.objects.filter(pk=row.pk).update(title="Changed since")

    rows.restore_row(by=team, at=NOW, row=stale)

    row.refresh_from_db()
    assert (row.number, row.title) == (1, "Changed since")
    assert AuditEvent.objects.filter(action="priority.restored").count() == 1


def test_board_that_takes_a_name_or_reports_to_itself_is_refused(team, editor):
    old, board = make_board(name="Old Board"), make_board(name="SEND Board")
    Board.objects.filter(pk=old.pk).update(archived_at=NOW)
    given = {"version": 1, "kind": "partnership", "chair": "", "purpose": ""}

    taken = post(editor, "row-edit", "board", board.pk, **given, name="Old Board")
    itself = post(editor, "row-edit", "board", board.pk, **given, name="SEND Board", reports_to=board.pk)
    added = post(editor, "row-add", "board", **given, name="SEND Board")

    assert [answer.status_code for answer in (taken, itself, added)] == [409, 409, 409]
    assert "in the archive already" in taken.content.decode()
    assert "cannot report to itself" in itself.content.decode()
    assert Board.objects.count() == 2


def test_row_that_a_colleague_put_away_is_not_moved(team, editor):
    strategy = make_strategy()
    row = make_priority(strategy=strategy)
    meeting = BoardMeeting.objects.create(board=make_board(), held_on=days(1))
    item = AgendaItem.objects.create(meeting=meeting, order=1, title="Away", archived_at=NOW)
    rows.archive_row(by=team, at=NOW, row=row)

    with pytest.raises(NotAllowed, match="meanwhile"):
        meetings.move_item(by=team, at=NOW, item=item, up=True)
    assert post(editor, "row-raise", "priority", row.pk).status_code == 302
    assert post(editor, "agenda-raise", item.pk).status_code == 302


def test_link_of_a_file_that_is_no_address_is_a_problem():
    row = SheetRow(place="row 2", id="", values={"kind": "law", "title": "The Act", "url": "javascript:alert(1)"})

    found = compare({"Linked documents": (row,)}, {})

    assert [problem.column for problem in found.problems] == ["Link"]


def test_partner_is_offered_plans_and_priorities_of_its_own_actions_alone(team):
    partner = make_user(Role.PARTNER)
    strategy = make_strategy()
    aims = [make_aim(priority=make_priority(strategy=strategy, number=number)) for number in (1, 2)]
    own, other = make_plan(title="Own"), make_plan(title="Other")
    make_action(lead=partner, aim=aims[0], plan=own)
    make_action(aim=aims[1], plan=other)

    def offered(user: User, queryset) -> list[int]:
        found = ActionFilter({}, queryset=queryset, user=user)
        return [len(found.filters[name].extra["choices"]) for name in ("plan", "priority")]

    assert offered(partner, Action.objects.filter(lead=partner)) == [1, 1]
    assert offered(team, Action.objects.all()) == [2, 2]


def test_posted_key_that_no_row_can_have_is_ignored(editor):
    plan, key = make_plan(), "99999999999999999999"

    assert post(editor, "bulk-edit", chosen=key).status_code == 400
    assert post(editor, "plan-place", plan.pk, chosen=key).status_code == 400
    assert editor.get(f"{reverse('strategy:plan-list')}?archived=plan-{key}").status_code == 200
    assert editor.get(f"{reverse('strategy:meeting-list')}?removed={key}").status_code == 200


def test_decision_that_was_taken_out_has_a_way_back(editor):
    meeting = BoardMeeting.objects.create(board=make_board(), held_on=days(1))
    item = AgendaItem.objects.create(meeting=meeting, order=1, title="Waits")
    decision = Decision.objects.create(item=item, text="Call Sam's family", owner_name="Chair")

    page = editor.get(post(editor, "decision-archive", decision.pk)["Location"]).content.decode()
    post(editor, "decision-archive", decision.pk, undo="1")

    decision.refresh_from_db()
    assert decision.archived_at is None
    assert "The decision is taken out." in page
    assert reverse("strategy:decision-archive", args=[decision.pk]) in page
    assert not AuditEvent.objects.filter(thing_label__contains="Sam").exists()


def test_ties_that_no_form_offers_stay(team):
    kept, loose = make_action(text="Archived"), make_action(text="Standing")
    Action.objects.filter(pk=kept.pk).update(archived_at=NOW)
    retired = Indicator.objects.create(code="old", name="Old", is_archived=True)
    area = make_area_for_improvement(action=kept)
    AreaAction.objects.create(area=area, action=loose)
    area.indicator_links.create(indicator=retired)

    tie_area(by=team, at=NOW, area=area, actions=[], indicators=[], points=[], stamp=ties_stamp(area))

    assert [link.action for link in area.action_links.all()] == [kept]
    assert area.indicator_links.count() == 1


def board_rows(*boards: Board, **names: str) -> dict[str, tuple[SheetRow, ...]]:
    """The sheet of boards as it stands, with these boards alone; `names`: another name by key."""
    keys = {f"board-{board.pk}" for board in boards}
    rows = [row for row in present_tables()[BOARDS.name] if row.id in keys]
    return {
        BOARDS.name: tuple(
            replace(row, values={**row.values, "name": names.get(row.id, row.values["name"])}) for row in rows
        )
    }


def test_import_keeps_the_former_name_and_the_board_of_the_strategy(team):
    overseer, other = make_board(name="SEND Board"), make_board(name="Forum")
    make_strategy(board=overseer)

    take_tables(by=team, tables=board_rows(overseer, other, **{f"board-{other.pk}": "Parents' Forum"}))
    assert [former.name for former in other.former_names.all()] == ["Forum"]

    with pytest.raises(NotAllowed, match="overseen by it"):
        take_tables(by=team, tables=board_rows(other), archives_missing=True)
    overseer.refresh_from_db()
    assert overseer.archived_at is None
