"""The editable lists of words as one value, whether they come from the file or from the admin site."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from inspection.domain.reports.reading import Wording
from inspection.domain.reports.words import Phrases


class ListKind(StrEnum):
    HEADING = "heading"
    OUTCOME = "outcome"
    NEXT_ACTIVITY = "next_activity"
    RESPONSIBLE = "responsible"
    CRITERION = "criterion"
    THEME = "theme"


LIST_NAMES = {
    ListKind.HEADING: "Headings of a part",
    ListKind.OUTCOME: "Phrases of an outcome",
    ListKind.NEXT_ACTIVITY: "Phrases about the next visit",
    ListKind.RESPONSIBLE: "Column head of responsible bodies",
    ListKind.CRITERION: "Words of a criterion",
    ListKind.THEME: "Words of a theme",
}
# Code under which the headings stand that close a part.
CLOSES = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """One list: its kind, whose words they are (part, outcome, criterion, theme; or empty), and the words."""

    kind: ListKind
    code: str = ""
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """All that reading and tying needs."""

    wording: Wording
    criteria: tuple[Phrases, ...]
    themes: tuple[Phrases, ...]


def lists_of(rows: Iterable[WordList]) -> Lists:
    rows = tuple(rows)
    return Lists(
        wording=Wording(
            headings={
                heading_key(words): "" if row.code == CLOSES else row.code
                for row in rows
                if row.kind is ListKind.HEADING
                for words in row.words
            },
            outcomes={row.code: row.words for row in rows if row.kind is ListKind.OUTCOME},
            next_activity=_all(rows, ListKind.NEXT_ACTIVITY),
            responsible=_all(rows, ListKind.RESPONSIBLE),
        ),
        criteria=_phrases(rows, ListKind.CRITERION),
        themes=_phrases(rows, ListKind.THEME),
    )


def heading_key(words: str) -> str:
    return " ".join(words.split()).strip(" :.?").lower().replace("’", "'")


def _all(rows: Iterable[WordList], kind: ListKind) -> tuple[str, ...]:
    return tuple(words for row in rows if row.kind is kind for words in row.words)


def _phrases(rows: Iterable[WordList], kind: ListKind) -> tuple[Phrases, ...]:
    return tuple(Phrases(code=row.code, phrases=row.words) for row in rows if row.kind is kind)
