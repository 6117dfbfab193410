"""The log as it stands → the rows of a workbook; what cells may name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from accounts.models import Organisation, User
from evidence.domain.exchange import ITEM_COLUMNS, Change, Row, Tables
from evidence.models import Evidence, EvidenceKind, EvidenceQuerySet, LensLink, Marking, PointLink
from evidence.permissions import evidence_of, possible_owners
from evidence.presenters import state_tag
from evidence.readers.workbook import Known
from framework.models import CriterionPoint, LensStatement

KINDS = {kind.value: str(kind.label) for kind in EvidenceKind}
MARKINGS = {marking.value: str(marking.label) for marking in Marking}


def tables_of(user: User) -> Tables:
    """What a person may read and export: four queries, however much it is."""
    return tables(evidence_of(user).standing())


def tables(items: EvidenceQuerySet) -> Tables:
    rows = items.with_states().select_related("organisation", "owner").order_by("number")
    found = tuple(Row(values=_item(item)) for item in rows)
    keys = items.values("pk")
    # A point in the archive is no code that a workbook may name: what goes out can be read back in.
    points = PointLink.objects.filter(evidence__in=keys, point__framework__is_current=True, point__is_archived=False)
    statements = LensLink.objects.filter(
        evidence__in=keys, statement__framework__is_current=True, statement__is_archived=False
    )
    links = [
        *points.order_by("evidence__number", "point__criterion__order", "point__order").values_list(
            "evidence__number", "point__code", "relevance"
        ),
        *statements.order_by("evidence__number", "statement__lens__order", "statement__order").values_list(
            "evidence__number", "statement__code", "relevance"
        ),
    ]
    spoken = tuple(
        Row(values={"number": f"E{number}", "code": code, "relevance": plain(relevance)})
        for number, code, relevance in links
    )
    return Tables(items=found, links=spoken)


def _item(item: Evidence) -> dict[str, str]:
    given = {"number": item.code, "state": state_tag(item).word}
    return {column.field: given.get(column.field) or plain(getattr(item, column.field, "")) for column in ITEM_COLUMNS}


def plain(value: object) -> str:
    """A value of a row in the one form that cells are compared in."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, User):
        return value.email.lower()
    lines = str(value).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def known_names() -> Known:
    """Five queries. Who owns something already may go on owning it."""
    owners = set(possible_owners().values_list("email", flat=True))
    owners |= set(Evidence.objects.exclude(owner=None).values_list("owner__email", flat=True))
    points = CriterionPoint.objects.filter(framework__is_current=True, is_archived=False)
    statements = LensStatement.objects.filter(framework__is_current=True, is_archived=False)
    return Known(
        kinds=KINDS,
        markings=MARKINGS,
        organisations=frozenset(Organisation.objects.values_list("name", flat=True)),
        owners=frozenset(email.lower() for email in owners),
        codes=frozenset([*points.values_list("code", flat=True), *statements.values_list("code", flat=True)]),
    )


def in_words(change: Change) -> Change:
    """A change with the words that the workbook has, instead of codes and days as they are compared."""
    fields = tuple(
        replace(field, before=_words(field.header, field.before), after=_words(field.header, field.after))
        for field in change.fields
    )
    return replace(change, fields=fields)


def _words(header: str, text: str) -> str:
    column = next((each for each in ITEM_COLUMNS if each.header == header), None)
    if column is None or not text:
        return text
    if column.is_day:
        try:
            return f"{date.fromisoformat(text):%d/%m/%Y}"
        except ValueError:
            return text
    return {"kind": KINDS, "marking": MARKINGS}.get(column.field, {}).get(text, text)
