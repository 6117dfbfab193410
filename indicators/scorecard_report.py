"""The scorecard of a board as a report: what is read, and what is said."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import AuditEvent, LocalArea, User
from accounts.permissions import NotAllowed, check_permission
from documents.exports import Params
from documents.press.sections import Amount, Figure, Heading, Paragraph, Report, Section, Table, TableColumn
from documents.reports import ReportKind
from indicators import charts
from indicators.domain.comparison import Comparison
from indicators.domain.figures import Facts
from indicators.domain.series import Point, Series
from indicators.gather import around_here, comparison_with_series, facts_of
from indicators.models import Release, Scorecard
from indicators.presenters import comparisons as presenters

GLANCE = (
    TableColumn("Indicator", 3),
    TableColumn("Period", 1.1),
    TableColumn("Us", 1, is_number=True),
    TableColumn("Region", 1.1, is_number=True),
    TableColumn("Neighbours", 1.5, is_number=True),
    TableColumn("England", 1.2, is_number=True),
    TableColumn("Rank", 1.4),
    TableColumn("Three years", 1.9),
    TableColumn("State", 1.5),
)
YEARS = (
    TableColumn("Period", 1.4),
    TableColumn("Us", 1, is_number=True),
    TableColumn("Region", 1, is_number=True),
    TableColumn("Neighbours’ median", 1.4, is_number=True),
    TableColumn("England", 1, is_number=True),
)


@dataclass(frozen=True, slots=True)
class Followed:
    """One indicator of the scorecard with everything that is held of it. `comparison` is None without a figure."""

    row: presenters.Row
    facts: Facts
    definition: str
    source: str
    note: str
    comparison: Comparison | None
    series: Mapping[str, Series]


@dataclass(frozen=True, slots=True)
class ScorecardInputs:
    title: str
    board: str
    note: str
    on: date
    followed: tuple[Followed, ...]
    marking: str
    as_at: datetime
    fingerprint: str


def check(user: User, params: Params) -> None:
    check_permission(user, Permission.READ_INDICATORS)


def _scorecard(params: Params) -> Scorecard:
    return get_object_or_404(Scorecard, pk=_key(params))


def _key(params: Params) -> int:
    return int(params.get("of") or 0)


def _on(params: Params) -> date:
    return date.fromisoformat(str(params["on"]))


def fingerprint(params: Params) -> str:
    """Changes with the scorecard, the figures, and whatever else was changed among the indicators."""
    scorecard = Scorecard.objects.filter(pk=_key(params)).first()
    release = Release.objects.order_by("-imported_at", "-pk").values_list("pk", "imported_at", "figures").first()
    changed = AuditEvent.objects.filter(thing_type__startswith="indicators.").order_by("-pk").first()
    held = [
        params.get("on"),
        [scorecard.pk, scorecard.version, scorecard.title] if scorecard else None,
        [str(part) for part in release] if release else None,
        changed.pk if changed else None,
        _marking(),
    ]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()


def _marking() -> str:
    area = LocalArea.objects.first()
    return area.marking if area and area.marking else "OFFICIAL-SENSITIVE"


def gather(params: Params) -> ScorecardInputs:
    """Four queries for each indicator: this runs in the background."""
    scorecard, on, around = _scorecard(params), _on(params), around_here()
    if around is None:
        raise NotAllowed("Figures are compared once this installation knows its local authority code.")
    followed = []
    for line in scorecard.lines.select_related("indicator"):
        indicator, facts = line.indicator, facts_of(line.indicator)
        comparison, series = comparison_with_series(indicator, around, today=on)
        row = presenters.row_of(indicator, facts, comparison, today=on, note=line.note)
        followed.append(
            Followed(row, facts, indicator.definition, indicator.source, line.note, comparison, dict(series))
        )
    return ScorecardInputs(
        title=scorecard.title,
        board=scorecard.board,
        note=scorecard.note,
        on=on,
        followed=tuple(followed),
        marking=_marking(),
        as_at=timezone.make_aware(datetime.combine(on, time(12))),
        fingerprint=fingerprint(params),
    )


def build(inputs: ScorecardInputs) -> Report:
    """The board's indicators at a glance, then each with its trend."""
    sections: list[Section] = []
    if inputs.note:
        sections.append(Paragraph(inputs.note, is_lead=True))
    if inputs.board:
        sections.append(Paragraph(f"For {inputs.board}."))
    glance = tuple(_glance(one) for one in inputs.followed)
    sections += [
        Heading("At a glance"),
        Table("Every indicator, the newest figure of ours and how it stands", GLANCE, glance, sheet="At a glance"),
        Paragraph(
            f"{presenters.NEVER_DIGITS} A rank of 1 is the best, or the highest where neither way is better; "
            "areas without a figure have no rank. “Neighbours” is the median of those that have a figure. “Three "
            "years”: since the same period three years before.",
            is_quiet=True,
        ),
    ]
    for one in inputs.followed:
        sections += _in_detail(one)
    return Report(title=inputs.title, as_at=f"{inputs.on.day} {inputs.on:%B %Y}", sections=tuple(sections))


