"""Somebody without an account supplies one item through a secret address; a person accepts it or not."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.audit import record
from accounts.invitation_links import hash_of
from accounts.mail import queue_mail
from accounts.models import User
from accounts.permissions import NotAllowed
from documents.actions import erase
from documents.intake import Refused
from documents.models import StoredFile
from documents.together import uploads_stored
from evidence.actions.items import Facts, add_evidence
from evidence.actions.revisions import add_words, attach_stored, start_revision
from evidence.domain.revisions import State, WrongState
from evidence.indexing import index_evidence
from evidence.models import Evidence, EvidenceRevision, SuppliedFile, Supply, SupplyLink, SupplyState
from evidence.permissions import check_can_change, evidence_of
from evidence.rows import check_standing, file_marking, locked
from evidence.supply_links import Closed, check_open

# Our defaults: a link lives so long, takes so many sendings an hour, and holds so many that nobody has looked at.
DAYS = (7, 14, 28)
TRIES_IN_AN_HOUR = 10
MOST_WAITING = 3
MOST_FILES = 10
# What was not accepted is erased after so many days: until then a slip can be put right.
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is asked, for what, for how many days."""

    name: str
    email: str
    request: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody typed behind the link."""

    shows: str = ""
    covers_from_on: date | None = None
    covers_to_on: date | None = None
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new link with its address, which is kept nowhere."""

    link: SupplyLink
    address: str


def ask_for_evidence(*, by: User, at: datetime, facts: Facts, asked: Asked) -> Made:
    """A new item that somebody else supplies."""
    with transaction.atomic():
        draft = add_evidence(by=by, at=at, facts=facts)
        return make_link(by=by, at=at, evidence=draft.evidence, asked=asked)


def make_link(*, by: User, at: datetime, evidence: Evidence, asked: Asked) -> Made:
    """An address for one item. It goes out by mail where there is one to send to, and is shown once to copy."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        row = locked(evidence)
        check_can_change(by, row)
        check_standing(row)
        link = SupplyLink.objects.create(
            evidence=row,
            token_sha256=hash_of(token),
            name=asked.name,
            email=asked.email,
            request=asked.request,
            expires_at=at + timedelta(days=asked.days),
            created_by=by,
            created_at=at,
        )
        address = settings.SITE_URL.rstrip("/") + reverse("evidence:supply-send", args=[token])
        if asked.email:
            # No title: it may say more of a child than a mail may carry. Behind the address it stands in full.
            until = timezone.localtime(link.expires_at)
            body = (
                f"Hello {asked.name},\n\n{by.name} asks you to supply something for the area's SEND evidence log. "
                f"It is {row.code} there.\n\nOpen this address before {until:%-d %B %Y}: it says what is asked for. "
                f"It needs no account; keep it to yourself.\n\n{address}\n\nPlease send nothing that names a child.\n"
            )
            subject = "Please supply something for the evidence log"
            queue_mail(to=asked.email, subject=subject, body=body, at=at, is_secret=True)
        record(by=by, at=at, action="evidence.link_made", thing=row, text=f"Open for {asked.days} days.")
        return Made(link=link, address=address)


def revoke_link(*, by: User, at: datetime, link: SupplyLink) -> SupplyLink:
    """The address stops working at once."""
    with transaction.atomic():
        row = SupplyLink.objects.select_for_update(of=("self",)).select_related("evidence__added_by").get(pk=link.pk)
        check_can_change(by, row.evidence)
        if row.revoked_at is None:
            row.revoked_by, row.revoked_at = by, at
            row.save(update_fields=["revoked_by", "revoked_at"])
            record(by=by, at=at, action="evidence.link_revoked", thing=row.evidence)
        return row


def send_supply(*, by: None, at: datetime, link: SupplyLink, sent: Sent, uploads: Sequence[File[bytes]]) -> Supply:
    """What came through a link. Raises Closed, documents' Refused; nothing counts before a person accepts it."""
    _count_try(link, at)
    if len(uploads) > MOST_FILES:
        raise Refused(f"Send {MOST_FILES} files at most.")
    marking = file_marking(link.evidence.marking)
    with uploads_stored(uploads, by=by, at=at, marking=marking) as kept:
        supply = _keep(link, at, sent, kept)
    _erase_doubles(supply, kept, at)
    return supply


def _erase_doubles(supply: Supply, kept: Sequence[StoredFile], at: datetime) -> None:
    """The same bytes twice in one sending: nothing holds the second, so nothing would ever end its keeping."""
    held = set(supply.files.values_list("stored", flat=True))
    for stored in kept:
        if stored.pk not in held:
            erase(by=None, at=at, kept=stored, reason="Not taken: the same bytes came twice in one sending.")


