"""Published inspections, lists of words and patterns → rows. Loading again doubles nothing and leaves alone what
somebody edited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from indicators.models import Area
from inspection.domain.reports.facts import FACT_NAMES, FactsFile, PatternLine, VisitFacts, is_same_visit, said_of
from inspection.domain.reports.lists import Lists, WordList
from inspection.domain.reports.words import Tie, tie
from inspection.models import (
    PublishedInspection,
    PublishedSaying,
    PublishedTodo,
    ReportWords,
    TermPattern,
    TodoTie,
)

_DAYS = {"started_on", "ended_on", "published_on", "previous_started_on", "previous_ended_on"}


@dataclass(slots=True)
class PublishedLoaded:
    """What loading did. `unknown` are the codes of areas that aren't known here."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    lists: int = 0
    lists_kept: int = 0
    patterns: int = 0
    unknown: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = (
            f"{self.created} published inspections created, {self.changed} changed, {self.unchanged} as before; "
            f"{self.lists} lists of words written, {self.lists_kept} left as somebody edited them; "
            f"{self.patterns} lines of patterns written."
        )
        return f"{said} Areas that aren't known: {', '.join(self.unknown)}." if self.unknown else said


@transaction.atomic
def load_published(*, words: Sequence[WordList], facts: FactsFile, patterns: Sequence[PatternLine]) -> PublishedLoaded:
    load = PublishedLoaded()
    areas = {area.code: area for area in Area.objects.local_authorities()}
    _load_words(load, words)
    _load_facts(load, facts, areas)
    _load_patterns(load, patterns, areas)
    named = {visit.area for visit in facts.visits} | {line.area for line in patterns}
    load.unknown = tuple(sorted(named - areas.keys()))
    return load


def _load_words(load: PublishedLoaded, words: Iterable[WordList]) -> None:
    existing = {(row.kind, row.code): row for row in ReportWords.objects.all()}
    for order, (kind, code, phrases) in enumerate(_joined(words), 1):
        text = "\n".join(phrases)
        row = existing.get((kind, code))
        if row is None:
            ReportWords.objects.create(kind=kind, code=code, words=text, order=order)
            load.lists += 1
        elif row.edited_at:
            load.lists_kept += 1
        elif (row.words, row.order) != (text, order):
            row.words, row.order = text, order
            row.save(update_fields=["words", "order"])
            load.lists += 1


def _joined(words: Iterable[WordList]) -> Iterable[tuple[str, str, list[str]]]:
    """One list for each kind and code: a file may give the headings of a part in several entries."""
    joined: dict[tuple[str, str], list[str]] = {}
    for each in words:
        joined.setdefault((str(each.kind), each.code), []).extend(each.words)
    return [(kind, code, phrases) for (kind, code), phrases in joined.items()]


def _load_facts(load: PublishedLoaded, file: FactsFile, areas: dict[str, Area]) -> None:
    held = list(PublishedInspection.objects.select_related("area").prefetch_related("sayings"))
    facts_held = [(row, row.facts()) for row in held]
    for visit in file.visits:
        if visit.area not in areas:
            continue
        row = next((row for row, facts in facts_held if _fits(row, facts, visit, file.source)), None)
        if row is None:
            row = PublishedInspection.objects.create(area=areas[visit.area], kind=visit.kind, source=file.source)
            say(row, visit, source=file.source, is_report=False)
            load.created += 1
        elif say(row, visit, source=file.source, is_report=False):
            load.changed += 1
        else:
            load.unchanged += 1


def _fits(row: PublishedInspection, facts: VisitFacts, visit: VisitFacts, source: str) -> bool:
    """The row of this visit: by what counts, or by what the same file said before a person put it right."""
    if is_same_visit(facts, visit):
        return True
    said = {one.field: one.value for one in row.sayings.all() if one.source == source}
    return facts.area == visit.area and facts.kind == visit.kind and bool(said) and said == said_of(visit)


def say(row: PublishedInspection, visit: VisitFacts, *, source: str, is_report: bool) -> bool:
    """Keeps what a source says of a visit, and counts again what stands in its row. Whether anything changed."""
    said = said_of(visit)
    before = {one.field: one for one in row.sayings.all() if one.source == source}
    changed = False
    for name, value in said.items():
        one = before.get(name)
        if one is None:
            PublishedSaying.objects.create(inspection=row, source=source, field=name, value=value, is_report=is_report)
            changed = True
        elif one.value != value:
            one.value = value
            one.save(update_fields=["value"])
            changed = True
    if gone := [one.pk for name, one in before.items() if name not in said]:
        PublishedSaying.objects.filter(pk__in=gone).delete()
        changed = True
    if changed:
        count_again(row)
    return changed


def count_again(row: PublishedInspection) -> None:
    """The report's own word counts before a list's, the later source before the earlier; a person's before all."""
    if row.edited_at:
        return
    counted: dict[str, Any] = dict.fromkeys(FACT_NAMES)
    for one in PublishedSaying.objects.filter(inspection=row).order_by("is_report", "pk"):
        if one.field in counted:
            counted[one.field] = date.fromisoformat(one.value) if one.field in _DAYS else int(one.value)
    for name, value in counted.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*counted, "version"])


def _load_patterns(load: PublishedLoaded, lines: Iterable[PatternLine], areas: dict[str, Area]) -> None:
    existing = {(row.region, row.made_on, row.area_id): row for row in TermPattern.objects.all()}
    for line in lines:
        area = areas.get(line.area)
        if area is None:
            continue
        values = {
            "source": line.source, "was_on": line.was_on, "term": line.term.value, "year": line.year, "note": line.note,
        }  # fmt: skip
        row = existing.get((line.region, line.made_on, area.pk))
        if row is None:
            TermPattern.objects.create(region=line.region, made_on=line.made_on, area=area, **values)
            load.patterns += 1
        elif not row.edited_at and any(getattr(row, name) != value for name, value in values.items()):
            TermPattern.objects.filter(pk=row.pk).update(**values)
            load.patterns += 1


# -- ties


def tie_todo(todo: PublishedTodo, lists: Lists) -> bool:
    """Ties a text by the lists as they are now. What a person decided stays. Whether anything changed."""
    found: dict[tuple[str, str], Tie] = {
        **{("criterion", one.code): one for one in tie(todo.text, lists.criteria)},
        **{("theme", one.code): one for one in tie(todo.text, lists.themes)},
    }
    held = {(row.kind, row.code): row for row in todo.ties.all()}
    changed = False
    for key, one in found.items():
        row = held.get(key)
        if row is None:
            TodoTie.objects.create(todo=todo, kind=key[0], code=key[1], because=list(one.because))
            changed = True
        elif row.because != list(one.because):
            row.because = list(one.because)
            row.save(update_fields=["because"])
            changed = True
    stale = [row.pk for key, row in held.items() if key not in found and row.state == "read"]
    if stale:
        TodoTie.objects.filter(pk__in=stale).delete()
    return changed or bool(stale)


def tie_all(lists: Lists) -> int:
    """Ties every stored text anew, for instance after a list was edited; says how many changed."""
    todos = PublishedTodo.objects.prefetch_related("ties")
    return sum(tie_todo(todo, lists) for todo in todos)
