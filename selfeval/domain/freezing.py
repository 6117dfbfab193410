"""What a marker stands for on the day of freezing: footnotes in the order of reading, and what stands in the way.

Pure: the texts of the document with the facts of items and figures give the same notes every time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from accounts.domain.findings import Blocker, Finding, Gap
from accounts.domain.findings import Note as Notice
from accounts.domain.roles import Role
from selfeval.domain.holds import Lists, look
from selfeval.domain.markers import MarkerKind, nearly_markers, parse
from selfeval.domain.published import AreaText, CriterionText, Document, Figure, Note, NoteKind, VersionKind

CONFIDENTIAL = "Confidential evidence held"
WITHHELD = "Evidence held, not shown before it is approved and checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text stands: words for a sentence, the code of the criterion, the page that mends it."""

    words: str
    text: str
    criterion: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFact:
    """A cited item of the log. `reason`: why its title may not stand in a footnote; empty where it may."""

    number: int
    title: str
    kind: str
    partner: str
    period: str
    source: str
    is_confidential: bool
    needs_check: bool
    reason: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAt:
    """A figure as a marker means it."""

    name: str
    period: str
    words: str
    source: str
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """Everything that the markers of a document may mean. `figures` by (indicator, period as the marker has it)."""

    items: Mapping[int, ItemFact]
    figures: Mapping[tuple[str, str], FigureAt]
    charts: Mapping[str, Figure]


def places_of(document: Document, urls: Mapping[str, str] | None = None) -> Iterator[Place]:
    """Every text in the order of reading. `urls` by the code of a criterion or "section:code", for the findings."""
    at = urls or {}
    whole = at.get("", "")
    yield Place(words="the journey since the last inspection", text=document.journey, url=whole)
    yield Place(words="the capacity to improve", text=document.capacity_to_improve, url=whole)
    yield from _sections(document, at, "journey")
    yield Place(words="the reason for the outcome", text=document.outcome_reason, url=whole)
    yield from _sections(document, at, "outcomes")
    for lens in document.lenses:
        yield Place(words=f"the chapter “{lens.title}”", text=lens.text, url=whole)
    yield from _sections(document, at, "features")
    for criterion in document.criteria:
        for text in texts_of_criterion(criterion):
            yield Place(words=criterion.code, text=text, criterion=criterion.code, url=at.get(criterion.code, whole))
    yield from _sections(document, at, "part")
    # Read elsewhere, and so numbered last: the child-friendly edition shows figures and no notes.
    for criterion in document.criteria:
        url = at.get(criterion.code, whole)
        yield Place(words=criterion.code, text=criterion.child_friendly, criterion=criterion.code, url=url)


def _sections(document: Document, urls: Mapping[str, str], phase: str) -> Iterator[Place]:
    for section in document.sections:
        if section.phase == phase:
            url = urls.get(f"section:{section.code}", urls.get("", ""))
            yield Place(words=f"“{section.title}”", text=section.text, url=url)


def texts_of_criterion(criterion: CriterionText) -> Iterator[str]:
    """As a criterion is read; what partners and children read is another matter and has no footnotes of ours."""
    yield criterion.know
    yield criterion.meaning
    yield from criterion.strengths
    for area in criterion.areas:
        yield from texts_of_area(area)
    yield criterion.next_steps


def texts_of_area(area: AreaText) -> Iterator[str]:
    yield from (area.text, area.how_found, area.done, area.changed)
    yield from (position.text for position in area.positions)


def annotate(document: Document, proofs: Proofs) -> Document:
    """The document with its footnotes, and the figures that it cites."""
    notes: dict[str, Note] = {}
    cited: dict[str, set[str]] = {}
    for place in places_of(document):
        for marker in parse(place.text):
            if marker.kind is MarkerKind.FIGURE:
                cited.setdefault(marker.key, set()).add(place.criterion)
            note = _note_of(marker.kind, marker.key, marker.period, proofs)
            # The same words are one note: who reads can't tell how many confidential items are held.
            held = notes.get(note.sentence)
            markers = (*held.markers, marker.text) if held else (marker.text,)
            number = held.number if held else len(notes) + 1
            notes[note.sentence] = replace(held or note, number=number, markers=tuple(dict.fromkeys(markers)))
    figures = [
        replace(proofs.charts[code], criteria=tuple(sorted(where - {""})))
        for code, where in cited.items()
        if code in proofs.charts
    ]
    return replace(document, notes=tuple(notes.values()), figures=tuple(figures))


