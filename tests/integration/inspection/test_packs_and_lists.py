"""What a council keeps beside its lists for its own work is in no pack that inspectors receive."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from accounts.domain.roles import Role
from children import reading_upload
from children.models import ListRow
from documents.files import open_stored
from documents.making import make_export
from inspection.actions import packs as actions
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import AT, make_approved, make_upload
from tests.factories.lists import lists_bytes, order_upload

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LOCAL = ("Officer 77", "Casework seven", "Local system 9")


def texts_of(archive: zipfile.ZipFile) -> str:
    """Names and contents of all members; of a PDF also its text and what it says of itself."""
    found = []
    for name in archive.namelist():
        content = archive.read(name)
        found += [name, content.decode("utf-8", "replace")]
        if name.endswith(".pdf"):
            pdf = PdfReader(io.BytesIO(content))
            found += [page.extract_text() for page in pdf.pages] + [str(pdf.metadata)]
    return "\n".join(found)


def test_no_pack_holds_anything_of_a_councils_own_columns(time_machine):
    time_machine.move_to("2026-11-23T09:00:00Z")
    make_area()
    lano = make_user(Role.LANO, name="LANO")
    local = dict(zip(("responsible_officer", "responsible_team", "source"), LOCAL, strict=True))
    reading_upload.read_upload(order_upload(by=lano, content=lists_bytes(local=local)).pk)
    framework = make_framework()
    item = make_request_item(
        framework=framework, deadline=make_timetable_rule(framework=framework), code="sef", title="Self-evaluation"
    )
    make_approved(by=lano, item=item, upload=make_upload(name="SEF.txt", content=b"What we know.\n"))

    export = make_export(actions.order_pack(by=lano, at=AT, inspection=None, parts=("annex-a",)).pk)

    assert export.is_done, export.error
    assert ListRow.objects.filter(officer=LOCAL[0]).exists()
    with open_stored(export) as source, zipfile.ZipFile(io.BytesIO(source.read())) as archive:
        text = texts_of(archive)
    assert "What we know." in text
    assert not [word for word in LOCAL if word in text]
