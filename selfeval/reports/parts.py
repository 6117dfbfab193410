"""A frozen document → its parts as the press knows them. Pages, PDF, Word and workbook are made from the same parts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from documents.press.sections import Bullets, Footnote, Heading, Noted, Paragraph, Section, Table, TableColumn, Words
from selfeval.domain.document_text import Line, lines_of, plain, runs_of
from selfeval.domain.freezing import day_in_words
from selfeval.domain.published import AreaText, CriterionText, Document, Note, ViewText
from selfeval.reports.figures import figure_sections
from selfeval.reports.tables import (
    activities_table,
    coverage_table,
    gaps_table,
    kinds_in_words,
    notes_table,
    said_table,
    views_table,
)

NOTHING = "Nothing is written here yet."
JOURNEY, OUTCOMES, CRITERIA, PARTS, PROOF = (
    "The journey since the last inspection",
    "Outcomes and experience",
    "The criteria",
    "Parts of the self-evaluation",
    "What it rests on",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A page of the reading pages, a chapter of the report. `lead` is one line for the list of contents."""

    key: str
    title: str
    group: str
    sections: tuple[Section, ...] = field(default=())
    lead: str = ""


def parts_of(document: Document) -> tuple[Part, ...]:
    """In the order of reading, which is the order in which the notes are numbered."""
    notes = document.notes_by_marker
    return (
        _journey(document, notes),
        _outcomes(document, notes),
        *_of_phase(document, notes, "features", CRITERIA),
        *(_criterion(document, one, notes) for one in document.criteria),
        *_parts(document, notes),
        *_proof(document),
    )


def part_of(document: Document, key: str) -> Part | None:
    return next((part for part in parts_of(document) if part.key == key), None)


# -- words


def words_of(text: str, notes: Mapping[str, Note]) -> Words:
    """One text as one piece, its notes among the words."""
    return _noted(Line(runs=runs_of(text.strip(), notes)))


def _noted(line: Line) -> Words:
    if not any(run.note for run in line.runs):
        return line.words
    pieces: list[str | Footnote] = []
    for run in line.runs:
        if run.note and pieces and isinstance(pieces[-1], Footnote):
            # Two numbers side by side would read as one: 3 and 4, not 34.
            pieces.append("\N{NO-BREAK SPACE}")
        pieces.append(Footnote(run.note.sentence) if run.note else run.text)
    return Noted(tuple(pieces))


def text_sections(text: str, notes: Mapping[str, Note], otherwise: str = NOTHING) -> Iterator[Section]:
    """Paragraphs and lists; the sentence `otherwise` where nothing is written, so that a gap is seen."""
    lines = lines_of(text, notes)
    if not lines and otherwise:
        yield Paragraph(otherwise, is_quiet=True)
    for is_point, group in groupby(lines, key=lambda line: line.is_point):
        if is_point:
            yield Bullets(tuple(_noted(line) for line in group))
        else:
            yield from (Paragraph(_noted(line)) for line in group)


# -- the parts


def _journey(document: Document, notes: Mapping[str, Note]) -> Part:
    sections: list[Section] = [*text_sections(document.journey, notes)]
    sections += [Heading("Our capacity to improve", level=3), *text_sections(document.capacity_to_improve, notes)]
    for one in document.sections:
        if one.phase == "journey":
            sections += [Heading(one.title, level=3), *text_sections(one.text, notes)]
    return Part(key="journey", title=JOURNEY, group=JOURNEY, sections=tuple(sections))


def _outcomes(document: Document, notes: Mapping[str, Note]) -> Part:
    sections: list[Section] = []
    if document.outcome_name:
        sections.append(Paragraph(f"We see the outcome of the whole as: {document.outcome_name}.", is_lead=True))
        sections += text_sections(document.outcome_reason, notes, otherwise="")
        sections.append(Paragraph("People chose it and gave the reason; nothing computes it.", is_quiet=True))
    for one in document.sections:
        if one.phase == "outcomes":
            sections += [Heading(one.title, level=3), *text_sections(one.text, notes)]
    for lens in document.lenses:
        sections += [Heading(lens.title, level=3)]
        if lens.statements:
            sections.append(Paragraph(f"What we looked for: {'; '.join(lens.statements)}.", is_quiet=True))
        sections += text_sections(lens.text, notes)
    return Part(key="outcomes", title=OUTCOMES, group=OUTCOMES, sections=tuple(sections))


