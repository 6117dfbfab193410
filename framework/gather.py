"""The rulebook as the apps above read it: each function asks the database once."""

from framework.models import FirstHourTask, Framework, RequestItem, TimetableRule


def current_framework() -> Framework | None:
    """The framework that the next visit follows; None until one is loaded."""
    return Framework.objects.filter(is_current=True).first()


def request_items(framework: Framework) -> tuple[RequestItem, ...]:
    """What may be asked for, in order, archived rows left out; each with its deadline rule."""
    items = RequestItem.objects.filter(framework=framework, is_archived=False).select_related("deadline")
    return tuple(items)


def timetable_rules(framework: Framework) -> tuple[TimetableRule, ...]:
    """The timetable of a visit, in order, archived rows left out."""
    return tuple(TimetableRule.objects.filter(framework=framework, is_archived=False))


def first_hour_tasks(framework: Framework) -> tuple[FirstHourTask, ...]:
    """What to do when the call has come, in order, archived rows left out."""
    return tuple(FirstHourTask.objects.filter(framework=framework, is_archived=False))
