"""Who sees the likely six, and who proposes and swaps."""

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import NotAllowed, check_permission
from children.models import ListUpload
from children.permissions import check_can_read_rows


def check_can_choose(user: User, upload: ListUpload) -> None:
    """Proposing anew and swapping: whoever runs the visit and sees rows, of lists that still count."""
    check_can_read_rows(user, upload)
    check_permission(user, Permission.RUN_CLOCK)
    if not upload.is_current:
        raise NotAllowed("Newer lists count now. Propose the six from those.")


def can_choose(user: User, upload: ListUpload) -> bool:
    try:
        check_can_choose(user, upload)
    except NotAllowed:
        return False
    return True
