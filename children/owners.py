"""Whose rows these are: officers and teams of an upload, with what each has to mend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, Min, Q, QuerySet

from children.domain.rows import Level
from children.models import ListFinding, ListRow, ListUpload, RowErasure


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who answers for rows: an officer, else a team, else nobody.

    `number` counts from 1 within an upload, whose rows never change: it stands for the name in addresses, exports and
    the audit trail. `oldest_on` is the earliest as-at day of the rows. Findings that are waived don't count.
    """

    number: int
    officer: str
    teams: tuple[str, ...]
    rows: int
    oldest_on: date | None
    errors: int = 0
    queries: int = 0

    @property
    def name(self) -> str:
        if self.officer:
            return self.officer
        return f"{self.teams[0]}, no officer named" if self.teams else "Nobody named"

    @property
    def findings(self) -> int:
        return self.errors + self.queries

    def choose(self) -> Q:
        """The rows or findings of this owner."""
        if self.officer:
            return Q(officer=self.officer)
        return Q(officer="", officer_team=self.teams[0] if self.teams else "")


def owners_of(upload: ListUpload) -> list[Owner]:
    """Everybody who owns a row, officers by name, then teams, then nobody. At most two queries."""
    _forget_erased()
    return _owners_in(upload)


def _owners_in(upload: ListUpload) -> list[Owner]:
    return list(_owners(upload.pk, upload.attempt_token)) if upload.local_columns else []


@lru_cache(maxsize=8)
def _owners(pk: int, attempt: str) -> tuple[Owner, ...]:
    """Counting 50,000 rows takes longer than all else on a page, and rows never change once they are read.

    `attempt` is the token of the reading: another reading is another answer.
    """
    lines = (
        ListRow.objects.filter(upload_id=pk)
        .order_by()
        .values_list("officer", "officer_team")
        .annotate(rows=Count("pk"), oldest_on=Min("as_at_on"))
    )
    found: dict[tuple[str, str], list[tuple[str, int, date | None]]] = {}
    for officer, team, rows, oldest_on in lines:
        found.setdefault((officer, "" if officer else team), []).append((team, rows, oldest_on))
    names = sorted(found, key=lambda name: (not name[0], not name[1], name[0].casefold(), name[1].casefold()))
    return tuple(_owner(number, officer, found[officer, team]) for number, (officer, team) in enumerate(names, start=1))


def _owner(number: int, officer: str, parts: Sequence[tuple[str, int, date | None]]) -> Owner:
    days = [oldest_on for _, _, oldest_on in parts if oldest_on]
    return Owner(
        number=number,
        officer=officer,
        teams=tuple(sorted(team for team, _, _ in parts if team)),
        rows=sum(rows for _, rows, _ in parts),
        oldest_on=min(days, default=None),
    )


def with_counts(owners: Iterable[Owner], upload: ListUpload) -> list[Owner]:
    """The owners with what each has to mend. One query."""
    counted = (
        ListFinding.objects.filter(upload=upload, waiver__isnull=True)
        .order_by()
        .values_list("officer", "officer_team")
        .annotate(errors=Count("pk", filter=Q(level=Level.ERROR)), queries=Count("pk", filter=Q(level=Level.QUERY)))
    )
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    for officer, team, errors, queries in counted:
        key = (officer, "" if officer else team)
        before = totals.get(key, (0, 0))
        totals[key] = (before[0] + errors, before[1] + queries)
    return [
        replace(owner, errors=errors, queries=queries)
        for owner in owners
        for errors, queries in [totals.get((owner.officer, "" if owner.officer else "".join(owner.teams)), (0, 0))]
    ]


def owner_of(upload: ListUpload, number: int) -> Owner | None:
    return next((owner for owner in owners_of(upload) if owner.number == number), None)


def fixes_of(upload: ListUpload, owner: Owner) -> QuerySet[ListFinding]:
    """What an owner has to mend in the order of sheets and rows; what is waived is left out."""
    mine = ListFinding.objects.filter(owner.choose(), upload=upload, waiver__isnull=True)
    return mine.order_by("sheet", "excel_row", "id")


def rows_behind(upload: ListUpload, findings: Iterable[ListFinding]) -> dict[tuple[str, int], ListRow]:
    """The rows of some findings by sheet and Excel row. One query."""
    places = {(finding.sheet, finding.excel_row) for finding in findings if finding.excel_row}
    kept = ListRow.objects.filter(upload=upload, excel_row__in={row for _, row in places}).defer("cells")
    return {place: row for row in kept if (place := (row.sheet, row.excel_row)) in places}


@dataclass(frozen=True, slots=True)
class FindingChoices:
    """What the filters of the findings page offer."""

    owners: tuple[Owner, ...]
    phases: tuple[str, ...]
    teams: tuple[str, ...]
    social_care_teams: tuple[str, ...]


def finding_choices(upload: ListUpload) -> FindingChoices:
    """At most three queries, answered out of indexes."""
    _forget_erased()
    return FindingChoices(tuple(_owners_in(upload)), *_places(upload.pk, upload.attempt_token))


@lru_cache(maxsize=8)
def _places(pk: int, attempt: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Phases, teams and social care teams that have a finding, waived or not: they never change either."""
    findings = ListFinding.objects.filter(upload_id=pk).order_by()
    together = set(findings.values_list("phase", "officer_team", "team").distinct())
    phases, teams, social = (tuple(sorted({line[n] for line in together if line[n]})) for n in range(3))
    return phases, teams, social


def forget_owners() -> None:
    """Lets go of the names that this process remembers. Call it when rows are erased."""
    _owners.cache_clear()
    _places.cache_clear()


@dataclass(slots=True)
class _Memory:
    """The newest erasure that this process knows of."""

    erasure: int = 0


_memory = _Memory()


def _forget_erased() -> None:
    """Rows are erased by the worker, whose memory is not this process's: its record tells. One query."""
    newest = RowErasure.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if newest != _memory.erasure:
        forget_owners()
        _memory.erasure = newest
