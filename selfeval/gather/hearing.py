"""What the pages of the SEND team read: rounds with their counts, comments with their answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import AuditEvent, User
from selfeval.domain.rounds import STATE_WORDS, RoundState, groups_of, questions_of, say_touched, touched
from selfeval.gather.heard import election_spans, newest_responses, unanswered
from selfeval.hearing_permissions import can_read_text, is_safeguarding_lead, state_of
from selfeval.models import Comment, CommentState, ConsultationRound, Response, RoundDocument, RoundInvite

HISTORY_LENGTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """A round in the list. `guard`: the election days that it touches, with or without a reason."""

    asked: ConsultationRound
    state: RoundState
    groups: tuple[str, ...]
    comments: int
    unanswered: int
    invited: int
    guard: str = ""

    @property
    def tag(self) -> tuple[str, str]:
        return STATE_WORDS[self.state]


def round_lines() -> tuple[RoundLine, ...]:
    """Five queries, however many there are."""
    today, spans = timezone.localdate(), election_spans()
    said = Counter(Comment.objects.exclude(consultation=None).values_list("consultation_id", flat=True))
    waiting = Counter(unanswered().exclude(consultation=None).values_list("consultation_id", flat=True))
    invited = Counter(RoundInvite.objects.filter(revoked_at=None).values_list("consultation_id", flat=True))
    return tuple(
        RoundLine(
            asked=one,
            state=state_of(one, today),
            groups=groups_of(one.groups),
            comments=said[one.pk],
            unanswered=waiting[one.pk],
            invited=invited[one.pk],
            guard=say_touched(touched(spans, opens_on=one.opens_on, closes_on=one.closes_on)),
        )
        for one in ConsultationRound.objects.select_related("version_asked__self_evaluation", "election_decided_by")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """What came from one group: how many were asked by link, opened it, and how many comments came."""

    name: str
    invited: int
    opened: int
    comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    line: RoundLine
    questions: tuple[str, ...]
    papers: tuple[RoundDocument, ...]
    invites: tuple[RoundInvite, ...]
    groups: tuple[GroupLine, ...]


def round_page(asked: ConsultationRound) -> RoundPage:
    """One round with everything beneath it: six queries."""
    comments = list(Comment.objects.filter(consultation=asked).values_list("group", flat=True))
    invites = tuple(RoundInvite.objects.filter(consultation=asked))
    groups = groups_of(asked.groups)
    names = list(dict.fromkeys([*groups, *(one.group for one in invites), *comments]))
    line = RoundLine(
        asked=asked,
        state=state_of(asked, timezone.localdate()),
        groups=groups,
        comments=len(comments),
        unanswered=unanswered().filter(consultation=asked).count(),
        invited=sum(one.revoked_at is None for one in invites),
        guard=say_touched(touched(election_spans(), opens_on=asked.opens_on, closes_on=asked.closes_on)),
    )
    return RoundPage(
        line=line,
        questions=questions_of(asked.questions),
        papers=tuple(RoundDocument.objects.filter(consultation=asked).select_related("stored")),
        invites=invites,
        groups=tuple(
            GroupLine(
                name=name or "Without a group",
                invited=sum(one.group == name and one.revoked_at is None for one in invites),
                opened=sum(one.group == name and one.opened_at is not None for one in invites),
                comments=comments.count(name),
            )
            for name in names
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """A comment in the list; `text` is empty where this reader may not read it."""

    comment: Comment
    text: str
    tag: tuple[str, str]
    answer: Response | None


def comments_of() -> QuerySet[Comment]:
    rows = Comment.objects.select_related("criterion", "consultation", "organisation", "invite", "author", "logged_by")
    return rows.order_by("-received_at", "-pk")


def readable_by(user: User) -> Q:
    """The comments whose words a search may look into."""
    if Permission.READ_HELD_COMMENTS in user.permissions:
        return Q()
    free = Q(has_harm=False) & (~Q(state=CommentState.HELD) | Q(logged_by=user))
    return free | Q(has_harm=True, passed_on_to=user)


def comment_lines(user: User, comments: list[Comment]) -> tuple[CommentLine, ...]:
    """Two queries for a page of them."""
    answers = {one.comment_id: one for one in newest_responses().filter(comment__in=comments)}
    lead = is_safeguarding_lead(user)
    return tuple(
        CommentLine(
            comment=one,
            text=one.text if can_read_text(user, one, is_lead=lead) else "",
            tag=tag_of(one, answers.get(one.pk)),
            answer=answers.get(one.pk),
        )
        for one in comments
    )


def tag_of(comment: Comment, answer: Response | None) -> tuple[str, str]:
    """Where a comment stands, as a word and a colour."""
    if comment.state == CommentState.WITHDRAWN:
        return "Withdrawn", "grey"
    if comment.has_harm:
        if comment.passed_on_at is None:
            return "Nobody has it", "red"
        return ("Acknowledged", "green") if comment.acknowledged_at else ("Passed on", "blue")
    if answer is not None:
        return answer.get_decision_display(), "green"
    if comment.state == CommentState.HELD:
        return "Held", "yellow"
    return "No answer yet", "orange"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPage:
    comment: Comment
    tag: tuple[str, str]
    answers: tuple[Response, ...]
    history: tuple[AuditEvent, ...]


def comment_page(comment: Comment) -> CommentPage:
    """One comment with its answers, the newest first, and what was done with it: two queries."""
    answers = tuple(Response.objects.filter(comment=comment).select_related("by"))
    events = AuditEvent.objects.filter(thing_type=Comment._meta.label_lower, thing_id=str(comment.pk))
    return CommentPage(
        comment=comment,
        tag=tag_of(comment, answers[0] if answers else None),
        answers=answers,
        history=tuple(events[:HISTORY_LENGTH]),
    )