def _count_try(link: SupplyLink, at: datetime) -> None:
    """In a transaction of its own: what is turned away counts too."""
    with transaction.atomic():
        row = SupplyLink.objects.select_for_update(of=("self",)).select_related("evidence").get(pk=link.pk)
        check_open(row, at)
        if row.tries_from_at is None or row.tries_from_at <= at - timedelta(hours=1):
            row.tries, row.tries_from_at = 0, at
        if row.tries >= TRIES_IN_AN_HOUR:
            raise Closed("That was often within the hour. Wait an hour, then try again.")
        if row.supplies.filter(state=SupplyState.WAITING).count() >= MOST_WAITING:
            raise Closed("What you sent before is still being looked at. Wait for the answer, then send the rest.")
        row.tries += 1
        row.save(update_fields=["tries", "tries_from_at"])


def _keep(link: SupplyLink, at: datetime, sent: Sent, kept: Sequence[StoredFile]) -> Supply:
    with transaction.atomic():
        rows = SupplyLink.objects.select_for_update(of=("self",))
        row = rows.select_related("evidence", "created_by").get(pk=link.pk)
        check_open(row, at)
        supply = Supply.objects.create(
            link=row,
            shows=sent.shows,
            covers_from_on=sent.covers_from_on,
            covers_to_on=sent.covers_to_on,
            text=sent.text,
            note=sent.note,
            supplied_at=at,
        )
        once = {stored.sha256: stored for stored in reversed(kept)}
        SuppliedFile.objects.bulk_create(
            SuppliedFile(supply=supply, stored=stored, order=order)
            for order, stored in enumerate((each for each in kept if once[each.sha256] is each), 1)
        )
        record(by=None, at=at, action="evidence.supplied", thing=row.evidence, text=f"{len(kept)} files.")
        address = settings.SITE_URL.rstrip("/") + reverse("evidence:supply-list", args=[row.evidence.number])
        code = row.evidence.code
        body = f"Something was sent for {code}.\n\nLook at it, then accept it or say why not:\n{address}\n"
        if evidence_of(row.created_by).filter(pk=row.evidence_id).exists():
            queue_mail(to=row.created_by, subject=f"Something was sent for {code}", body=body, at=at)
        return supply


def accept_supply(*, by: User, at: datetime, supply: Supply) -> EvidenceRevision:
    """Takes what was sent into the draft of the item; what the item does not say yet is filled in from it."""
    with transaction.atomic():
        row = _waiting(by, supply)
        evidence = row.link.evidence
        draft = start_revision(by=by, at=at, evidence=evidence)
        if draft.state != State.DRAFT:
            raise WrongState(f"A revision of {evidence.code} is being decided on. Decide on it first.")
        for file in row.files.select_related("stored"):
            if not draft.files.filter(stored__sha256=file.stored.sha256).exists():
                attach_stored(by=by, at=at, revision=draft, stored=file.stored)
        draft = add_words(by=by, at=at, revision=draft, text=row.text, note=row.note)
        _fill(evidence, row, by, at)
        row.state, row.decided_by, row.decided_at, row.revision = SupplyState.ACCEPTED, by, at, draft
        row.save()
        record(by=by, at=at, action="evidence.supply_accepted", thing=evidence, text=f"Revision {draft.number}.")
        index_evidence(evidence)
        return draft


def _fill(evidence: Evidence, row: Supply, by: User, at: datetime) -> None:
    """Only what is empty: words that stand approved, or that somebody wrote, are not overwritten."""
    values = {name: getattr(row, name) for name in ("shows", "covers_from_on", "covers_to_on")}
    if evidence.covers_from_on or evidence.covers_to_on:
        values = {"shows": row.shows}
    filled = [name for name, value in values.items() if value and not getattr(evidence, name)]
    for name in filled:
        setattr(evidence, name, values[name])
    if "covers_to_on" in filled and evidence.collected_on is None:
        evidence.collected_on = evidence.covers_to_on
    if filled:
        evidence.version += 1
        evidence.changed_by, evidence.changed_at = by, at
        evidence.save()
        record(by=by, at=at, action="evidence.changed", thing=evidence, fields=filled)


def decline_supply(*, by: User, at: datetime, supply: Supply, reason: str) -> Supply:
    """Says why it is not accepted; whoever sent it reads that behind the link. Its files go after a while."""
    if not reason.strip():
        raise NotAllowed("Say why it is not accepted: whoever sent it reads that.")
    with transaction.atomic():
        row = _waiting(by, supply)
        row.state, row.decided_by, row.decided_at, row.reason = SupplyState.DECLINED, by, at, reason.strip()
        row.save()
        until = timezone.localdate(at) + timedelta(days=KEPT_DAYS)
        StoredFile.objects.filter(pk__in=row.files.values("stored")).update(keep_until_on=until)
        record(by=by, at=at, action="evidence.supply_declined", thing=row.link.evidence)
        return row


def _waiting(by: User, supply: Supply) -> Supply:
    """The row, kept still, once the person may decide and nobody has."""
    row = Supply.objects.select_for_update(of=("self",)).select_related("link").get(pk=supply.pk)
    row.link.evidence = locked(row.link.evidence)
    check_can_change(by, row.link.evidence)
    check_standing(row.link.evidence)
    if row.state != SupplyState.WAITING:
        raise WrongState(f"This was {row.get_state_display().lower()} already.")
    return row
