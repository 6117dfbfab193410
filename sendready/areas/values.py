"""What a folder of a local area says."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from accounts.domain.roles import Role
from evidence.readers.folder import EvidenceWords
from framework.readers.days import Day
from indicators.domain.catalogue import AreaFigures
from selfeval.readers.consultation import ConsultationFile
from selfeval.readers.folder import SelfEvaluationFile
from strategy.readers.folder import StrategyFile
from strategy.readers.plans import PlansFile


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWords:
    name: str
    partnership_name: str
    la_code: str
    ons_code: str
    region_name: str
    short_code: str
    marking: str
    safeguarding_lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedName:
    """A board or an organisation from a day to a day, both included; None leaves that end open."""

    name: str
    kind: str = ""
    from_on: date | None = None
    to_on: date | None = None

    def is_in_force(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayWords:
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWords:
    email: str
    name: str
    job_title: str
    organisation: str
    roles: tuple[Role, ...]
    deputy_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWords:
    file: Path
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """An answer to a request item. `state` is how far it has got; `owner`, `approver` are e-mail addresses."""

    line: int
    item: str
    owner: str
    state: str = ""
    documents: tuple[DocumentWords, ...] = ()
    link: str = ""
    none_reason: str = ""
    note: str = ""
    as_at: Day | None = None
    review_by: Day | None = None
    approver: str = ""
    return_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticLists:
    """Made-up person-level lists to load: how many rows of each, how many of them with a fault that the desk should
    find, and the seed that makes them the same every time."""

    seed: int
    list_1: int
    list_2: int
    faults: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFolder:
    path: Path
    framework: str
    area: AreaWords
    boards: tuple[DatedName, ...] = ()
    organisations: tuple[DatedName, ...] = ()
    holidays: tuple[HolidayWords, ...] = ()
    people: tuple[PersonWords, ...] = ()
    items: tuple[ItemWords, ...] = ()
    lists: SyntheticLists | None = None
    strategy: StrategyFile | None = None
    figures: AreaFigures | None = None
    plans: PlansFile | None = None
    self_evaluation: SelfEvaluationFile | None = None
    consultation: ConsultationFile | None = None
    evidence: tuple[EvidenceWords, ...] = ()

    def board_on(self, day: date) -> str:
        """The name of the board in force on a day; empty when none is."""
        return next((board.name for board in self.boards if board.is_in_force(day)), "")
