"""Imports in page words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from documents.presenters import State, state_of
from indicators.domain.figures import symbol_in_words
from indicators.models import CatalogueEntry, FileFamily, Release, StatisticsImport

_ROWS = {
    "other filters": "with other values of the filters",
    "other places": "about schools, constituencies or other places",
    "unknown areas": "about areas that aren't in the list of areas",
    "no period": "without a time that is understood",
    "odd": "with another number of cells than the header",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One file in the list."""

    job: StatisticsImport
    title: str
    url: str
    state: State
    waits: int


def import_lines(jobs: list[StatisticsImport], waiting: Mapping[int, int]) -> list[ImportLine]:
    return [
        ImportLine(
            job=job,
            title=str(job.release) if job.release else job.title or job.stored.original_name,
            url=reverse("indicators:import-show", args=[job.pk]),
            state=state_of_import(job),
            waits=waiting.get(job.release.family_id or 0, 0) if job.release else 0,
        )
        for job in jobs
    ]


def state_of_import(job: StatisticsImport) -> State:
    if job.is_done and job.release is not None:
        if job.release.state == "withdrawn":
            return State("Withdrawn", "grey")
        if not job.release.figures:
            return State("Nothing taken yet", "yellow")
        return State("Taken", "green")
    return state_of(job)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    label: str
    number: int


def row_lines(report: Mapping[str, Any]) -> list[Line]:
    """The rows that nothing was taken from, by why."""
    rows = report.get("rows", {})
    return [Line(label=label, number=rows[key]) for key, label in _ROWS.items() if rows.get(key)]


def symbol_lines(report: Mapping[str, Any]) -> list[Line]:
    symbols = report.get("symbols", {})
    return [
        Line(label=f"{symbol}: {symbol_in_words(symbol)}", number=count)
        for symbol, count in sorted(symbols.items(), key=lambda each: -each[1])
    ]


def facts_of_release(release: Release, job: StatisticsImport) -> list[dict[str, str]]:
    report = release.report
    periods = report.get("periods", [])
    shown = ", ".join(periods) if len(periods) <= 12 else f"{periods[0]} to {periods[-1]} ({len(periods)} periods)"
    levels = report.get("levels", {})
    names = {"local_authority": "local authorities", "region": "regions", "country": "England"}
    return [
        {"key": "File", "value": f"{job.stored.original_name}, {job.stored.size:,} bytes"},
        {"key": "Kind of file", "value": str(release.family or "")},
        {"key": "Periods", "value": shown},
        {
            "key": "Places",
            "value": f"{report.get('areas', 0)}: " + ", ".join(f"{n:,} rows of {names[k]}" for k, n in levels.items()),
        },
        {"key": "Rows", "value": f"{release.rows_read:,} read"},
        {"key": "Figures", "value": f"{release.figures:,} taken"},
        {"key": "Takes the place of", "value": str(release.supersedes or "nothing: the first of its kind")},
        {"key": "Published on", "value": f"{release.published_on:%d/%m/%Y}" if release.published_on else "not said"},
        {"key": "Imported by", "value": str(release.imported_by or "the command line")},
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """One column of figures and what is known of it."""

    column: str
    entries: tuple[CatalogueEntry, ...]
    is_ignored: bool
    add_url: str


def column_lines(family: FileFamily, entries: list[CatalogueEntry]) -> list[ColumnLine]:
    add = reverse("indicators:entry-add", args=[family.code])
    lines = [
        ColumnLine(
            column=column,
            entries=tuple(entry for entry in entries if entry.value_column == column),
            is_ignored=column in family.ignored,
            add_url=f"{add}?column={column}",
        )
        for column in family.columns
    ]
    return sorted(lines, key=lambda line: (line.is_ignored, not line.entries))
