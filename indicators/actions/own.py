"""An area's own figures: from its template, and counted from the current lists."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.audit import record
from accounts.domain.roles import Permission
from accounts.models import LocalArea, User
from accounts.permissions import NotAllowed, check_permission
from children.domain.suppression import SUPPRESSED
from indicators.current import make_current
from indicators.domain.own import OwnFigure
from indicators.domain.periods import Period
from indicators.domain.values import Cell
from indicators.models import Area, Indicator, Observation, Release
from indicators.own import countable, day_period, hidden_on, preview


def keep_own_figures(*, by: User, at: datetime, area: Area, figures: Sequence[OwnFigure]) -> Release:
    """Stores the new and the changed as a release. Published figures are never replaced by own ones."""
    check_permission(by, Permission.EDIT_INDICATORS)
    wanted = [each.figure for each in preview(figures, area) if each.change in {"new", "changed"}]
    if not wanted:
        raise NotAllowed("Nothing of it is new: every figure stands there already.")
    rows = [(each.known.key, each.period, each.cell) for each in wanted]
    title = f"Own figures of {timezone.localtime(at):%d/%m/%Y, %H:%M}"
    return _release(by, at, area, rows, kind="local", title=title)


def follow_counts(*, by: User, at: datetime, keys: Collection[str]) -> int:
    """Makes an indicator of each chosen count of the lists, and takes the counts of today's lists at once."""
    check_permission(by, Permission.EDIT_INDICATORS)
    _, counts = countable()
    by_key = {each.key: each for each in counts}
    known = set(Indicator.objects.exclude(list_figure="").values_list("list_figure", flat=True))
    codes = set(Indicator.objects.values_list("code", flat=True))
    last = Indicator.objects.order_by("-order").values_list("order", flat=True).first() or 0
    made = []
    with transaction.atomic():
        for number, key in enumerate(keys, 1):
            if key in known or key not in by_key:
                continue
            title = by_key[key].title
            code = _free_code(f"lists-{slugify(title)}"[:56].strip("-"), codes)
            made.append(
                Indicator(
                    code=code,
                    name=f"In the lists: {title}"[:160],
                    unit="count",
                    theme="From the person-level lists",
                    definition="Counted from the person-level lists on the day of their extract; small numbers are c.",
                    source="Person-level lists of this area",
                    is_local=True,
                    list_figure=key,
                    order=last + number,
                    edited_at=at,
                )
            )
        Indicator.objects.bulk_create(made)
        for indicator in made:
            record(by=by, at=at, action="indicator.added", thing=indicator)
    return len(made)


def _free_code(stem: str, codes: set[str]) -> str:
    code, number = stem, 1
    while code in codes:
        number += 1
        code = f"{stem}-{number}"
    codes.add(code)
    return code


def take_counts(*, by: User, at: datetime, area: Area) -> Release:
    """Stores the counts of the current lists for every indicator that follows one. Suppressed ones stay c."""
    check_permission(by, Permission.EDIT_INDICATORS)
    day, counts = countable()
    if day is None:
        raise NotAllowed("There are no lists to count. Upload them first.")
    by_key = {each.key: each for each in counts}
    followed = Indicator.objects.in_use().exclude(list_figure="").values_list("pk", "list_figure")
    period = day_period(day)
    rows: list[tuple[int, Period, Cell]] = []
    for pk, key in followed:
        if key in by_key:
            count = by_key[key]
            cell = _cell(count.figure, count.symbol)
            rows.append((pk, period, cell))
    if not rows:
        raise NotAllowed("No count is followed yet. Tick the ones to follow first.")
    return _release(by, at, area, rows, kind="lists", title=f"Counts of the lists of {day:%d/%m/%Y}")


def area_changed(*, was: LocalArea, now: LocalArea, by: User, at: datetime) -> None:
    """A higher threshold for small numbers hides again what was stored under the lower one."""
    if now.suppress_up_to > was.suppress_up_to:
        hide_counts_again(by=by, at=at, threshold=now.suppress_up_to)


