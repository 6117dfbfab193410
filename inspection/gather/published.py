"""What is published about every area, for the pages; each function asks a fixed number of times."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from accounts.models import LocalArea
from framework.models import Criterion
from indicators.gather import neighbours_of
from indicators.models import Area
from inspection.domain.reports.facts import PublishedKind
from inspection.domain.reports.windows import (
    Expected,
    Kept,
    PatternRecord,
    Term,
    TermName,
    Visit,
    Window,
    announced_record,
    announced_window,
    term_record,
    term_window,
)
from inspection.models import PublishedInspection, PublishedTodo, ReportWords, TermPattern, TodoTie


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Our own area and its neighbours, by code."""

    code: str
    name: str
    region: str
    neighbours: tuple[Area, ...]

    @property
    def neighbour_codes(self) -> frozenset[str]:
        return frozenset(area.code for area in self.neighbours)


def here() -> Here:
    """Three queries; empty where no area is set up, or the national list doesn't know it."""
    local = LocalArea.objects.first()
    code = local.la_code if local else ""
    area = Area.objects.local_authorities().filter(code=code).first() if code else None
    return Here(
        code=code,
        name=area.name if area else local.name if local else "this area",
        region=area.region if area else "",
        neighbours=neighbours_of(code) if area else (),
    )


def all_published() -> QuerySet[PublishedInspection]:
    return PublishedInspection.objects.select_related("area")


def regions() -> list[str]:
    rows = Area.objects.local_authorities().filter(abolished_on__isnull=True).exclude(region="")
    return sorted(set(rows.order_by().values_list("region", flat=True)))


# -- next windows


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an area stands: its last visit, and when the next one is to be expected, by each method."""

    area: Area
    last: PublishedInspection | None
    last_on: date | None
    announced: Window | None
    by_term: Window | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternOf:
    region: str
    made_on: date
    source: str
    record: PatternRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Every area that stands today, by name, with the record of both methods."""

    standings: tuple[Standing, ...]
    kept: tuple[Kept, ...]
    patterns: tuple[PatternOf, ...]

    def of(self, code: str) -> Standing | None:
        return next((one for one in self.standings if one.area.code == code), None)


def visit_of(row: PublishedInspection) -> Visit:
    return Visit(
        area=row.area.code,
        started_on=row.started_on,
        ended_on=row.ended_on,
        published_on=row.published_on,
        next_months=row.next_months,
    )


def gather_windows(today: date) -> Windows:
    """Three queries, however many areas and visits there are."""
    rows = list(all_published())
    lines = list(TermPattern.objects.select_related("area"))
    areas = list(Area.objects.local_authorities().order_by("name"))
    last: dict[int, tuple[date, PublishedInspection]] = {}
    for row in rows:
        known_on = visit_of(row).known_on
        if known_on and (row.area_id not in last or known_on > last[row.area_id][0]):
            last[row.area_id] = (known_on, row)
    full = [visit_of(row) for row in rows if row.kind == PublishedKind.FULL]
    by_pattern: dict[tuple[str, date, str], list[Expected]] = defaultdict(list)
    for line in lines:
        term = Term.of(line.year, TermName(line.term))
        by_pattern[line.region, line.made_on, line.source].append(Expected(area=line.area.code, term=term))
    patterns, by_term = [], {}
    for (region, made_on, source), pattern in sorted(by_pattern.items()):
        record = term_record(pattern, full, made_on=made_on, today=today)
        patterns.append(PatternOf(region=region, made_on=made_on, source=source, record=record))
        for one in pattern:
            by_term[one.area] = term_window(pattern, one.area, today=today, record=record)
    standings = tuple(
        Standing(
            area=area,
            last=last[area.pk][1] if area.pk in last else None,
            last_on=last[area.pk][0] if area.pk in last else None,
            announced=announced_window(visit_of(last[area.pk][1]), today=today) if area.pk in last else None,
            by_term=by_term.get(area.code),
        )
        for area in areas
        if area.abolished_on is None or area.abolished_on > today
    )
    return Windows(standings=standings, kept=announced_record(full), patterns=tuple(patterns))


# -- what was to be done


def published_of(area: Area) -> list[PublishedInspection]:
    """All visits of an area, the newest first, with their sayings, texts and ties. Four queries."""
    todos = PublishedTodo.objects.prefetch_related("ties")
    rows = all_published().filter(area=area).prefetch_related("sayings", Prefetch("todos", queryset=todos))
    return sorted(rows, key=lambda row: visit_of(row).known_on or date.min, reverse=True)


def todos_tied_to(kind: str, code: str) -> QuerySet[PublishedTodo]:
    """The texts tied to a criterion or theme, newest first; ties that somebody took out don't count."""
    tied = TodoTie.objects.filter(kind=kind, code=code).exclude(state="removed")
    rows = PublishedTodo.objects.filter(pk__in=tied.values("todo"))
    return (
        rows.select_related("inspection", "inspection__area")
        .prefetch_related("ties")
        .order_by("-inspection__published_on", "inspection", "-kind", "order")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One criterion or theme: in how many texts and areas it stands, and in how many of them with priority."""

    code: str
    title: str
    texts: int
    priority: int
    areas: int
    near: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    criteria: tuple[Counted, ...]
    themes: tuple[Counted, ...]
    texts: int
    reports: int


def tally(near: frozenset[str], *, only: frozenset[str] | None = None) -> Tally:
    """How often each criterion and theme was to be improved; `only` leaves out other areas. Four queries."""
    rows = TodoTie.objects.exclude(state="removed").values_list(
        "kind", "code", "todo_id", "todo__kind", "todo__inspection__area__code"
    )
    held: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    for kind, code, todo, todo_kind, area in rows:
        if only is None or area in only:
            held[kind, code].append((todo, todo_kind, area))
    todos = PublishedTodo.objects.values_list("pk", "inspection_id", "inspection__area__code")
    counted = [(pk, report) for pk, report, area in todos if only is None or area in only]
    titles = criterion_titles()
    themes = list(ReportWords.objects.filter(kind="theme").values_list("code", flat=True))
    return Tally(
        criteria=tuple(_counted(code, title, held["criterion", code], near) for code, title in titles.items()),
        themes=tuple(
            sorted((_counted(code, code, held["theme", code], near) for code in themes), key=lambda one: -one.texts)
        ),
        texts=len(counted),
        reports=len({report for _, report in counted}),
    )


def _counted(code: str, title: str, held: Sequence[tuple[int, str, str]], near: frozenset[str]) -> Counted:
    areas = Counter(area for _, _, area in held)
    return Counted(
        code=code,
        title=title,
        texts=len(held),
        priority=sum(kind == "priority" for _, kind, _ in held),
        areas=len(areas),
        near=len(areas.keys() & near),
    )


def criterion_titles() -> Mapping[str, str]:
    """Title by code of the criteria in force; codes alone where no framework is loaded. At most two queries."""
    rows = Criterion.objects.filter(framework__is_current=True, is_archived=False).order_by("group__order", "order")
    titles = dict(rows.values_list("code", "title"))
    if titles:
        return titles
    return dict.fromkeys(ReportWords.objects.filter(kind="criterion").values_list("code", flat=True), "")


def theme_names() -> list[str]:
    return list(ReportWords.objects.filter(kind="theme").values_list("code", flat=True))
