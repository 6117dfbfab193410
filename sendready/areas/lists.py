"""Made-up person-level lists for a demonstration, through the same upload that a data lead uses."""

import io
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.management import call_command
from django.utils import timezone

from accounts.domain.roles import Permission
from accounts.models import User
from accounts.permissions import has_permission
from children.actions import upload_lists
from children.models import ListUpload
from framework.models import Framework
from framework.readers.lines import Fault, UnusableFile
from sendready.areas.reading import AREA_FILE
from sendready.areas.values import AreaFolder, SyntheticLists


def load_lists(*, at: datetime, folder: AreaFolder) -> str:
    """Uploads the folder's synthetic lists once; says what was done.

    Only a demonstration takes them: in a real installation made-up rows would stand beside real ones.
    """
    if folder.lists is None:
        return "The folder asks for no synthetic lists."
    if not settings.DEMO:
        return "Synthetic lists were left out: this is a real installation."
    if ListUpload.objects.exists():
        return "Lists were uploaded before and left as they are."
    with tempfile.TemporaryDirectory() as made:
        workbook = _made(folder, folder.lists, Path(made), at)
        with workbook.open("rb") as opened:
            upload_lists(
                by=_data_lead(folder),
                at=at,
                uploads=[File(opened, name=workbook.name)],
                extracted_on=timezone.localdate(at),
                schema_code=_layout(folder),
            )
    return (
        f"Synthetic lists were uploaded: {folder.lists.list_1} and {folder.lists.list_2} rows, read in the background."
    )


def _made(folder: AreaFolder, lists: SyntheticLists, where: Path, at: datetime) -> Path:
    path = where / f"{folder.area.short_code}_synthetic_lists.xlsx"
    call_command(
        "make_lists",
        list1=lists.list_1,
        list2=lists.list_2,
        seed=lists.seed,
        faults=lists.faults,
        local_columns=True,
        out=str(path),
        schema=_layout(folder),
        as_at=timezone.localdate(at).isoformat(),
        stdout=io.StringIO(),
    )
    return path


def _layout(folder: AreaFolder) -> str:
    """The first layout that the folder's framework names."""
    layouts = Framework.objects.get(code=folder.framework).list_layout_codes
    if not layouts:
        raise UnusableFile([Fault(AREA_FILE, 1, f"The framework “{folder.framework}” names no list layout.")])
    return layouts[0]


def _data_lead(folder: AreaFolder) -> User:
    for user in User.objects.filter(email__in=[person.email for person in folder.people]).order_by("pk"):
        if has_permission(user, Permission.UPLOAD_LISTS):
            return user
    raise UnusableFile([Fault(AREA_FILE, 1, "“synthetic_lists” need a person in people.yaml who may upload lists.")])