def _note_of(kind: MarkerKind, key: str, period: str, proofs: Proofs) -> Note:
    return _evidence_note(int(key), proofs) if kind is MarkerKind.EVIDENCE else _figure_note(key, period, proofs)


def _evidence_note(number: int, proofs: Proofs) -> Note:
    item = proofs.items.get(number)
    if item is None:
        return Note(number=0, kind=NoteKind.MISSING, markers=(), title=f"E{number} is not in the evidence log")
    if item.is_confidential:
        return Note(number=0, kind=NoteKind.CONFIDENTIAL, markers=(), title=CONFIDENTIAL)
    if item.reason:
        return Note(number=0, kind=NoteKind.MISSING, markers=(), title=WITHHELD)
    return Note(
        number=0,
        kind=NoteKind.EVIDENCE,
        markers=(),
        title=item.title,
        period=item.period,
        source=item.source,
        evidence_kind=item.kind,
        partner=item.partner,
    )


def _figure_note(code: str, period: str, proofs: Proofs) -> Note:
    figure = proofs.figures.get((code, period))
    if figure is None:
        return Note(number=0, kind=NoteKind.MISSING, markers=(), title=f"“{code}” is no figure that is known here")
    if not figure.is_there:
        title = f"{figure.name}: no figure is held for {figure.period}"
        return Note(number=0, kind=NoteKind.MISSING, markers=(), title=title)
    return Note(
        number=0,
        kind=NoteKind.FIGURE,
        markers=(),
        title=figure.name,
        period=figure.period,
        value=figure.words,
        source=figure.source,
    )


