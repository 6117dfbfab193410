"""Citations follow the text that they stand in."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.domain.roles import Role
from accounts.models import LocalArea
from indicators.models import Observation
from selfeval.citing import rebuild_citations
from selfeval.models import (
    AreaForDevelopment,
    Citation,
    CitationKind,
    Evaluation,
    PositionStatement,
    Section,
    SelfEvaluation,
    Strength,
)
from tests.factories.accounts import make_area, make_user
from tests.factories.criteria import make_criterion
from tests.factories.evidence import make_approved
from tests.factories.framework import make_framework
from tests.factories.indicators import make_indicator, make_local_area, make_observation, make_release

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=3)


@pytest.fixture
def evaluation() -> Evaluation:
    make_area()
    LocalArea.objects.update(la_code="901")
    framework = make_framework()
    cycle = SelfEvaluation.objects.create(title="2026", framework=framework, started_on=date(2026, 9, 1))
    return Evaluation.objects.create(self_evaluation=cycle, criterion=make_criterion(framework=framework))


@pytest.fixture
def figure() -> Observation:
    return make_observation(
        indicator=make_indicator(), area=make_local_area(), release=make_release(), year=2024, value="97.5"
    )


def write(evaluation: Evaluation, **texts: str) -> None:
    for name, text in texts.items():
        setattr(evaluation, name, text)
    evaluation.save()


def test_markers_become_citations_with_their_sentence(evaluation: Evaluation, figure: Observation):
    evidence = make_approved(by=make_user(Role.LANO))
    write(evaluation, know=f"Plans come in time [{evidence.code}].", meaning="So [F:plans-within-20-weeks] of them.")

    first, second = rebuild_citations(holder=evaluation, at=AT)

    assert (first.field, first.kind, first.evidence, first.sentence) == (
        "know",
        CitationKind.EVIDENCE,
        evidence,
        "Plans come in time.",
    )
    assert (second.indicator, second.period_label, second.value_when_cited, second.cited_at) == (
        figure.indicator,
        "2024",
        Decimal("97.5"),
        AT,
    )


def test_a_marker_that_stays_keeps_its_value_and_its_day(evaluation: Evaluation, figure: Observation):
    write(evaluation, know="[F:plans-within-20-weeks] of plans.")
    rebuild_citations(holder=evaluation, at=AT)
    Observation.objects.filter(pk=figure.pk).update(value=Decimal(90))
    write(evaluation, know="", meaning="Written anew: [F:plans-within-20-weeks] of plans come in time.")

    (citation,) = rebuild_citations(holder=evaluation, at=LATER)

    assert (citation.field, citation.value_when_cited, citation.cited_at) == ("meaning", Decimal("97.5"), AT)


def test_a_marker_that_comes_back_is_cited_anew(evaluation: Evaluation, figure: Observation):
    write(evaluation, know="[F:plans-within-20-weeks] of plans.")
    rebuild_citations(holder=evaluation, at=AT)
    write(evaluation, know="Nothing.")
    rebuild_citations(holder=evaluation, at=AT)
    write(evaluation, know="[F:plans-within-20-weeks] of plans.")

    (citation,) = rebuild_citations(holder=evaluation, at=LATER)

    assert citation.cited_at == LATER


def test_a_figure_published_after_it_was_cited_is_taken_once(evaluation: Evaluation):
    indicator = make_indicator()
    write(evaluation, know="[F:plans-within-20-weeks] of plans.")
    (empty,) = rebuild_citations(holder=evaluation, at=AT)
    make_observation(indicator=indicator, area=make_local_area(), release=make_release(), symbol="c")

    (taken,) = rebuild_citations(holder=evaluation, at=LATER)

    assert (empty.value_when_cited, empty.symbol) == (None, "")
    assert (taken.symbol, taken.cited_at) == ("c", AT)


def test_a_marker_of_nothing_keeps_its_row(evaluation: Evaluation):
    write(evaluation, know="Plans [E99] and [F:no-such-figure].")

    evidence, figure = rebuild_citations(holder=evaluation, at=AT)

    assert (evidence.marker, evidence.evidence) == ("[E99]", None)
    assert (figure.marker, figure.indicator) == ("[F:no-such-figure]", None)


def test_what_stands_beneath_an_evaluation_is_read(evaluation: Evaluation):
    strength = Strength.objects.create(evaluation=evaluation, text="Strong [E1].")
    Strength.objects.create(evaluation=evaluation, text="Gone [E2].", archived_at=AT)
    area = AreaForDevelopment.objects.create(evaluation=evaluation, text="Late", done="Panel [E3].")
    PositionStatement.objects.create(area=area, as_at_on=date(2026, 1, 1), text="Then [E4].", at=AT)
    PositionStatement.objects.create(area=area, as_at_on=date(2026, 9, 1), text="Now [E5].", at=AT)

    found = rebuild_citations(holder=evaluation, at=AT)

    assert [(row.field, row.marker) for row in found] == [
        (f"strength:{strength.pk}", "[E1]"),
        (f"area:{area.pk}:done", "[E3]"),
        (f"area:{area.pk}:position", "[E5]"),
    ]


def test_holders_keep_apart(evaluation: Evaluation):
    cycle = evaluation.self_evaluation
    section = Section.objects.create(self_evaluation=cycle, code="data", title="Data", text="See [E1].")
    cycle.journey = "See [E1]."
    cycle.save()
    write(evaluation, know="See [E1].")
    for holder in (cycle, section, evaluation):
        rebuild_citations(holder=holder, at=AT)

    write(evaluation, know="See nothing.")
    rebuild_citations(holder=evaluation, at=LATER)

    assert set(Citation.objects.values_list("section", "evaluation")) == {(section.pk, None), (None, None)}


def test_queries_do_not_grow_with_markers(evaluation: Evaluation, figure: Observation, django_assert_max_num_queries):
    write(evaluation, know=" ".join(f"Sentence {n} [E{n + 1}] [F:plans-within-20-weeks]." for n in range(60)))

    with django_assert_max_num_queries(14):
        rebuild_citations(holder=evaluation, at=AT)