def _of_phase(document: Document, notes: Mapping[str, Note], phase: str, group: str) -> Iterator[Part]:
    for one in document.sections:
        if one.phase == phase:
            yield Part(
                key=f"part-{one.code}", title=one.title, group=group, sections=tuple(text_sections(one.text, notes))
            )


def _criterion(document: Document, criterion: CriterionText, notes: Mapping[str, Note]) -> Part:
    judged = _judged(criterion)
    sections: list[Section] = []
    if criterion.summary:
        sections.append(Paragraph(criterion.summary, is_quiet=True))
    if judged:
        sections.append(Paragraph(judged, is_lead=True))
    sections += [Heading("What do we know?", level=3), *text_sections(criterion.know, notes)]
    sections += figure_sections(document.figures_of(criterion.code))
    sections += [Heading("What does it mean?", level=3), *text_sections(criterion.meaning, notes)]
    sections.append(Heading("Strengths", level=3))
    if criterion.strengths:
        sections.append(Bullets(tuple(words_of(text, notes) for text in criterion.strengths)))
    else:
        sections.append(Paragraph("None is named yet.", is_quiet=True))
    sections.append(Heading("Areas for development", level=3))
    for number, area in enumerate(criterion.areas, 1):
        sections.append(_area(criterion.code, number, area, notes))
    if not criterion.areas:
        sections.append(Paragraph("None is named yet.", is_quiet=True))
    sections += [Heading("What next?", level=3), *text_sections(criterion.next_steps, notes)]
    sections += _views(criterion.views, criterion.grade)
    sections += _voices_of(document, criterion.code)
    sections += _bare(criterion)
    return Part(
        key=criterion.code.lower(),
        title=f"{criterion.code} {criterion.title}",
        group=CRITERIA,
        sections=tuple(sections),
        lead=judged,
    )


def _judged(criterion: CriterionText) -> str:
    said = [f"Our judgement: {criterion.grade}." if criterion.grade else ""]
    said.append(f"Confidence in the evidence: {criterion.confidence.lower()}." if criterion.confidence else "")
    return " ".join(part for part in said if part)


AREA = (TableColumn("About", 1.2), TableColumn("What we say", 4))


def _area(code: str, number: int, area: AreaText, notes: Mapping[str, Note]) -> Table:
    """`code` and number name it, so that a reader finds it again in the workbook and in the talk."""
    rows: list[tuple[str, Words]] = [("What has to become better", words_of(area.text, notes))]
    rows.append(("Known since", day_in_words(area.known_since_on) or "Not said"))
    for name, text in (("How it was found", area.how_found), ("What was done", area.done)):
        rows.append((name, words_of(text, notes) or "Nothing is written yet"))
    rows.append(("What changed", words_of(area.changed, notes) or "Nothing that we can show yet"))
    for position in area.positions:
        rows.append((f"Where it stands, {day_in_words(position.as_at_on)}", words_of(position.text, notes)))
    title = f"Area for development {code}.{number}"
    return Table(title, AREA, tuple(rows), sheet=f"Development {code}.{number}")


def _views(views: Sequence[ViewText], own: str) -> Iterator[Section]:
    if not views:
        return
    yield Heading("How partners see it", level=3)
    grades = {view.grade for view in views if view.grade} | ({own} if own else set())
    if len(grades) > 1:
        yield Paragraph("Partners see it differently. Both stand here; nothing is averaged.")
    yield views_table(views, own)
    for view in views:
        if view.text.strip():
            yield Paragraph(f"{view.partner}: {view.text.strip()}")


