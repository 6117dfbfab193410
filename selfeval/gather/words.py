"""The lists of words in force: what a council wrote, else what is shipped."""

from selfeval.domain.pointing import KINDS, WordLists, lines_of
from selfeval.models import ClaimWords
from selfeval.readers.words import shipped_words


def words_in_force() -> WordLists:
    """One query."""
    own = {row.kind: lines_of(row.lines) for row in ClaimWords.objects.all()}
    shipped = shipped_words()
    return WordLists(**{kind: own.get(kind, getattr(shipped, kind)) for kind in KINDS})
