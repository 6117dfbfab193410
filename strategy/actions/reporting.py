"""How an action goes: updates with their evidence, states set by hand."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.permissions import NotAllowed
from evidence.actions import items, revisions
from evidence.actions.items import Facts
from evidence.actions.revisions import Incomplete, Words
from evidence.models import Evidence
from evidence.permissions import evidence_of
from strategy.action_gather import course_of, with_course
from strategy.action_permissions import check_can_edit_action, check_can_override, check_can_report
from strategy.domain.status import NEEDS_IMPACT, STATE_NAMES, ActionState, status_on
from strategy.models import Action, ActionEvidence, ActionUpdate, StatusOverride, UpdateEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody says about an action. `relevance`: what the evidence says about it."""

    reported_on: date
    progress: ActionState
    text: str
    evidence: Sequence[Evidence] = ()
    relevance: str = ""
    is_impact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProof:
    """Evidence that comes with an update and does not stand in the log yet."""

    facts: Facts
    words: Words
    uploads: Sequence[File[bytes]] = ()


def report(*, by: User, at: datetime, action: Action, told: Told, proof: NewProof | None = None) -> ActionUpdate:
    """Adds a dated update; evidence that comes with it stands with the action too.

    What an item that stood with it already says about it stays. Completed is refused until evidence of impact is
    approved (NotAllowed says so). A new proof becomes an item of the evidence log: handed over for approval where
    nothing is missing, else kept as a draft. Raises documents' Refused for a file that may not come in; nothing is
    kept then.
    """
    row = _with_course(action)
    _check_can_tell(by, at, row, told)
    evidence = [*told.evidence, *([_proved(by, at, proof)] if proof else [])]
    with transaction.atomic():
        update = ActionUpdate.objects.create(
            action=row, reported_on=told.reported_on, progress=told.progress.value, text=told.text, by=by, at=at
        )
        UpdateEvidence.objects.bulk_create(UpdateEvidence(update=update, evidence=each) for each in evidence)
        for each in evidence:
            stood = ActionEvidence.objects.filter(action=row, evidence=each).first()
            words = told.relevance or (stood.relevance if stood else "") or told.text[:500]
            is_impact = told.is_impact or bool(stood and stood.is_impact)
            _link(row, each, relevance=words, is_impact=is_impact, by=by, at=at)
        text = f"{STATE_NAMES[told.progress]}, as of {told.reported_on.isoformat()}."
        record(by=by, at=at, action="action.reported", thing=row, text=text)
        return update


def _check_can_tell(by: User, at: datetime, row: Action, told: Told) -> None:
    check_can_report(by, row)
    if told.reported_on > timezone.localdate(at):
        raise NotAllowed("An update is about a day that has been. Give today or an earlier day.")
    if told.progress is ActionState.COMPLETED and not course_of(row).has_impact(timezone.localdate(at)):
        raise NotAllowed(NEEDS_IMPACT)
    _check_may_use(by, told.evidence)


def _proved(by: User, at: datetime, proof: NewProof) -> Evidence:
    draft = items.add_evidence(by=by, at=at, facts=proof.facts)
    try:
        revisions.save_revision(by=by, at=at, revision=draft, lock=draft.lock, words=proof.words, uploads=proof.uploads)
    except BaseException:
        items.archive_evidence(by=by, at=at, evidence=draft.evidence)
        raise
    # Where something is missing it stays a draft; its page says what.
    with contextlib.suppress(Incomplete):
        revisions.submit(by=by, at=at, revision=draft)
    return draft.evidence


def withdraw_update(*, by: User, at: datetime, update: ActionUpdate) -> ActionUpdate:
    """Takes a mistaken update back; it stays readable and counts no more."""
    with transaction.atomic():
        row = ActionUpdate.objects.select_for_update().get(pk=update.pk)
        _check_is_theirs(by, update.action, row.by_id)
        row.withdrawn_at, row.withdrawn_by = at, by
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        text = f"The update of {row.reported_on.isoformat()}."
        record(by=by, at=at, action="action.update_withdrawn", thing=update.action, text=text)
        return row


