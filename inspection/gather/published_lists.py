"""What reading a report needs: lists of words, areas and known facts, from rows or else from files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError

from indicators.loaders import read_areas
from indicators.models import Area
from inspection.domain.reports.facts import VisitFacts, area_named, day_in_name, publication_of
from inspection.domain.reports.lists import ListKind, Lists, WordList, lists_of
from inspection.domain.reports.reading import Report
from inspection.domain.reports.taken import Taken, take
from inspection.models import PublishedInspection, ReportWords
from inspection.readers.benchmarks import read_facts, read_word_lists

BENCHMARKS = settings.FIXTURES_DIR / "benchmarks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The lists, (code, name) of areas, and what is known of visits. `is_stored` where all of it came from rows."""

    lists: Lists
    areas: Sequence[tuple[str, str]]
    visits: Sequence[VisitFacts]
    is_stored: bool = True

    def take(self, report: Report, *, file: str) -> Taken:
        """The report with criteria and themes, its area, and the day of publication from wherever it is known."""
        code = area_named(report.area, self.areas) if report.area else None
        published_on, said_by = day_in_name(file), "the file's name"
        if published_on is None and code:
            days = Taken.facts(
                take(report, self.lists, file=file, area_code=code, published_on=None, published_from="")
            )
            published_on, said_by = publication_of(days, self.visits), "the stored facts of published inspections"
        return take(
            report,
            self.lists,
            file=file,
            area_code=code,
            published_on=published_on,
            published_from=said_by
            if published_on
            else "not known: neither the file's name nor the stored facts say it",
        )


def lists_in_use() -> Lists:
    """The lists of the admin site."""
    rows = ReportWords.objects.order_by("order", "pk")
    return lists_of(WordList(kind=ListKind(row.kind), code=row.code, words=row.phrases) for row in rows)


def known_from_rows() -> Known:
    """What the database holds; what it lacks is taken from the files. Three queries."""
    files = known_from_files()
    lists = lists_in_use()
    areas = list(Area.objects.local_authorities().values_list("code", "name"))
    visits = [row.facts() for row in PublishedInspection.objects.select_related("area")]
    return Known(
        lists=lists if lists.wording.headings else files.lists,
        areas=areas or files.areas,
        visits=visits or files.visits,
        is_stored=bool(lists.wording.headings and areas),
    )


def known_from_files() -> Known:
    return Known(
        lists=lists_of(read_word_lists(BENCHMARKS / "report-words.yaml")),
        areas=[(area.code, area.name) for area in read_areas(BENCHMARKS / "areas.yaml").areas],
        visits=read_facts(BENCHMARKS / "inspections.yaml").visits,
        is_stored=False,
    )


def known_anyhow() -> Known:
    """From the database, or without one from the files that come along."""
    try:
        return known_from_rows()
    except DatabaseError:
        return known_from_files()
