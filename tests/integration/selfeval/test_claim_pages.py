"""Thin ice, claims and proof, coverage, words: who reads them, what they say, what they cost."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent, LocalArea
from evidence.models import Evidence, EvidenceKind, PointLink
from indicators.models import Observation
from selfeval.citing import rebuild_citations
from selfeval.models import Citation, ClaimWords, Evaluation
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.evidence import AT, make_approved, make_draft
from tests.factories.indicators import make_indicator, make_local_area, make_observation, make_release
from tests.factories.selfeval import (
    make_evaluation,
    make_partner_view,
    make_scale_grade,
    make_self_evaluation,
    make_system_lead,
)

pytestmark = pytest.mark.django_db
ICE, CLAIMS, COVERAGE, WORDS = (
    reverse(f"selfeval:{name}") for name in ("ice-list", "claim-list", "coverage-show", "word-list")
)


@pytest.fixture
def evaluation() -> Evaluation:
    make_area()
    LocalArea.objects.update(la_code="901")
    cycle = make_self_evaluation()
    criterion = make_criterion(framework=cycle.framework, code="A3", title="Right help at the right time")
    make_point(criterion=criterion, code="A3.1")
    make_point(criterion=criterion, code="A3.2", order=1)
    return make_evaluation(cycle=cycle, criterion=criterion)


@pytest.fixture
def figure() -> Observation:
    indicator, area, release = make_indicator(code="reviews"), make_local_area(), make_release()
    make_observation(indicator=indicator, area=area, release=release, year=2023, value=44)
    return make_observation(indicator=indicator, area=area, release=release, year=2024, value=11)


def page(client, user, url: str) -> str:
    client.force_login(user)
    return " ".join(client.get(url).content.decode().split())


def write(evaluation: Evaluation, **texts: str) -> None:
    for name, text in texts.items():
        setattr(evaluation, name, text)
    evaluation.save()
    rebuild_citations(holder=evaluation, at=AT)


def put_under(evidence: Evidence, code: str) -> None:
    from framework.models import CriterionPoint

    point = CriterionPoint.objects.get(code=code)
    PointLink.objects.create(evidence=evidence, point=point, relevance="Says so.", added_at=AT)


@pytest.mark.parametrize("url", [ICE, CLAIMS, COVERAGE, WORDS])
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.LANO, 200),
        (Role.DIRECTOR, 200),
        (Role.SEND_TEAM, 200),
        (Role.HEALTH_LEAD, 200),
        (Role.DATA_LEAD, 200),
        (Role.SYSTEM_LEAD, 200),
        (Role.PARTNER, 403),
        (Role.MEMBER, 403),
        (Role.LEAD_MEMBER, 403),
        (Role.VIEWER, 403),
        (Role.ADMINISTRATOR, 403),
        (Role.AUDITOR, 403),
    ],
)
def test_only_those_who_read_drafts_or_lead_open_them(client, evaluation, role, expected, url):
    client.force_login(make_user(role))

    assert client.get(url).status_code == expected


@pytest.mark.parametrize("url", [ICE, CLAIMS, COVERAGE])
def test_pages_say_what_to_do_before_there_is_anything(client, url):
    client.force_login(make_user(Role.LANO))

    assert "app-empty" in client.get(url).content.decode()


def test_thin_ice_names_reasons_and_enquiries(client, evaluation, figure):
    lano = make_user(Role.LANO)
    put_under(make_approved(by=lano), "A3.1")
    write(evaluation, know="Reviews improved a great deal [F:reviews]. Everybody is well served here.")

    shown = page(client, lano, ICE)

    assert "Reviews went from 44.0 % (2023) to 11.0 % (2024)" in shown
    assert "1 sentence claims something and cites nothing." in shown
    assert "Nothing lies under point A3.2." in shown
    assert "The published figure on Reviews points the other way." in shown
    assert "ever a script for families" in shown


def test_a_system_lead_gets_its_own_criteria_alone(client, evaluation):
    other = make_evaluation(
        cycle=evaluation.self_evaluation, criterion=make_criterion(framework=evaluation.self_evaluation.framework)
    )
    write(other, know="A secret sentence that cites nothing at all.")
    write(evaluation, know="Our own sentence that cites nothing at all.")
    lead = make_user(Role.SYSTEM_LEAD)
    make_system_lead(evaluation=evaluation, user=lead)

    for url in (ICE, CLAIMS):
        shown = page(client, lead, url)
        assert "A1" not in shown.split("<main", 1)[1]
    assert "Our own sentence" in page(client, lead, CLAIMS)
    assert "secret" not in page(client, lead, CLAIMS)


def test_grades_of_partners_stay_hidden_from_one_who_has_not_given_its_own(client, evaluation):
    strong, weak = make_scale_grade(label="Strong"), make_scale_grade(label="Weak", order=2)
    evaluation.grade = strong
    evaluation.save()
    forum, icb = make_organisation(name="Forum", kind="pcf"), make_organisation(name="ICB", kind="icb")
    make_partner_view(evaluation=evaluation, organisation=forum, grade=weak, submitted_at=AT)
    health = make_user(Role.HEALTH_LEAD, organisation=icb)

    assert "Forum: Weak" in page(client, make_user(Role.LANO), ICE)
    assert "Forum: Weak" not in page(client, health, ICE)
    make_partner_view(evaluation=evaluation, organisation=icb, grade=strong, submitted_at=AT)
    assert "Forum: Weak; ICB: Strong; The partnership: Strong" in page(client, health, ICE)


def test_a_draft_view_of_a_partner_is_shown_to_nobody(client, evaluation):
    weak, strong = make_scale_grade(label="Weak"), make_scale_grade(label="Strong", order=2)
    evaluation.grade = strong
    evaluation.save()
    make_partner_view(evaluation=evaluation, organisation=make_organisation(name="Forum", kind="pcf"), grade=weak)

    assert "Forum" not in page(client, make_user(Role.LANO), ICE).split("<main", 1)[1]


def test_claims_page_finds_each_kind(client, evaluation, figure):
    lano = make_user(Role.LANO)
    withdrawn, unused = make_approved(by=lano, title="Gone"), make_approved(by=lano, title="Unused")
    old = make_approved(by=lano, title="Old", review_by_on=date(2025, 1, 1))
    put_under(unused, "A3.1")
    write(
        evaluation,
        know=f"Gone [{withdrawn.code}]. Old [{old.code}]. Reviews stand at [F:reviews]. Nobody says why this is.",
    )
    Evidence.objects.filter(pk=withdrawn.pk).update(archived_at=AT)
    Observation.objects.filter(pk=figure.pk).update(value=Decimal(12))

    shown = page(client, lano, CLAIMS)

    assert f"A3: {withdrawn.code} Gone is cited and was withdrawn." in shown
    assert f"A3: {old.code} Old was to be reviewed by 1 January 2025." in shown
    assert "A3: Reviews: 11.0 % (2024) was cited, and that figure was revised to 12.0 %." in shown
    assert "What do we know?: “Nobody says why this is.”" in shown
    assert f"A3: {unused.code} lies under it, and no sentence says what it shows." in shown


def test_saying_that_it_holds_counts_from_there(client, evaluation, figure):
    lano = make_user(Role.LANO)
    write(evaluation, know="Reviews stand at [F:reviews] today.")
    Observation.objects.filter(pk=figure.pk).update(value=Decimal(12))
    citation = Citation.objects.get()
    client.force_login(lano)

    answer = client.post(reverse("selfeval:citation-confirm", args=[citation.pk]), follow=True)

    citation.refresh_from_db()
    assert citation.value_when_cited == Decimal(12)
    assert "was revised" not in answer.content.decode()
    assert AuditEvent.objects.filter(action="citation.confirmed", actor_id=lano.pk).exists()


@pytest.mark.parametrize(
    ("role", "expected"), [(Role.DIRECTOR, 302), (Role.SYSTEM_LEAD, 404), (Role.MEMBER, 403), (Role.PARTNER, 403)]
)
def test_who_may_not_write_confirms_nothing(client, evaluation, figure, role, expected):
    write(evaluation, know="Reviews stand at [F:reviews] today.")
    Observation.objects.filter(pk=figure.pk).update(value=Decimal(12))
    citation = Citation.objects.get()
    client.force_login(make_user(role))

    answer = client.post(reverse("selfeval:citation-confirm", args=[citation.pk]))

    citation.refresh_from_db()
    assert answer.status_code == expected
    assert citation.value_when_cited == Decimal(11)


def test_coverage_counts_approved_items_and_opens_them(client, evaluation):
    lano = make_user(Role.LANO)
    forum = make_organisation(name="Parent Carer Forum", kind="pcf")
    put_under(make_approved(by=lano, title="Heard", organisation=forum), "A3.1")
    put_under(make_approved(by=lano, title="Seen", kind=EvidenceKind.CASE_STUDY), "A3.1")
    put_under(make_draft(by=lano, title="Waits", kind=EvidenceKind.CASE_STUDY).evidence, "A3.1")
    client.force_login(lano)

    answer = client.get(COVERAGE)
    shown = " ".join(answer.content.decode().split())

    (criterion,) = answer.context["grid"].criteria
    first, second = criterion.rows
    assert {cell.name: (cell.count, cell.waiting) for cell in first.cells if cell.url} == {
        "Lived experience": (1, 0),
        "Case study": (1, 1),
    }
    assert second.lacks == ("nothing yet",)
    url = first.cells[0].url
    assert f'href="{url}"'.replace("&", "&amp;") in shown
    assert [row.evidence.title for row in client.get(url).context["rows"]] == ["Heard"]


def test_coverage_by_partner_leads_to_that_partners_items(client, evaluation):
    lano = make_user(Role.LANO)
    forum = make_organisation(name="Parent Carer Forum", kind="pcf")
    put_under(make_approved(by=lano, title="Heard", organisation=forum), "A3.1")
    put_under(make_approved(by=lano, title="Ours"), "A3.1")
    client.force_login(lano)

    row = client.get(COVERAGE, {"by": "partner"}).context["grid"].criteria[0].rows[0]

    found = {cell.name: [one.evidence.title for one in client.get(cell.url).context["rows"]] for cell in row.cells}
    assert found == {"Parent Carer Forum": ["Heard"], "The partnership": ["Ours"]}


@pytest.mark.parametrize(
    ("asked", "points"),
    [
        pytest.param({}, ["A3.1", "A3.2"], id="everything"),
        pytest.param({"only": "bare"}, ["A3.2"], id="bare"),
        pytest.param({"criterion": "A3", "only": "unheard"}, ["A3.2"], id="unheard"),
        pytest.param({"kind": "case_study", "only": "bare"}, ["A3.1", "A3.2"], id="of one kind"),
        pytest.param({"only": "nonsense", "partner": "Nobody"}, ["A3.1", "A3.2"], id="what nobody knows is left aside"),
    ],
)
def test_coverage_shows_what_is_asked_for(client, evaluation, asked, points):
    lano = make_user(Role.LANO)
    put_under(make_approved(by=lano), "A3.1")
    client.force_login(lano)

    grid = client.get(COVERAGE, asked).context["grid"]

    assert [row.code for criterion in grid.criteria for row in criterion.rows] == points


def test_words_are_changed_by_the_team_and_count_at_once(client, evaluation, figure):
    write(evaluation, know="Reviews blossomed [F:reviews] last year.")
    client.force_login(make_user(Role.SEND_TEAM))
    assert "blossomed”. Reviews" not in client.get(CLAIMS).content.decode()

    client.post(reverse("selfeval:word-edit", args=["better"]), {"lines": "blossom*", "version": 0})

    assert "says “blossomed”" in client.get(CLAIMS).content.decode()
    client.post(reverse("selfeval:word-edit", args=["better"]), {"reset": "1"})
    assert not ClaimWords.objects.exists()


def test_a_list_that_can_decide_nothing_is_sent_back(client, evaluation):
    client.force_login(make_user(Role.LANO))

    answer = client.post(reverse("selfeval:word-edit", args=["better"]), {"lines": "im*prove", "version": 0})

    assert answer.status_code == 400
    assert "put the * at the end of a word" in answer.content.decode()


def test_two_who_change_a_list_lose_neither_text(client, evaluation):
    client.force_login(make_user(Role.LANO))
    url = reverse("selfeval:word-edit", args=["better"])
    client.post(url, {"lines": "first text", "version": 0})

    answer = client.post(url, {"lines": "second text", "version": 0})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "first text" in shown
    assert "second text" in shown
    assert ClaimWords.objects.get().lines == "first text"


@pytest.mark.parametrize("role", [Role.SYSTEM_LEAD, Role.DIRECTOR, Role.MEMBER])
def test_others_change_no_list(client, evaluation, role):
    client.force_login(make_user(role))

    assert client.get(reverse("selfeval:word-edit", args=["better"])).status_code == 403
