"""Made-up rows of a rulebook."""

from datetime import date, time

from framework.models import Anchor, Framework, RequestItem, RequestKind, TimetableRule


def make_framework(*, code: str = "test-2023", name: str = "Test rulebook", is_current: bool = True) -> Framework:
    return Framework.objects.create(
        code=code, name=name, in_force_from=date(2023, 1, 1), source="A made-up handbook.", is_current=is_current
    )


def make_timetable_rule(
    *,
    framework: Framework,
    code: str = "annex-a-due",
    title: str = "Annex A documents",
    anchor: str = Anchor.NOTIFICATION,
    offset_working_days: int = 4,
    ends_offset_working_days: int | None = None,
    at_time: time | None = None,
    ends_at_time: time | None = None,
    owner_role: str = "lano",
    batch: str = "annex-a",
    basis: str = "A made-up handbook says so.",
    order: int = 0,
) -> TimetableRule:
    return TimetableRule.objects.create(
        framework=framework,
        code=code,
        title=title,
        anchor=anchor,
        offset_working_days=offset_working_days,
        ends_offset_working_days=ends_offset_working_days,
        at_time=at_time,
        ends_at_time=ends_at_time,
        owner_role=owner_role,
        batch=batch,
        basis=basis,
        order=order,
    )


def make_request_item(
    *,
    framework: Framework,
    deadline: TimetableRule,
    code: str = "self-evaluation",
    title: str = "Self-evaluation",
    group: str = "Strategy",
    responsible_role: str = "send_team",
    kind: str = RequestKind.DOCUMENT,
    is_health_item: bool = False,
    is_person_level: bool = False,
    order: int = 0,
) -> RequestItem:
    return RequestItem.objects.create(
        framework=framework,
        deadline=deadline,
        code=code,
        title=title,
        group=group,
        responsible_role=responsible_role,
        kind=kind,
        is_health_item=is_health_item,
        is_person_level=is_person_level,
        order=order,
    )
