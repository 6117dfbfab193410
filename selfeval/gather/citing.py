"""Database → what the markers of some texts stand for, for one reader: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from accounts.domain.roles import Permission
from accounts.models import User
from evidence.models import Evidence
from evidence.permissions import evidence_of
from indicators.domain.figures import figure_in_words, symbol_in_words
from indicators.domain.series import Series
from indicators.gather import facts_of
from indicators.models import Indicator
from selfeval.citing import own_series
from selfeval.domain.figures import point_of
from selfeval.domain.markers import Marker, MarkerKind, parse
from selfeval.domain.rendering import Book, Figure, Item, Standing


def book_of(user: User | None, texts: Iterable[str]) -> Book:
    """What the markers of these texts stand for: six queries at most. Without a user nothing can be opened."""
    markers = {marker.text: marker for text in texts for marker in parse(text)}
    evidence = [marker for marker in markers.values() if marker.kind is MarkerKind.EVIDENCE]
    figures = [marker for marker in markers.values() if marker.kind is MarkerKind.FIGURE]
    return Book(
        items=_items(user, evidence) if evidence else {},
        figures=_figures(user, figures) if figures else {},
    )


def _items(user: User | None, markers: list[Marker]) -> Mapping[str, Item]:
    numbers = {int(marker.key) for marker in markers}
    rows = {
        row.number: row
        for row in Evidence.objects.filter(number__in=numbers).with_states().select_related("organisation")
    }
    opens = set(evidence_of(user).filter(number__in=numbers).values_list("number", flat=True)) if user else set()
    return {marker.text: _item(int(marker.key), rows.get(int(marker.key)), opens) for marker in markers}


def _item(number: int, row: Evidence | None, opens: set[int]) -> Item:
    if row is None:
        return Item(number=number, standing=Standing.UNKNOWN)
    standing = standing_of(is_archived=row.archived_at is not None, has_approved=row.has_approved)  # type: ignore[attr-defined]  # annotated
    if number not in opens:
        return Item(number=number, standing=standing)
    return Item(
        number=number,
        standing=standing,
        title=row.title,
        kind=row.get_kind_display(),
        partner=row.organisation.name if row.organisation else "The partnership",
        covers=span_in_words(row.covers_from_on, row.covers_to_on),
        url=reverse("evidence:evidence-show", args=[number]),
    )


def standing_of(*, is_archived: bool, has_approved: bool) -> Standing:
    if is_archived:
        return Standing.ARCHIVED
    return Standing.APPROVED if has_approved else Standing.WAITING


def span_in_words(starts_on: date | None, ends_on: date | None) -> str:
    """ "September 2025 to August 2026"; empty where no last day is given."""
    if ends_on is None:
        return ""
    last = f"{ends_on:%B %Y}"
    if starts_on is None:
        return f"to {last}"
    first = f"{starts_on:%B %Y}"
    return last if first == last else f"{first} to {last}"


def _figures(user: User | None, markers: list[Marker]) -> Mapping[str, Figure]:
    rows = {row.code: row for row in Indicator.objects.filter(code__in={marker.key for marker in markers})}
    series = own_series(list(rows))
    opens = bool(user and Permission.READ_INDICATORS in user.permissions)
    return {
        marker.text: figure_of(rows[marker.key], series[marker.key], marker.period, opens=opens)
        if marker.key in rows
        else Figure(slug=marker.key, is_known=False, period=marker.period)
        for marker in markers
    }


def figure_of(indicator: Indicator, series: Series, period: str, *, opens: bool) -> Figure:
    """The figure that a marker means, in words."""
    point = point_of(series, period)
    url = reverse("indicators:indicator-show", args=[indicator.code]) if opens else ""
    if point is None:
        return Figure(slug=indicator.code, is_known=True, name=indicator.name, period=period, url=url)
    return Figure(
        slug=indicator.code,
        is_known=True,
        name=indicator.name,
        value=figure_in_words(point.value, point.symbol, facts_of(indicator)),
        period=point.period.label,
        source=point.release or indicator.source,
        url=url,
        is_symbol=point.value is None,
        symbol_words=symbol_in_words(point.symbol) if point.value is None else "",
    )
