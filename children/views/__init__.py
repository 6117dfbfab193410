"""The pages of the lists, one module per noun."""

from children.views.composition import composition_export, composition_show
from children.views.differences import difference_show
from children.views.findings import finding_export, finding_list, row_show
from children.views.fixes import fix_export, fix_list, owner_list
from children.views.keeping import erasure_show, upload_erase, upload_hold, upload_keep, upload_use
from children.views.mapping import mapping_edit, mapping_list, mapping_remove, upload_again, upload_headers
from children.views.trend import trend_show
from children.views.uploads import upload_add, upload_cancel, upload_list, upload_retry, upload_show
from children.views.waivers import finding_waive, waiver_list, waiver_withdraw

__all__ = [
    "composition_export",
    "composition_show",
    "difference_show",
    "erasure_show",
    "finding_export",
    "finding_list",
    "finding_waive",
    "fix_export",
    "fix_list",
    "mapping_edit",
    "mapping_list",
    "mapping_remove",
    "owner_list",
    "row_show",
    "trend_show",
    "upload_add",
    "upload_again",
    "upload_cancel",
    "upload_erase",
    "upload_headers",
    "upload_hold",
    "upload_keep",
    "upload_list",
    "upload_retry",
    "upload_show",
    "upload_use",
    "waiver_list",
    "waiver_withdraw",
]
