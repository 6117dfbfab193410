from datetime import date

import pytest

from accounts.domain.findings import Blocker, Gap
from accounts.domain.findings import Note as Notice
from selfeval.domain.freezing import (
    CONFIDENTIAL,
    WITHHELD,
    FigureAt,
    ItemFact,
    Proofs,
    Standing,
    annotate,
    findings,
    people_in_words,
    period_in_words,
    places_that_name,
)
from selfeval.domain.holds import Lists
from selfeval.domain.published import (
    CriterionText,
    Document,
    Figure,
    NoteKind,
    PartnerDocumentText,
    Series,
    VersionKind,
)


def make_item(number: int = 2, **fields: object) -> ItemFact:
    return ItemFact(
        **{
            "number": number,
            "title": f"Audit {number}",
            "kind": "Quality assurance",
            "partner": "The council",
            "period": "2025",
            "source": "",
            "is_confidential": False,
            "needs_check": False,
            "reason": "",
            "url": f"/evidence/E{number}/",
            **fields,
        }
    )


FIGURE = FigureAt(name="On time", period="2024", words="97.5 %", source="DfE", is_there=True)
CHART = Figure(
    code="on-time",
    name="On time",
    unit="percent",
    decimals=1,
    direction="",
    source="DfE",
    sentence="",
    series=(Series(place="Here", points=(), is_own=True),),
)


def make_document(know: str = "", kind: VersionKind = VersionKind.PUBLISHED, **fields: object) -> Document:
    criterion = CriterionText(code="A1", title="Seen in time", group="A", know=know, child_friendly="We look early.")
    values = {
        "number": 1,
        "title": "Self-evaluation",
        "area": "Anytown",
        "framework": "2023",
        "marking": "OFFICIAL",
        "frozen_on": date(2026, 11, 22),
        "outcome": 2,
        "criteria": (criterion,),
        **fields,
    }
    return Document(kind=kind, **values)


def make_proofs(*items: ItemFact) -> Proofs:
    figures = {("on-time", ""): FIGURE, ("on-time", "2024"): FIGURE}
    return Proofs(items={item.number: item for item in items}, figures=figures, charts={"on-time": CHART})


def test_notes_are_numbered_in_the_order_of_reading_and_shared() -> None:
    document = make_document(journey="First [E3]. Then [E2].", know="Again [E3] and [F:on-time].")

    notes = annotate(document, make_proofs(make_item(2), make_item(3))).notes

    assert [(note.number, note.title, note.markers) for note in notes] == [
        (1, "Audit 3", ("[E3]",)),
        (2, "Audit 2", ("[E2]",)),
        (3, "On time", ("[F:on-time]",)),
    ]


def test_newest_figure_and_the_same_by_its_year_share_a_note() -> None:
    document = make_document(know="[F:on-time], that is [F:on-time@2024].")

    (note,) = annotate(document, make_proofs()).notes

    assert note.markers == ("[F:on-time]", "[F:on-time@2024]")
    assert note.value == "97.5 %"


def test_cited_figure_comes_with_its_chart_and_where_it_is_cited() -> None:
    document = annotate(make_document(journey="[F:on-time]", know="[F:on-time]"), make_proofs())

    assert [figure.criteria for figure in document.figures] == [("A1",)]


def test_confidential_items_become_one_note_without_a_title() -> None:
    items = (make_item(2, is_confidential=True, reason="no"), make_item(3, is_confidential=True, reason="no"))

    (note,) = annotate(make_document(know="One [E2], two [E3]."), make_proofs(*items)).notes

    assert (note.kind, note.sentence) == (NoteKind.CONFIDENTIAL, f"{CONFIDENTIAL}.")
    assert "Audit" not in repr(note)


def test_item_that_may_not_be_named_is_not_named() -> None:
    item = make_item(2, reason="E2 has no approved revision.")

    (note,) = annotate(make_document(know="One [E2]."), make_proofs(item)).notes

    assert note.title == WITHHELD


