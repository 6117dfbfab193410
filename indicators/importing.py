"""The background work on a file of figures: look, match, take, store in batches, make current in one short step."""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts import audit
from documents import jobs
from documents.files import open_stored
from indicators import reporting
from indicators.catalogue import candidates, entries_of, families, known_filters
from indicators.current import identical_to, make_current, rank_of
from indicators.domain.families import Entry, FamilyMatch, Usable, family_by_header, match_family, propose
from indicators.domain.families import usable_entries as usable
from indicators.domain.file_shape import MOST_FILTER_VALUES, Header, Shape, Unusable
from indicators.domain.places import AreaIndex, KnownArea, Level
from indicators.domain.taking import Figure, Taking
from indicators.models import Area, CatalogueEntry, FileFamily, Observation, Release, StatisticsImport
from indicators.readers.statistics import StatisticsFile, Survey, open_statistics, survey

# Small enough that nobody who writes at the same time waits long.
BATCH = 1_000
ROWS = 2_000
# Between two looks at whether the reading before has ended.
PAUSE_SECONDS = 1
WITHDRAWN = "These figures were withdrawn. Nothing was read again."


def read_import(pk: int) -> StatisticsImport | None:
    """Claims and reads one file; None when there was nothing to do."""
    job = jobs.perform(StatisticsImport, pk, _read)
    if job is not None and job.state in {"failed", "cancelled"} and job.release is not None:
        _forget(job.release)
    return job


@dataclass(slots=True)
class _Reading:
    """What is known of a file while it is read."""

    job: StatisticsImport
    release: Release
    file: StatisticsFile
    found: Survey
    family: FileFamily
    match: FamilyMatch | None
    is_new_family: bool
    usable: Usable
    wanted: tuple[Entry, ...]


def _read(job: StatisticsImport, beat: jobs.Beat) -> None:
    beat(2, "Opening the file")
    release = _release_of(job)
    _wait_for_others(job, release, beat)
    release.refresh_from_db()
    if release.state == "withdrawn":
        raise jobs.JobFailed(WITHDRAWN)
    _forget(release)
    with open_stored(job.stored) as source:
        try:
            reading = _look(job, release, source, beat)
            taking = Taking(reading.found.shape, reading.wanted, area_index())
            rows = reading.file.rows()
            while batch := list(islice(rows, ROWS)):
                taking.take(batch)
                beat(40 + 25 * reading.file.share_read(), "Taking the rows")
        except Unusable as refusal:
            raise jobs.JobFailed(refusal.sentence) from refusal
    stored = _store(release, taking.figures(), beat)
    beat(96, "Choosing which figures count")
    _finish(reading, taking, stored)


def _release_of(job: StatisticsImport) -> Release:
    """The one release of these bytes; reading them again adds what was confirmed since."""
    release, _ = Release.objects.get_or_create(
        sha256=job.stored.sha256,
        defaults={
            "title": job.title or title_of(job.stored.original_name),
            "publisher": "Department for Education",
            "file_name": job.stored.original_name,
            "published_on": job.published_on,
            "imported_at": job.ordered_at,
            "imported_by": job.ordered_by,
        },
    )
    if job.release_id != release.pk:
        job.release = release
        StatisticsImport.objects.filter(pk=job.pk).update(release=release)
    return release


def _wait_for_others(job: StatisticsImport, release: Release, beat: jobs.Beat) -> None:
    """Two readings of one release would each take away what the other stores."""
    others = StatisticsImport.objects.filter(release=release, state="running", started_at__lt=job.started_at)
    while any(not jobs.is_stale(other, timezone.now()) for other in others.all()):
        beat(2, "Waiting for the reading before")
        time.sleep(PAUSE_SECONDS)


def _forget(release: Release) -> None:
    """Takes away what an attempt that didn't end has stored; what is held, or was and is withdrawn, stays."""
    taken = [] if release.state == "reading" else release.report.get("taken_indicators", [])
    Observation.objects.filter(release=release).exclude(indicator__in=taken).delete()
    if (
        release.state == "reading"
        and not StatisticsImport.objects.filter(release=release, state__in=["queued", "running"]).exists()
    ):
        release.delete()


