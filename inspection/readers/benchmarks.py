"""The files of published inspections, words and patterns → values, strictly: every fault is told with its line."""

from pathlib import Path

from framework.readers.lines import Entry, read_entry
from inspection.domain.reports.facts import FactsFile, PatternLine, VisitFacts
from inspection.domain.reports.lists import CLOSES, ListKind, WordList
from inspection.domain.reports.windows import TermName

LONGEST_CODE = 80


def read_word_lists(path: Path) -> tuple[WordList, ...]:
    """The lists of words by which reports are read and tied. Raises UnusableFile."""
    top, faults = read_entry(path)
    top.text("source", longest=300)
    rows: list[WordList] = []
    for entry in top.entries("headings", what="these headings", required=True):
        part = entry.choice("part", ("outcome", "improvement", "priority", ""), required=False) or CLOSES
        rows.append(WordList(kind=ListKind.HEADING, code=part, words=_words(entry)))
    for entry in top.entries("outcomes", what="this outcome", required=True):
        outcome = entry.whole("outcome", required=True, least=1, most=3)
        rows.append(WordList(kind=ListKind.OUTCOME, code=str(outcome or ""), words=_words(entry)))
    for kind in (ListKind.NEXT_ACTIVITY, ListKind.RESPONSIBLE):
        rows.append(WordList(kind=kind, words=top.texts(str(kind), required=True)))
    for key, kind in (("criteria", ListKind.CRITERION), ("themes", ListKind.THEME)):
        for entry in top.entries(key, required=True):
            code = entry.text(str(kind), required=True, longest=LONGEST_CODE)
            rows.append(WordList(kind=kind, code=code, words=_words(entry)))
    top.finish()
    faults.stop_if_any()
    return tuple(rows)


def _words(entry: Entry) -> tuple[str, ...]:
    words = entry.texts("words", required=True)
    entry.finish()
    return words


def read_facts(path: Path) -> FactsFile:
    """The published inspections. Raises UnusableFile."""
    top, faults = read_entry(path)
    source, as_at = top.text("source", required=True, longest=300), top.day("as_at")
    visits = tuple(_visit(entry) for entry in top.entries("inspections", what="this inspection", required=True))
    top.finish()
    faults.stop_if_any()
    return FactsFile(source=source, as_at=as_at, visits=visits)


def _visit(entry: Entry) -> VisitFacts:
    visit = VisitFacts(
        area=entry.code("area"),
        started_on=entry.day("start"),
        ended_on=entry.day("end"),
        published_on=entry.day("published"),
        outcome=entry.whole("outcome", least=1, most=3),
        next_months=entry.whole("next_months", least=1, most=120),
    )
    if visit.started_on and visit.ended_on and visit.ended_on < visit.started_on:
        entry.fault("end", "“end” is before “start”.")
    if not (visit.started_on or visit.published_on):
        entry.fault("area", "This inspection has neither “start” nor “published”. Give one of them.")
    entry.finish()
    return visit


def read_patterns(path: Path) -> tuple[PatternLine, ...]:
    """Where regions expect one visit a term. Raises UnusableFile."""
    top, faults = read_entry(path)
    lines: list[PatternLine] = []
    for entry in top.entries("patterns", what="this pattern", required=True):
        region, source = entry.text("region", required=True, longest=60), entry.text("source", longest=300)
        made_on = entry.day("made_on", required=True)
        for one in entry.entries("expected", what="this line", required=True):
            area, was_on = one.code("area"), one.day("was")
            term = one.choice("term", [str(name) for name in TermName])
            year = one.whole("year", required=True, least=2016, most=2100)
            note = one.text("note", longest=200)
            one.finish()
            if made_on and term and year:
                lines.append(
                    PatternLine(
                        region=region, made_on=made_on, source=source, area=area, was_on=was_on, term=TermName(term),
                        year=year, note=note,
                    )
                )  # fmt: skip
        entry.finish()
    top.finish()
    faults.stop_if_any()
    return tuple(lines)