# -- what stands in the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What else decides. `drafts`: codes of criteria that nobody has moderated; `unchecked_voices`: how many wait;
    `names_children`: the places whose words may name a child.
    """

    drafts: tuple[str, ...] = ()
    unchecked_voices: int = 0
    elections: tuple[str, ...] = ()
    was_consulted_on: bool = True
    names_children: tuple[str, ...] = ()
    urls: Mapping[str, str] | None = None
    voices_url: str = ""


def findings(document: Document, proofs: Proofs, standing: Standing) -> tuple[Finding, ...]:
    """Blockers first: those stop the freezing. Gaps and notes are for whoever freezes to weigh."""
    found = [
        *_of_markers(document, proofs, standing),
        *_of_criteria(document, standing),
        *_of_the_whole(document, standing),
    ]
    order = {Blocker: 0, Gap: 1, Notice: 2}
    unique = {(type(one), one.sentence): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: order[type(one)]))


def _of_markers(document: Document, proofs: Proofs, standing: Standing) -> Iterator[Finding]:
    for place in places_of(document, standing.urls):
        for text in nearly_markers(place.text):
            yield _blocker("publish-marker-unreadable", f"“{text}” in {place.words} is no marker. Write [E12].", place)
        for marker in parse(place.text):
            if marker.kind is MarkerKind.EVIDENCE:
                yield from _of_item(proofs.items.get(int(marker.key)), marker.text, place)
                continue
            figure = proofs.figures.get((marker.key, marker.period))
            if figure is None:
                sentence = f"{marker.text} in {place.words} names no figure that is known here. Mend or drop it."
                yield _blocker("publish-figure-unknown", sentence, place)
            elif not figure.is_there:
                sentence = f"{marker.text} in {place.words}: no figure is held for that period. Name another period."
                yield _blocker("publish-figure-missing", sentence, place)


def _of_item(item: ItemFact | None, marker: str, place: Place) -> Iterator[Finding]:
    if item is None:
        sentence = f"{marker} in {place.words} is not in the evidence log. Mend the number or drop the marker."
        yield _blocker("publish-evidence-unknown", sentence, place)
    elif item.is_confidential:
        sentence = f"E{item.number} in {place.words} is confidential: its footnote says only “{CONFIDENTIAL}”."
        yield Notice(code="publish-evidence-confidential", sentence=sentence, owner_role=Role.LANO, fix_url=item.url)
    elif item.needs_check:
        yield Blocker(
            code="publish-evidence-unchecked",
            sentence=f"{item.reason} It is cited in {place.words}.",
            owner_role=Role.LANO,
            fix_url=item.url,
            fix_label="Open the item",
        )
    elif item.reason:
        yield Gap(
            code="publish-evidence-withheld",
            sentence=f"{item.reason} It is cited in {place.words}; its footnote will not name it.",
            owner_role=Role.SEND_TEAM,
            fix_url=item.url,
            fix_label="Open the item",
        )


def _blocker(code: str, sentence: str, place: Place) -> Blocker:
    return Blocker(code=code, sentence=sentence, owner_role=Role.LANO, fix_url=place.url, fix_label="Open the text")


def _of_criteria(document: Document, standing: Standing) -> Iterator[Finding]:
    urls = standing.urls or {}
    is_final = document.kind is VersionKind.PUBLISHED
    for criterion in document.criteria:
        url = urls.get(criterion.code, "")
        if not criterion.has_words:
            kind = Blocker if is_final else Gap
            sentence = f"{criterion.code}: nothing is written yet."
            yield kind(code="publish-criterion-empty", sentence=sentence, owner_role=Role.SYSTEM_LEAD, fix_url=url)
        elif criterion.code in standing.drafts and is_final:
            sentence = f"{criterion.code} is still a draft. Moderate it before the whole is signed off."
            yield Blocker(code="publish-criterion-draft", sentence=sentence, owner_role=Role.LANO, fix_url=url)
        if not criterion.child_friendly.strip():
            sentence = f"{criterion.code} has no words for children and young people yet."
            yield Gap(
                code="publish-child-friendly-missing", sentence=sentence, owner_role=Role.SYSTEM_LEAD, fix_url=url
            )
    for place in standing.names_children:
        yield Gap(
            code="publish-may-name-a-child",
            sentence=f"{place[0].upper()}{place[1:]} may name a child. Read it again before it is published.",
            owner_role=Role.LANO,
            fix_url=urls.get(place, urls.get("", "")),
            fix_label="Open the text",
        )


def places_that_name(document: Document, lists: Lists) -> tuple[str, ...]:
    """Where a text that would be read by others meets the list of what may name a child, each place once, in order.

    What partners wrote is looked at too: it stays as it is, but somebody should have read it.
    """
    texts = [(place.words, place.text) for place in places_of(document)]
    for criterion in document.criteria:
        texts += [(f"the view of {view.partner} on {criterion.code}", view.text) for view in criterion.views]
    texts += [(f"“{one.title}” of {one.partner}", f"{one.title}\n{one.text}") for one in document.documents]
    return tuple(dict.fromkeys(words for words, text in texts if look(text, lists).child))


def _of_the_whole(document: Document, standing: Standing) -> Iterator[Finding]:
    url = (standing.urls or {}).get("", "")
    if document.kind is VersionKind.PUBLISHED and document.outcome is None:
        sentence = "No outcome is chosen for the whole. People choose one and say why; the version can do without."
        yield Notice(code="publish-no-outcome", sentence=sentence, owner_role=Role.LANO, fix_url=url)
    if document.kind is VersionKind.PUBLISHED and not standing.was_consulted_on:
        sentence = "Nobody outside has read a consultation version of this cycle. Freeze one and ask first."
        yield Gap(code="publish-without-consultation", sentence=sentence, owner_role=Role.LANO, fix_url=url)
    for name in standing.elections:
        sentence = f"It is the pre-election period “{name}”. Ask the monitoring officer before anything is published."
        yield Gap(code="publish-before-election", sentence=sentence, owner_role=Role.LANO, fix_url=url)
    if standing.unchecked_voices:
        many = standing.unchecked_voices
        sentence = (
            f"{many} {'voice waits' if many == 1 else 'voices wait'} for a second person’s check and "
            f"{'is' if many == 1 else 'are'} left out."
        )
        yield Notice(
            code="publish-voices-left-out", sentence=sentence, owner_role=Role.SEND_TEAM, fix_url=standing.voices_url
        )


def blockers(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in found if isinstance(one, Blocker))


# -- in words


def day_in_words(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def period_in_words(starts_on: date | None, ends_on: date | None) -> str:
    """ "February 2017 to May 2024"; "since 2024" where it has no end."""
    if starts_on and ends_on:
        first, last = f"{starts_on:%B %Y}", f"{ends_on:%B %Y}"
        return first if first == last else f"{first} to {last}"
    if starts_on:
        return f"since {starts_on:%B %Y}"
    return f"to {ends_on:%B %Y}" if ends_on else ""


def people_in_words(people: int | None, threshold: int) -> str:
    """A number of people as it may be printed."""
    if people is None or people == 0:
        return ""
    return f"{threshold} or fewer" if people <= threshold else f"{people:,}"