def title_of(file_name: str) -> str:
    """ "sen2_timeliness-2025.csv" → "Sen2 timeliness 2025"."""
    words = re.sub(r"[_\-\s]+", " ", file_name.rsplit(".", 1)[0]).strip()
    return (words[:1].upper() + words[1:])[:200] or "Figures"


def area_index() -> AreaIndex:
    rows = Area.objects.values_list("pk", "code", "name", "ons_code", "level")
    return AreaIndex(
        tuple(
            KnownArea(key=pk, code=code, name=name, ons_code=ons, level=Level(level))
            for pk, code, name, ons, level in rows
        )
    )


# -- what the file is


def _look(job: StatisticsImport, release: Release, source: BinaryIO, beat: jobs.Beat) -> _Reading:
    file = open_statistics(source, size=job.stored.size)
    known = families()

    def first_word(header: Header) -> tuple[frozenset[str], frozenset[str]]:
        alike = family_by_header(header.names, known)
        return (alike.filters, alike.figures) if alike else (frozenset(), frozenset())

    found = survey(file, known=first_word, progress=lambda share: beat(5 + 33 * share, "Looking through the file"))
    match = match_family(found.shape.filters, found.shape.figures, known)
    family = FileFamily.objects.get(pk=match.family.key) if match else _new_family(job, found.shape)
    answerable = usable(entries_of(family), tuple(found.shape.figures), found.shape.filter_values)
    taken = set(release.report.get("taken_indicators", [])) if release.state == "held" else set()
    return _Reading(
        job=job,
        release=release,
        file=file,
        found=found,
        family=family,
        match=match,
        is_new_family=match is None,
        usable=answerable,
        wanted=tuple(entry for entry in answerable.entries if entry.indicator not in taken),
    )


