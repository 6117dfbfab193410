"""Who and what belongs to the area, and what is kept of what they did."""

from accounts.models.area import LocalArea, Organisation, OrganisationKind, SchoolHoliday
from accounts.models.counts import Count
from accounts.models.joining import FirstRunLink, Invitation
from accounts.models.mail import MailState, OutgoingMail
from accounts.models.people import Leave, RoleAssignment, RoleAssignmentQuerySet, User, UserManager
from accounts.models.trail import AuditEvent, words_of_kind

__all__ = [
    "AuditEvent",
    "Count",
    "FirstRunLink",
    "Invitation",
    "Leave",
    "LocalArea",
    "MailState",
    "Organisation",
    "OrganisationKind",
    "OutgoingMail",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
    "SchoolHoliday",
    "User",
    "UserManager",
    "words_of_kind",
]
