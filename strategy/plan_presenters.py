"""Plans and actions in page words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from strategy.action_gather import ActionLine
from strategy.domain.status import STATE_NAMES, ActionState, count_states
from strategy.domain.timeline import Bar, Column, Scale, bar_of, scale_of
from strategy.models import Milestone, Plan
from strategy.plan_gather import Coverage

VIEWS = {"list": "List", "board": "Board", "timeline": "Timeline"}
NO_THEME = "Without a theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """The progress of one theme: how many of its actions stand where. `counts` in the order of the states."""

    theme: str
    counts: tuple[int, ...]
    overdue: int

    @property
    def total(self) -> int:
        return sum(self.counts)


def theme_rows(lines: Sequence[ActionLine]) -> tuple[ThemeRow, ...]:
    """One row for each theme in the order in which they come; a last one for all where there are several."""
    themes = list(dict.fromkeys(line.theme for line in lines))
    rows = [_theme_row(theme or NO_THEME, [line for line in lines if line.theme == theme]) for theme in themes]
    return (*rows, _theme_row("All", lines)) if len(rows) > 1 else tuple(rows)


def _theme_row(theme: str, lines: Sequence[ActionLine]) -> ThemeRow:
    counts = count_states(line.status.state for line in lines)
    return ThemeRow(theme=theme, counts=tuple(counts.values()), overdue=sum(line.status.is_overdue for line in lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines under a heading."""

    title: str
    lines: tuple[ActionLine, ...]


def by_theme(lines: Sequence[ActionLine]) -> tuple[Group, ...]:
    themes = list(dict.fromkeys(line.theme for line in lines))
    return tuple(
        Group(title=theme or NO_THEME, lines=tuple(line for line in lines if line.theme == theme)) for theme in themes
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardColumn:
    state: ActionState
    title: str
    lines: tuple[ActionLine, ...]


def board_columns(lines: Sequence[ActionLine]) -> tuple[BoardColumn, ...]:
    """One column for each of the four states."""
    return tuple(
        BoardColumn(state=state, title=name, lines=tuple(line for line in lines if line.status.state is state))
        for state, name in STATE_NAMES.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A milestone on the scale: its column, the word of its state (reached, missed, to come)."""

    title: str
    due_on: date
    column: int
    state: str
    reached_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """`marks`: every milestone; those outside the scale have column 0."""

    line: ActionLine
    bar: Bar | None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """`today` is the column of today, 0 where it lies outside."""

    scale: Scale
    columns: tuple[Column, ...]
    rows: tuple[TimelineRow, ...]
    today: int


def timeline_of(plan: Plan, lines: Sequence[ActionLine], day: date) -> Timeline:
    """The actions on the scale of the plan."""
    scale = scale_of(plan.from_on, plan.to_on)
    now = bar_of(scale, day, day)
    return Timeline(
        scale=scale,
        columns=scale.columns,
        rows=tuple(
            TimelineRow(
                line=line,
                bar=bar_of(scale, line.action.starts_on, line.action.due_on),
                marks=tuple(_mark(each, scale, day) for each in line.action.milestones.all()),
            )
            for line in lines
        ),
        today=now.column if now else 0,
    )


def _mark(milestone: Milestone, scale: Scale, day: date) -> Mark:
    place = bar_of(scale, milestone.due_on, milestone.due_on)
    state = "reached" if milestone.reached_on else "missed" if milestone.due_on < day else "to come"
    return Mark(
        title=milestone.title,
        due_on=milestone.due_on,
        column=place.column if place else 0,
        state=state,
        reached_on=milestone.reached_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One action of the coverage grid: for each criterion the codes of the points that it answers."""

    line: ActionLine
    cells: tuple[tuple[str, ...], ...]
    makers: tuple[str, ...]


def grid_rows(coverage: Coverage) -> tuple[GridRow, ...]:
    return tuple(
        GridRow(
            line=line,
            cells=tuple(coverage.codes.get((line.action.pk, criterion.pk), ()) for criterion, _ in coverage.criteria),
            makers=coverage.makers[line.action.pk],
        )
        for line in coverage.lines
    )
