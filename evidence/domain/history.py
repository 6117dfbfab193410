"""The words of an item's history."""

# By the action of the audit trail; a test holds every action of this app against them.
VERBS = {
    "evidence.added": "Added to the log",
    "evidence.changed": "Changed",
    "evidence.archived": "Put into the archive",
    "evidence.restored": "Taken out of the archive",
    "evidence.linked": "Tied to the criteria or a lens",
    "evidence.unlinked": "No longer tied to the criteria or a lens",
    "evidence.revised": "New revision",
    "evidence.file_attached": "File attached",
    "evidence.file_detached": "File taken out",
    "evidence.submitted": "Handed over for approval",
    "evidence.taken_back": "Taken back before a decision",
    "evidence.approved": "Approved",
    "evidence.returned": "Returned to be mended",
    "evidence.superseded": "Superseded",
    "evidence.found_clear": "A second person found nobody that can be recognised",
    "evidence.found_recognisable": "A second person found something that has to go",
    "evidence.link_made": "Somebody was asked to supply it",
    "evidence.link_revoked": "The link to supply it was stopped",
    "evidence.supplied": "Something was sent through the link",
    "evidence.supply_accepted": "What was sent was accepted",
    "evidence.supply_declined": "What was sent was not accepted",
}
FIELDS = {
    "shows": "what it shows",
    "covers_from_on": "first day that it covers",
    "covers_to_on": "last day that it covers",
    "collected_on": "day of collecting",
    "review_by_on": "day to look at it again",
    "marking": "who may see it",
    "text": "its text",
    "note": "note to the approver",
}
