"""What people can cause: uploading lists, keeping and erasing them."""

from children.actions.keeping import erase_due, erase_rows, hold_rows, make_current, set_keep_until
from children.actions.uploading import cancel_upload, retry_upload, upload_lists
from children.actions.waiving import waive, withdraw_waiver

__all__ = [
    "cancel_upload",
    "erase_due",
    "erase_rows",
    "hold_rows",
    "make_current",
    "retry_upload",
    "set_keep_until",
    "upload_lists",
    "waive",
    "withdraw_waiver",
]
