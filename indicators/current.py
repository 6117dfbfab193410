"""Which of several releases' figures count. Each function is a handful of statements over all figures at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from indicators.domain.periods import Period
from indicators.models import Observation, Release

# A newer file that gives at least this share of an older one's figures speaks for all of them: what it leaves out was
# taken back by the publisher. One that gives less is a selection, and says nothing about the rest.
SPEAKS_FOR_ALL = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became current, what was replaced, and what differs from before."""

    current: int
    history: int
    replaced: int
    changed: int
    taken_back: int
    missing: int


OWN = frozenset({"local", "lists"})


def rank_of(release: Release) -> tuple[bool, date, date, int]:
    """A release with a newer newest period comes after, then the one published or imported later.

    Own figures come before all published ones; of them the last that were entered count, whatever their periods.
    """
    if release.kind in OWN:
        return False, date.min, date.min, release.pk
    published_on = release.published_on or timezone.localdate(release.imported_at)
    return True, release.newest_to_on or date.min, published_on, release.pk


def newer_than(release: Release) -> list[int]:
    held = Release.objects.filter(state="held").exclude(pk=release.pk)
    columns = ("pk", "kind", "newest_to_on", "published_on", "imported_at")
    return [other.pk for other in held.only(*columns) if rank_of(other) > rank_of(release)]


def _same_figure(**conditions: object) -> QuerySet[Observation]:
    return Observation.objects.filter(
        indicator=OuterRef("indicator"),
        area=OuterRef("area"),
        period_kind=OuterRef("period_kind"),
        period_from_on=OuterRef("period_from_on"),
        period_to_on=OuterRef("period_to_on"),
        **conditions,
    )


def make_current(
    release: Release, indicators: Collection[int], *, kept_out: Collection[tuple[int, int, Period]] = ()
) -> Moved:
    """Call it inside the transaction in which the release becomes held.

    `kept_out` is what the file gives but can't be right: there the figure before goes on counting.
    """
    newer = newer_than(release)
    own = Observation.objects.filter(release=release, indicator__in=indicators)
    before = Observation.objects.filter(is_current=True, indicator__in=indicators).exclude(release=release)
    again = before.filter(Exists(_same_figure(release=release)))
    changed = again.exclude(
        Exists(_same_figure(release=release, value=OuterRef("value")))
        | Exists(_same_figure(release=release, symbol=OuterRef("symbol")).exclude(symbol=""))
    ).count()
    replaced = again.exclude(release__in=newer).update(is_current=False)
    current = own.exclude(Exists(_same_figure(is_current=True))).update(is_current=True)
    taken_back, missing = _take_back(release, indicators, kept_out)
    return Moved(
        current=current,
        history=own.filter(is_current=False).count(),
        replaced=replaced,
        changed=changed,
        taken_back=taken_back,
        missing=missing,
    )


def _take_back(
    release: Release, indicators: Collection[int], kept_out: Collection[tuple[int, int, Period]]
) -> tuple[int, int]:
    """Figures of the file before that the new one leaves out: (no longer current, left as they are)."""
    before = release.supersedes
    if before is None or rank_of(before) > rank_of(release):
        return 0, 0
    same_periods = Observation.objects.filter(
        release=release,
        indicator=OuterRef("indicator"),
        period_kind=OuterRef("period_kind"),
        period_from_on=OuterRef("period_from_on"),
        period_to_on=OuterRef("period_to_on"),
    )
    covered = Observation.objects.filter(release=before, indicator__in=indicators).filter(Exists(same_periods))
    gone = covered.filter(is_current=True).exclude(Exists(_same_figure(release=release)))
    missing, of = gone.count(), covered.count()
    if not missing:
        return 0, 0
    if missing > (1 - SPEAKS_FOR_ALL) * of:
        return 0, missing
    doubtful = {
        (indicator, area, period.kind, period.starts_on, period.ends_on) for indicator, area, period in kept_out
    }
    columns = ("pk", "indicator", "area", "period_kind", "period_from_on", "period_to_on")
    lost = [row[0] for row in gone.values_list(*columns) if row[1:] not in doubtful]
    return Observation.objects.filter(pk__in=lost).update(is_current=False), 0


def settle(indicators: Collection[int], *, gone: Collection[Release]) -> None:
    """What these releases displaced of these indicators counts again: for when a release or an entry was withdrawn.

    That is what they gave too, and what they took back. Call it before their own figures are deleted.
    """
    figures = Observation.objects.filter(indicator__in=indicators)
    figures.filter(release__in=gone, is_current=True).update(is_current=False)
    superseded = [release.supersedes_id for release in gone if release.supersedes_id]
    displaced = Q(Exists(_same_figure(release__in=gone))) | Q(release__in=superseded)
    without = (
        figures.filter(displaced, is_current=False, release__state="held")
        .exclude(release__in=gone)
        .exclude(Exists(_same_figure(is_current=True)))
    )
    releases = {release.pk: release for release in Release.objects.filter(pk__in=without.values("release"))}
    for release in sorted(releases.values(), key=rank_of, reverse=True):
        without.filter(release=release).update(is_current=True)


def identical_to(release: Release, other: Release, indicators: Collection[int]) -> tuple[int, int]:
    """How many figures both give, and how many of them are the same to the last place."""
    both = Observation.objects.filter(release=release, indicator__in=indicators)
    shared = both.filter(Exists(_same_figure(release=other)))
    same = shared.filter(
        Exists(
            _same_figure(release=other).filter(
                Q(value=OuterRef("value")) | Q(value__isnull=True, symbol=OuterRef("symbol"))
            )
        )
    )
    return shared.count(), same.count()
