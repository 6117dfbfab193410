"""After a restore: rows that were erased must not come back with the backup."""

from children.counting import forget_children
from children.models import ListFinding, ListRow, ListUpload, RowErasure


def erase_rows_again() -> int:
    """Takes away the rows of every upload that was erased before; returns how many rows went."""
    count = 0
    for erasure in RowErasure.objects.all():
        ListFinding.objects.filter(upload_id=erasure.upload_id).delete()
        rows, _ = ListRow.objects.filter(upload_id=erasure.upload_id).delete()
        upload = ListUpload.objects.filter(pk=erasure.upload_id).first()
        if upload is not None:
            forget_children(upload)
            ListUpload.objects.filter(pk=upload.pk).update(is_current=False, rows_erased_at=erasure.at)
        count += rows
    return count
