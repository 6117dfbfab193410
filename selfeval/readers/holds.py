"""The shipped lists of words that hold a comment: `fixtures/consultation/holds.yaml`."""

from functools import cache

from django.conf import settings

from framework.readers.lines import read_entry
from selfeval.domain.holds import Lists, faults_of


@cache
def shipped_lists() -> Lists:
    """Raises UnusableFile when the file was spoilt."""
    top, faults = read_entry(settings.FIXTURES_DIR / "consultation" / "holds.yaml")
    lists = Lists(child=top.texts("child"), harm=top.texts("harm"), ordinary=top.texts("ordinary"))
    top.finish()
    for key, lines in (("child", lists.child), ("harm", lists.harm), ("ordinary", lists.ordinary)):
        for fault in faults_of(lines, is_plain=key == "ordinary"):
            top.fault(key, fault)
    faults.stop_if_any()
    return lists