def hide_counts_again(*, by: User | None, at: datetime, threshold: int) -> int:
    """Stored counts of the lists, those of the history too, lose every number that is small by now, and every number
    from which it could be worked out. Says how many. Call it inside the transaction that raises the threshold.
    """
    rows = Observation.objects.filter(release__kind="lists", value__isnull=False)
    by_day: dict[date, list[Observation]] = defaultdict(list)
    for row in rows.select_related("indicator", "release").order_by("pk"):
        by_day[row.period_to_on].append(row)
    hidden: list[Observation] = []
    for day, held in by_day.items():
        keys = hidden_on(day)
        small = {row.indicator.list_figure for row in held if row.value and row.value <= threshold}
        if keys is None:  # the lists are gone: nobody can tell any more what a small number follows from
            tables = {_table_of(key) for key in small}
            hidden += [row for row in held if _table_of(row.indicator.list_figure) in tables]
        else:
            hidden += [row for row in held if row.indicator.list_figure in keys | small]
    for row in hidden:
        row.value, row.symbol = None, SUPPRESSED
    Observation.objects.bulk_update(hidden, ["value", "symbol"], batch_size=500)
    for release in {row.release for row in hidden}:
        count = sum(row.release_id == release.pk for row in hidden)
        text = f"{count} counts of {threshold} and under, or that give such a number away, are hidden now."
        record(by=by, at=at, action="statistics.hidden_again", thing=release, text=text)
    return len(hidden)


def _table_of(key: str) -> tuple[str, str]:
    """The table and the list of a count: within them numbers add up."""
    table, _, rest = key.partition("|")
    return table, rest.rpartition("|")[2]


def _cell(figure: int | None, symbol: str) -> Cell:
    return Cell(symbol=symbol) if figure is None else Cell(value=Decimal(figure))


def _release(
    by: User, at: datetime, area: Area, rows: Sequence[tuple[int, Period, Cell]], *, kind: str, title: str
) -> Release:
    said = "\n".join(
        f"{pk} {p.kind} {p.starts_on} {p.ends_on} {c.value} {c.symbol}" for pk, p, c in sorted(rows, key=str)
    )
    sha256 = hashlib.sha256(f"{kind} {area.code}\n{said}".encode()).hexdigest()
    if _stand_already(area, rows, kind):
        raise NotAllowed("The very same figures were stored before. Nothing was stored twice.")
    if Release.objects.filter(sha256=sha256).exists():  # set back to what it was before: another entry of the history
        sha256 = hashlib.sha256(f"{sha256} {at.isoformat()}".encode()).hexdigest()
    with transaction.atomic():
        release = Release.objects.create(
            title=title,
            publisher=str(area),
            kind=kind,
            sha256=sha256,
            newest_to_on=max(period.ends_on for _, period, _ in rows),
            published_on=timezone.localdate(at),
            imported_at=at,
            imported_by=by,
            state="held",
            rows_read=len(rows),
            rows_taken=len(rows),
            figures=len(rows),
        )
        Observation.objects.bulk_create(
            [
                Observation(
                    indicator_id=pk,
                    area=area,
                    period_kind=period.kind.value,
                    period_from_on=period.starts_on,
                    period_to_on=period.ends_on,
                    period_label=period.label,
                    release=release,
                    value=cell.value,
                    symbol=cell.symbol,
                )
                for pk, period, cell in rows
            ],
            batch_size=500,
        )
        make_current(release, {pk for pk, _, _ in rows})
        record(by=by, at=at, action="statistics.own", thing=release, text=f"{len(rows)} figures.")
    return release


def _stand_already(area: Area, rows: Sequence[tuple[int, Period, Cell]], kind: str) -> bool:
    """Whether each is what was entered last."""
    held = Observation.objects.filter(area=area, release__kind=kind, release__state="held")
    last = {
        (row.indicator_id, row.period_kind, row.period_from_on, row.period_to_on): (row.value, row.symbol)
        for row in held.filter(indicator__in={pk for pk, _, _ in rows}).order_by("release_id")
    }
    return all(
        last.get((pk, period.kind.value, period.starts_on, period.ends_on)) == (cell.value, cell.symbol)
        for pk, period, cell in rows
    )
