"""Who sees which partner's view (truth table), and disagreement that is shown and never averaged."""

import pytest

from selfeval.domain.blind import Onlooker, ViewFacts, disagreement, is_blind, visible_views

FORUM, ADVICE = 1, 2


def view(organisation: int, *, grade: str = "", is_submitted: bool = True) -> ViewFacts:
    name = {FORUM: "Forum", ADVICE: "Advice"}[organisation]
    return ViewFacts(
        organisation=organisation, name=name, grade=grade, confidence="", text="", is_submitted=is_submitted
    )


def onlooker(organisation: int | None, *, gives: bool = True, moderates: bool = False) -> Onlooker:
    return Onlooker(organisation=organisation, gives_views=gives, is_moderator=moderates)


CASES = [
    pytest.param(onlooker(ADVICE), False, False, True, id="partner without a view of its own"),
    pytest.param(onlooker(ADVICE), True, True, False, id="partner whose view is given"),
    pytest.param(onlooker(None, gives=False), False, False, False, id="reader who gives no views"),
    pytest.param(onlooker(None, gives=False, moderates=True), False, True, False, id="LANO"),
]


@pytest.mark.parametrize(("who", "has_own", "sees_other", "blind"), CASES)
def test_view_of_another_is_seen_once_ones_own_is_given(who, has_own, sees_other, blind):
    views = (view(FORUM), *([view(ADVICE)] if has_own else []))

    shown = {each.name for each in visible_views(views, who, is_open=False)}

    assert ("Forum" in shown) is sees_other
    assert is_blind(views, who, is_open=False) is blind


@pytest.mark.parametrize(("who", "has_own", "sees_other", "blind"), CASES)
def test_open_views_are_seen_by_all(who, has_own, sees_other, blind):
    views = (view(FORUM),)

    assert [each.name for each in visible_views(views, who, is_open=True)] == ["Forum"]
    assert not is_blind(views, who, is_open=True)


def test_draft_of_ones_own_opens_nothing_and_that_of_another_is_never_seen():
    views = (view(FORUM, is_submitted=False), view(ADVICE, is_submitted=False))

    assert [each.name for each in visible_views(views, onlooker(ADVICE), is_open=False)] == ["Advice"]
    assert [each.name for each in visible_views(views, onlooker(ADVICE), is_open=True)] == ["Advice"]


def test_disagreement_names_each_partner_with_its_grade():
    views = (view(FORUM, grade="Weak"), view(ADVICE, grade="Strong"))

    assert disagreement(views) == "Seen differently. Forum: Weak; Advice: Strong."
    assert disagreement(views[:1], own_name="We", own_grade="Strong") == "Seen differently. We: Strong; Forum: Weak."


def test_partners_who_agree_or_give_no_grade_disagree_in_nothing():
    assert disagreement((view(FORUM, grade="Weak"), view(ADVICE, grade="Weak"))) == ""
    assert disagreement((view(FORUM, grade="Weak"), view(ADVICE))) == ""
    assert disagreement((view(FORUM, grade="Weak"), view(ADVICE, grade="Strong", is_submitted=False))) == ""
