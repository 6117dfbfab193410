"""What people say: by a page, by a link, or written down for them. Nothing is refused for its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import Organisation, User
from accounts.permissions import NotAllowed
from framework.models import Criterion
from selfeval.domain.holds import look, reason_of
from selfeval.gather.holds import lists_in_force
from selfeval.hearing_permissions import check_can_comment, check_can_run, check_round_open, versions_for
from selfeval.models import Channel, Comment, CommentState, ConsultationRound, PublishedVersion, RoundInvite
from selfeval.passing_on import pass_to_lead

LONGEST = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment before it is kept: about one criterion, or in general; an answer names its question."""

    text: str
    criterion: Criterion | None = None
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """In whose name a comment stands."""

    name: str
    group: str = ""
    organisation: Organisation | None = None


def leave_comments(
    *,
    by: User | RoundInvite,
    at: datetime,
    version: PublishedVersion,
    asked: ConsultationRound | None,
    said: tuple[Said, ...],
) -> tuple[Comment, ...]:
    """Keeps what a reader says, all of it or nothing: somebody signed in, or asked by link in that round."""
    if isinstance(by, RoundInvite):
        asked = by.consultation
        if by.revoked_at or version.pk != asked.version_asked_id:
            raise NotAllowed("This link is for another version. Open it again from the e-mail.")
    else:
        check_can_comment(by)
        if not versions_for(by).filter(pk=version.pk).exists():
            raise NotAllowed("This version is no longer open to comments.")
    if asked is not None:
        check_round_open(asked, timezone.localdate(at))
        if asked.version_asked_id != version.pk:
            raise NotAllowed("The round asks about another version.")
    sender = _sender_of(by)
    with transaction.atomic():
        return tuple(
            _keep(
                one,
                at,
                Comment(
                    version=version,
                    consultation=asked,
                    author=None if isinstance(by, RoundInvite) else by,
                    invite=by if isinstance(by, RoundInvite) else None,
                    author_name=sender.name,
                    group=sender.group,
                    organisation=sender.organisation,
                    channel=Channel.PAGE,
                ),
            )
            for one in said
        )


def log_comment(
    *,
    by: User,
    at: datetime,
    version: PublishedVersion,
    asked: ConsultationRound | None,
    said: Said,
    sender: Sender,
    channel: Channel,
    received_at: datetime,
    is_synthetic: bool = False,
) -> Comment:
    """Writes down in somebody's name what came by e-mail, phone or in a meeting; also after the round has closed."""
    check_can_run(by)
    if channel is Channel.PAGE:
        raise NotAllowed("Say how it came: by e-mail, by phone or in a meeting.")
    if asked is not None and asked.version_asked_id != version.pk:
        raise NotAllowed("The round asks about another version.")
    if received_at > at:
        raise NotAllowed("It cannot have come later than now.")
    with transaction.atomic():
        comment = _keep(
            said,
            at,
            Comment(
                version=version,
                consultation=asked,
                author_name=sender.name,
                group=sender.group,
                organisation=sender.organisation,
                channel=channel,
                received_at=received_at,
                logged_by=by,
                is_synthetic=is_synthetic,
            ),
        )
        record(by=by, at=at, action="comment.logged", thing=comment)
    return comment


def withdraw_own(*, by: User | RoundInvite, at: datetime, comment: Comment) -> Comment:
    """Somebody takes their own comment back before it was answered; what may tell of harm stays with the lead."""
    own = comment.invite_id == by.pk if isinstance(by, RoundInvite) else comment.author_id == by.pk
    if not own:
        raise NotAllowed("Only whoever wrote it can take it back.")
    with transaction.atomic():
        row = Comment.objects.select_for_update().get(pk=comment.pk)
        if row.has_harm:
            raise NotAllowed("It was passed on to people who look after children's safety, and stays with them.")
        if row.state != CommentState.WITHDRAWN:
            row.state, row.decided_at = CommentState.WITHDRAWN, at
            row.save(update_fields=["state", "decided_at"])
            record(by=by if isinstance(by, User) else None, at=at, action="comment.taken-back", thing=row)
        return row


def _sender_of(by: User | RoundInvite) -> Sender:
    if isinstance(by, RoundInvite):
        return Sender(name=by.name, group=by.group)
    return Sender(name=by.name, group=_group_of(by), organisation=by.organisation)


def _group_of(user: User) -> str:
    kind = user.organisation.get_kind_display() if user.organisation else ""
    is_member = Permission.COMMENT in user.permissions and Permission.GIVE_PARTNER_VIEW not in user.permissions
    return "Members" if is_member else kind


def _keep(said: Said, at: datetime, comment: Comment) -> Comment:
    """Looks at the words first: what may name a child is held, what may tell of harm is passed on at once."""
    text = said.text.strip()
    if not text:
        raise NotAllowed("Write something first.")
    if len(text) > LONGEST:
        raise NotAllowed(f"This is {len(text)} characters long; {LONGEST} is the most. Send it in two parts.")
    seen = look(text, lists_in_force())
    comment.text, comment.criterion, comment.question = text, said.criterion, said.question
    comment.received_at = comment.received_at or at
    comment.has_name, comment.has_harm = bool(seen.child), bool(seen.harm)
    comment.held_reason = reason_of(seen)
    if seen.child or seen.harm:
        comment.state = CommentState.HELD
    comment.save()
    record(
        by=comment.author,
        at=at,
        action="comment.received" if seen.is_free else "comment.held",
        thing=comment,
        text="" if comment.author else "Came by a link." if comment.invite else "Written down for somebody.",
    )
    if seen.harm:
        pass_to_lead(comment, at)
    return comment
