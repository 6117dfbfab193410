"""Database → how the installation stands. A fixed number of queries."""

from collections import Counter
from datetime import date

from django.conf import settings
from django.db.models import Max

from accounts.domain.roles import Role
from accounts.models import LocalArea, Organisation, OrganisationKind, RoleAssignment, SchoolHoliday, User
from accounts.permissions import has_second_factor, protection_findings
from framework.gather import current_framework
from sendready.setup.checklist import Standing


def standing(user: User, today: date) -> Standing:
    area = LocalArea.objects.first()
    held = RoleAssignment.objects.in_force(today).filter(user__is_active=True).values_list("role", flat=True)
    people = Counter(Role(role) for role in held)
    return Standing(
        has_area=area is not None and bool(area.la_code),
        has_safeguarding_lead=area is not None and area.safeguarding_lead_id is not None,
        has_framework=current_framework() is not None,
        has_icb=Organisation.objects.filter(kind=OrganisationKind.ICB).exists(),
        holidays_until=SchoolHoliday.objects.aggregate(last=Max("ends_on"))["last"],
        people=people,
        administrators=people[Role.ADMINISTRATOR],
        has_second_step=has_second_factor(user),
        has_mail_server=bool(settings.MAIL_SERVER_URL),
        is_demo=settings.DEMO,
        missing=protection_findings(),
    )
