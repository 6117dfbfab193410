"""The words of the history of an action and of an area for improvement."""

# What every kept row can go through (strategy/actions/rows.py).
ROW_VERBS = {
    "added": "Added",
    "saved": "Changed",
    "moved": "Moved",
    "archived": "Put into the archive",
    "restored": "Taken out of the archive",
    "checked": "No longer marked as extracted",
}
# By the action of the audit trail; a test holds every action on these two rows against them.
VERBS = {
    **{f"action.{verb}": words for verb, words in ROW_VERBS.items()},
    **{f"areaforimprovement.{verb}": words for verb, words in ROW_VERBS.items()},
    "action.reported": "Update reported",
    "action.update_withdrawn": "Update withdrawn",
    "action.update_restored": "Update counts again",
    "action.overridden": "State set by hand",
    "action.override_withdrawn": "State set by hand withdrawn: what is computed counts",
    "action.evidence_linked": "Evidence added",
    "action.evidence_unlinked": "Evidence taken out",
    "action.milestone_added": "Milestone added",
    "action.milestone_changed": "Milestone changed",
    "action.milestone_removed": "Milestone taken out",
    "action.milestone_reached": "Milestone reached",
    "action.milestone_reopened": "Milestone not reached after all",
    "action.point_linked": "Answers a point of the criteria",
    "action.point_unlinked": "Answers a point of the criteria no longer",
    "action.co_producer_added": "Co-producer named",
    "action.co_producer_removed": "Co-producer taken out",
    "action.plans_set": "Plans that it stands in changed",
    "area.tied": "What answers it changed",
    "area.evidence_linked": "Evidence added",
    "area.evidence_unlinked": "Evidence taken out",
}
FIELDS = {
    "text": "what is to be done",
    "lead_name": "lead",
    "organisation": "partner",
    "starts_on": "start day",
    "due_on": "due day",
    "order": "place",
    "inspectors_words": "the inspectors' words",
    "report_on": "day of the report",
    "known_since_on": "day since when it is known",
    "known_how": "how it is known",
    "done": "what was done",
    "changed": "what changed",
}