def _glance(one: Followed) -> tuple[str | Amount, ...]:
    row, comparison = one.row, one.comparison
    state = ", ".join(tag.word for tag in row.tags)
    if comparison is None:
        return (one.facts.name, "", "", "", "", "", "", "", state)
    spread = comparison.spread
    return (
        one.facts.name,
        row.period,
        _amount(row.own, comparison.own),
        _amount(row.region, comparison.region),
        Amount(row.neighbours, spread.middle if spread else None),
        _amount(row.england, comparison.england),
        row.rank,
        row.change,
        state,
    )


def _amount(words: str, point: Point | None) -> Amount:
    return Amount(words, point.value if point else None)


def _in_detail(one: Followed) -> list[Section]:
    facts, comparison = one.facts, one.comparison
    sections: list[Section] = [Heading(facts.name)]
    if one.note:
        sections.append(Paragraph(one.note))
    if comparison is None:
        return [*sections, Paragraph(f"No source yet. {facts.way}.")]
    sections.append(Paragraph(" ".join([*presenters.summary_of(comparison), f"{facts.way}."])))
    if one.row.target:
        sections.append(Paragraph(f"Target: {one.row.target}."))
    own = one.series[comparison.around.own]
    sections += [Paragraph(warning) for warning in presenters.warnings_of(own, facts)]
    sections.append(
        Figure(
            charts.trend_chart(comparison, one.series),
            f"The thick line is {comparison.around.own_name}; the shaded band is the range of its neighbours.",
        )
    )
    years = presenters.year_rows(comparison, one.series)
    rows = tuple((year.period, year.own, year.region, year.neighbours, year.england) for year in years)
    sections.append(Table(f"{facts.name} by period", YEARS, rows, sheet=facts.name))
    symbols = presenters.symbols_used(comparison, one.series)
    told = [f"Source: {one.source}." if one.source else "", f"{'; '.join(symbols)}." if symbols else "", one.definition]
    sections.append(Paragraph(" ".join(part for part in told if part), is_quiet=True))
    return sections


def _subject(params: Params) -> str:
    scorecard = Scorecard.objects.filter(pk=_key(params)).first()
    return f"Scorecard: {scorecard.title if scorecard else 'no longer there'}, {_on(params):%d/%m/%Y}"


def _standing(on: date) -> Params:
    first = Scorecard.objects.filter(is_archived=False).first()
    if first is None:
        raise NotAllowed("There is no scorecard yet. Make one on the page Data, Scorecards.")
    return {"of": first.pk, "on": on.isoformat()}


SCORECARD = ReportKind(
    code="scorecard",
    title="Scorecard of a board",
    sentence="The indicators that a board follows, with trends, neighbours and what changed.",
    check=check,
    gather=gather,
    build=build,
    fingerprint_now=fingerprint,
    subject=_subject,
    file_name=lambda params: f"scorecard-{params.get('of')}",
    standing_params=_standing,
)
