"""Rows that must not be there: what an erased upload or a failed reading left behind."""

from children.counting import forget_children
from children.models import ListFinding, ListRow, ListUpload, RowErasure
from children.owners import forget_owners
from documents.domain.job_states import JobState


def erase_rows_again() -> int:
    """After a restore: takes away the rows of every upload that was erased before; returns how many rows went."""
    count = 0
    for erasure in RowErasure.objects.all():
        ListFinding.objects.filter(upload_id=erasure.upload_id).delete()
        rows, _ = ListRow.objects.filter(upload_id=erasure.upload_id).delete()
        upload = ListUpload.objects.filter(pk=erasure.upload_id).first()
        if upload is not None:
            forget_children(upload)
            ListUpload.objects.filter(pk=upload.pk).update(is_current=False, rows_erased_at=erasure.at)
        count += rows
    forget_owners()
    return count


def clear_left_rows() -> int:
    """Takes away rows and findings of uploads that were not read to the end: a full disk may have kept them.

    Returns how many rows went. They count nowhere and no page shows them.
    """
    ended = ListUpload.objects.filter(state__in=[JobState.FAILED, JobState.CANCELLED])
    ListFinding.objects.filter(upload__in=ended).delete()
    return ListRow.objects.filter(upload__in=ended).delete()[0]
