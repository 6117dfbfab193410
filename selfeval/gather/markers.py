"""Database → the markers that a writer can put into a text, and those that are known at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from evidence.models import Evidence, PointLink
from evidence.permissions import evidence_of
from framework.models import Criterion
from indicators.domain.figures import figure_in_words
from indicators.gather import facts_of
from indicators.models import Indicator
from selfeval.citing import own_series
from selfeval.domain.marker_faults import Known, marker_faults
from selfeval.gather.citing import span_in_words

MOST_ITEMS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One marker with what it stands for. `warning` in a word or two: "not approved"."""

    marker: str
    title: str
    about: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """`more`: how many items of the log this writer could cite besides those shown."""

    items: tuple[Choice, ...]
    figures: tuple[Choice, ...]
    more: int
    log_url: str
    about: str = ""


def marker_choices(user: User, criterion: Criterion | None = None) -> Choices:
    """What a writer can cite: items under the criterion (all, the newest first, without one), figures of our area.

    Eight queries at most. What lies in the archive is left out.
    """
    everything = evidence_of(user).standing()
    rows = everything
    if criterion is not None:
        links = PointLink.objects.filter(point__criterion=criterion)
        rows = rows.filter(pk__in=links.values("evidence"))
    shown = list(rows.with_states().select_related("organisation").order_by("-number")[:MOST_ITEMS])
    url = reverse("evidence:evidence-list")
    return Choices(
        items=tuple(_item(row) for row in shown),
        figures=_figures(),
        more=everything.count() - len(shown),
        log_url=f"{url}?criterion={criterion.code}" if criterion and shown else url,
        about=str(criterion.code) if criterion else "",
    )


def _item(row: Evidence) -> Choice:
    partner = row.organisation.name if row.organisation else ""
    covers = span_in_words(row.covers_from_on, row.covers_to_on)
    return Choice(
        marker=f"[{row.code}]",
        title=row.title,
        about=", ".join(part for part in (row.get_kind_display(), partner, covers) if part),
        warning="" if row.has_approved else "not approved yet",  # type: ignore[attr-defined]  # annotated
    )


def _figures() -> tuple[Choice, ...]:
    indicators = list(Indicator.objects.in_use().by_theme())
    series = own_series([row.code for row in indicators])
    found = []
    for row in indicators:
        latest = series[row.code].latest
        if latest is not None:
            value = figure_in_words(latest.value, latest.symbol, facts_of(row))
            found.append(Choice(marker=f"[F:{row.code}]", title=row.name, about=f"{value} ({latest.period.label})"))
    return tuple(found)


def known_markers() -> Known:
    """Every marker that stands for something: four queries."""
    return Known(
        numbers=frozenset(Evidence.objects.values_list("number", flat=True)),
        series=own_series(list(Indicator.objects.values_list("code", flat=True))),
    )


def faults_of_texts(texts: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """By field, what is wrong with its markers, for `form.add_error`; no query where no text holds a bracket."""
    if not any("[" in text for text in texts.values()):
        return {}
    known = known_markers()
    found = {name: marker_faults(text, known) for name, text in texts.items()}
    return {name: faults for name, faults in found.items() if faults}
