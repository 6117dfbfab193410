"""Saying which column of a kind of file is which indicator, and what an indicator is."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from indicators.actions.importing import read_again
from indicators.current import make_current, settle
from indicators.domain.families import FilterValue, values_of
from indicators.domain.figures import Unit
from indicators.models import CatalogueEntry, FileFamily, Indicator, Observation, Release, StatisticsImport


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an indicator stands in a family: its column, a value for every filter, how its periods are read."""

    column: str
    filters: Mapping[str, FilterValue]
    period_as: str = ""


def confirm_entry(*, by: User, at: datetime, family: FileFamily, indicator: Indicator, place: Place) -> CatalogueEntry:
    """Confirms a proposal, adds an entry or changes one; what the family's files hold is then read again."""
    check_permission(by, Permission.EDIT_INDICATORS)
    _check_place(family, place, indicator)
    with transaction.atomic():
        entry, is_new = CatalogueEntry.objects.select_for_update().get_or_create(indicator=indicator, family=family)
        moved = not is_new and entry.state == "confirmed" and _differs(entry, place)
        entry.value_column, entry.filters, entry.period_as = place.column, dict(place.filters), place.period_as
        entry.state, entry.confirmed_by, entry.confirmed_at = "confirmed", by, at
        entry.save()
        if moved:
            _check_can_read_again(family, indicator)
            _untake(family, indicator)
        record(
            by=by,
            at=at,
            action="catalogue.confirmed",
            thing=indicator,
            text=f"{place.column} of {family}.",
            fields=["value_column", "filters", "period_as"],
        )
        _read_files_again(by, at, family)
    return entry


