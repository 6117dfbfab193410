"""A criterion that somebody leads, and a gap that somebody closes, pass on when they leave."""

from datetime import UTC, datetime

import pytest

from accounts.domain.roles import Role
from accounts.permissions import NotAllowed
from selfeval.models import DataGap
from selfeval.permissions import leads_today
from sendready.handover import HANDOVER
from tests.factories.accounts import make_area, make_user
from tests.factories.selfeval import make_data_gap, make_evaluation, make_system_lead

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KINDS = {kind.code: kind for kind in HANDOVER}


@pytest.fixture
def leaver():
    make_area()
    user = make_user(Role.SYSTEM_LEAD)
    evaluation = make_evaluation()
    make_system_lead(evaluation=evaluation, user=user)
    make_data_gap(cycle=evaluation.self_evaluation, owner=user)
    return user


def test_criterion_passes_to_somebody_who_may_write(leaver):
    heir = make_user(Role.SYSTEM_LEAD)

    passed = KINDS["criteria"].reassign(make_user(Role.LANO), datetime.now(tz=UTC), leaver, heir)

    assert passed == 1
    assert leads_today(heir).count() == 1
    assert KINDS["criteria"].gather(leaver) == []


def test_criterion_does_not_pass_to_somebody_who_may_not_write(leaver):
    with pytest.raises(NotAllowed):
        KINDS["criteria"].reassign(make_user(Role.LANO), datetime.now(tz=UTC), leaver, make_user(Role.VIEWER))


def test_gap_passes_on(leaver):
    heir = make_user(Role.DATA_LEAD)

    KINDS["gaps"].reassign(make_user(Role.LANO), datetime.now(tz=UTC), leaver, heir)

    assert DataGap.objects.get().owner == heir
