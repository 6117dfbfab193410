"""Who may read a version, say something of it, read what others said, and answer. Fetching is authorising."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from accounts.domain.roles import Permission
from accounts.models import LocalArea, User
from accounts.permissions import NotAllowed, check_permission
from selfeval.domain.rounds import RoundState, state_on
from selfeval.models import Comment, CommentState, ConsultationRound, PublishedVersion, VersionKind, Voice

# Who works with what was heard, or may look at it.
READERS = (Permission.READ_DRAFTS, Permission.RUN_CONSULTATION)
# Beside what is published they see what people are asked about before.
_ASKED = frozenset({Permission.COMMENT, Permission.READ_DRAFTS, Permission.RUN_CONSULTATION})


def versions_for(user: User) -> QuerySet[PublishedVersion]:
    """The frozen versions that a person may read, the newest first."""
    if Permission.READ_PUBLISHED not in user.permissions:
        return PublishedVersion.objects.none()
    versions = PublishedVersion.objects.filter(withdrawn_at=None).select_related("self_evaluation__framework")
    if not _ASKED & user.permissions:
        versions = versions.filter(kind=VersionKind.PUBLISHED)
    return versions


def rounds_for(user: User, today: date) -> QuerySet[ConsultationRound]:
    """The rounds that a reader is asked in: on versions that they may read, from the day on which each opens."""
    return ConsultationRound.objects.filter(version_asked__in=versions_for(user), opens_on__lte=today)


def state_of(asked: ConsultationRound, today: date) -> RoundState:
    return state_on(
        today, opens_on=asked.opens_on, closes_on=asked.closes_on, is_closed_early=asked.closed_early_at is not None
    )


def check_round_open(asked: ConsultationRound, today: date) -> None:
    """Raises NotAllowed unless the round asks on this day."""
    state = state_of(asked, today)
    if state is RoundState.PLANNED:
        raise NotAllowed(f"This opens on {asked.opens_on.day} {asked.opens_on:%B %Y}. Come back then.")
    if state is RoundState.CLOSED:
        raise NotAllowed("This has closed, so no more comments are taken. You can still read what came of it.")


def check_can_comment(user: User) -> None:
    check_permission(user, Permission.COMMENT)


def check_can_run(user: User) -> None:
    check_permission(user, Permission.RUN_CONSULTATION)


def is_safeguarding_lead(user: User) -> bool:
    return LocalArea.objects.filter(safeguarding_lead=user).exists()


def check_can_read_text(user: User, comment: Comment, *, is_lead: bool | None = None) -> None:
    """Raises NotAllowed unless the person may read the words of a comment.

    What is held is read by the LANO and by whoever typed it in; what may tell of harm by the LANO, the safeguarding
    lead and whom it was passed to. `is_lead` spares the question for each of a list.
    """
    if Permission.READ_HELD_COMMENTS in user.permissions:
        return
    if comment.has_harm:
        lead = is_safeguarding_lead(user) if is_lead is None else is_lead
        if lead or comment.passed_on_to_id == user.pk:
            return
        raise NotAllowed("This may tell of harm: only the LANO and the safeguarding lead read it.")
    if comment.state == CommentState.HELD and comment.logged_by_id != user.pk:
        raise NotAllowed("This may name a child: the LANO looks at it first.")
    check_permission(user, Permission.RUN_CONSULTATION)


def can_read_text(user: User, comment: Comment, *, is_lead: bool | None = None) -> bool:
    try:
        check_can_read_text(user, comment, is_lead=is_lead)
    except NotAllowed:
        return False
    return True


def disclosures_for(user: User) -> QuerySet[Comment]:
    """The comments that may tell of harm, for those who may know of them."""
    told = Comment.objects.filter(has_harm=True)
    if Permission.READ_HELD_COMMENTS in user.permissions or is_safeguarding_lead(user):
        return told
    return told.filter(Q(passed_on_to=user))


def check_can_answer(user: User, comment: Comment) -> None:
    """Raises NotAllowed unless the person may answer this comment now."""
    check_can_run(user)
    if comment.has_harm:
        raise NotAllowed("The safeguarding lead sees to it: it is not answered on a page.")
    if comment.state == CommentState.WITHDRAWN:
        raise NotAllowed("It was withdrawn.")
    check_can_read_text(user, comment)


def check_can_check_voice(user: User, voice: Voice) -> None:
    """Raises NotAllowed unless this person can be the second one who looks at somebody's words."""
    check_can_run(user)
    if voice.archived_at:
        raise NotAllowed("It is in the archive.")
    if voice.checked_at:
        raise NotAllowed("It is checked.")
    if not voice.consent:
        raise NotAllowed("Write down first that whoever said it agreed.")
    if voice.added_by_id == user.pk:
        raise NotAllowed("You wrote it down: a second person has to look.")
