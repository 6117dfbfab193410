"""The admin site maintains the rulebook, and a save there outlives the next loading of the file."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from framework.actions import load_rulebook
from framework.loaders import read_rulebook
from framework.models import Criterion, CriterionPoint, Framework, RequestItem, TimetableRule
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FILE = Path(settings.FIXTURES_DIR) / "frameworks" / "area-send-2023.yaml"
MODELS = (
    "framework",
    "criteriongroup",
    "criterion",
    "lens",
    "areaoffocus",
    "outcome",
    "timetablerule",
    "requestitem",
    "firsthourtask",
    "criterionmapping",
)


@pytest.fixture
def framework() -> Framework:
    return load_rulebook(by=None, at=timezone.now(), rulebook=read_rulebook(FILE)).framework


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(Role.ADMINISTRATOR))
    return client


def form_of(editor: Client, url: str) -> dict[str, object]:
    """What the page's form would send if nobody changed anything."""
    admin_form = editor.get(url).context["adminform"].form
    values = {name: admin_form.get_initial_for_field(each, name) for name, each in admin_form.fields.items()}
    return {name: ("on" if value is True else value) for name, value in values.items() if value not in (None, False)}


@pytest.mark.parametrize("model", MODELS)
def test_list_opens_and_searches(editor: Client, framework: Framework, model: str):
    response = editor.get(reverse(f"admin:framework_{model}_changelist"), {"q": "plan"})

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_add_page_opens(editor: Client, framework: Framework, model: str):
    assert editor.get(reverse(f"admin:framework_{model}_add")).status_code == 200


def test_lano_may_not_edit_the_rulebook(client: Client, framework: Framework):
    client.force_login(make_user(Role.LANO))

    response = client.get(reverse("admin:framework_requestitem_changelist"))

    assert response.status_code in {302, 403}


def test_edited_row_survives_loading_the_file_again(editor: Client, framework: Framework):
    item = RequestItem.objects.get(code="self-evaluation")
    url = reverse("admin:framework_requestitem_change", args=[item.pk])
    words = form_of(editor, url) | {"title": "Joint self-evaluation", "confirmed_on": "2026-11-22"}

    response = editor.post(url, words)
    load = load_rulebook(by=None, at=timezone.now(), rulebook=read_rulebook(FILE))

    item.refresh_from_db()
    assert response.status_code == 302, response.context["errors"]
    assert item.title == "Joint self-evaluation"
    assert item.edited_at is not None
    assert load.kept == ["request item self-evaluation (title)"]
    assert AuditEvent.objects.filter(action="requestitem.changed", thing_id=str(item.pk)).exists()


def test_row_added_by_hand_is_local_and_stays(editor: Client, framework: Framework):
    url = reverse("admin:framework_requestitem_add")
    rule = TimetableRule.objects.get(code="annex-a")
    own = {"code": "harbour-plan", "title": "Harbour plan", "group": "Local", "deadline": rule.pk}
    words = form_of(editor, url) | own | {"responsible_role": "send_team", "kind": "document"}

    response = editor.post(url, words)
    load_rulebook(by=None, at=timezone.now(), rulebook=read_rulebook(FILE), replace=True)

    item = RequestItem.objects.get(code="harbour-plan")
    assert response.status_code == 302, response.context["errors"]
    assert item.is_local
    assert not item.is_archived


def test_point_edited_inline_is_marked_as_edited(editor: Client, framework: Framework):
    criterion = Criterion.objects.get(code="A2")
    url = reverse("admin:framework_criterion_change", args=[criterion.pk])
    words = form_of(editor, url)
    for name, value in _inline_values(editor, url).items():
        words[name] = value
    words["points-0-official_wording"] = "The publisher's sentence."

    response = editor.post(url, words)

    points = {point.code: point for point in CriterionPoint.objects.filter(criterion=criterion)}
    assert response.status_code == 302, response.context["errors"]
    assert points["A2.1"].official_wording == "The publisher's sentence."
    assert points["A2.1"].edited_at is not None
    assert points["A2.2"].edited_at is None


def _inline_values(editor: Client, url: str) -> dict[str, object]:
    formset = editor.get(url).context["inline_admin_formsets"][0].formset
    values = {f"{formset.prefix}-{name}": value for name, value in formset.management_form.initial.items()}
    for form in formset.initial_forms:
        for name, each in form.fields.items():
            value = form.get_initial_for_field(each, name)
            if value not in (None, False):
                values[form.add_prefix(name)] = getattr(value, "pk", value)
    return values


def test_new_point_with_a_code_in_use_is_refused(editor: Client, framework: Framework):
    criterion = Criterion.objects.get(code="A2")
    url = reverse("admin:framework_criterion_change", args=[criterion.pk])
    words = form_of(editor, url) | _inline_values(editor, url)
    words |= {"points-TOTAL_FORMS": 4, "points-3-code": "A1.1", "points-3-title": "Another", "points-3-order": 900}

    response = editor.post(url, words)

    assert response.status_code == 200
    assert "is taken in this framework" in response.content.decode()


def test_deleting_a_rule_in_use_is_refused_with_the_reason(editor: Client, framework: Framework):
    rule = TimetableRule.objects.get(code="annex-a")

    response = editor.post(
        reverse("admin:framework_timetablerule_delete", args=[rule.pk]), {"post": "yes"}, follow=True
    )

    assert TimetableRule.objects.filter(pk=rule.pk).exists()
    assert "is in use and can&#x27;t be deleted" in response.content.decode()


def test_archive_action_hides_the_row_and_keeps_it(editor: Client, framework: Framework):
    rule = TimetableRule.objects.get(code="keep-in-touch")

    editor.post(
        reverse("admin:framework_timetablerule_changelist"), {"action": "archive", "_selected_action": [rule.pk]}
    )

    rule.refresh_from_db()
    assert rule.is_archived
    assert AuditEvent.objects.filter(action="timetablerule.changed", thing_id=str(rule.pk)).exists()


def test_deadline_of_another_framework_is_refused(editor: Client, framework: Framework):
    other = Framework.objects.create(code="other", name="Other", in_force_from=date(2027, 1, 1), source="Made up.")
    rule = TimetableRule.objects.create(
        framework=other, code="x", title="X", anchor="notification", offset_working_days=1, basis="Made up."
    )
    item = RequestItem.objects.get(code="self-evaluation")
    item.deadline = rule

    with pytest.raises(Exception, match="same framework"):
        item.full_clean()


def test_make_current_leaves_one_current_framework(editor: Client, framework: Framework):
    other = Framework.objects.create(code="other", name="Other", in_force_from=date(2027, 1, 1), source="Made up.")

    editor.post(
        reverse("admin:framework_framework_changelist"), {"action": "make_current", "_selected_action": [other.pk]}
    )

    assert list(Framework.objects.filter(is_current=True)) == [other]
