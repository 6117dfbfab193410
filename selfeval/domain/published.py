"""The one frozen document: what members' pages, reports and the child-friendly edition read, and nothing else.

Texts keep their markers ([E12], [F:ehc-plans@2025]), so that two versions compare word by word. `notes` says what each
marker stands for on the day of freezing: its footnote. Nothing in here points back at a draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

# Raise it when a reader of an older document would misread it; `published_json` reads all that came before.
SCHEMA = 1


class VersionKind(StrEnum):
    """Before sign-off, watermarked; after it, final."""

    CONSULTATION = "consultation"
    PUBLISHED = "published"


class NoteKind(StrEnum):
    """What a marker became. A confidential item is a fact without a title; what can't be found says so."""

    EVIDENCE = "evidence"
    FIGURE = "figure"
    CONFIDENTIAL = "confidential"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote, numbered through the document in the order of reading. Several markers may share one.

    `title`: of the evidence item or the indicator. `period`: what it covers, in words. `source`: where it is from.
    `value`: a figure as it is read ("97.5 %"), for a marker of a figure.
    """

    number: int
    kind: NoteKind
    markers: tuple[str, ...]
    title: str
    period: str = ""
    source: str = ""
    value: str = ""
    evidence_kind: str = ""
    partner: str = ""
    as_at: str = ""

    @property
    def sentence(self) -> str:
        """The footnote as it is printed."""
        parts = [self.title, self.value, self.period, self.source or self.partner]
        return f"{'; '.join(part.strip().rstrip('.;') for part in parts if part.strip())}."


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint:
    """One period of a series. `words` also where there is no value: "suppressed"."""

    label: str
    words: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The figures of one place, the oldest first."""

    place: str
    points: tuple[SeriesPoint, ...]
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An indicator that the text cites, beside the region and the country: a chart and its table.

    `criteria` are the codes where it is cited (empty: in a part of the document).
    """

    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    source: str
    sentence: str
    series: tuple[Series, ...]
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """A part of the document. `phase` as in the cycle: journey, outcomes, features, part."""

    code: str
    title: str
    phase: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LensText:
    """A chapter across all criteria, with the statements of the lens."""

    code: str
    title: str
    statements: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where an area for development stood on a day."""

    as_at_on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaText:
    """An area for development. `positions`: the newest first."""

    text: str
    known_since_on: date | None = None
    how_found: str = ""
    done: str = ""
    changed: str = ""
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewText:
    """A partner's own view of a criterion, beside ours, never averaged."""

    partner: str
    grade: str = ""
    confidence: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointCovered:
    """What lies under a point: items by kind of evidence (codes), the partners, how fresh in words."""

    code: str
    title: str
    by_kind: Mapping[str, int]
    partners: tuple[str, ...] = ()
    freshness: str = ""

    @property
    def is_bare(self) -> bool:
        return not any(self.by_kind.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceText:
    """Somebody's own words, after a second person's check that nobody can be recognised."""

    text: str
    who: str = ""
    heard_on: date | None = None
    is_synthetic: bool = False
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionText:
    """One criterion: three questions, strengths, areas, grade and confidence in words, partners, coverage."""

    code: str
    title: str
    group: str
    summary: str = ""
    know: str = ""
    meaning: str = ""
    next_steps: str = ""
    child_friendly: str = ""
    grade: str = ""
    grade_description: str = ""
    confidence: str = ""
    strengths: tuple[str, ...] = ()
    areas: tuple[AreaText, ...] = ()
    views: tuple[ViewText, ...] = ()
    points: tuple[PointCovered, ...] = ()

    @property
    def has_words(self) -> bool:
        return any((self.know, self.meaning, self.next_steps, self.strengths, self.areas))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerDocumentText:
    """A partner's own document, unedited, under its name. A file is named by its key in the store and its SHA-256."""

    partner: str
    title: str
    submitted_on: date
    text: str = ""
    file_name: str = ""
    stored: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapText:
    """Data that the partnership lacks."""

    text: str
    owner: str = ""
    route: str = ""
    due_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityText:
    """Something that was done to hear people. `people` in words: small numbers are not printed."""

    held_on: date
    title: str
    kind: str = ""
    groups: str = ""
    people: str = ""
    themes: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAndDone:
    """You said, we did: a comment on an earlier version, and what came of it."""

    about: str
    who: str
    said: str
    decision: str
    answer: str
    what_changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A version. `criteria` in the order of the rulebook; `notes` by number; dates are days of the area."""

    schema: int = SCHEMA
    kind: VersionKind
    number: int
    title: str
    area: str
    framework: str
    marking: str
    watermark: str = ""
    frozen_on: date
    as_at_on: date | None = None
    signed_off_by: str = ""
    signed_off_on: date | None = None
    journey: str = ""
    capacity_to_improve: str = ""
    outcome: int | None = None
    outcome_name: str = ""
    outcome_reason: str = ""
    sections: tuple[SectionText, ...] = ()
    lenses: tuple[LensText, ...] = ()
    criteria: tuple[CriterionText, ...] = ()
    evidence_kinds: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    voices: tuple[VoiceText, ...] = ()
    activities: tuple[ActivityText, ...] = ()
    said: tuple[SaidAndDone, ...] = ()
    gaps: tuple[GapText, ...] = ()
    documents: tuple[PartnerDocumentText, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def name(self) -> str:
        """ "Consultation version 2"; "Version 1"."""
        return f"{'Consultation version' if self.kind is VersionKind.CONSULTATION else 'Version'} {self.number}"

    @property
    def is_consultation(self) -> bool:
        return self.kind is VersionKind.CONSULTATION

    def criterion(self, code: str) -> CriterionText | None:
        return next((one for one in self.criteria if one.code == code), None)

    def section(self, code: str) -> SectionText | None:
        return next((one for one in self.sections if one.code == code), None)

    def figures_of(self, criterion: str) -> tuple[Figure, ...]:
        """Those that a criterion cites; with an empty code those of the parts alone."""
        return tuple(one for one in self.figures if (criterion in one.criteria if criterion else not one.criteria))

    def voices_of(self, criterion: str) -> tuple[VoiceText, ...]:
        return tuple(one for one in self.voices if criterion in one.criteria)

    @property
    def notes_by_marker(self) -> dict[str, Note]:
        return {marker: note for note in self.notes for marker in note.markers}
