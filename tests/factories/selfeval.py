"""Cycles, judgements, partners' views, frozen versions and what is said of them."""

from datetime import UTC, date, datetime

from accounts.models import Organisation, User
from framework.models import Criterion, Framework
from selfeval.models import (
    AreaForDevelopment,
    Comment,
    ConsultationRound,
    DataGap,
    Evaluation,
    LensChapter,
    PartnerView,
    PositionStatement,
    PublishedVersion,
    ScaleGrade,
    Section,
    SelfEvaluation,
    Strength,
    SystemLead,
    VersionKind,
)
from tests.factories.criteria import make_criterion
from tests.factories.framework import make_framework

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def make_self_evaluation(
    *,
    title: str = "Self-evaluation 2026",
    framework: Framework | None = None,
    is_current: bool = True,
    started_on: date = date(2026, 9, 1),
    **fields: object,
) -> SelfEvaluation:
    """A cycle; without a framework it stands on the made-up rulebook."""
    framework = framework or Framework.objects.filter(is_current=True).first() or make_framework()
    return SelfEvaluation.objects.create(
        title=title, framework=framework, is_current=is_current, started_on=started_on, **fields
    )


def make_section(*, cycle: SelfEvaluation, code: str = "data", title: str = "Data", **fields: object) -> Section:
    return Section.objects.create(self_evaluation=cycle, code=code, title=title, **fields)


def make_lens_chapter(*, cycle: SelfEvaluation, lens, text: str = "") -> LensChapter:
    return LensChapter.objects.create(self_evaluation=cycle, lens=lens, text=text)


def make_data_gap(*, cycle: SelfEvaluation, text: str = "Waits by month", **fields: object) -> DataGap:
    return DataGap.objects.create(self_evaluation=cycle, text=text, **fields)


def make_evaluation(
    *, cycle: SelfEvaluation | None = None, criterion: Criterion | None = None, **fields: object
) -> Evaluation:
    """What is said of one criterion; without one, of a made-up A1."""
    cycle = cycle or SelfEvaluation.objects.filter(is_current=True).first() or make_self_evaluation()
    criterion = criterion or make_criterion(framework=cycle.framework)
    return Evaluation.objects.create(self_evaluation=cycle, criterion=criterion, **fields)


def make_system_lead(
    *, evaluation: Evaluation, user: User, from_on: date = date(2026, 9, 1), to_on: date | None = None
) -> SystemLead:
    return SystemLead.objects.create(
        self_evaluation=evaluation.self_evaluation,
        criterion=evaluation.criterion,
        user=user,
        from_on=from_on,
        to_on=to_on,
    )


def make_scale_grade(*, label: str = "Developing", order: int = 1, **fields: object) -> ScaleGrade:
    return ScaleGrade.objects.create(label=label, order=order, **fields)


def make_strength(*, evaluation: Evaluation, text: str = "Drop-ins each week", **fields: object) -> Strength:
    return Strength.objects.create(evaluation=evaluation, text=text, **fields)


def make_area_for_development(
    *, evaluation: Evaluation, text: str = "Reviews are late", **fields: object
) -> AreaForDevelopment:
    return AreaForDevelopment.objects.create(evaluation=evaluation, text=text, **fields)


def make_position_statement(
    *, area: AreaForDevelopment, text: str = "Still late.", as_at_on: date = date(2026, 10, 1), by: User | None = None
) -> PositionStatement:
    return PositionStatement.objects.create(area=area, text=text, as_at_on=as_at_on, by=by, at=AT)


def make_partner_view(*, evaluation: Evaluation, organisation: Organisation, **fields: object) -> PartnerView:
    return PartnerView.objects.create(evaluation=evaluation, organisation=organisation, **fields)


def make_published_version(
    *,
    cycle: SelfEvaluation,
    by: User,
    kind: str = VersionKind.CONSULTATION,
    number: int = 1,
    document: dict[str, object] | None = None,
    **fields: object,
) -> PublishedVersion:
    return PublishedVersion.objects.create(
        self_evaluation=cycle,
        kind=kind,
        number=number,
        document=document or {"title": cycle.title},
        sha256="0" * 64,
        frozen_by=by,
        frozen_at=AT,
        **fields,
    )


def make_round(
    *,
    version: PublishedVersion,
    by: User,
    title: str = "What do you think?",
    opens_on: date = date(2026, 11, 1),
    closes_on: date = date(2026, 12, 31),
    **fields: object,
) -> ConsultationRound:
    return ConsultationRound.objects.create(
        version_asked=version,
        title=title,
        opens_on=opens_on,
        closes_on=closes_on,
        created_by=by,
        created_at=AT,
        **fields,
    )


def make_comment(
    *, version: PublishedVersion, text: str = "The waits are too long.", author: User | None = None, **fields: object
) -> Comment:
    return Comment.objects.create(
        version=version,
        text=text,
        author=author,
        author_name=author.name if author else "A parent",
        received_at=AT,
        **fields,
    )