@pytest.mark.parametrize(
    ("know", "item", "code", "kind"),
    [
        ("Said [E9].", make_item(), "publish-evidence-unknown", Blocker),
        ("Said [E 2].", make_item(), "publish-marker-unreadable", Blocker),
        ("Said [F:other].", make_item(), "publish-figure-unknown", Blocker),
        ("Said [E2].", make_item(needs_check=True, reason="Check E2."), "publish-evidence-unchecked", Blocker),
        ("Said [E2].", make_item(reason="E2 is not approved."), "publish-evidence-withheld", Gap),
        ("Said [E2].", make_item(is_confidential=True, reason="no"), "publish-evidence-confidential", Notice),
        ("", make_item(), "publish-criterion-empty", Blocker),
    ],
    ids=["unknown item", "no marker", "unknown figure", "unchecked", "not approved", "confidential", "empty"],
)
def test_what_stands_in_the_way_is_told(know: str, item: ItemFact, code: str, kind: type) -> None:
    found = findings(make_document(know=know), make_proofs(item), Standing())

    assert [(one.code, type(one)) for one in found] == [(code, kind)]


def test_nothing_stands_in_the_way_of_a_text_with_its_proof() -> None:
    assert findings(make_document(know="Said [E2]. [F:on-time]"), make_proofs(make_item()), Standing()) == ()


def test_draft_blocks_signing_off_and_not_a_consultation_version() -> None:
    standing = Standing(drafts=("A1",))

    published = findings(make_document(know="Said."), make_proofs(), standing)
    asked = findings(make_document(know="Said.", kind=VersionKind.CONSULTATION), make_proofs(), standing)

    assert [one.code for one in published] == ["publish-criterion-draft"]
    assert asked == ()


def test_each_place_that_may_name_a_child_is_told_once() -> None:
    lists = Lists(child=("my son {Name}",))
    document = make_document(
        know="My son Alfie waited. My son Alfie waits.",
        journey="My son Ben came.",
        documents=(
            PartnerDocumentText(partner="Forum", title="Ours", submitted_on=date(2026, 1, 1), text="my son Cy"),
        ),
    )

    named = places_that_name(document, lists)
    found = findings(make_document(know="Said."), make_proofs(), Standing(names_children=named))

    assert named == ("the journey since the last inspection", "A1", "“Ours” of Forum")
    assert [one.code for one in found] == ["publish-may-name-a-child"] * 3
    assert found[0].sentence.startswith("The journey since the last inspection may name a child.")
    assert places_that_name(make_document(know="My son waited."), lists) == ()


def test_gaps_are_told_and_stop_nothing() -> None:
    document = make_document(know="Said.", outcome=None)
    standing = Standing(was_consulted_on=False, elections=("May 2027",), unchecked_voices=2)

    found = findings(document, make_proofs(), standing)

    assert [one.code for one in found] == [
        "publish-without-consultation",
        "publish-before-election",
        "publish-no-outcome",
        "publish-voices-left-out",
    ]


@pytest.mark.parametrize(
    ("people", "words"), [(None, ""), (0, ""), (3, "5 or fewer"), (5, "5 or fewer"), (6, "6"), (1200, "1,200")]
)
def test_small_numbers_of_people_are_not_printed(people: int | None, words: str) -> None:
    assert people_in_words(people, 5) == words


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2017, 2, 10), date(2024, 5, 17), "February 2017 to May 2024"),
        (date(2024, 5, 1), date(2024, 5, 31), "May 2024"),
        (date(2024, 5, 1), None, "since May 2024"),
        (None, date(2024, 5, 1), "to May 2024"),
        (None, None, ""),
    ],
)
def test_period_reads_as_words(starts_on: date | None, ends_on: date | None, words: str) -> None:
    assert period_in_words(starts_on, ends_on) == words
