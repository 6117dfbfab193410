"""Letting a finding stand for a time, and taking that back."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from children.models import ListFinding, ListUpload, Waiver
from children.permissions import check_can_waive
from children.waivers import active_waivers, counts_of, subject_of

BATCH = 500


def waive(*, by: User, at: datetime, finding: ListFinding, is_whole_rule: bool, reason: str, until_on: date) -> Waiver:
    """Lets one finding, or every finding of its rule on its sheet, stand until a day; later uploads keep to it."""
    check_can_waive(by, finding.upload)
    if until_on < timezone.localdate(at):
        raise NotAllowed("Choose today or a later day.")
    same = ListFinding.objects.filter(upload=finding.upload, rule=finding.rule, sheet=finding.sheet)
    subject = ""
    if not is_whole_rule:
        if not finding.unique_id:
            raise NotAllowed("A finding without a Unique ID can't be found again. Waive the rule, or mend the row.")
        subject = subject_of(finding.rule, finding.sheet, finding.column, finding.unique_id, finding.value)
        same = same.filter(column=finding.column, unique_id__iexact=finding.unique_id, value=finding.value)
    with transaction.atomic():
        waiver = Waiver.objects.create(
            rule=finding.rule,
            sheet=finding.sheet,
            subject=subject,
            reason=reason,
            until_on=until_on,
            waived_by=by,
            waived_at=at,
        )
        same.update(waiver=waiver)
        _count_again(finding.upload)
        what = "The whole rule" if is_whole_rule else "One finding"
        audit.record(
            by=by, at=at, action="finding.waived", thing=waiver, text=f"{what}, until {until_on:%d/%m/%Y}. {reason}"
        )
    return waiver


def withdraw_waiver(*, by: User, at: datetime, waiver: Waiver) -> Waiver:
    """Takes a waiver back; what it let stand counts again, unless another waiver lets it stand as well."""
    check_permission(by, Permission.UPLOAD_LISTS)
    if waiver.withdrawn_at is not None:
        raise NotAllowed("This waiver was withdrawn already.")
    with transaction.atomic():
        waiver.withdrawn_at, waiver.withdrawn_by = at, by
        waiver.save(update_fields=["withdrawn_at", "withdrawn_by"])
        uploads = list(ListUpload.objects.filter(findings__waiver=waiver).distinct())
        _put_under_others(ListFinding.objects.filter(waiver=waiver), today=timezone.localdate(at))
        for upload in uploads:
            _count_again(upload)
        audit.record(by=by, at=at, action="waiver.withdrawn", thing=waiver)
    return waiver


def _put_under_others(findings: QuerySet[ListFinding], *, today: date) -> None:
    """Gives findings to the waivers that are left: a single one that stood before the rule's, or the other way."""
    active = active_waivers(today=today)
    others: dict[int, list[int]] = defaultdict(list)
    kept = findings.order_by().values_list("pk", "rule", "sheet", "column", "unique_id", "value")
    for pk, *finding in kept.iterator(chunk_size=2000):
        if other := active.of(*finding):
            others[other].append(pk)
    findings.update(waiver=None)
    for other, keys in others.items():
        for start in range(0, len(keys), BATCH):
            ListFinding.objects.filter(pk__in=keys[start : start + BATCH]).update(waiver=other)


def _count_again(upload: ListUpload) -> None:
    ListUpload.objects.filter(pk=upload.pk).update(**counts_of(upload))
