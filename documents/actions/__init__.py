"""Every change that a person can cause in `documents`."""

from documents.actions.exports import cancel_export, order_export, retry_export
from documents.actions.stored import erase, hold, store_file, store_upload

__all__ = ["cancel_export", "erase", "hold", "order_export", "retry_export", "store_file", "store_upload"]
