"""Finding items by the words in them and inside their files: SQLite's FTS5 or PostgreSQL's full text, one function.

A question is asked of items that are already permitted: what somebody may not open is neither found nor counted. Each
word has to begin a word of the item, in whichever of its pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest, Lower, StrIndex, Substr

from evidence.domain.words import EXCERPT, SHORTEST_EXCERPT, asked_words
from evidence.models import EvidenceQuerySet, SearchText, Source

# How the one database and the other is asked for pieces in which a word begins so.
_ASKED = {
    "sqlite": ("SELECT rowid FROM evidence_search WHERE evidence_search MATCH %s", '"{word}"*'),
    "postgresql": (
        "SELECT id FROM evidence_searchtext WHERE to_tsvector('simple', words) @@ to_tsquery('simple', %s)",
        "{word}:*",
    ),
}


def find(items: EvidenceQuerySet, question: str) -> EvidenceQuerySet:
    """Those of the permitted items in which every word is found; all of them when there is no word to look for."""
    for word in asked_words(question):
        items = items.filter(pk__in=_pieces_with(word).values("evidence"))
    return items


def _pieces_with(word: str) -> QuerySet[SearchText]:
    sql, shape = _ASKED[connection.vendor]
    return SearchText.objects.filter(pk__in=RawSQL(sql, [shape.format(word=word)]))  # noqa: S611  # nosec B611  # bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where an item was found: the name of the file (empty: what was written down), and the words around."""

    label: str
    before: str
    found: str
    after: str


def hits_of(keys: Iterable[int], question: str) -> Mapping[int, Hit]:
    """For items on a page, found by `find`: the first place inside a file or text, by primary key. One query."""
    words = asked_words(question)
    if not words:
        return {}
    longest = max(words, key=len)
    pieces = (
        _pieces_with(longest)
        .filter(evidence__in=list(keys))
        .exclude(source=Source.ITEM)
        .annotate(at=StrIndex(Lower("text"), Value(longest)))
        .annotate(excerpt=Substr("text", Greatest("at", Value(SHORTEST_EXCERPT + 1)) - SHORTEST_EXCERPT, EXCERPT))
        .order_by("evidence", "-source", "pk")
        .values_list("evidence_id", "label", "excerpt")
    )
    hits: dict[int, Hit] = {}
    for key, label, excerpt in pieces:
        hits.setdefault(key, _hit(label, excerpt, longest))
    return hits


def _hit(label: str, excerpt: str, word: str) -> Hit:
    words = " ".join(excerpt.split())
    at = words.lower().find(word)
    if at < 0:
        return Hit(label=label, before=words, found="", after="")
    end = at + len(word)
    return Hit(label=label, before=words[:at], found=words[at:end], after=words[end:])
