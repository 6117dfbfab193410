"""A signed-off pack leaves the building: what it holds may have moved on since."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from accounts.permissions import NotAllowed
from documents.making import make_export
from inspection.actions import packs as actions
from inspection.models import Pack
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import make_approved, make_upload

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def lano():
    return make_user(Role.LANO, name="LANO")


@pytest.fixture
def older_pack(lano) -> Pack:
    """Signed off; then one of its items got another document."""
    make_area()
    framework = make_framework()
    deadline = make_timetable_rule(framework=framework)
    plan, minutes = (
        make_request_item(framework=framework, deadline=deadline, code=code, title=code.title())
        for code in ("plan", "minutes")
    )
    make_approved(by=lano, item=plan, upload=make_upload(content=b"Six priorities.\n"))
    now = timezone.now()
    export = actions.order_pack(by=lano, at=now, inspection=None, parts=("annex-a",))
    make_export(export.pk)
    pack = Pack.objects.get(export=export)
    actions.sign_off_pack(by=make_user(Role.DIRECTOR), at=now, pack=pack)
    make_approved(by=lano, item=minutes, upload=make_upload(content=b"Minutes of the last minute.\n"))
    return pack


def test_pack_that_is_out_of_date_leaves_only_when_that_is_meant(older_pack, lano):
    now = timezone.now() + timedelta(minutes=5)

    with pytest.raises(NotAllowed, match="has changed since it was made"):
        actions.release_pack(by=lano, at=now, pack=older_pack)
    released = actions.release_pack(by=lano, at=now, pack=older_pack, is_older_meant=True)

    assert released.released_at == now
    assert "Out of date when released" in AuditEvent.objects.get(action="pack.released").text


def test_page_asks_whether_the_older_state_is_meant(older_pack, lano):
    client = Client()
    client.force_login(lano)

    page = client.get(reverse("inspection:pack-show", args=[older_pack.pk])).content.decode()

    assert "Release it as it is" in page
    assert 'name="older-is-meant"' in page
