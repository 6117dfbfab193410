"""The lists of words on the admin site: a save ties every stored text anew; a list of nobody is refused."""

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import AuditEvent
from inspection.models import ReportWords
from tests.factories.accounts import make_user
from tests.factories.published import load_lists, make_published, make_todo
from tests.harness.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_saved_list_ties_the_stored_texts_anew():
    load_lists()
    todo = make_todo(make_published(), text="Leaders should mend the gardens.", criteria=("A3",))
    row = ReportWords.objects.get(kind="criterion", code="A5")
    client = client_of(make_user(Role.ADMINISTRATOR))

    url = reverse("admin:inspection_reportwords_change", args=[row.pk])
    response = client.post(url, {"words": "garden*", "order": row.order})

    row.refresh_from_db()
    assert response.status_code == 302
    assert row.edited_at
    assert list(todo.ties.values_list("code", "because")) == [("A5", ["gardens"])]
    assert AuditEvent.objects.filter(action="reportwords.changed").exists()


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [("outcome", "4", "x"), ("heading", "elsewhere", "x"), ("criterion", "Z9", "x"), ("theme", "Gardens", "*")],
    ids=["no such outcome", "no such part", "no such criterion", "everything"],
)
def test_list_of_nobody_or_of_everything_is_refused(kind, code, words):
    client = client_of(make_user(Role.ADMINISTRATOR))

    url = reverse("admin:inspection_reportwords_add")
    response = client.post(url, {"kind": kind, "code": code, "words": words, "order": 1})

    assert response.status_code == 200
    assert not ReportWords.objects.exists()
