"""Which versions and files a pack takes."""

import zipfile

import pytest

from accounts.domain.roles import Role
from documents.files import open_stored
from documents.making import make_export
from inspection.actions import decisions
from inspection.actions import items as item_actions
from inspection.actions import packs as actions
from inspection.domain.submissions import Answer
from tests.factories.accounts import make_area, make_user
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import AT, make_approved, make_words

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def lano():
    make_area()
    return make_user(Role.LANO, name="LANO")


@pytest.fixture
def item():
    framework = make_framework()
    return make_request_item(framework=framework, deadline=make_timetable_rule(framework=framework), code="sef")


def names_in(export) -> list[str]:
    made = make_export(export.pk)
    assert made is not None
    with open_stored(made) as source:
        return zipfile.ZipFile(source).namelist()


def test_answer_of_none_takes_no_files_of_the_version_before_into_the_pack(item, lano):
    make_approved(by=lano, item=item)
    draft = item_actions.start_version(by=lano, at=AT, item=item)
    words = make_words(answer=Answer.NONE, none_reason="It was withdrawn.", as_at_on=None)
    draft = item_actions.save_draft(by=lano, at=AT, submission=draft, lock=draft.lock, words=words).submission
    assert draft.files.exists()
    decisions.approve(by=lano, at=AT, submission=item_actions.submit(by=lano, at=AT, submission=draft))

    names = names_in(actions.order_pack(by=lano, at=AT, inspection=None, parts=("annex-a",)))

    assert not [name for name in names if "sef" in name]
