"""Evidence and answers carried from one rulebook to another, one by one, each with an undo. Nothing moves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from evidence.actions.items import link_point, link_statement, unlink_point, unlink_statement
from evidence.models import LensLink, PointLink
from evidence.rows import locked
from framework.models import CriterionPoint, LensStatement
from selfeval.actions.judgements import keep_version
from selfeval.citing import EVALUATION_FIELDS, rebuild_citations
from selfeval.domain.carry_over import CHANGED_ANSWER, beneath, without_piece
from selfeval.gather.carry_over import (
    SORTS,
    answer_way,
    carried_of,
    link_way,
    raw_mapping,
    reason_to_keep,
    standing_rows,
)
from selfeval.models import Carried, CarriedKind, Evaluation
from selfeval.permissions import check_can_carry_over, check_can_write


class NotCarried(Exception):
    """Nothing was written, or nothing was taken back; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def carry_link(*, by: User, at: datetime, link: PointLink | LensLink, place: CriterionPoint | LensStatement) -> Carried:
    """A new link of the same evidence, with the sentence of the old one, at the place in the new rulebook."""
    check_can_carry_over(by)
    kind = CarriedKind.POINT if isinstance(link, PointLink) else CarriedKind.STATEMENT
    sort = SORTS[kind]
    row: Any = getattr(link, sort.row)
    standing = standing_rows(sort, place.framework)
    way = link_way(sort, row, standing, raw_mapping(row.framework, place.framework))
    if row.framework_id == place.framework_id or place.code not in way.codes:
        raise NotCarried(f"No way leads from {row.code} to {place.code}. {way.reason}".strip())
    with transaction.atomic():
        evidence = locked(link.evidence)
        if sort.links.objects.filter(evidence=evidence, **{sort.row: place}).exists():
            raise NotCarried(f"{evidence.code} speaks to {place.code} already. Nothing was written.")
        said: dict[str, Any] = {"by": by, "at": at, "evidence": evidence, "relevance": link.relevance}
        made: PointLink | LensLink
        if isinstance(place, CriterionPoint):
            made = link_point(**said, point=place)
        else:
            made = link_statement(**said, statement=place)
        carried = Carried.objects.create(
            kind=kind,
            source=link.pk,
            place=place.pk,
            made=made.pk,
            label=f"{evidence.code} from {row.code} to {place.code}",
            text=link.relevance,
            made_by=by,
            made_at=at,
        )
        record(by=by, at=at, action="carried.made", thing=carried, text=f"{row.framework} to {place.framework}.")
    return carried


def carry_answer(
    *, by: User, at: datetime, source: Evaluation, place: Evaluation, field: str, is_beneath: bool = False
) -> Carried:
    """Writes one answer of an earlier judgement into a new one where nothing stands there; else beneath, if asked."""
    check_can_carry_over(by)
    check_can_write(by, place)
    old, new = source.self_evaluation.framework, place.self_evaluation.framework
    code, to = source.criterion.code, place.criterion.code
    if field not in EVALUATION_FIELDS or old.pk == new.pk or to not in answer_way(code, old, new).codes:
        raise NotCarried(f"No way leads from {code} to {to}.")
    text = getattr(source, field).strip()
    if not text:
        raise NotCarried(f"Nothing is written there in “{source.self_evaluation.title}” any more.")
    with transaction.atomic():
        now = _locked(place.pk)
        check_can_write(by, now)
        before = getattr(now, field)
        earlier = carried_of(CarriedKind.ANSWER, [source.pk]).get((source.pk, now.pk, field))
        if earlier and without_piece(before, piece=earlier.text, before=earlier.before) is not None:
            raise NotCarried("It is carried over already. Nothing was written.")
        if before.strip() and not is_beneath:
            raise NotCarried("Something is written there by now. Both texts stand below: choose “Add beneath”.")
        from_where = f"From {code} in “{source.self_evaluation.title}”"
        piece = f"{from_where}:\n{text}" if before.strip() else text
        _write(now, field, beneath(before, piece), by=by, at=at, note=from_where)
        carried = Carried.objects.create(
            kind=CarriedKind.ANSWER,
            source=source.pk,
            place=now.pk,
            made=now.pk,
            field=field,
            label=f"An answer from {code} to {to}",
            text=piece,
            before=before,
            made_by=by,
            made_at=at,
        )
        record(by=by, at=at, action="carried.made", thing=carried, text=f"{old} to {new}.", fields=[field])
    return carried


def undo_carried(*, by: User, at: datetime, carried: Carried) -> Carried:
    """Takes back exactly what was made. Raises NotCarried where somebody changed it since, or undid it before."""
    check_can_carry_over(by)
    with transaction.atomic():
        row = Carried.objects.select_for_update(of=("self",)).get(pk=carried.pk)
        if row.undone_at is not None:
            raise NotCarried("It is undone already. Nothing was changed.")
        if row.kind == CarriedKind.ANSWER:
            _take_back_answer(row, by=by, at=at)
        else:
            _take_back_link(row, by=by, at=at)
        row.undone_by, row.undone_at = by, at
        row.save(update_fields=["undone_by", "undone_at"])
        record(by=by, at=at, action="carried.undone", thing=row)
    return row


def _take_back_link(row: Carried, *, by: User, at: datetime) -> None:
    sort = SORTS[row.kind]
    links = sort.links.objects.select_related("evidence", sort.row)
    link: Any = links.filter(pk=row.made).first()
    if link:
        locked(link.evidence)
        link = links.filter(pk=row.made).first()
    reason = reason_to_keep(row, link)
    if reason:
        raise NotCarried(reason)
    if isinstance(link, PointLink):
        unlink_point(by=by, at=at, link=link)
    else:
        unlink_statement(by=by, at=at, link=link)


def _take_back_answer(row: Carried, *, by: User, at: datetime) -> None:
    if not Evaluation.objects.filter(pk=row.made).exists():
        raise NotCarried("The cycle that it was written in is gone: nothing is left to undo.")
    now = _locked(row.made)
    check_can_write(by, now)
    left = without_piece(getattr(now, row.field), piece=row.text, before=row.before)
    if left is None:
        raise NotCarried(CHANGED_ANSWER)
    _write(now, row.field, left, by=by, at=at, note=f"Undone: {row.label[0].lower()}{row.label[1:]}")


def _locked(pk: int) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",))
    return rows.select_related("self_evaluation__framework", "criterion").get(pk=pk)


def _write(evaluation: Evaluation, field: str, text: str, *, by: User, at: datetime, note: str) -> None:
    setattr(evaluation, field, text)
    evaluation.version += 1
    evaluation.changed_by, evaluation.changed_at = by, at
    evaluation.save()
    keep_version(by=by, at=at, evaluation=evaluation, note=note[:300])
    rebuild_citations(holder=evaluation, at=at)
    record(by=by, at=at, action="evaluation.saved", thing=evaluation, text=f"{note[:300]}.", fields=[field])
