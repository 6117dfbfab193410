import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import AuditEvent

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_flush_after_audit_row_leaves_nothing_and_keeps_triggers(turn):
    assert not AuditEvent.objects.exists(), "The flush of the test before left rows."
    event = AuditEvent.objects.create(
        at=timezone.now(), actor_label="LANO", action="test.done", thing_type="", thing_id="", thing_label=turn
    )

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(text="changed")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk)._raw_delete("default")

    assert AuditEvent.objects.get().text == ""