def confirm_proposals(*, by: User, at: datetime, family: FileFamily) -> int:
    """Confirms every proposal that is complete; says how many."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        complete = [
            entry.pk
            for entry in family.entries.filter(state="proposed")
            if set(entry.filters) == set(family.filters) and all(entry.filters.values())
        ]
        CatalogueEntry.objects.filter(pk__in=complete).update(state="confirmed", confirmed_by=by, confirmed_at=at)
        record(by=by, at=at, action="catalogue.confirmed", thing=family, text=f"{len(complete)} proposals.")
        if complete:
            _read_files_again(by, at, family)
    return len(complete)


def remove_entry(*, by: User, at: datetime, entry: CatalogueEntry) -> None:
    """Takes an entry back, and with it the figures that were taken through it: an earlier source counts again."""
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        if entry.state == "confirmed":
            _untake(entry.family, entry.indicator)
        record(by=by, at=at, action="catalogue.removed", thing=entry.indicator, text=f"Out of {entry.family}.")
        entry.delete()


def ignore_column(*, by: User, at: datetime, family: FileFamily, column: str, is_ignored: bool) -> FileFamily:
    """Puts a column aside, so that nothing is proposed for it again; or takes it back."""
    check_permission(by, Permission.EDIT_INDICATORS)
    if column not in family.columns:
        raise NotAllowed("Files of this kind have no such column.")
    with transaction.atomic():
        kept = [each for each in family.ignored if each != column]
        family.ignored = [*kept, column] if is_ignored else kept
        family.save(update_fields=["ignored"])
        if is_ignored:
            family.entries.filter(value_column=column, state="proposed").delete()
        record(by=by, at=at, action="catalogue.ignored" if is_ignored else "catalogue.offered", thing=family)
    return family


def _check_place(family: FileFamily, place: Place, indicator: Indicator) -> None:
    if place.column not in family.columns:
        raise NotAllowed(f"Files of this kind have no column “{place.column}”.")
    if set(place.filters) != set(family.filters) or not all(place.filters.values()):
        raise NotAllowed("Choose a value for every filter: otherwise several rows would be the same figure.")
    if any(len(values_of(value)) > 1 for value in place.filters.values()) and indicator.unit != Unit.COUNT:
        raise NotAllowed("Only numbers can be added up, never percentages or rates: choose one value for each filter.")


def _check_can_read_again(family: FileFamily, indicator: Indicator) -> None:
    """What was taken through an entry is thrown away when it moves: only where it can be taken anew."""
    given = Observation.objects.filter(indicator=indicator, release__family=family, release__state="held")
    releases = Release.objects.filter(pk__in=given.order_by().values("release"))
    for release in releases:
        last = StatisticsImport.objects.filter(release=release).select_related("stored").first()
        if last is None or not last.stored.has_bytes:
            raise NotAllowed(
                f"The file of “{release}” isn’t kept here any more: its figures couldn’t be taken again. "
                "Import it again first, or leave this as it is."
            )


def _differs(entry: CatalogueEntry, place: Place) -> bool:
    held = entry.value_column, entry.filters, entry.period_as
    return held != (place.column, dict(place.filters), place.period_as)


def _untake(family: FileFamily, indicator: Indicator) -> None:
    """Forgets what the files of a family gave for an indicator, so that it can be taken anew."""
    releases = list(Release.objects.select_for_update().filter(family=family, state="held"))
    settle([indicator.pk], gone=releases)
    Observation.objects.filter(release__in=releases, indicator=indicator).delete()
    for release in releases:
        _untaken(release, {indicator.pk}, {indicator.code})


def _untaken(release: Release, indicators: Collection[int], codes: Collection[str]) -> None:
    """The report of a release no longer says that it gives these."""
    report = release.report
    report["taken_indicators"] = [pk for pk in report.get("taken_indicators", []) if pk not in indicators]
    report["taken"] = [each for each in report.get("taken", []) if each["code"] not in codes]
    release.figures = Observation.objects.filter(release=release).count()
    release.save(update_fields=["report", "figures"])


def _read_files_again(by: User, at: datetime, family: FileFamily) -> None:
    for release in Release.objects.filter(family=family, state="held", kind="published").order_by("pk"):
        try:
            read_again(by=by, at=at, release=release)
        except NotAllowed:  # the bytes are gone: what was taken stays, and its page says so
            continue


def restore_release(*, by: User, at: datetime, release: Release) -> Release:
    """The figures of a withdrawn release count again, as far as no newer ones give the same.

    What was taken through an entry that was changed or removed since is forgotten; what was confirmed since is taken
    from the file, where it is kept.
    """
    check_permission(by, Permission.EDIT_INDICATORS)
    with transaction.atomic():
        row = Release.objects.select_for_update().get(pk=release.pk)
        if row.state != "withdrawn":
            raise NotAllowed("These figures were not withdrawn.")
        row.state = "held"
        row.save(update_fields=["state"])
        if row.family_id:
            _forget_stale_entries(row)
        indicators = set(
            Observation.objects.filter(release=row).order_by().values_list("indicator", flat=True).distinct()
        )
        make_current(row, indicators)
        record(by=by, at=at, action="statistics.counted_again", thing=row)
        if row.kind == "published":
            with suppress(NotAllowed):  # the bytes are gone: what was taken stands, and that is all there is
                read_again(by=by, at=at, release=row)
    return row


def _forget_stale_entries(release: Release) -> None:
    """Figures whose entry is not what it was when the file was last read."""
    read = StatisticsImport.objects.filter(release=release, state="done").order_by("-finished_at").first()
    entries = CatalogueEntry.objects.filter(family=release.family_id, state="confirmed", indicator__is_archived=False)
    if read is not None and read.finished_at is not None:
        entries = entries.exclude(confirmed_at__gt=read.started_at or read.finished_at)
    stale = Observation.objects.filter(release=release).exclude(indicator__in=entries.values("indicator"))
    gone = set(stale.order_by().values_list("indicator", "indicator__code"))
    stale.delete()
    _untaken(release, {pk for pk, _ in gone}, {code for _, code in gone})


def withdraw_release(*, by: User, at: datetime, release: Release, reason: str) -> Release:
    """Its figures no longer count; they and the file stay as history. What they displaced counts again."""
    check_permission(by, Permission.EDIT_INDICATORS)
    if release.state != "held":
        raise NotAllowed("These figures don't count anyway.")
    with transaction.atomic():
        figures = Observation.objects.filter(release=release)
        indicators = list(figures.order_by().values_list("indicator", flat=True).distinct())
        release.state = "withdrawn"
        release.save(update_fields=["state"])
        settle(indicators, gone=[release])
        record(by=by, at=at, action="statistics.withdrawn", thing=release, text=reason)
    return release
