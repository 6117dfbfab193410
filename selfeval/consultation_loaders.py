"""A folder's consultation → rows, through the same actions that people use. Loaded once: loading again doubles nothing.

What is made up stands in a demonstration alone; days before elections are loaded anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.domain.roles import Role
from accounts.models import AuditEvent, Organisation, RoleAssignment, User
from accounts.permissions import NotAllowed
from framework.models import Criterion
from framework.readers.lines import Fault, UnusableFile
from selfeval.actions import answers, comments, heard, hold_lists, publishing, rounds
from selfeval.actions.answers import Answer
from selfeval.actions.comments import Said, Sender
from selfeval.actions.heard import ActivityFacts, VoiceFacts
from selfeval.domain.published import VersionKind
from selfeval.domain.published_json import sha256_of, to_json
from selfeval.gather.current import current_cycle
from selfeval.gather.freezing import as_now
from selfeval.models import (
    Channel,
    ConsultationRound,
    Decision,
    ElectionPeriod,
    PublishedVersion,
    SelfEvaluation,
)
from selfeval.readers.consultation import CONSULTATION_FILE, CommentWords, ConsultationFile, RoundWords

LOADED = "consultation.loaded"


def check_criteria(file: ConsultationFile | None, framework_code: str) -> None:
    """Raises UnusableFile with the criteria that the rulebook does not have: ask before writing."""
    if file is None:
        return
    known = set(Criterion.objects.filter(framework__code=framework_code).values_list("code", flat=True))
    named = [(one.line, one.criterion) for one in file.comments if one.criterion]
    named += [(one.line, code) for one in file.activities for code in one.criteria]
    named += [(one.line, code) for one in file.voices for code in one.criteria]
    faults = [
        Fault(CONSULTATION_FILE, line, f"“{code}” is no criterion of the framework {framework_code}.")
        for line, code in named
        if code not in known
    ]
    if faults:
        raise UnusableFile(faults)


@transaction.atomic
def load_consultation(*, at: datetime, file: ConsultationFile | None) -> str:
    """Says what was done. Load the people and the self-evaluation first."""
    if file is None:
        return "The folder has no consultation."
    team = _holder(Role.SEND_TEAM) or _holder(Role.LANO)
    if team is None:
        return "Consultation was left out: nobody is LANO or in the SEND team."
    cycle = current_cycle()
    said = f"Consultation: {_periods(file, team, at)} new periods before elections"
    reason = _reason_to_leave_out(cycle)
    if cycle is None or reason:
        return f"{said}; what is synthetic was left out: {reason}."
    # First what was heard: the version that is frozen next prints it.
    _heard(file, cycle, team, at)
    version = _version(cycle, at)
    if version is not None:
        asked = {words.key: _round(words, version, team, at) for words in file.rounds}
        for words in file.comments:
            _comment(words, asked.get(words.round), version, team, at)
    record(by=None, at=at, action=LOADED, thing=cycle, text="Synthetic, from a folder.")
    rounds_said = f"{len(file.rounds)} rounds, {len(file.comments)} comments" if version else "no version to ask about"
    return f"{said}, {rounds_said}, {len(file.activities)} activities and {len(file.voices)} voices, all synthetic."


def _reason_to_leave_out(cycle: SelfEvaluation | None) -> str:
    if not settings.DEMO:
        return "this is a real installation"
    if cycle is None:
        return "no self-evaluation is here to ask about"
    return "it was loaded before" if AuditEvent.objects.filter(action=LOADED).exists() else ""


def _holder(role: Role) -> User | None:
    holders = RoleAssignment.objects.today().filter(role=role.value, deputy_for=None).values("user")
    return User.objects.filter(is_active=True, pk__in=holders).order_by("pk").first()


def _periods(file: ConsultationFile, team: User, at: datetime) -> int:
    """Those that nobody has kept, changed or taken out here."""
    new = 0
    for words in file.periods:
        told = AuditEvent.objects.filter(action__startswith="election-period.", thing_label=words.name)
        if told.exists() or ElectionPeriod.objects.filter(name=words.name).exists():
            continue
        hold_lists.save_period(
            by=team, at=at, name=words.name, from_on=words.from_on, to_on=words.to_on, note=words.note
        )
        new += 1
    return new


def _version(cycle: SelfEvaluation, at: datetime) -> PublishedVersion | None:
    """The newest version of the cycle; where there is none, the LANO freezes one for consultation."""
    newest = PublishedVersion.objects.filter(self_evaluation=cycle, withdrawn_at=None).first()
    lano = _holder(Role.LANO)
    if newest is not None or lano is None:
        return newest
    try:
        now = as_now(cycle, VersionKind.CONSULTATION, at=at, by=lano)
        seen = sha256_of(to_json(now.document))
        return publishing.freeze_consultation(by=lano, at=at, cycle=cycle, seen=seen)
    except NotAllowed:
        return None


def _round(words: RoundWords, version: PublishedVersion, team: User, at: datetime) -> ConsultationRound:
    today = timezone.localdate(at)
    facts = rounds.Facts(
        title=words.title,
        version_asked=version,
        introduction=words.introduction,
        groups="\n".join(words.groups),
        questions="\n".join(words.questions),
        opens_on=today + timedelta(days=words.opens),
        closes_on=today + timedelta(days=words.closes),
        election_reason="A demonstration: nobody is really asked.",
    )
    return rounds.add_round(by=team, at=at, facts=facts, is_synthetic=True)


def _comment(
    words: CommentWords, asked: ConsultationRound | None, version: PublishedVersion, team: User, at: datetime
) -> None:
    framework = version.self_evaluation.framework
    comment = comments.log_comment(
        by=team,
        at=at,
        version=version,
        asked=asked,
        said=Said(
            text=words.text, criterion=Criterion.objects.filter(framework=framework, code=words.criterion).first()
        ),
        sender=Sender(
            name=words.author_name,
            group=words.group,
            organisation=Organisation.objects.filter(name=words.organisation).first(),
        ),
        channel=Channel(words.channel),
        received_at=at + timedelta(days=words.days),
        is_synthetic=True,
    )
    if words.answer:
        given = words.answer
        answer = Answer(
            decision=Decision(given.decision),
            text=given.text,
            said=given.said,
            what_changed=given.what_changed,
            is_public=given.is_public,
        )
        answers.answer_comment(by=team, at=at, comment=comment, answer=answer)


def _heard(file: ConsultationFile, cycle: SelfEvaluation, team: User, at: datetime) -> None:
    today, second = timezone.localdate(at), _holder(Role.LANO)
    for activity in file.activities:
        facts = ActivityFacts(
            title=activity.title,
            held_on=today + timedelta(days=activity.days),
            kind=activity.kind,
            groups="\n".join(activity.groups),
            people=activity.people,
            themes="\n".join(activity.themes),
        )
        heard.add_activity(by=team, at=at, cycle=cycle, facts=facts, criteria=_criteria(cycle, activity.criteria))
    for words in file.voices:
        voice = heard.add_voice(
            by=team,
            at=at,
            cycle=cycle,
            facts=VoiceFacts(
                text=words.text,
                who=words.who,
                source=words.source,
                heard_on=today + timedelta(days=words.days),
                consent=words.consent,
                is_synthetic=True,
            ),
            criteria=_criteria(cycle, words.criteria),
        )
        if words.is_checked and second is not None and second != team:
            heard.check_voice(by=second, at=at, voice=voice)


def _criteria(cycle: SelfEvaluation, codes: Sequence[str]) -> Sequence[Criterion]:
    return list(Criterion.objects.filter(framework=cycle.framework, code__in=codes))
