"""An area for improvement in page words."""

from dataclasses import dataclass
from datetime import date

from indicators.domain.figures import difference_in_words, figure_in_words
from strategy.action_gather import ActionLine
from strategy.area_gather import AreaFigure, AreaLine
from strategy.domain.known import how_long
from strategy.domain.status import STATE_NAMES, count_states
from strategy.models import AreaForImprovement

BETTER_TAGS = {True: ("Better", "green"), False: ("Worse", "red"), None: ("", "")}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """`change`: in words; `verdict` and `colour` of its tag, empty where neither way is better."""

    name: str
    code: str
    latest: str
    period: str
    change: str
    verdict: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCard:
    area: AreaForImprovement
    known: str
    actions: tuple[ActionLine, ...]
    counts: tuple[tuple[str, str, int], ...]
    overdue: int
    figures: tuple[FigureRow, ...]


def area_card(line: AreaLine, today: date) -> AreaCard:
    counts = count_states(each.status.state for each in line.actions)
    since = line.area.known_since_on
    return AreaCard(
        area=line.area,
        known=how_long(since, today) if since else "",
        actions=line.actions,
        counts=tuple((state.value, STATE_NAMES[state], count) for state, count in counts.items() if count),
        overdue=sum(each.status.is_overdue for each in line.actions),
        figures=tuple(_figure_row(figure) for figure in line.figures),
    )


def _figure_row(figure: AreaFigure) -> FigureRow:
    latest, change = figure.latest, figure.change
    words, verdict, colour = "", "", ""
    if change is not None and change.difference:
        way = "up" if change.difference > 0 else "down"
        since = change.from_point.period.label
        words = f"{way} {difference_in_words(change.difference, figure.facts)} since {since}"
        verdict, colour = BETTER_TAGS[change.is_better(figure.facts.direction)]
    elif change is not None:
        words = f"unchanged since {change.from_point.period.label}"
    return FigureRow(
        name=figure.indicator.name,
        code=figure.indicator.code,
        latest=figure_in_words(latest.value, latest.symbol, figure.facts) if latest else "no figure yet",
        period=latest.period.label if latest else "",
        change=words,
        verdict=verdict,
        colour=colour,
    )
