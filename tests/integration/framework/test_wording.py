"""Official wording: pasted, proposed, confirmed, undone. And rulebooks compared word by word."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from framework.models import CriterionPoint, WordingPaste
from tests.factories.accounts import make_area, make_user
from tests.factories.criteria import make_criterion, make_point
from tests.factories.framework import make_framework

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "- Needs are found without delay by everybody\n- Something about a bridge over a river"


@pytest.fixture
def framework():
    make_area()
    framework = make_framework()
    make_point(criterion=make_criterion(framework=framework, code="Z1", title="Seen early"), code="Z1.1")
    return framework


@pytest.fixture
def signed_in(client):
    client.force_login(make_user(Role.ADMINISTRATOR))
    return client


def paste(client, framework, **changed):
    words = {"framework": framework.pk, "source": "Handbook, June 2025", "text": TEXT}
    return client.post(reverse("framework:wording-paste"), words | {"confirmed_on": "22/11/2026"} | changed)


def confirm(client, framework, *codes: str):
    words = {"framework": framework.pk, "source": "Handbook", "confirmed_on": "2026-11-22", "count": len(codes)}
    for number, code in enumerate(codes):
        words |= {f"text-{number}": f"Official {number}", f"code-{number}": code}
    return client.post(reverse("framework:wording-confirm"), words)


def test_pasted_text_is_proposed_and_nothing_is_stored(framework, signed_in):
    page = paste(signed_in, framework)

    assert page.status_code == 200
    assert next(one["code"] for one in page.context["shown"]) == "Z1.1"
    assert not WordingPaste.objects.exists()
    assert CriterionPoint.objects.get(code="Z1.1").official_wording == ""


def test_confirmed_wording_is_written_with_its_source_and_undone_again(framework, signed_in):
    confirm(signed_in, framework, "z1.1", "")
    point = CriterionPoint.objects.get(code="Z1.1")
    assert (point.official_wording, point.source, point.confirmed_on) == ("Official 0", "Handbook", date(2026, 11, 22))

    signed_in.post(reverse("framework:wording-undo", args=[WordingPaste.objects.get().pk]))

    point.refresh_from_db()
    assert (point.official_wording, point.confirmed_on) == ("", None)
    assert AuditEvent.objects.filter(action__startswith="framework.wording").count() == 2


def test_undo_leaves_alone_what_somebody_changed_since(framework, signed_in):
    confirm(signed_in, framework, "Z1.1")
    CriterionPoint.objects.filter(code="Z1.1").update(official_wording="Mended by hand")

    page = signed_in.post(reverse("framework:wording-undo", args=[WordingPaste.objects.get().pk]), follow=True)

    assert CriterionPoint.objects.get(code="Z1.1").official_wording == "Mended by hand"
    assert "Left as changed since: Z1.1" in page.content.decode()


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (("Q9",), "is no code of this rulebook"),
        (("Z1.1", "z1.1"), "stands at 2 lines"),
        (("",), "Confirm at least one line"),
    ],
    ids=["unknown", "twice", "none"],
)
def test_what_can_not_be_written_is_told_and_nothing_is_lost(framework, signed_in, codes, words):
    page = confirm(signed_in, framework, *codes)

    assert page.status_code == 400
    assert words in page.content.decode()
    assert "Official 0" in page.content.decode()
    assert not WordingPaste.objects.exists()


def test_nothing_pasted_asks_for_a_text(framework, signed_in):
    page = paste(signed_in, framework, text="")

    assert page.status_code == 400
    assert "Paste the text, or choose a document." in page.content.decode()


def test_two_rulebooks_are_compared_word_by_word(framework, signed_in):
    newer = make_framework(code="later", is_current=False)
    make_point(
        criterion=make_criterion(framework=newer, code="Z1", title="Seen early and well"),
        code="Z1.1",
        title="Needs are found at once",
    )

    page = signed_in.get(reverse("framework:difference-show"), {"old": framework.pk, "new": newer.pk}).content.decode()

    assert "<ins" in page
    assert "without delay" in page


def test_only_who_keeps_the_rulebook_pastes(framework, client):
    client.force_login(make_user(Role.LANO))

    assert client.get(reverse("framework:wording-paste")).status_code == 403
    assert client.get(reverse("framework:difference-show")).status_code == 403