def restore_update(*, by: User, at: datetime, update: ActionUpdate) -> ActionUpdate:
    """Lets a withdrawn update count again."""
    with transaction.atomic():
        row = ActionUpdate.objects.select_for_update().get(pk=update.pk)
        _check_is_theirs(by, update.action, row.by_id)
        row.withdrawn_at, row.withdrawn_by = None, None
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        text = f"The update of {row.reported_on.isoformat()}."
        record(by=by, at=at, action="action.update_restored", thing=update.action, text=text)
        return row


def override(
    *,
    by: User,
    at: datetime,
    action: Action,
    state: ActionState,
    reason: str,
    from_on: date,
    until_on: date | None = None,
) -> StatusOverride:
    """Sets a state by hand, with the reason. Completed still needs approved evidence of impact."""
    row, today = _with_course(action), timezone.localdate(at)
    course = course_of(row)
    check_can_override(by, row, state, has_impact=course.has_impact(today))
    if not reason.strip():
        raise NotAllowed("Say why the computed state is not right: readers see the reason.")
    if until_on and until_on < from_on:
        raise NotAllowed("Give a last day that is not before the first.")
    with transaction.atomic():
        made = StatusOverride.objects.create(
            action=row, state=state.value, reason=reason.strip(), from_on=from_on, until_on=until_on, by=by, at=at
        )
        computed = STATE_NAMES[status_on(today, course).computed]
        text = f"To {STATE_NAMES[state].lower()}; computed is {computed.lower()}."
        record(by=by, at=at, action="action.overridden", thing=row, text=text)
        return made


def withdraw_override(*, by: User, at: datetime, made: StatusOverride) -> StatusOverride:
    """From today on the computed state counts again."""
    check_can_override(by, made.action, ActionState.NOT_STARTED, has_impact=False)
    with transaction.atomic():
        row = StatusOverride.objects.select_for_update().get(pk=made.pk)
        if row.withdrawn_at is None:
            row.withdrawn_at, row.withdrawn_by = at, by
            row.save(update_fields=["withdrawn_at", "withdrawn_by"])
            record(by=by, at=at, action="action.override_withdrawn", thing=made.action)
        return row


def link_evidence(
    *, by: User, at: datetime, action: Action, evidence: Evidence, relevance: str, is_impact: bool
) -> ActionEvidence:
    """Says that an item speaks to the action, and how; said again, the newer sentence stands."""
    check_can_report(by, action)
    _check_may_use(by, [evidence])
    with transaction.atomic():
        return _link(action, evidence, relevance=relevance, is_impact=is_impact, by=by, at=at)


def unlink_evidence(*, by: User, at: datetime, link: ActionEvidence) -> Action:
    _check_is_theirs(by, link.action, link.by_id)
    with transaction.atomic():
        record(by=by, at=at, action="action.evidence_unlinked", thing=link.action, text=f"{link.evidence.code}.")
        ActionEvidence.objects.filter(pk=link.pk).delete()
        return link.action


def _check_is_theirs(by: User, action: Action, author: int | None) -> None:
    """What somebody else told or tied is for those who edit the strategy to take back."""
    check_can_report(by, action)
    if author != by.pk:
        check_can_edit_action(by, action)


def _check_may_use(by: User, evidence: Sequence[Evidence]) -> None:
    keys = {each.pk for each in evidence}
    if evidence_of(by).filter(pk__in=keys).count() != len(keys):
        raise NotAllowed("You can use only evidence that you may read.")


def _link(
    action: Action, evidence: Evidence, *, relevance: str, is_impact: bool, by: User, at: datetime
) -> ActionEvidence:
    link = ActionEvidence.objects.filter(action=action, evidence=evidence).first()
    if link is None:
        link = ActionEvidence(action=action, evidence=evidence, by=by, at=at)
    elif is_impact and not link.is_impact:
        # From now on it shows impact: earlier days stay as they were.
        link.by, link.at = by, at
    link.relevance, link.is_impact = relevance, is_impact
    link.save()
    record(by=by, at=at, action="action.evidence_linked", thing=action, text=f"{evidence.code}.")
    return link


def _with_course(action: Action) -> Action:
    return with_course(Action.objects.filter(pk=action.pk))[0]
