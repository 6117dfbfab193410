"""Which model keeps which kind of row of a rulebook (`framework.domain.rulebook.KIND_NAMES`)."""

from framework.models import criteria, visit
from framework.models.published import PublishedRow

MODELS: dict[str, type[PublishedRow]] = {
    "group": criteria.CriterionGroup,
    "criterion": criteria.Criterion,
    "point": criteria.CriterionPoint,
    "area_of_focus": criteria.AreaOfFocus,
    "lens": criteria.Lens,
    "statement": criteria.LensStatement,
    "outcome": criteria.Outcome,
    "timetable_rule": visit.TimetableRule,
    "request_item": visit.RequestItem,
    "first_hour_task": visit.FirstHourTask,
    "mapping": criteria.CriterionMapping,
}
# The field that points at the parent row.
PARENT_FIELDS = {"criterion": "group", "point": "criterion", "statement": "lens"}
PARENT_KINDS = {"criterion": "group", "point": "criterion", "statement": "lens"}
# A field that a file gives as the code of another row.
LINKS = {"request_item": "deadline", "mapping": "old_framework"}
