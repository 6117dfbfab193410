"""Published inspections in page words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from documents.press.charts import Bar, BarChart
from inspection.domain.reports.windows import Kept, Window
from inspection.gather.published import Here, PatternOf, Standing
from inspection.models import PublishedInspection

OUTCOME_WORDS = {
    1: ("1: typically positive", "green"),
    2: ("2: inconsistent", "yellow"),
    3: ("3: widespread or systemic failings", "red"),
}
UNKNOWN_OUTCOME = ("Not known", "grey")
STANDING_WORDS = {"ahead": ("Ahead", "grey"), "open": ("Now", "orange"), "past": ("Past its time", "red")}
MOST_BARS = 30


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    first = [
        ("Inspection", reverse("inspection:visit-list")),
        ("Elsewhere", reverse("inspection:elsewhere-list")),
    ]
    return [{"label": label, "url": url} for label, url in [*first, *more]]


def in_words(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "not known"


def span_in_words(first: date | None, last: date | None) -> str:
    if first is None or last is None or first == last:
        return in_words(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last:%-d %B %Y}"
    return f"{first:%-d %B %Y} to {last:%-d %B %Y}"


def window_in_words(window: Window) -> str:
    """Months are as exact as a window is."""
    first, last = f"{window.first:%B %Y}", f"{window.last:%B %Y}"
    if first == last:
        return first
    return f"{window.first:%B} to {last}" if window.first.year == window.last.year else f"{first} to {last}"


def since_in_words(day: date | None, today: date) -> str:
    if day is None:
        return "not known"
    months = months_since(day, today)
    if months < 1:
        return "under a month"
    years, rest = divmod(months, 12)
    said = [f"{years} year{'s' * (years != 1)}"] * bool(years) + [f"{rest} month{'s' * (rest != 1)}"] * bool(rest)
    return ", ".join(said)


def months_since(day: date, today: date) -> int:
    months = (today.year - day.year) * 12 + today.month - day.month
    return max(0, months - (today.day < day.day))


# -- rows


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One published visit in a list."""

    visit: PublishedInspection
    url: str
    on_site: str
    published: str
    outcome: str
    colour: str
    is_own: bool
    is_neighbour: bool
    differs: bool


