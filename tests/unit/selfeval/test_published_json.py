from datetime import date
from decimal import Decimal

import pytest

from selfeval.domain.published import (
    SCHEMA,
    AreaText,
    CriterionText,
    Document,
    Figure,
    Note,
    NoteKind,
    PointCovered,
    Position,
    Series,
    SeriesPoint,
    VersionKind,
)
from selfeval.domain.published_json import UnreadableDocument, from_json, sha256_of, to_json


def _document() -> Document:
    return Document(
        kind=VersionKind.CONSULTATION,
        number=2,
        title="Self-evaluation 2026",
        area="Anytown",
        framework="Area SEND 2023",
        marking="OFFICIAL-SENSITIVE",
        watermark="Consultation version",
        frozen_on=date(2026, 11, 2),
        criteria=(
            CriterionText(
                code="A1",
                title="Needs are seen in time",
                group="Children",
                know="Most are seen [E2].",
                areas=(
                    AreaText(text="Reviews", known_since_on=date(2024, 5, 17), positions=(_position(),)),
                    AreaText(text="Waits"),
                ),
                points=(PointCovered(code="A1.1", title="Early", by_kind={"case_study": 2}),),
            ),
        ),
        evidence_kinds={"case_study": "Case study"},
        figures=(
            Figure(
                code="ehc-plans",
                name="EHC plans",
                unit="count",
                decimals=0,
                direction="neither",
                source="DfE",
                sentence="It rose.",
                series=(
                    Series(place="Anytown", points=(SeriesPoint(label="2025", words="12", value=Decimal("12.0")),)),
                ),
            ),
        ),
        notes=(Note(number=1, kind=NoteKind.EVIDENCE, markers=("[E2]",), title="Audit", period="2024"),),
    )


def _position() -> Position:
    return Position(as_at_on=date(2026, 9, 1), text="No figure yet.")


def test_document_written_and_read_is_the_same() -> None:
    document = _document()

    again = from_json(to_json(document))

    assert again == document


def test_same_document_always_gives_the_same_checksum() -> None:
    assert sha256_of(to_json(_document())) == sha256_of(to_json(from_json(to_json(_document()))))


def test_earlier_document_without_a_later_field_reads_with_its_default() -> None:
    held = to_json(_document())
    del held["said"], held["criteria"][0]["views"]

    again = from_json(held)

    assert again.said == ()
    assert again.criteria[0].views == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema": None}, "no schema number"),
        ({"schema": SCHEMA + 1}, "Update it"),
        ({"number": "two"}, "where int belongs"),
        ({"frozen_on": "yesterday"}, "can't be read"),
        ({"kind": "secret"}, "can't be read"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(change: dict[str, object], words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        from_json(to_json(_document()) | change)


def test_document_without_a_needed_field_is_refused() -> None:
    held = to_json(_document())
    del held["title"]

    with pytest.raises(UnreadableDocument, match="Document without title"):
        from_json(held)


def test_footnote_reads_as_one_sentence_of_what_is_known() -> None:
    note = Note(
        number=3,
        kind=NoteKind.FIGURE,
        markers=("[F:ehc-plans]",),
        title="EHC plans",
        value="2,785",
        period="2025",
        source="DfE SEN2.",
    )

    assert note.sentence == "EHC plans; 2,785; 2025; DfE SEN2."
