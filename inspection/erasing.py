"""What `inspection` holds by Unique ID, erased with the rows it came from (settings.ERASED_WITH_LISTS)."""

from children.models import ListUpload
from inspection.models import LikelySix


def erase_likely_six(upload: ListUpload) -> None:
    LikelySix.objects.filter(upload=upload).delete()
