"""A strategy with its priorities, aims and measures; boards."""

from datetime import date

from django.utils import timezone

from accounts.models import User
from strategy.actions.imports import take_import
from strategy.domain.exchange.comparing import fingerprint_of
from strategy.domain.exchange.sheets import Tables
from strategy.exchange_gather import present_tables
from strategy.models import Aim, Answer, Board, Challenge, Measure, Principle, Priority, Strategy, StrategyImport
from tests.factories.documents import make_stored_file


def make_strategy(*, title: str = "Wexcombe together", board: Board | None = None) -> Strategy:
    return Strategy.objects.create(
        title=title,
        from_on=date(2026, 1, 1),
        to_on=date(2028, 12, 31),
        vision="Every child belongs.",
        board=board,
        is_current=True,
    )


def make_board(*, name: str = "Wexcombe SEND Board", reports_to: Board | None = None, chair: str = "") -> Board:
    return Board.objects.create(name=name, reports_to=reports_to, chair=chair)


def make_priority(*, strategy: Strategy, number: int = 1, title: str = "A good start") -> Priority:
    return Priority.objects.create(strategy=strategy, number=number, title=title)


def make_aim(
    *, priority: Priority, number: int = 1, text: str = "Needs are known early", is_as_extracted: bool = False
) -> Aim:
    return Aim.objects.create(priority=priority, number=number, text=text, is_as_extracted=is_as_extracted)


def make_measure(*, aim: Aim, text: str = "Children seen by the panel", kind: str = "figure", **fields) -> Measure:
    return Measure.objects.create(aim=aim, text=text, kind=kind, **fields)


def make_answer(*, priority: Priority, you_asked: str = "Shorter waits", verdict: str = "not_achieved") -> Answer:
    return Answer.objects.create(priority=priority, you_asked=you_asked, verdict=verdict)


def make_principle(*, strategy: Strategy, title: str, order: int = 1) -> Principle:
    return Principle.objects.create(strategy=strategy, title=title, order=order)


def make_challenge(*, strategy: Strategy, title: str = "Long waits", **fields) -> Challenge:
    return Challenge.objects.create(strategy=strategy, title=title, **fields)


def take_tables(*, by: User, tables: Tables, **given: bool) -> None:
    """Takes a file over that says this, as if it had been looked at just now."""
    at = timezone.now()
    found = StrategyImport.objects.create(
        stored=make_stored_file(by=by), fingerprint=fingerprint_of(present_tables()), made_by=by, made_at=at
    )
    take_import(by=by, at=at, found=found, tables=tables, **given)