def _voices_of(document: Document, code: str) -> Iterator[Section]:
    voices = document.voices_of(code)
    if voices:
        yield Heading("In their own words", level=3)
        yield from (Paragraph(voice_words(voice.text, voice.who, is_synthetic=voice.is_synthetic)) for voice in voices)


def voice_words(text: str, who: str, *, is_synthetic: bool) -> str:
    source = ", ".join(part for part in (who, "synthetic, for demonstration" if is_synthetic else "") if part)
    return f"“{text.strip().strip('“”')}”{f' ({source})' if source else ''}"


def _bare(criterion: CriterionText) -> Iterator[Section]:
    bare = [point.code for point in criterion.points if point.is_bare]
    if not criterion.points:
        return
    yield Heading("Evidence beneath", level=3)
    seen = len(criterion.points) - len(bare)
    yield Paragraph(f"Approved evidence lies under {seen} of {len(criterion.points)} points.")
    if bare:
        listed = ", ".join(bare)
        yield Paragraph(f"Nothing lies under {listed} yet: what we say there rests on no evidence in our log.")


def _parts(document: Document, notes: Mapping[str, Note]) -> Iterator[Part]:
    extras: dict[str, tuple[str, Callable[[Document], list[Section]]]] = {
        "data": ("Data and the gaps in it", _gaps),
        "consultation": ("Consultation", _consultation),
        "voices": ("Views of children and young people", _voices),
    }
    for one in document.sections:
        if one.phase != "part":
            continue
        _, more = extras.pop(one.code, ("", lambda _: []))
        sections = (*text_sections(one.text, notes), *more(document))
        yield Part(key=f"part-{one.code}", title=one.title, group=PARTS, sections=sections)
    for code, (title, more) in extras.items():
        if sections := tuple(more(document)):
            yield Part(key=f"part-{code}", title=title, group=PARTS, sections=sections)


def _gaps(document: Document) -> list[Section]:
    loose = list(figure_sections(document.figures_of("")))
    if not document.gaps:
        return loose
    return [*loose, Heading("Data that we lack", level=3), gaps_table(document.gaps)]


def _consultation(document: Document) -> list[Section]:
    sections: list[Section] = []
    if document.activities:
        sections += [Heading("Who was asked", level=3), activities_table(document.activities)]
    if document.said:
        sections += [Heading("You said, we did", level=3), said_table(document.said)]
    return sections


def _voices(document: Document) -> list[Section]:
    voices = [one for one in document.voices if not one.criteria]
    return [Paragraph(voice_words(one.text, one.who, is_synthetic=one.is_synthetic)) for one in voices]


def _proof(document: Document) -> Iterator[Part]:
    if document.documents:
        sections: list[Section] = []
        for one in document.documents:
            sections.append(Heading(f"{one.partner}: {one.title}", level=3))
            sections.append(
                Paragraph(
                    f"Handed in on {day_in_words(one.submitted_on)} and printed as it is, under the partner’s name.",
                    is_quiet=True,
                )
            )
            sections += text_sections(one.text, {}, otherwise="")
            if one.file_name:
                sections.append(Paragraph(f"File: {one.file_name}"))
        yield Part(key="partners", title="Partners’ own documents", group=PROOF, sections=tuple(sections))
    if any(criterion.points for criterion in document.criteria):
        yield Part(
            key="coverage",
            title="Evidence beneath each point",
            group=PROOF,
            sections=(
                Paragraph(f"How many approved items of each kind lie under each point: {kinds_in_words(document)}."),
                coverage_table(document),
            ),
        )
    if document.notes:
        yield Part(key="sources", title="What is cited", group=PROOF, sections=(notes_table(document.notes),))


def child_friendly(document: Document) -> tuple[tuple[str, str, str], ...]:
    """Code, title and plain words of each criterion that has such words, figures in place."""
    notes = document.notes_by_marker
    found = ((one.code, one.title, plain(one.child_friendly, notes)) for one in document.criteria)
    return tuple(one for one in found if one[2].strip())