def visit_rows(visits: Iterable[PublishedInspection], own: Here, differing: frozenset[int]) -> list[VisitRow]:
    return [
        VisitRow(
            visit=visit,
            url=reverse("inspection:elsewhere-show", args=[visit.area.code]),
            on_site=span_in_words(visit.started_on, visit.ended_on),
            published=in_words(visit.published_on),
            outcome=OUTCOME_WORDS.get(visit.outcome or 0, UNKNOWN_OUTCOME)[0],
            colour=OUTCOME_WORDS.get(visit.outcome or 0, UNKNOWN_OUTCOME)[1],
            is_own=visit.area.code == own.code,
            is_neighbour=visit.area.code in own.neighbour_codes,
            differs=visit.pk in differing,
        )
        for visit in visits
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """An area with its last visit and both windows."""

    name: str
    url: str
    region: str
    last: str
    since: str
    outcome: str
    colour: str
    announced: str
    announced_tag: tuple[str, str] | None
    by_term: str
    is_own: bool
    is_neighbour: bool


def standing_row(one: Standing, own: Here, today: date) -> StandingRow:
    outcome, colour = OUTCOME_WORDS.get(one.last.outcome or 0, UNKNOWN_OUTCOME) if one.last else ("None yet", "grey")
    return StandingRow(
        name=one.area.name,
        url=reverse("inspection:elsewhere-show", args=[one.area.code]),
        region=one.area.region,
        last=span_in_words(one.last.started_on or one.last_on, one.last.ended_on) if one.last else "none since 2023",
        since=since_in_words(one.last_on, today) if one.last_on else "",
        outcome=outcome,
        colour=colour,
        announced=window_in_words(one.announced) if one.announced else "not announced",
        announced_tag=STANDING_WORDS[one.announced.standing] if one.announced else None,
        by_term=window_in_words(one.by_term) if one.by_term else "",
        is_own=one.area.code == own.code,
        is_neighbour=one.area.code in own.neighbour_codes,
    )


def by_next_window(standings: Iterable[Standing]) -> list[Standing]:
    """The earliest window first; areas without one before all, since their visit may come any day."""
    return sorted(standings, key=lambda one: (one.announced.last if one.announced else date.min, one.area.name))


def since_chart(standings: Sequence[Standing], own: Here, title: str, today: date) -> BarChart | None:
    """Months since the last visit, the longest first; areas without one can't be drawn and stand in the table."""
    known = [(months_since(one.last_on, today), one) for one in standings if one.last_on]
    if len(known) < 2:
        return None
    longest = sorted(known, key=lambda pair: (-pair[0], pair[1].area.name))[:MOST_BARS]
    return BarChart(
        title=title,
        bars=tuple(
            Bar(name=one.area.name, value=float(months), text=str(months), is_own=one.area.code == own.code)
            for months, one in longest
        ),
    )


# -- windows


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodBox:
    """One method's answer for one area."""

    title: str
    answer: str
    tag: tuple[str, str] | None
    basis: str


def methods_of(one: Standing) -> list[MethodBox]:
    boxes = [
        MethodBox(
            title="As announced",
            answer=window_in_words(one.announced) if one.announced else "No window",
            tag=STANDING_WORDS[one.announced.standing] if one.announced else None,
            basis=f"{one.announced.basis}{_unheard(one)}" if one.announced else _why_none(one),
        )
    ]
    if one.by_term:
        boxes.append(
            MethodBox(
                title="One visit a term",
                answer=window_in_words(one.by_term),
                tag=STANDING_WORDS[one.by_term.standing],
                basis=one.by_term.basis,
            )
        )
    return boxes


def _unheard(one: Standing) -> str:
    """After outcome 3 comes a monitoring visit, and those are known only by their own reports."""
    if one.last is None or one.last.outcome != 3 or one.announced is None or one.announced.standing == "ahead":
        return ""
    return " It was to be a monitoring visit: whether it came is known here only once its report is read."


def _why_none(one: Standing) -> str:
    if one.last is None:
        return "No visit since January 2023 is known: the first one may come any week of term."
    return "The last report announced nothing that is known here. Put it right on the area's page."


def window_line(one: Standing | None) -> str:
    """The next window of our own area in one sentence; empty where nothing is known."""
    if one is None or one.announced is None:
        return ""
    said = f"As the last report announced, the next visit is to be expected in {window_in_words(one.announced)}."
    return f"{said} By one visit a term: {window_in_words(one.by_term)}." if one.by_term else said


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    name: str
    expected: str
    came: str
    off: str


def kept_rows(kept: Iterable[Kept], names: Mapping[str, str]) -> list[KeptRow]:
    return [
        KeptRow(
            name=names.get(one.area, one.area),
            expected=window_in_words(one.window),
            came=in_words(one.came_on),
            off=_off(one.months_off, "month"),
        )
        for one in kept
    ]


def announced_trust(kept: Sequence[Kept]) -> str:
    if not kept:
        return "No announced window has come true or failed yet: no area has been visited twice since January 2023."
    hit = sum(one.months_off == 0 for one in kept)
    early = sum(one.months_off < 0 for one in kept)
    late = len(kept) - hit - early
    areas = f"{len(kept)} visit{'s' * (len(kept) != 1)} that followed an announced window"
    return f"Of {areas}, {hit} came inside it, {early} before it and {late} after it."


def _off(off: float | None, unit: str) -> str:
    if off is None:
        return ""
    if off == 0:
        return "as expected"
    size = abs(off)
    return f"{size:g} {unit}{'s' * (size != 1)} {'earlier' if off < 0 else 'later'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutturnRow:
    name: str
    expected: str
    came: str
    off: str
    tag: tuple[str, str]


def outturn_rows(pattern: PatternOf, names: Mapping[str, str]) -> list[OutturnRow]:
    return [
        OutturnRow(
            name=names.get(one.area, one.area),
            expected=str(one.expected),
            came=in_words(one.came_on) if one.came_on else "",
            off=_off(one.terms_off, "term"),
            tag=("Came", "green" if one.terms_off == 0 else "yellow")
            if one.came_on
            else ("Past its time", "red")
            if one.is_overdue
            else ("Ahead", "grey"),
        )
        for one in pattern.record.outturns
    ]
