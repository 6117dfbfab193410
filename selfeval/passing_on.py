"""A comment that may tell of harm goes to the named safeguarding lead at once, with the time."""

from datetime import datetime

from accounts.audit import record
from accounts.domain.roles import Permission, roles_with
from accounts.mail import queue_mail
from accounts.models import LocalArea, RoleAssignment, User
from selfeval.mail import disclosure_words, nobody_words
from selfeval.models import Comment, CommentState


def pass_to_lead(comment: Comment, at: datetime) -> None:
    """Gives it to the lead by a mail that holds nothing of it; where nobody is named, every LANO is told instead.

    Call it inside a transaction.
    """
    area = LocalArea.objects.select_related("safeguarding_lead").first()
    lead = area.safeguarding_lead if area else None
    if lead is not None and lead.is_active:
        comment.state, comment.passed_on_to, comment.passed_on_at = CommentState.PASSED_ON, lead, at
        comment.save(update_fields=["state", "passed_on_to", "passed_on_at"])
        record(by=None, at=at, action="comment.passed-on", thing=comment, text="To the safeguarding lead.")
        subject, body = disclosure_words(comment, lead)
        queue_mail(to=lead, subject=subject, body=body, at=at)
        return
    roles = [role.value for role in roles_with(Permission.READ_HELD_COMMENTS)]
    holders = RoleAssignment.objects.today().filter(role__in=roles).values("user")
    for lano in User.objects.filter(is_active=True, pk__in=holders):
        subject, body = nobody_words(comment, lano)
        queue_mail(to=lano, subject=subject, body=body, at=at)