def _new_family(job: StatisticsImport, shape: Shape) -> FileFamily:
    """Remembered with proposals, so that people can say which column is which; nothing is taken until they do."""
    title = job.title or title_of(job.stored.original_name)
    family = FileFamily(title=title, publisher="Department for Education", columns=list(shape.figures))
    family.filters = {column: list(values)[:MOST_FILTER_VALUES] for column, values in shape.filter_values.items()}
    stem = slugify(title)[:60] or "file"
    twins = set(FileFamily.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number = 1
    while (code := stem if number == 1 else f"{stem}-{number}") in twins:
        number += 1
    family.code = code
    family.save()
    return family


def _propose(family: FileFamily, shape: Shape) -> int:
    """Proposals for columns that nobody has mapped or put aside; what was decided stays."""
    kept = CatalogueEntry.objects.filter(family=family)
    columns = set(kept.values_list("value_column", flat=True)) | set(family.ignored)
    found = propose(
        figures=[column for column in shape.figures if column not in columns],
        filter_values=shape.filter_values,
        candidates=candidates(),
        known_filters=known_filters(),
        mapped=set(kept.values_list("indicator__code", flat=True)),
    )
    return reporting.store_proposals(family, found)


# -- what is kept


def _store(release: Release, figures: Iterable[Figure], beat: jobs.Beat) -> int:
    """Each batch is a transaction of its own, so that other writers get in between."""
    rows, done = _observations(release, figures), 0
    while batch := list(islice(rows, BATCH)):
        Observation.objects.bulk_create(batch, batch_size=500)
        done += len(batch)
        beat(66 + 29 * (1 - 0.9 ** (done / BATCH)), f"Storing the figures: {done:,} so far")
    return done


def _observations(release: Release, figures: Iterable[Figure]) -> Iterator[Observation]:
    for figure in figures:
        yield Observation(
            indicator_id=figure.entry.indicator,
            area_id=figure.area,
            period_kind=figure.period.kind.value,
            period_from_on=figure.period.starts_on,
            period_to_on=figure.period.ends_on,
            period_label=figure.period.label,
            release_id=release.pk,
            value=figure.cell.value,
            symbol=figure.cell.symbol,
        )


def _finish(reading: _Reading, taking: Taking, stored: int) -> None:
    """The one short transaction in which the release is held and its figures count."""
    now = timezone.now()
    job, tally = reading.job, taking.tally
    newest = tally.newest
    with transaction.atomic():
        release = Release.objects.select_for_update().filter(pk=reading.release.pk).first()
        if release is None or release.state == "withdrawn":
            raise jobs.JobFailed(WITHDRAWN)
        is_again = release.state == "held"
        stored = _leave_what_changed(reading, release, is_again=is_again)
        before = None if is_again else _release_before(reading.family, release)
        if not is_again:
            release.family = reading.family
            release.supersedes = before
            release.newest_to_on = newest.ends_on if newest else None
        release.state = "held"
        _remember(reading, release)
        release.save()
        indicators = [entry.indicator for entry in reading.wanted]
        moved = make_current(release, indicators, kept_out=taking.kept_out)
        proposed = _propose(reading.family, reading.found.shape)
        same = identical_to(release, before, indicators) if before and stored else (0, 0)
        report = reporting.report_of(
            reporting.Findings(
                release=release,
                before=before,
                file_notes=tuple(reading.file.notes),
                shape=reading.found.shape,
                match=reading.match,
                is_new_family=reading.is_new_family,
                taken=reading.wanted,
                left=reading.usable.left,
                tally=tally,
                stored=stored,
                moved=moved,
                same=same,
                proposed=proposed,
            )
        )
        _write_totals(release, report, tally.rows, tally.rows_taken, stored)
        audit.record(
            by=job.ordered_by,
            at=now,
            action="statistics.imported",
            thing=release,
            text=f"{tally.rows} rows read, {stored} figures taken, {moved.current} current.",
        )
        jobs.finish(job, outcome={"figures": stored, "current": moved.current, "proposed": proposed})


def _leave_what_changed(reading: _Reading, release: Release, *, is_again: bool) -> int:
    """Figures of an entry that was changed or removed meanwhile don't count; says how many remain of this reading."""
    now = entries_of(reading.family)
    stale = [entry for entry in reading.wanted if entry not in now]
    if stale and not is_again:  # nobody could order another reading of what wasn't held yet
        raise jobs.JobFailed(f"What is taken for “{stale[0].name}” was changed while this file was read. Try again.")
    reading.wanted = tuple(entry for entry in reading.wanted if entry in now)
    figures = Observation.objects.filter(release=release)
    figures.filter(indicator__in=[entry.indicator for entry in stale]).delete()
    return figures.filter(indicator__in=[entry.indicator for entry in reading.wanted]).count()


def _write_totals(release: Release, report: dict[str, object], rows: int, taken: int, stored: int) -> None:
    earlier = release.report
    release.report = reporting.joined(earlier, report)
    release.rows_read = rows
    release.rows_taken = max(taken, release.rows_taken)
    release.rows_left = rows - release.rows_taken
    release.figures += stored
    release.save()


def _release_before(family: FileFamily, release: Release) -> Release | None:
    """The newest release of the same family; its figures for the same times are the ones to replace."""
    held = Release.objects.filter(family=family, state="held").exclude(pk=release.pk)
    return max(held, default=None, key=rank_of)


def _remember(reading: _Reading, release: Release) -> None:
    """The family knows the columns of its newest file and every filter value that was ever seen."""
    family, shape = reading.family, reading.found.shape
    newer = Release.objects.filter(family=family, state="held", newest_to_on__gt=release.newest_to_on or date.min)
    if not newer.exclude(pk=release.pk).exists():
        family.columns = list(shape.figures)
    for column, values in shape.filter_values.items():
        seen = family.filters.get(column, [])
        family.filters[column] = [*seen, *(value for value in values if value not in set(seen))][:MOST_FILTER_VALUES]
    family.save(update_fields=["columns", "filters"])
