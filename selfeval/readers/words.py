"""The shipped lists by which the direction of a sentence is read: `fixtures/claims/words.yaml`."""

from functools import cache

from django.conf import settings

from framework.readers.lines import read_entry
from selfeval.domain.pointing import KINDS, WordLists, faults_of


@cache
def shipped_words() -> WordLists:
    """Raises UnusableFile when the file was spoilt."""
    top, faults = read_entry(settings.FIXTURES_DIR / "claims" / "words.yaml")
    found = {kind: top.texts(kind) for kind in KINDS}
    top.finish()
    for kind, lines in found.items():
        for fault in faults_of(lines):
            top.fault(kind, fault)
    faults.stop_if_any()
    return WordLists(**found)
