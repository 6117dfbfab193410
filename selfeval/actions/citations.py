"""Somebody read a sentence again beside its proof, and says that it holds."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from selfeval.citing import own_series
from selfeval.domain.figures import cited_now
from selfeval.domain.markers import parse
from selfeval.models import Citation, CitationKind
from selfeval.permissions import check_can_confirm


def confirm_citation(*, by: User, at: datetime, citation: Citation) -> Citation:
    """The sentence holds with the proof as it is today: from now on movement is counted from here.

    Where the same marker stands several times in a text, all of them are confirmed.
    """
    check_can_confirm(by, citation)
    with transaction.atomic():
        same = Citation.objects.select_for_update().filter(
            self_evaluation=citation.self_evaluation_id,
            evaluation=citation.evaluation_id,
            section=citation.section_id,
            marker=citation.marker,
        )
        fields: dict[str, object] = {"cited_at": at}
        if citation.kind == CitationKind.FIGURE and citation.indicator:
            series = own_series([citation.indicator.code])[citation.indicator.code]
            (marker,) = parse(citation.marker)
            now = cited_now(series, marker.period)
            fields |= {"period_label": now.period_label[:40], "value_when_cited": now.value, "symbol": now.symbol}
        same.update(**fields)
        record(by=by, at=at, action="citation.confirmed", thing=citation, text=f"{citation.marker} looked at again")
    citation.refresh_from_db()
    return citation
