"""The totals of every upload side by side. They outlive the rows and name nobody; exact only for who may see rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from children.composition_tables import Bar
from children.counting import rule_in_force, tables_of
from children.domain.composition import Table
from children.domain.finding_figures import rounded, shown_counts, shown_movement
from children.domain.rows import Level
from children.domain.suppression import Figure, Rule
from children.models import ListUpload
from children.permissions import can_read_rows
from children.presenters import LEVEL_STATES, code_in_words, rule_in_words
from documents.presenters import State

# So many uploads stand side by side in a table; the chart and the list of uploads have all of a page.
BESIDE = 6
ROUNDED_TO = 5
_CHANGES = ("new", "fixed", "still")


def read_uploads() -> QuerySet[ListUpload]:
    """Every upload that was read to the end, the newest extract first."""
    return ListUpload.objects.standing().order_by("-extracted_on", "-ordered_at", "-pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLine:
    """One upload in numbers. `rows` is by sheet, `changes` new, fixed and still there."""

    url: str
    title: str
    is_erased: bool
    is_current: bool
    rows: tuple[tuple[str, Figure], ...]
    errors: int
    queries: int
    waived: int
    changes: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule on one sheet over the last uploads; 0 where it found nothing."""

    rule: str
    words: str
    sheet: str
    level: State
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class CategoryRow:
    label: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A page of uploads, the oldest first. `beside` are the titles of the last of them, for the tables by upload."""

    sheets: tuple[str, ...]
    lines: tuple[UploadLine, ...]
    sentence: str
    bars: tuple[Bar, ...]
    row_bars: tuple[Bar, ...]
    beside: tuple[str, ...]
    rules: tuple[RuleRow, ...]
    rule: Rule
    is_exact: bool


def trend_of(user: User, newest_first: Sequence[ListUpload]) -> Trend:
    """One query beside those that fetched the uploads."""
    uploads = list(reversed(newest_first))
    rule = rule_in_force()
    limits = {upload.pk: None if can_read_rows(user, upload) else rule for upload in uploads}
    sheets = tuple(dict.fromkeys(sheet for upload in uploads for sheet in upload.row_counts))
    titles = _titles(uploads)
    lines = tuple(
        _line(upload, title, sheets, limits[upload.pk]) for upload, title in zip(uploads, titles, strict=True)
    )
    last = uploads[-BESIDE:]
    return Trend(
        sheets=sheets,
        lines=lines,
        sentence=_sentence(lines),
        bars=_bars([(line.title, line.errors) for line in lines]),
        row_bars=_bars(
            [(upload_title, upload.row_count) for upload_title, upload in zip(titles, uploads, strict=True)]
        ),
        beside=titles[-BESIDE:],
        rules=_rule_rows(last, [limits[upload.pk] for upload in last]),
        rule=rule,
        is_exact=all(limit is None for limit in limits.values()),
    )


def _titles(uploads: Sequence[ListUpload]) -> tuple[str, ...]:
    """The day of the extract; numbered where several have one day."""
    titles = []
    for upload in uploads:
        same = [other for other in uploads if other.extracted_on == upload.extracted_on]
        number = f" ({same.index(upload) + 1})" if len(same) > 1 else ""
        titles.append(f"{_day(upload.extracted_on)}{number}")
    return tuple(titles)


def _day(day: date) -> str:
    return f"{day:%-d %b %Y}"


def _line(upload: ListUpload, title: str, sheets: Sequence[str], rule: Rule | None) -> UploadLine:
    found = {name: upload.difference.get("findings", {}).get(name) for name in _CHANGES}
    numbers = {name: number for name, number in found.items() if number is not None}
    changes = shown_movement(numbers, rule)
    rows = shown_movement(upload.row_counts, rule)
    return UploadLine(
        url=reverse("children:upload-show", args=[upload.pk]),
        title=title,
        is_erased=upload.rows_erased_at is not None,
        is_current=upload.is_current,
        rows=tuple((sheet, rows.get(sheet, 0)) for sheet in sheets),
        errors=upload.error_count,
        queries=upload.query_count,
        waived=upload.waived_count,
        changes=tuple(changes.get(name) for name in _CHANGES),
    )


def _bars(lines: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    most = max((number for _, number in lines), default=0)
    return tuple(
        Bar(label, number, max(round(100 * number / most), 1) if most and number else 0) for label, number in lines
    )


def _sentence(lines: Sequence[UploadLine]) -> str:
    """What the chart says, in words."""
    if not lines:
        return ""
    first, last = lines[0], lines[-1]
    now = f"{last.errors:,} error{'' if last.errors == 1 else 's'}"
    if len(lines) == 1:
        return f"One upload so far, with {now} and {last.queries:,} quer{'y' if last.queries == 1 else 'ies'}."
    if last.errors == first.errors:
        return f"{now} in the first and in the last of {len(lines)} uploads."
    verb = "fell" if last.errors < first.errors else "rose"
    return f"Errors {verb} from {first.errors:,} to {last.errors:,} over {len(lines)} uploads."


def _rule_rows(uploads: Sequence[ListUpload], limits: Sequence[Rule | None]) -> tuple[RuleRow, ...]:
    """What any of these uploads found, errors first, most in the last one first."""
    found: list[dict[tuple[str, str, str], Figure]] = []
    for upload, limit in zip(uploads, limits, strict=True):
        keys = [(count["rule"], count["level"], count["sheet"]) for count in upload.rule_counts]
        found.append(dict(zip(keys, shown_counts(upload.rule_counts, limit), strict=True)))
    every = dict.fromkeys(key for figures in reversed(found) for key in figures)
    rows = [
        RuleRow(code_in_words(rule), rule_in_words(rule), sheet, LEVEL_STATES[level],
                tuple(figures.get((rule, level, sheet), 0) for figures in found))
        for rule, level, sheet in every
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.level != LEVEL_STATES[Level.ERROR.value]))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionTrend:
    """One dimension over the last uploads, of all lists together: suppressed and rounded for everybody."""

    code: str
    title: str
    beside: tuple[str, ...]
    rows: tuple[CategoryRow, ...]
    choices: tuple[tuple[str, str], ...]


def composition_trend(newest_first: Sequence[ListUpload], *, code: str) -> CompositionTrend | None:
    """One query; None where nothing was counted. A code that is none shows the first."""
    uploads = list(reversed(newest_first[:BESIDE]))
    tables = tables_of(uploads)
    every = [table for upload in uploads for table in tables.get(upload.pk, ())]
    if not every:
        return None
    choices = {table.code: table.title for table in every}
    chosen = code if code in choices else next(iter(choices))
    columns = [_column(tables.get(upload.pk, ()), chosen) for upload in uploads]
    labels = dict.fromkeys(label for column in reversed(columns) for label in column)
    labels = dict.fromkeys([*(label for label in labels if label != "Total"), "Total"])
    rows = [CategoryRow(label, tuple(column.get(label) for column in columns)) for label in labels]
    return CompositionTrend(
        code=chosen,
        title=choices[chosen],
        beside=_titles(uploads),
        rows=tuple(row for row in rows if any(row.figures)),
        choices=tuple(choices.items()),
    )


def _column(tables: Iterable[Table], code: str) -> dict[str, Figure]:
    table = next((table for table in tables if table.code == code), None)
    if table is None:
        return {}
    return {row.label: rounded(row.figures[-1], to=ROUNDED_TO) for row in (*table.rows, table.total)}
