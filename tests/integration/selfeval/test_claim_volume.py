"""Ten years of work: the number of queries stays what it is, however much lies in the log."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import LocalArea
from evidence.models import Evidence, EvidenceKind, EvidenceRevision, PointLink
from framework.models import CriterionPoint
from selfeval.citing import rebuild_citations
from selfeval.models import SelfEvaluation
from tests.factories.accounts import make_area, make_organisation, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.framework import make_framework
from tests.factories.indicators import make_indicator, make_local_area, make_observation, make_release
from tests.factories.selfeval import AT, make_evaluation, make_self_evaluation

pytestmark = pytest.mark.django_db
PARTNERS = 6


def fill(*, items: int, links: int, cycles: int) -> None:
    """A log and cycles of a size: items of every kind from six partners, each linked to some of 48 points."""
    make_area()
    LocalArea.objects.update(la_code="901")
    framework = make_framework()
    criteria = [make_criterion(framework=framework, code=f"C{n}", order=n) for n in range(11)]
    points = [make_point(criterion=criteria[n % 11], code=f"C{n % 11}.{n // 11 + 1}", order=n) for n in range(48)]
    release, area = make_release(), make_local_area()
    for n in range(8):
        indicator = make_indicator(code=f"figure-{n}")
        for year in (2023, 2024):
            make_observation(indicator=indicator, area=area, release=release, year=year, value=n + year % 7)
    partners = [make_organisation(name=f"Partner {n}") for n in range(PARTNERS)]
    kinds = EvidenceKind.values
    Evidence.objects.bulk_create(
        Evidence(
            number=n + 1,
            kind=kinds[n % len(kinds)],
            organisation=partners[n % PARTNERS],
            title=f"Item {n}",
            covers_to_on=date(2020 + n % 7, 1, 1),
            added_at=AT,
            changed_at=AT,
        )
        for n in range(items)
    )
    rows = list(Evidence.objects.order_by("number"))
    EvidenceRevision.objects.bulk_create(
        EvidenceRevision(evidence=row, number=1, state="approved", made_at=AT, changed_at=AT, decided_at=AT)
        for row in rows
    )
    each = max(1, links // items)
    PointLink.objects.bulk_create(
        PointLink(evidence=row, point=points[(row.number * 7 + step) % 48], relevance="Says so.", added_at=AT)
        for row in rows
        for step in range(each)
    )
    for year in range(cycles):
        cycle = make_self_evaluation(
            title=f"Cycle {year}",
            framework=framework,
            is_current=year == cycles - 1,
            started_on=date(2021 + year, 9, 1),
        )
        for n, criterion in enumerate(criteria):
            text = " ".join(f"Sentence {m} says much [E{m + n + 1}] and [F:figure-{m % 8}]." for m in range(5))
            evaluation = make_evaluation(cycle=cycle, criterion=criterion, know=text, meaning="So it is.")
            rebuild_citations(holder=evaluation, at=AT)


PAGES = [
    pytest.param("selfeval:ice-list", 31, id="thin ice"),
    pytest.param("selfeval:claim-list", 31, id="claims"),
    pytest.param("selfeval:coverage-show", 16, id="coverage"),
]


@pytest.mark.parametrize(("name", "most"), PAGES)
@pytest.mark.parametrize(
    "size",
    [
        pytest.param({"items": 20, "links": 40, "cycles": 1}, id="a beginning"),
        pytest.param({"items": 2000, "links": 20_000, "cycles": 5}, id="ten years"),
    ],
)
def test_queries_stay_what_they_are(client, django_assert_max_num_queries, name, most, size):
    fill(**size)
    client.force_login(make_user(Role.LANO))

    with django_assert_max_num_queries(most):
        answer = client.get(reverse(name))

    assert len(answer.content) < 100_000
    assert SelfEvaluation.objects.count() == size["cycles"]
    assert CriterionPoint.objects.count() == 48
