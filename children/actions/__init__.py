"""What people can cause: uploading lists, confirming headers, keeping and erasing them."""

from children.actions.keeping import erase_due, erase_rows, hold_rows, make_current, set_keep_until
from children.actions.mapping import change_mapping, confirm_headers, remove_mapping
from children.actions.uploading import cancel_upload, read_again, retry_upload, upload_lists
from children.actions.waiving import waive, withdraw_waiver

__all__ = [
    "cancel_upload",
    "change_mapping",
    "confirm_headers",
    "erase_due",
    "erase_rows",
    "hold_rows",
    "make_current",
    "read_again",
    "remove_mapping",
    "retry_upload",
    "set_keep_until",
    "upload_lists",
    "waive",
    "withdraw_waiver",
]
