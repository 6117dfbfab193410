"""What the apps above know of a file goes with its bytes: its words, say."""

from django.conf import settings
from django.utils.module_loading import import_string

from documents.models import Kept, StoredFile


def forget(kept: Kept) -> None:
    """Calls each function of settings.ERASED_WITH_FILES. Exports are files of our own making: nobody reads them."""
    if isinstance(kept, StoredFile):
        for path in settings.ERASED_WITH_FILES:
            import_string(path)(kept)
