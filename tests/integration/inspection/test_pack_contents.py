"""Which versions and files a pack takes."""

import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from documents.files import open_stored
from documents.making import make_export
from framework.models import Framework, RequestItem
from inspection.actions import decisions
from inspection.actions import items as item_actions
from inspection.actions import packs as actions
from inspection.actions.deliveries import WrongDeadline
from inspection.domain.submissions import Answer
from inspection.gather.deliveries import gather_handovers
from inspection.gather.packs import gather_pack, newest_pack, packs
from inspection.models import ItemSubmission, Pack
from tests.factories.accounts import make_area, make_user
from tests.factories.deliveries import deliver
from tests.factories.framework import make_framework, make_request_item, make_timetable_rule
from tests.factories.items import AT, make_approved, make_upload, make_words
from tests.factories.visits import make_visit
from tests.harness.clients import client_of

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


def build(by, visit=None, parts=("annex-a",)) -> Pack:
    export = actions.order_pack(by=by, at=AT, inspection=visit, parts=parts)
    make_export(export.pk)
    return Pack.objects.get(export=export)


def test_newest_pack_is_one_of_annex_a_for_this_very_visit(item, lano):
    standing = build(lano)
    build(lano, parts=("papers",))
    visit = make_visit(by=lano)

    assert newest_pack(None) == standing
    assert newest_pack(visit) is None
    assert gather_handovers(AT, packs()).annex_a.pack is None
    own = build(lano, visit)
    assert newest_pack(visit) == own
    assert newest_pack(None) == standing


def test_older_pack_is_marked_where_the_newest_of_its_order_holds_something_else(item, lano):
    make_approved(by=lano, item=item)
    build(lano)
    make_approved(by=lano, item=item, upload=make_upload(content=b"Another plan.\n"))
    build(lano)

    page = client_of(lano).get(reverse("inspection:pack-list"))

    assert [is_old for _, is_old in page.context_data["packs"]] == [False, True]


def test_pack_of_papers_meets_no_deadline_of_annex_a(item, lano):
    visit = make_visit(by=lano)
    pack = build(lano, visit, parts=("papers",))
    Pack.objects.filter(pk=pack.pk).update(released_at=timezone.now(), signed_off_at=timezone.now())

    page = client_of(lano).get(reverse("inspection:delivery-record", args=[pack.pk]))
    assert page.context_data["form"].initial["batch"] == ""
    with pytest.raises(WrongDeadline, match="does not hold what that deadline asks for"):
        deliver(lano, pack.export, visit=visit, batch="annex-a")
    assert deliver(lano, pack.export, visit=visit, batch="").batch == ""


def test_pack_of_a_visit_follows_its_items_into_the_rulebook_that_became_current(item, lano):
    make_approved(by=lano, item=item)
    visit = make_visit(by=lano)
    Framework.objects.update(is_current=False)
    later = make_framework(code="later", name="A later rulebook")
    same = make_request_item(framework=later, deadline=make_timetable_rule(framework=later), code="sef")
    params = {"inspection": visit.pk, "parts": ["annex-a"]}

    assert gather_pack(params).items == {"sef": item.pk}
    make_approved(by=lano, item=same)
    assert gather_pack(params).items == {"sef": same.pk}
    ItemSubmission.objects.all().delete()
    assert gather_pack(params).items == {"sef": same.pk}


def test_pack_of_a_visit_leaves_out_what_became_person_level(item, lano):
    visit = make_visit(by=lano)
    RequestItem.objects.update(is_person_level=True)

    assert gather_pack({"inspection": visit.pk, "parts": ["annex-a"]}).items == {}
