"""Two versions side by side, word by word: what the later one says otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from documents.domain.words import Comparison, compare_words
from selfeval.domain.freezing import day_in_words
from selfeval.domain.markers import MarkerKind, parse
from selfeval.domain.published import AreaText, CriterionText, Document, Note, NoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One text that differs. `where` names the part, `what` the text in it."""

    where: str
    what: str
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A figure that both versions cite with the same marker, and that stands otherwise in the later one."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    unchanged: int

    @property
    def is_same(self) -> bool:
        return not self.changes and not self.moved


def compare_documents(older: Document, newer: Document) -> Difference:
    """Texts in the order of the later version; what only the older one has comes last. Markers count as words."""
    before, after = dict(texts_of(older)), dict(texts_of(newer))
    changes, unchanged = [], 0
    for key in dict.fromkeys((*after, *before)):
        comparison = compare_words(before.get(key, ""), after.get(key, ""))
        if comparison.is_same:
            unchanged += 1
        else:
            changes.append(Change(where=key[0], what=key[1], comparison=comparison))
    return Difference(changes=tuple(changes), moved=tuple(_moved(older, newer)), unchanged=unchanged)


def texts_of(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    """Every text with where it stands and what it is. Empty ones are left out."""
    notes = document.notes_by_marker
    for where, what, text in _texts(document):
        if text.strip():
            yield (where, what), _with_figures(text, notes)


def _with_figures(text: str, notes: Mapping[str, Note]) -> str:
    """A figure stands as it is read; evidence keeps its number, [E12], so that a change of proof is seen."""
    for marker in parse(text):
        note = notes.get(marker.text)
        if marker.kind is MarkerKind.FIGURE and note and note.value:
            text = text.replace(marker.text, note.value)
    return text


def _texts(document: Document) -> Iterator[tuple[str, str, str]]:
    whole = "The whole"
    yield whole, "Title", document.title
    yield whole, "The journey since the last inspection", document.journey
    yield whole, "Our capacity to improve", document.capacity_to_improve
    yield whole, "Outcome", document.outcome_name
    yield whole, "Reason for the outcome", document.outcome_reason
    for section in document.sections:
        yield "Parts", section.title, section.text
    for lens in document.lenses:
        yield "Lenses", lens.title, lens.text
    for criterion in document.criteria:
        for what, text in _of_criterion(criterion):
            yield f"{criterion.code} {criterion.title}", what, text
    yield "Parts", "Data that we lack", "\n".join(gap.text for gap in document.gaps)
    for one in document.documents:
        yield "Partners’ own documents", f"{one.partner}: {one.title}", one.text


def _of_criterion(criterion: CriterionText) -> Iterator[tuple[str, str]]:
    yield "Judgement", criterion.grade
    yield "Confidence in the evidence", criterion.confidence
    yield "What do we know?", criterion.know
    yield "What does it mean?", criterion.meaning
    yield "What next?", criterion.next_steps
    yield "Strengths", "\n".join(criterion.strengths)
    for number, area in enumerate(criterion.areas, 1):
        yield f"Area for development {number}", _of_area(area)
    for view in criterion.views:
        yield f"View of {view.partner}", " ".join(part for part in (view.grade, view.confidence, view.text) if part)
    yield "In plain words for children and young people", criterion.child_friendly


def _of_area(area: AreaText) -> str:
    since = f"Known since {day_in_words(area.known_since_on)}." if area.known_since_on else ""
    positions = [f"{day_in_words(one.as_at_on)}: {one.text}" for one in area.positions]
    return "\n".join(part for part in (area.text, since, area.how_found, area.done, area.changed, *positions) if part)


def _moved(older: Document, newer: Document) -> Iterator[Moved]:
    before = _figures(older)
    for marker, (name, value) in _figures(newer).items():
        was = before.get(marker)
        if was is not None and was[1] != value:
            yield Moved(name=name, before=was[1], after=value)


def _figures(document: Document) -> Mapping[str, tuple[str, str]]:
    return {
        marker: (note.title, f"{note.value} ({note.period})")
        for note in document.notes
        if note.kind is NoteKind.FIGURE
        for marker in note.markers
    }
