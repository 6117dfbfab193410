"""What becomes of a comment: answered, held, set free, passed on, acknowledged, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from selfeval.domain.holds import look, reason_of
from selfeval.gather.holds import lists_in_force
from selfeval.hearing_permissions import check_can_answer, check_can_read_text, check_can_run, is_safeguarding_lead
from selfeval.models import Comment, CommentState, Decision, Response
from selfeval.passing_on import pass_to_lead


class Incomplete(Exception):
    """What is missing in an answer, by field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`said`: the comment in our own words, without names; only that is shown to others, and only if public."""

    decision: Decision
    text: str
    said: str = ""
    what_changed: str = ""
    is_public: bool = False


def answer_comment(*, by: User, at: datetime, comment: Comment, answer: Answer) -> Response:
    """Raises Incomplete where an answer lacks what it must say. A newer answer takes the place of the older."""
    with transaction.atomic():
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        check_can_answer(by, row)
        _check_whole(answer)
        response = Response.objects.create(
            comment=row,
            decision=answer.decision,
            said=answer.said,
            text=answer.text,
            what_changed=answer.what_changed,
            is_public=answer.is_public,
            by=by,
            at=at,
        )
        record(by=by, at=at, action="comment.answered", thing=row, text=f"{answer.decision.label}.")
        return response


def _check_whole(answer: Answer) -> None:
    if not answer.text:
        raise Incomplete("text", "Write an answer: people read it.")
    if answer.decision is Decision.ACCEPTED and not answer.what_changed:
        raise Incomplete("what_changed", "Say what changed, or what will: accepted alone tells nobody anything.")
    if answer.is_public and not answer.said:
        raise Incomplete("said", "Say in your own words what was said: only that is shown to others.")
    if answer.is_public:
        seen = look("\n".join((answer.said, answer.text, answer.what_changed)), lists_in_force())
        if seen.child:
            raise Incomplete("said", f"{reason_of(seen)} Change the words, or keep the answer between you and them.")


def hold_comment(*, by: User, at: datetime, comment: Comment, reason: str) -> Comment:
    """Takes a comment out of sight because a person saw what the lists did not."""
    check_can_run(by)
    with transaction.atomic():
        row = _locked(comment, CommentState.RECEIVED)
        row.state, row.has_name, row.held_reason = CommentState.HELD, True, reason
        row.decided_by, row.decided_at = None, None
        row.save()
        Response.objects.filter(comment=row).update(is_public=False)
        record(by=by, at=at, action="comment.held", thing=row)
        return row


def release_comment(*, by: User, at: datetime, comment: Comment) -> Comment:
    """A person has read it: it names no child. Its words stay as they were written."""
    check_permission(by, Permission.READ_HELD_COMMENTS)
    with transaction.atomic():
        row = _locked(comment, CommentState.HELD)
        if row.has_harm:
            raise NotAllowed("It may tell of harm. Pass it on; the safeguarding lead gives it back if it does not.")
        row.state, row.has_name = CommentState.RECEIVED, False
        row.decided_by, row.decided_at = by, at
        row.save()
        record(by=by, at=at, action="comment.released", thing=row)
        return row


def keep_held(*, by: User, at: datetime, comment: Comment) -> Comment:
    """A person has read it, and it does name a child: it stays closed, and can still be answered."""
    check_permission(by, Permission.READ_HELD_COMMENTS)
    with transaction.atomic():
        row = _locked(comment, CommentState.HELD)
        row.decided_by, row.decided_at = by, at
        row.save()
        record(by=by, at=at, action="comment.kept-held", thing=row)
        return row


def pass_on(*, by: User, at: datetime, comment: Comment) -> Comment:
    """To the safeguarding lead, also when no list saw anything. Raises NotAllowed where nobody is named."""
    check_can_run(by)
    with transaction.atomic():
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        if row.state in {CommentState.PASSED_ON, CommentState.WITHDRAWN}:
            raise NotAllowed(f"It is {row.get_state_display().lower()} already.")
        row.has_harm, row.state = True, CommentState.HELD
        row.held_reason = row.held_reason or "A person thought that it may tell of harm."
        row.decided_by, row.decided_at = by, at
        row.save()
        Response.objects.filter(comment=row).update(is_public=False)
        record(by=by, at=at, action="comment.thought-harm", thing=row)
        pass_to_lead(row, at)
        return row


def acknowledge(*, by: User, at: datetime, comment: Comment) -> Comment:
    """The safeguarding lead says that it arrived and is seen to."""
    with transaction.atomic():
        row = _locked(comment, CommentState.PASSED_ON)
        _check_lead(by, row)
        if row.acknowledged_at is None:
            row.acknowledged_by, row.acknowledged_at = by, at
            row.save()
            record(by=by, at=at, action="comment.acknowledged", thing=row)
        return row


def give_back(*, by: User, at: datetime, comment: Comment) -> Comment:
    """The lead has read it and it tells of no harm: it goes back to those who answer, held if it may name a child."""
    with transaction.atomic():
        row = _locked(comment, CommentState.PASSED_ON)
        _check_lead(by, row)
        row.acknowledged_by, row.acknowledged_at = row.acknowledged_by or by, row.acknowledged_at or at
        row.has_harm = False
        row.state = CommentState.HELD if row.has_name else CommentState.RECEIVED
        row.decided_by, row.decided_at = (None, None) if row.has_name else (by, at)
        row.save()
        record(by=by, at=at, action="comment.given-back", thing=row)
        return row


def withdraw_comment(*, by: User, at: datetime, comment: Comment) -> Comment:
    """Whoever said it asked for it, or it was written down by mistake: it counts no more, and stays in the history."""
    check_can_run(by)
    with transaction.atomic():
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        check_can_read_text(by, row)
        if row.has_harm:
            raise NotAllowed("It may tell of harm: it stays with the safeguarding lead.")
        row.state, row.decided_by, row.decided_at = CommentState.WITHDRAWN, by, at
        row.save()
        record(by=by, at=at, action="comment.withdrawn", thing=row)
        return row


def note_read(*, by: User, at: datetime, comment: Comment) -> None:
    """That somebody opened words that may tell of harm: an access log, the one thing that reading writes."""
    record(by=by, at=at, action="comment.read", thing=comment)


def _locked(comment: Comment, state: CommentState) -> Comment:
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.state != state:
        raise NotAllowed(f"It is {row.get_state_display().lower()} now. Look again.")
    return row


def _check_lead(by: User, row: Comment) -> None:
    if row.passed_on_to_id != by.pk and not is_safeguarding_lead(by):
        raise NotAllowed("Only the safeguarding lead says so.")
