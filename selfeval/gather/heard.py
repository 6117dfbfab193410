"""What was heard, for whoever prints it: only what may be printed. And the facts behind the findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from selfeval.domain.hearing import ANSWERED_WITHIN_DAYS, DisclosureFact, HearingFacts, RoundFact
from selfeval.domain.rounds import RoundState, Span, say_touched, state_on, touched
from selfeval.models import (
    Comment,
    CommentState,
    ConsultationActivity,
    ConsultationRound,
    ElectionPeriod,
    Response,
    SelfEvaluation,
    Voice,
)

# A comment that may tell of harm is answered by people, not on a page.
WANTS_ANSWER = (CommentState.RECEIVED, CommentState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """You said, we did: one public answer. `who` is the group, never a name of a person."""

    comment: int
    about: str
    about_code: str
    who: str
    said: str
    decision: str
    decision_words: str
    answer: str
    what_changed: str
    answered_on: date
    round_title: str = ""
    is_synthetic: bool = False


def said_and_done(cycle: SelfEvaluation) -> tuple[SaidRow, ...]:
    """The newest answer to each comment on any version of the cycle, where that answer is public: one query."""
    rows = newest_responses().filter(comment__version__self_evaluation=cycle, is_public=True)
    rows = rows.exclude(comment__state__in=(CommentState.PASSED_ON, CommentState.WITHDRAWN))
    return tuple(
        SaidRow(
            comment=row.comment_id,
            about=str(row.comment.criterion) if row.comment.criterion else "In general",
            about_code=row.comment.criterion.code if row.comment.criterion else "",
            who=row.comment.group or "Somebody who read it",
            said=row.said,
            decision=row.decision,
            decision_words=row.get_decision_display(),
            answer=row.text,
            what_changed=row.what_changed,
            answered_on=timezone.localdate(row.at),
            round_title=row.comment.consultation.title if row.comment.consultation else "",
            is_synthetic=row.comment.is_synthetic,
        )
        for row in rows.select_related("comment__criterion", "comment__consultation").order_by(
            "comment__criterion__order", "comment_id"
        )
    )


def newest_responses() -> QuerySet[Response]:
    """The answer that stands for each comment: a newer one takes the place of the older."""
    newer = Response.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    return Response.objects.filter(~Exists(newer))


def publishable_voices(cycle: SelfEvaluation) -> QuerySet[Voice]:
    """The words that a version may print: consent given, checked by a second person, not put away."""
    checked = Voice.objects.filter(self_evaluation=cycle, archived_at=None, checked_at__isnull=False)
    return checked.exclude(consent="").prefetch_related("criteria").order_by("heard_on", "pk")


def activities_of(cycle: SelfEvaluation) -> QuerySet[ConsultationActivity]:
    """What was done to hear people, the oldest first."""
    rows = ConsultationActivity.objects.filter(self_evaluation=cycle, archived_at=None)
    return rows.select_related("evidence").prefetch_related("criteria").order_by("held_on", "pk")


def election_spans() -> tuple[Span, ...]:
    return tuple(
        Span(name=one.name, from_on=one.from_on, to_on=one.to_on) for one in ElectionPeriod.objects.order_by("from_on")
    )


def unanswered() -> QuerySet[Comment]:
    """Comments that still want an answer: received or held, and nobody has answered."""
    answers = Response.objects.filter(comment=OuterRef("pk"))
    return Comment.objects.filter(~Exists(answers), state__in=WANTS_ANSWER)


def hearing_facts(at: datetime) -> HearingFacts:
    """Seven queries, however much was said."""
    today = timezone.localdate(at)
    open_ones = unanswered()
    closed = Q(consultation__closes_on__lt=today) | Q(consultation__closed_early_at__isnull=False)
    late = open_ones.filter(received_at__lt=at - timedelta(days=ANSWERED_WITHIN_DAYS), state=CommentState.RECEIVED)
    return HearingFacts(
        at=at,
        rounds=tuple(_rounds(today)),
        disclosures=tuple(_disclosures()),
        waiting=late.exclude(closed).count(),
        held=Comment.objects.filter(state=CommentState.HELD, decided_at=None, has_harm=False).count(),
        unchecked_voices=Voice.objects.filter(archived_at=None, checked_at=None).count(),
        comments_url=f"{reverse('selfeval:comment-list')}?state=unanswered",
        held_url=f"{reverse('selfeval:comment-list')}?state=held",
        voices_url=reverse("selfeval:voice-list"),
    )


def _rounds(today: date) -> Iterable[RoundFact]:
    spans = election_spans()
    open_ones, said = dict(_by_round(unanswered())), dict(_by_round(Comment.objects.all()))
    for one in ConsultationRound.objects.all():
        state = state_on(
            today, opens_on=one.opens_on, closes_on=one.closes_on, is_closed_early=one.closed_early_at is not None
        )
        near = touched(spans, opens_on=one.opens_on, closes_on=one.closes_on)
        yield RoundFact(
            title=one.title,
            url=reverse("selfeval:round-show", args=[one.pk]),
            closes_on=one.closes_on,
            is_closed=state is RoundState.CLOSED,
            is_open=state is RoundState.OPEN,
            comments=said.get(one.pk, 0),
            unanswered=open_ones.get(one.pk, 0),
            guard="" if one.election_reason else say_touched(near),
        )


def _by_round(comments: QuerySet[Comment]) -> Iterable[tuple[int, int]]:
    rows = comments.filter(consultation__isnull=False).order_by().values("consultation")
    return rows.annotate(count=Count("pk")).values_list("consultation", "count")


def _disclosures() -> Iterable[DisclosureFact]:
    for one in Comment.objects.filter(has_harm=True).exclude(state=CommentState.WITHDRAWN):
        yield DisclosureFact(
            url=reverse("selfeval:disclosure-show", args=[one.pk]),
            received_at=one.received_at,
            passed_on_at=one.passed_on_at,
            acknowledged_at=one.acknowledged_at,
        )
