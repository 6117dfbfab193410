"""What a page of the short service reads: a version as it was frozen, the rounds, one's own words and their answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from framework.models import Criterion
from selfeval.domain.published import Document
from selfeval.domain.published_json import UnreadableDocument, from_json
from selfeval.domain.reading import Chapter, chapter_of, chapter_of_text
from selfeval.domain.rounds import STATE_WORDS, RoundState, questions_of
from selfeval.doors import Door
from selfeval.gather.heard import SaidRow, newest_responses, said_and_done
from selfeval.hearing_permissions import state_of
from selfeval.models import Comment, CommentState, ConsultationRound, PublishedVersion, Response, RoundDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A version with its document."""

    version: PublishedVersion
    document: Document

    @property
    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """(code, title, text) of everything that is not about one criterion and says something."""
        document = self.document
        found = [("journey", "The journey since the last inspection", document.journey)]
        found.append(("capacity", "How able we are to improve", document.capacity_to_improve))
        found += [(one.code, one.title, one.text) for one in document.sections]
        found += [(f"lens-{one.code}", one.title, one.text) for one in document.lenses]
        return tuple((code.lower(), title, text) for code, title, text in found if text.strip())

    def chapter(self, code: str) -> Chapter:
        """A criterion or a part by its code; what is not in this version does not exist."""
        criterion = self.document.criterion(code)
        if criterion is not None:
            return chapter_of(self.document, criterion)
        for key, title, text in self.parts:
            if key == code:
                return chapter_of_text(self.document, code, title, text)
        raise Http404


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """Somebody's own comment, where it stands in words, and the answer. `tag` is a word and a colour."""

    comment: Comment
    tag: tuple[str, str]
    sentence: str
    answer: Response | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRound:
    """A round for a reader: open or closed, its questions and papers."""

    asked: ConsultationRound
    state: RoundState
    questions: tuple[str, ...]
    papers: tuple[RoundDocument, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state is RoundState.OPEN

    @property
    def tag(self) -> tuple[str, str]:
        return STATE_WORDS[self.state]

    @property
    def days_left(self) -> int:
        return (self.asked.closes_on - timezone.localdate()).days


def frozen_of(door: Door, pk: int) -> Frozen:
    """A version that this reader may open; one query. A document that can't be read does not exist for readers."""
    version = door.versions().filter(pk=pk).first()
    if version is None:
        raise Http404
    try:
        return Frozen(version=version, document=from_json(version.document))
    except UnreadableDocument as refused:
        raise Http404 from refused


def criterion_of(frozen: Frozen, code: str) -> Criterion | None:
    """The criterion of the rulebook that a chapter is about."""
    return Criterion.objects.filter(framework=frozen.version.self_evaluation.framework, code=code).first()


def rounds_of(door: Door, version: PublishedVersion | None = None) -> tuple[AskedRound, ...]:
    """The rounds that a reader is asked in, those that are open first."""
    rounds = door.rounds().select_related("version_asked__self_evaluation")
    if version is not None:
        rounds = rounds.filter(version_asked=version)
    found = [asked_round(one) for one in rounds.order_by("closes_on", "pk")]
    return tuple(sorted(found, key=lambda one: not one.is_open))


def asked_round(asked: ConsultationRound, *, has_papers: bool = False) -> AskedRound:
    papers = RoundDocument.objects.filter(consultation=asked).select_related("stored") if has_papers else ()
    return AskedRound(
        asked=asked,
        state=state_of(asked, timezone.localdate()),
        questions=questions_of(asked.questions),
        papers=tuple(papers),
    )


def own_words(door: Door) -> tuple[OwnWords, ...]:
    """What this reader said, the newest first: two queries."""
    comments = list(door.own_comments().select_related("criterion", "version__self_evaluation", "consultation"))
    answers = {one.comment_id: one for one in newest_responses().filter(comment__in=comments)}
    return tuple(_own(comment, answers.get(comment.pk)) for comment in comments)


def _own(comment: Comment, answer: Response | None) -> OwnWords:
    if comment.state == CommentState.WITHDRAWN:
        return OwnWords(comment=comment, tag=("Taken back", "grey"), sentence="It counts no more.", answer=None)
    if comment.has_harm:
        return OwnWords(
            comment=comment,
            tag=("Passed on", "blue"),
            sentence="Somebody who looks after children's safety reads it. It is not shown to anybody else.",
            answer=None,
        )
    if answer is not None:
        return OwnWords(comment=comment, tag=_answer_tag(answer), sentence="", answer=answer)
    if comment.state == CommentState.HELD:
        return OwnWords(
            comment=comment,
            tag=("Being looked at", "yellow"),
            sentence="It may name a child, so one person reads it first. Nothing of it is lost.",
            answer=None,
        )
    return OwnWords(comment=comment, tag=("Received", "blue"), sentence="Every comment gets an answer.", answer=None)


def _answer_tag(answer: Response) -> tuple[str, str]:
    colours = {"accepted": "green", "noted": "blue", "not_accepted": "orange"}
    return answer.get_decision_display(), colours[answer.decision]


def came_of_it(door: Door) -> tuple[SaidRow, ...]:
    """The public answers on every cycle whose versions this reader may open."""
    cycles = {version.self_evaluation for version in door.versions()}
    return tuple(row for cycle in sorted(cycles, key=lambda one: -one.pk) for row in said_and_done(cycle))


def criteria_of(rows: Iterable[SaidRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.about for row in rows))
