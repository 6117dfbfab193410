"""A frozen version that can be read, rounds that are open, links and comments."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from selfeval.actions import comments, invites
from selfeval.actions.comments import Said
from selfeval.actions.invites import Person
from selfeval.domain.published import AreaText, CriterionText, Document, Note, NoteKind, SectionText, VoiceText
from selfeval.domain.published import VersionKind as Kind
from selfeval.domain.published_json import to_json
from selfeval.models import Comment, ConsultationRound, PublishedVersion, RoundInvite, SelfEvaluation, VersionKind
from tests.factories.selfeval import make_published_version, make_round

LONG_QUESTION = "What is it like to wait for an assessment?"


def make_document(*, kind: str = Kind.CONSULTATION, number: int = 1, title: str = "Self-evaluation 2026") -> Document:
    return Document(
        kind=Kind(kind),
        number=number,
        title=title,
        area="Wexcombe",
        framework="Test rulebook",
        marking="OFFICIAL",
        watermark="Consultation version" if kind == Kind.CONSULTATION else "",
        frozen_on=timezone.localdate(),
        journey="Inspectors came in 2024 [E1].",
        sections=(SectionText(code="data", title="Data", phase="part", text="What we count."),),
        criteria=(
            CriterionText(
                code="A1",
                title="Needs are identified early",
                group="Children",
                know="Most needs are seen in time [E1].\nPlans come in time: [F:plans-within-20-weeks].",
                meaning="Families wait less at the start.",
                next_steps="Ask families each term.",
                child_friendly="Most of you are noticed early.",
                strengths=("Drop-ins each week",),
                areas=(AreaText(text="Reviews are late", done="More staff"),),
            ),
            CriterionText(code="A2", title="Families take part", group="Children", know="Some do."),
        ),
        voices=(VoiceText(text="They listened to me.", who="A young person", criteria=("A1",)),),
        notes=(
            Note(number=1, kind=NoteKind.EVIDENCE, markers=("[E1]",), title="Inspection report", period="2024"),
            Note(
                number=2,
                kind=NoteKind.FIGURE,
                markers=("[F:plans-within-20-weeks]",),
                title="Plans within 20 weeks",
                value="97.5 %",
                source="DfE",
            ),
        ),
    )


def make_frozen(
    *, cycle: SelfEvaluation, by: User, kind: str = VersionKind.CONSULTATION, number: int = 1
) -> PublishedVersion:
    """A version with words in it."""
    document = to_json(make_document(kind=kind, number=number, title=cycle.title))
    return make_published_version(cycle=cycle, by=by, kind=kind, number=number, document=document)


def make_open_round(*, version: PublishedVersion, by: User, **fields: object) -> ConsultationRound:
    """A round that asks today."""
    today = timezone.localdate()
    values = {"questions": LONG_QUESTION, "groups": "Members\nParent carer forum", **fields}
    return make_round(
        version=version, by=by, opens_on=today - timedelta(days=3), closes_on=today + timedelta(days=10), **values
    )


def make_link(
    *, asked: ConsultationRound, by: User, name: str = "Forum chair", email: str = "chair@forum.example"
) -> tuple[RoundInvite, str]:
    """Somebody asked by link, with the token of the link."""
    (sent,) = invites.invite_people(
        by=by, at=timezone.now(), asked=asked, people=[Person(name, email)], group="Parent carer forum"
    )
    return sent.invite, sent.link.rstrip("/").rpartition("/")[2]


def leave_words(*, by: User | RoundInvite, version: PublishedVersion, text: str = "The waits are too long.") -> Comment:
    """A comment as a reader leaves it."""
    asked = by.consultation if isinstance(by, RoundInvite) else None
    (comment,) = comments.leave_comments(
        by=by, at=timezone.now(), version=version, asked=asked, said=(Said(text=text),)
    )
    return comment
