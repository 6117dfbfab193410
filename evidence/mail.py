"""Mail about evidence. It names the item by its number alone: a title or a reason may say too much."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.domain.mail_topics import MailTopic
from accounts.mail import queue_mail
from accounts.models import User
from evidence.domain.revisions import State
from evidence.models import EvidenceRevision
from evidence.permissions import evidence_of

SENTENCES = {
    State.APPROVED: "approved revision {number} of {code}. It counts from now on.",
    State.RETURNED: "returned revision {number} of {code}. The page says what has to change.",
}


def tell_suppliers(*, by: User, at: datetime, revision: EvidenceRevision) -> list[User]:
    """Tells the owner and whoever handed it over what was decided, but not the one who decided it.

    Call it inside the transaction of the decision. Who may no longer open the item is told nothing.
    """
    evidence, state = revision.evidence, State(revision.state)
    people = {user.pk: user for user in (evidence.owner, revision.submitted_by) if user is not None and user != by}
    told = [user for user in people.values() if user.is_active and evidence_of(user).filter(pk=evidence.pk).exists()]
    address = settings.SITE_URL.rstrip("/") + reverse("evidence:evidence-show", args=[evidence.number])
    sentence = SENTENCES[state].format(number=revision.number, code=evidence.code)
    for user in told:
        queue_mail(
            to=user,
            subject=f"{evidence.code} is {state.value}",
            body=f"{by.name} {sentence}\n\n{address}\n",
            at=at,
            topic=MailTopic.EVIDENCE,
        )
    return told
