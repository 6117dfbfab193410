"""A text with its markers, as pieces for a page."""

from selfeval.domain.rendering import Book, Figure, Item, Standing, paragraphs
from selfeval.templatetags.selfeval_claims import marked, marked_inline

OPEN = Item(number=1, standing=Standing.APPROVED, title="Survey <2026>", kind="Lived experience", url="/evidence/E1/")
CLOSED = Item(number=2, standing=Standing.APPROVED)
GONE = Item(number=3, standing=Standing.ARCHIVED, title="Audit", url="/evidence/E3/")
IN_TIME = Figure(
    slug="in-time", is_known=True, name="Plans in time", value="97.5 %", period="2024", source="SEN2", url="/data/x/"
)
HIDDEN = Figure(slug="few", is_known=True, name="Few", value="c", period="2024", is_symbol=True, symbol_words="hidden")
BOOK = Book(
    items={"[E1]": OPEN, "[E2]": CLOSED, "[E3]": GONE, "[E9]": Item(number=9, standing=Standing.UNKNOWN)},
    figures={
        "[F:in-time]": IN_TIME,
        "[F:few]": HIDDEN,
        "[F:none]": Figure(slug="none", is_known=False),
        "[F:later@2030]": Figure(slug="later", is_known=True, name="Later", period="2030"),
    },
)


def kinds(text: str) -> list[list[str]]:
    return [["text" if isinstance(one, str) else one.kind.value for one in block] for block in paragraphs(text)]


def test_paragraphs_part_at_empty_lines():
    assert kinds("One [E1] two.\r\n\r\n\n[F:in-time] three\nfour.") == [
        ["text", "evidence", "text"],
        ["figure", "text"],
    ]


def test_nothing_is_no_paragraph():
    assert paragraphs("  \n ") == ()


def test_evidence_links_with_its_title_for_who_may_open_it():
    shown = marked("So it is [E1].", BOOK)

    assert '<a class="govuk-link" href="/evidence/E1/"' in shown
    assert "Survey &lt;2026&gt;" in shown


def test_evidence_is_a_plain_number_for_who_may_not():
    assert marked_inline("So it is [E2].", BOOK) == 'So it is <span class="app-marker">[E2]</span>.'


def test_withdrawn_and_unknown_evidence_says_so():
    assert "withdrawn" in marked_inline("[E3]", BOOK)
    assert "not in the log" in marked_inline("[E9]", BOOK)


def test_a_figure_is_its_value_with_its_period():
    shown = marked_inline("[F:in-time] came in time.", BOOK)

    assert "97.5 %" in shown
    assert "(2024)</span> came in time." in shown
    assert 'title="Plans in time. SEN2"' in shown


def test_a_symbol_is_explained_and_never_a_zero():
    assert '<abbr title="hidden">c</abbr> (2024)' in marked_inline("[F:few]", BOOK)


def test_a_figure_that_is_not_there_is_said():
    assert "no such figure" in marked_inline("[F:none]", BOOK)
    assert "Later: no figure published for 2030" in marked_inline("[F:later@2030]", BOOK)


def test_words_of_people_are_escaped():
    assert (
        marked("<script>alert(1)</script>", BOOK) == '<p class="govuk-body">&lt;script&gt;alert(1)&lt;/script&gt;</p>'
    )


def test_what_is_cited_is_listed_once_and_only_what_may_be_opened():
    assert [item.code for item in BOOK.cited_items] == ["E1", "E3"]
