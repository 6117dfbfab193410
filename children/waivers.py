"""Which findings somebody lets stand, and how an upload counts without them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.crypto import salted_hmac

from children.domain.rows import Level
from children.models import ListFinding, ListUpload, Waiver


def subject_of(rule: str, sheet: str, column: str, unique_id: str, value: str) -> str:
    """A keyed digest that only this installation can make: it finds the same finding again and tells nothing else."""
    text = "\x1f".join((rule, sheet, column, unique_id.casefold(), value))
    return salted_hmac("children.waivers", text, algorithm="sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class ActiveWaivers:
    """Waivers that count today: of whole rules by (rule, sheet), of single findings by subject."""

    whole: dict[tuple[str, str], int]
    single: dict[str, int]
    rules: frozenset[str]

    def of(self, rule: str, sheet: str, column: str, unique_id: str, value: str) -> int | None:
        """The waiver that lets a finding stand, if there is one."""
        if waiver := self.whole.get((rule, sheet)):
            return waiver
        return self.single.get(subject_of(rule, sheet, column, unique_id, value)) if rule in self.rules else None


def active_waivers(*, today: date) -> ActiveWaivers:
    """One query."""
    active = list(Waiver.objects.active(today).order_by("waived_at"))
    return ActiveWaivers(
        whole={(waiver.rule, waiver.sheet): waiver.pk for waiver in active if waiver.is_whole_rule},
        single={waiver.subject: waiver.pk for waiver in active if not waiver.is_whole_rule},
        rules=frozenset(waiver.rule for waiver in active if not waiver.is_whole_rule),
    )


def counts_of(upload: ListUpload) -> dict[str, Any]:
    """The totals that an upload keeps, without what is waived. Two queries; nobody is named in them."""
    found = ListFinding.objects.filter(upload=upload)
    open_counts = (
        found.filter(waiver__isnull=True).order_by().values("rule", "level", "sheet").annotate(count=Count("pk"))
    )
    counts = sorted(open_counts, key=lambda line: (-line["count"], line["rule"], line["sheet"]))
    return {
        "rule_counts": counts,
        "error_count": sum(line["count"] for line in counts if line["level"] == Level.ERROR),
        "query_count": sum(line["count"] for line in counts if line["level"] == Level.QUERY),
        "waived_count": found.filter(waiver__isnull=False).count(),
    }
