"""Database → what can be carried from one rulebook to another, line by line. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from accounts.models import User
from accounts.permissions import reason_not_to
from documents.domain.words import Comparison, compare_words
from evidence.models import LensLink, PointLink
from evidence.permissions import evidence_of
from framework.models import CriterionMapping, CriterionPoint, Framework, Lens, LensStatement
from selfeval.citing import EVALUATION_FIELDS
from selfeval.domain.carry_over import LinkNow, Way, Why, reason_to_keep_link, way_of, without_piece
from selfeval.gather.carrying import criteria_of, mapping_between
from selfeval.models import Carried, CarriedKind, Evaluation, SelfEvaluation
from selfeval.permissions import check_can_write

ON_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSort:
    """Links to points of criteria, and links to statements of lenses: the same in every way but their names."""

    kind: CarriedKind
    links: Any
    rows: Any
    row: str
    parent: str


SORTS: Mapping[str, LinkSort] = {
    CarriedKind.POINT: LinkSort(
        kind=CarriedKind.POINT, links=PointLink, rows=CriterionPoint, row="point", parent="criterion"
    ),
    CarriedKind.STATEMENT: LinkSort(
        kind=CarriedKind.STATEMENT, links=LensLink, rows=LensStatement, row="statement", parent="lens"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A criterion or a lens of the earlier rulebook: what one page shows."""

    sort: LinkSort
    code: str
    title: str

    @property
    def value(self) -> str:
        return f"{self.sort.parent}:{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What may be done with one thing in one place. One of: a button, an undo, or neither with the reason."""

    source: int
    place: int
    field: str = ""
    carried: Carried | None = None
    is_there: bool = False
    now: str = ""
    comparison: Comparison | None = None
    note: str = ""
    reason: str = ""

    @property
    def anchor(self) -> str:
        return f"line-{self.source}-{self.place}{'-' if self.field else ''}{self.field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A row of the later rulebook with what its words say otherwise."""

    row: Any
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRow:
    """A point or statement of the earlier rulebook, where it goes, and the links of this page that stand at it."""

    row: Any
    way: Way
    targets: tuple[Target, ...]
    links: tuple[tuple[Any, tuple[tuple[Target, Line], ...]], ...]

    @property
    def is_by_code(self) -> bool:
        return self.way.why is Why.SAME_CODE


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    rows: tuple[OldRow, ...]
    page: Page[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The texts of one criterion in the newest cycle under the earlier rulebook, and where they go in the later."""

    old_cycle: SelfEvaluation | None
    new_cycle: SelfEvaluation | None
    old: Evaluation | None = None
    way: Way = field(default_factory=Way)
    places: tuple[tuple[Evaluation, tuple[tuple[str, str, Line], ...]], ...] = ()

    @property
    def is_by_code(self) -> bool:
        return self.way.why is Why.SAME_CODE


def earlier_framework(new: Framework, frameworks: Sequence[Framework]) -> Framework | None:
    """The rulebook that this one's mapping names, else the newest of the others."""
    named = CriterionMapping.objects.filter(framework=new, is_archived=False).values_list("old_framework", flat=True)
    first = named.first()
    others = sorted((each for each in frameworks if each.pk != new.pk), key=lambda one: one.in_force_from, reverse=True)
    return next((each for each in others if each.pk == first), others[0] if others else None)


def parts_of(framework: Framework) -> list[Part]:
    """Criteria first, then lenses: two queries."""
    points, statements = SORTS[CarriedKind.POINT], SORTS[CarriedKind.STATEMENT]
    lenses = Lens.objects.filter(framework=framework, is_archived=False)
    return [
        *(Part(sort=points, code=row.code, title=row.title) for row in criteria_of(framework)),
        *(Part(sort=statements, code=row.code, title=row.title) for row in lenses),
    ]


def raw_mapping(old: Framework, new: Framework) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    rows = CriterionMapping.objects.filter(framework=new, old_framework=old, is_archived=False).order_by("order", "pk")
    for old_code, new_code in rows.values_list("old_code", "new_code"):
        found[old_code].append(new_code)
    return found


def standing_rows(sort: LinkSort, framework: Framework) -> dict[str, Any]:
    """Points or statements of a rulebook by code, each with what it stands in: one query."""
    rows = sort.rows.objects.filter(framework=framework, is_archived=False).select_related(sort.parent)
    return {row.code: row for row in rows.filter(**{f"{sort.parent}__is_archived": False})}


def link_way(sort: LinkSort, row: Any, new: Mapping[str, Any], mapping: Mapping[str, Sequence[str]]) -> Way:
    parents = {code: getattr(each, sort.parent).code for code, each in new.items()}
    return way_of(row.code, parent=getattr(row, sort.parent).code, new=parents, mapping=mapping, noun=sort.row)


def gather_links(user: User, *, part: Part, old: Framework, new: Framework, page_number: int) -> Links:
    """The links of one criterion or lens, a page of them, with where each can go: seven queries."""
    sort = part.sort
    mapping, targets = raw_mapping(old, new), standing_rows(sort, new)
    rows = sort.rows.objects.filter(framework=old, **{f"{sort.parent}__code": part.code})
    old_rows = list(rows.select_related(sort.parent).order_by("order", "code"))
    found = sort.links.objects.filter(**{f"{sort.row}__in": old_rows}, evidence__in=evidence_of(user).standing())
    found = found.select_related("evidence", "added_by").order_by(
        f"{sort.row}__order", f"{sort.row}__code", "evidence__number", "pk"
    )
    page = Paginator(found, ON_PAGE).get_page(page_number)
    ways = {row.pk: link_way(sort, row, targets, mapping) for row in old_rows}
    links = list(page.object_list)
    lines = _LinkLines(sort, links, [targets[code] for way in ways.values() for code in way.codes])
    shown = []
    for row in old_rows:
        here = [link for link in links if getattr(link, f"{sort.row}_id") == row.pk]
        places = tuple(
            Target(row=targets[code], comparison=_compared(row, targets[code])) for code in ways[row.pk].codes
        )
        shown.append(
            OldRow(
                row=row,
                way=ways[row.pk],
                targets=places,
                links=tuple((link, tuple((each, lines.line(link, each.row)) for each in places)) for link in here),
            )
        )
    return Links(rows=tuple(each for each in shown if each.links or page.number == 1), page=page)


def _compared(old: Any, new: Any) -> Comparison:
    """Official wording against official wording, where both have it; else our own words."""
    if old.official_wording and new.official_wording:
        return compare_words(old.official_wording, new.official_wording)
    return compare_words(old.title, new.title)


class _LinkLines:
    """What stands at the new places already, and what of it was carried: two queries for a whole page."""

    def __init__(self, sort: LinkSort, links: Sequence[Any], places: Iterable[Any]) -> None:
        self.carried = carried_of(sort.kind, [link.pk for link in links])
        self.there = {
            (each.evidence_id, getattr(each, f"{sort.row}_id")): each
            for each in sort.links.objects.filter(
                evidence__in=[link.evidence_id for link in links], **{f"{sort.row}__in": [row.pk for row in places]}
            )
        }

    def line(self, link: Any, place: Any) -> Line:
        now = self.there.get((link.evidence_id, place.pk))
        carried = self.carried.get((link.pk, place.pk, ""))
        if now is None:
            note = "It was carried over before, and taken out since." if carried else ""
            return Line(source=link.pk, place=place.pk, note=note)
        reason = reason_to_keep(carried, now) if carried else ""
        return Line(
            source=link.pk,
            place=place.pk,
            carried=carried,
            is_there=True,
            now=now.relevance,
            comparison=compare_words(link.relevance, now.relevance),
            reason=reason,
        )


def reason_to_keep(carried: Carried, link: Any) -> str:
    now = link and LinkNow(pk=link.pk, sentence=link.relevance, said_at=link.added_at)
    return reason_to_keep_link(made=carried.made, sentence=carried.text, made_at=carried.made_at, now=now)


def carried_of(kind: str, sources: Sequence[int]) -> dict[tuple[int, int, str], Carried]:
    """What stands carried by source, place and field; of several the newest."""
    rows = Carried.objects.filter(kind=kind, source__in=sources, undone_at=None).select_related("made_by")
    return {(row.source, row.place, row.field): row for row in rows.order_by("pk")}


def answer_way(code: str, old: Framework, new: Framework) -> Way:
    """Where what is said of an earlier criterion goes: the way that a new cycle takes too."""
    known = {row.code: "" for row in criteria_of(new)}
    return way_of(code, parent="", new=known, mapping=mapping_between(old, new), noun="criterion")


def cycles_between(old: Framework, new: Framework) -> tuple[SelfEvaluation | None, SelfEvaluation | None]:
    """The newest cycle under the earlier rulebook; under the later one the current, else the newest."""
    newest = SelfEvaluation.objects.order_by("-is_current", "-started_on", "-pk")
    return newest.filter(framework=old).first(), newest.filter(framework=new).first()


def gather_answers(user: User, *, code: str, old: Framework, new: Framework) -> Answers:
    """The four texts of one criterion beside what the new cycle says."""
    before, after = cycles_between(old, new)
    if before is None or after is None:
        return Answers(old_cycle=before, new_cycle=after)
    rows = Evaluation.objects.select_related("criterion", "self_evaluation", "changed_by")
    source = rows.filter(self_evaluation=before, criterion__code=code).first()
    if source is None:
        return Answers(old_cycle=before, new_cycle=after)
    way = answer_way(code, old, new)
    carried = carried_of(CarriedKind.ANSWER, [source.pk])
    places = rows.filter(self_evaluation=after, criterion__code__in=way.codes)
    fields = [name for name in EVALUATION_FIELDS if getattr(source, name).strip()]
    return Answers(
        old_cycle=before,
        new_cycle=after,
        old=source,
        way=way,
        places=tuple(
            (
                place,
                tuple(
                    (name, getattr(source, name), _answer_line(user, source, place, name, carried)) for name in fields
                ),
            )
            for place in places.order_by("criterion__group__order", "criterion__order", "pk")
        ),
    )


def _answer_line(
    user: User, source: Evaluation, place: Evaluation, name: str, found: Mapping[tuple[int, int, str], Carried]
) -> Line:
    now, carried = getattr(place, name), found.get((source.pk, place.pk, name))
    note = ""
    if carried and without_piece(now, piece=carried.text, before=carried.before) is None:
        note, carried = "It was carried over before, and the words were changed since: there is nothing to undo.", None
    return Line(
        source=source.pk,
        place=place.pk,
        field=name,
        carried=carried,
        is_there=bool(now.strip()),
        now=now.strip(),
        comparison=compare_words(getattr(source, name), now) if now.strip() else None,
        note=note,
        reason=reason_not_to(check_can_write, user, place),
    )
