"""Secret addresses for one item: kept as a hash only, open for a while."""

from datetime import datetime

from evidence.models import SupplyLink


class Closed(Exception):
    """The address no longer takes anything; `sentence` is for whoever came by it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def check_open(link: SupplyLink, at: datetime) -> None:
    """Raises Closed when the address takes nothing any more."""
    if link.revoked_at is not None or link.evidence.archived_at is not None:
        raise Closed("This link was stopped. Ask whoever sent it to you for a new one.")
    if link.expires_at <= at:
        raise Closed("This link has expired. Ask whoever sent it to you for a new one.")
