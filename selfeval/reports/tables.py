"""The tables of a self-evaluation: coverage, gaps, what was asked and what came of it, what is cited."""

from collections.abc import Sequence
from decimal import Decimal

from documents.press.sections import Amount, Cell, Table, TableColumn
from selfeval.domain.freezing import day_in_words
from selfeval.domain.published import ActivityText, Document, GapText, Note, NoteKind, SaidAndDone, ViewText

GAPS = (
    TableColumn("What we lack", 3.4),
    TableColumn("Who gets it", 1.6),
    TableColumn("How", 2.6),
    TableColumn("By", 1.4),
)
ACTIVITIES = (
    TableColumn("What", 2.4),
    TableColumn("When", 1.3),
    TableColumn("Who took part", 2),
    TableColumn("Themes", 3.2),
    TableColumn("Criteria", 1),
)
SAID = (
    TableColumn("You said", 2.6),
    TableColumn("Who", 1.3),
    TableColumn("About", 0.9),
    TableColumn("What we decided", 1.3),
    TableColumn("Our answer", 2.6),
    TableColumn("What changed", 2),
)
VIEWS = (TableColumn("Who", 2.4), TableColumn("Judgement", 1.6), TableColumn("Confidence", 1.4))
CITED = (
    TableColumn("What", 3.2),
    TableColumn("Figure", 0.9),
    TableColumn("Period", 1.6),
    TableColumn("From", 3),
)


# Five kinds side by side leave no room for their names.
SHORT = {
    "lived_experience": "Lived",
    "case_study": "Cases",
    "aggregated_data": "Data",
    "quality_assurance": "Checks",
    "policy_or_plan": "Policy",
}


def kinds_in_words(document: Document) -> str:
    """What the short heads of the coverage table stand for."""
    names = document.evidence_kinds.items()
    return "; ".join(f"{SHORT[kind]}, {name.lower()}" for kind, name in names if kind in SHORT)


def views_table(views: Sequence[ViewText], own: str) -> Table:
    rows = [("The partnership", own or "Not graded", "")] if own else []
    rows += [(view.partner, view.grade or "Not graded", view.confidence) for view in views]
    return Table("Judgements side by side", VIEWS, tuple(rows), sheet="Views")


def gaps_table(gaps: Sequence[GapText]) -> Table:
    rows = tuple(
        (
            gap.text,
            gap.owner or "Nobody named",
            gap.route or "Not said",
            f"Closed {day_in_words(gap.closed_on)}" if gap.closed_on else day_in_words(gap.due_on) or "No date",
        )
        for gap in gaps
    )
    return Table("Register of data that we lack", GAPS, rows, sheet="Data we lack")


def activities_table(activities: Sequence[ActivityText]) -> Table:
    rows = tuple(
        (
            f"{one.title}{f' ({one.kind})' if one.kind else ''}",
            day_in_words(one.held_on),
            ", ".join(part for part in (one.groups, f"{one.people} people" if one.people else "") if part)
            or "Not said",
            one.themes,
            ", ".join(one.criteria),
        )
        for one in activities
    )
    return Table("What was done to hear people", ACTIVITIES, rows, sheet="Consultation")


def said_table(said: Sequence[SaidAndDone]) -> Table:
    rows = tuple((one.said, one.who, one.about, one.decision, one.answer, one.what_changed) for one in said)
    return Table("What was said, and what came of it", SAID, rows, sheet="You said, we did")


def coverage_table(document: Document) -> Table:
    kinds = list(document.evidence_kinds.items())
    columns = (
        TableColumn("Point", 3.6),
        *(TableColumn(SHORT.get(kind, name), 0.9, is_number=True) for kind, name in kinds),
        TableColumn("Partners", 1.8),
        TableColumn("Freshest", 1.1),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            f"{point.code} {point.title}",
            *(_count(point.by_kind.get(kind, 0)) for kind, _ in kinds),
            ", ".join(point.partners),
            point.freshness or "Nothing",
        )
        for criterion in document.criteria
        for point in criterion.points
    )
    return Table("Evidence beneath each point, by kind", columns, rows, sheet="Coverage")


def _count(number: int) -> Amount:
    return Amount(str(number) if number else "–", Decimal(number))


def notes_table(notes: Sequence[Note]) -> Table:
    """Each thing cited, by name. A confidential item is one line without a title."""
    rows = tuple(
        (
            note.title,
            note.value,
            note.period,
            "; ".join(part for part in (note.evidence_kind, note.source.rstrip(".") or note.partner) if part),
        )
        for note in sorted(notes, key=lambda one: (one.kind != NoteKind.EVIDENCE, one.title.casefold()))
    )
    return Table("What is cited", CITED, rows, sheet="Sources")
