"""The roles of a partnership and what each may do: one table, read by every permission check."""

from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    LANO = "lano"
    DIRECTOR = "director"
    HEALTH_LEAD = "health_lead"
    SEND_TEAM = "send_team"
    DATA_LEAD = "data_lead"
    SYSTEM_LEAD = "system_lead"
    PARTNER = "partner"
    CASE_WORKER = "case_worker"
    AUDITOR = "auditor"
    LEAD_MEMBER = "lead_member"
    MEMBER = "member"
    VIEWER = "viewer"


ROLE_NAMES: dict[Role, str] = {
    Role.ADMINISTRATOR: "Administrator",
    Role.LANO: "LANO (nominated officer)",
    Role.DIRECTOR: "Director of children's services",
    Role.HEALTH_LEAD: "Health lead (ICB)",
    Role.SEND_TEAM: "SEND team",
    Role.DATA_LEAD: "Data lead",
    Role.SYSTEM_LEAD: "System lead",
    Role.PARTNER: "Partner",
    Role.CASE_WORKER: "Case worker",
    Role.AUDITOR: "Auditor",
    Role.LEAD_MEMBER: "Lead member",
    Role.MEMBER: "Member",
    Role.VIEWER: "Viewer",
}

ROLE_SENTENCES: dict[Role, str] = {
    Role.ADMINISTRATOR: "Keeps the published criteria, the people and the settings; sees no child's data.",
    Role.LANO: "Runs the inspection: the clock, the Annex A items, approvals and the pack.",
    Role.DIRECTOR: "Signs off the self-evaluation and the pack.",
    Role.HEALTH_LEAD: "Supplies and approves the health items.",
    Role.SEND_TEAM: "Collects the documents and prepares the pack.",
    Role.DATA_LEAD: "Keeps the person-level lists and the figures right.",
    Role.SYSTEM_LEAD: "Owns one evaluation criterion.",
    Role.PARTNER: "Supplies documents and views of an organisation of the partnership.",
    Role.CASE_WORKER: "Supplies the documents of a named child's case.",
    Role.AUDITOR: "Audits named cases.",
    Role.LEAD_MEMBER: "Reads and comments as a member, and hears the feedback under embargo.",
    Role.MEMBER: "Reads the published self-evaluation and comments on it.",
    Role.VIEWER: "Reads what is published.",
}


class Permission(StrEnum):
    READ_READINESS = "read_readiness"
    READ_ITEMS = "read_items"
    READ_CHILD_ROWS = "read_child_rows"
    READ_LIST_TOTALS = "read_list_totals"
    READ_AUDIT = "read_audit"
    READ_STATUS = "read_status"
    EDIT_ITEMS = "edit_items"
    EDIT_OWN_ITEMS = "edit_own_items"
    APPROVE_ITEMS = "approve_items"
    APPROVE_HEALTH_ITEMS = "approve_health_items"
    RUN_CLOCK = "run_clock"
    PREPARE_PACK = "prepare_pack"
    RELEASE_PACK = "release_pack"
    SIGN_OFF_PACK = "sign_off_pack"
    UPLOAD_LISTS = "upload_lists"
    EXPORT_CHILD_ROWS = "export_child_rows"
    READ_PEOPLE = "read_people"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_FRAMEWORKS = "manage_frameworks"
    MANAGE_SETTINGS = "manage_settings"
    KEEP_RECORDS = "keep_records"
    READ_STRATEGY = "read_strategy"
    EDIT_STRATEGY = "edit_strategy"
    UPDATE_OWN_ACTIONS = "update_own_actions"
    READ_INDICATORS = "read_indicators"
    EDIT_INDICATORS = "edit_indicators"
    READ_EVIDENCE = "read_evidence"
    ADD_EVIDENCE = "add_evidence"
    APPROVE_EVIDENCE = "approve_evidence"
    READ_DRAFTS = "read_drafts"
    EDIT_SELF_EVALUATION = "edit_self_evaluation"
    EDIT_OWN_CRITERION = "edit_own_criterion"
    MODERATE = "moderate"
    SIGN_OFF_SELF_EVALUATION = "sign_off_self_evaluation"
    GIVE_PARTNER_VIEW = "give_partner_view"
    READ_PUBLISHED = "read_published"
    COMMENT = "comment"
    RUN_CONSULTATION = "run_consultation"
    READ_HELD_COMMENTS = "read_held_comments"
    PUBLISH = "publish"


PERMISSION_SENTENCES: dict[Permission, str] = {
    Permission.READ_READINESS: "read what is ready and what is not",
    Permission.READ_ITEMS: "read the Annex A items and the inspection timetable",
    Permission.READ_CHILD_ROWS: "see rows of the person-level lists",
    Permission.READ_LIST_TOTALS: "see totals of the person-level lists, never a row",
    Permission.READ_AUDIT: "read the audit trail",
    Permission.READ_STATUS: "see whether the service is well",
    Permission.EDIT_ITEMS: "supply documents for any Annex A item",
    Permission.EDIT_OWN_ITEMS: "supply documents for the Annex A items assigned to you",
    Permission.APPROVE_ITEMS: "approve or return any Annex A item",
    Permission.APPROVE_HEALTH_ITEMS: "approve or return the health items of Annex A",
    Permission.RUN_CLOCK: "start, change or withdraw an inspection",
    Permission.PREPARE_PACK: "prepare a pack without person-level parts",
    Permission.RELEASE_PACK: "release a pack and record its delivery",
    Permission.SIGN_OFF_PACK: "sign off a pack",
    Permission.UPLOAD_LISTS: "upload the person-level lists",
    Permission.EXPORT_CHILD_ROWS: "export the person-level workbook",
    Permission.READ_PEOPLE: "see the people, their roles, deputies and leave",
    Permission.MANAGE_PEOPLE: "invite people and change their roles",
    Permission.MANAGE_FRAMEWORKS: "keep the published criteria and request lists",
    Permission.MANAGE_SETTINGS: "change the settings of this installation",
    Permission.KEEP_RECORDS: "erase stored files, or hold them for a legal reason",
    Permission.READ_STRATEGY: "read the strategy, its plans and the boards' papers",
    Permission.EDIT_STRATEGY: "change the strategy, its plans, the boards and their papers",
    Permission.UPDATE_OWN_ACTIONS: "report on the actions that you lead",
    Permission.READ_INDICATORS: "read the figures and how the area compares",
    Permission.EDIT_INDICATORS: "import figures and keep the indicators",
    Permission.READ_EVIDENCE: "read the evidence log",
    Permission.ADD_EVIDENCE: "add evidence to the log",
    Permission.APPROVE_EVIDENCE: "approve or return evidence",
    Permission.READ_DRAFTS: "read the self-evaluation while it is being written",
    Permission.EDIT_SELF_EVALUATION: "write any part of the self-evaluation",
    Permission.EDIT_OWN_CRITERION: "write about the criteria that you lead",
    Permission.MODERATE: "moderate what is written about a criterion",
    Permission.SIGN_OFF_SELF_EVALUATION: "sign off the self-evaluation",
    Permission.GIVE_PARTNER_VIEW: "give your organisation's view of a criterion",
    Permission.READ_PUBLISHED: "read the published self-evaluation and consultation versions",
    Permission.COMMENT: "comment on what is published",
    Permission.RUN_CONSULTATION: "ask people for comments, and answer them",
    Permission.READ_HELD_COMMENTS: "read comments that may name a child or tell of harm, and decide about them",
    Permission.PUBLISH: "freeze and publish a version of the self-evaluation",
}

_READS_ALL = frozenset(
    {Permission.READ_READINESS, Permission.READ_ITEMS, Permission.READ_LIST_TOTALS, Permission.READ_STATUS}
)
_READS_PLANS = frozenset({Permission.READ_STRATEGY, Permission.READ_INDICATORS})
_LOGS_EVIDENCE = frozenset({Permission.READ_EVIDENCE, Permission.ADD_EVIDENCE})
_READS_DRAFTS = frozenset({Permission.READ_DRAFTS, Permission.READ_PUBLISHED})
_COMMENTS = frozenset({Permission.READ_PUBLISHED, Permission.COMMENT})
_SEND_TEAM = (
    _READS_ALL
    | _READS_PLANS
    | _LOGS_EVIDENCE
    | _READS_DRAFTS
    | {
        Permission.EDIT_SELF_EVALUATION,
        Permission.RUN_CONSULTATION,
        Permission.EDIT_ITEMS,
        Permission.PREPARE_PACK,
        Permission.EDIT_STRATEGY,
        Permission.UPDATE_OWN_ACTIONS,
        Permission.APPROVE_EVIDENCE,
    }
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.READ_AUDIT,
            Permission.READ_STATUS,
            Permission.READ_PEOPLE,
            Permission.MANAGE_PEOPLE,
            Permission.MANAGE_FRAMEWORKS,
            Permission.MANAGE_SETTINGS,
            Permission.KEEP_RECORDS,
        }
    ),
    Role.LANO: _SEND_TEAM
    | {
        Permission.READ_CHILD_ROWS,
        Permission.READ_AUDIT,
        Permission.READ_PEOPLE,
        Permission.APPROVE_ITEMS,
        Permission.RUN_CLOCK,
        Permission.KEEP_RECORDS,
        Permission.EDIT_INDICATORS,
        Permission.MODERATE,
        Permission.PUBLISH,
        Permission.READ_HELD_COMMENTS,
        Permission.RELEASE_PACK,
        Permission.UPLOAD_LISTS,
        Permission.EXPORT_CHILD_ROWS,
    },
    Role.DIRECTOR: _READS_ALL
    | _READS_PLANS
    | _READS_DRAFTS
    | {
        Permission.READ_PEOPLE,
        Permission.SIGN_OFF_PACK,
        Permission.READ_EVIDENCE,
        Permission.SIGN_OFF_SELF_EVALUATION,
    },
    Role.HEALTH_LEAD: _READS_PLANS
    | _LOGS_EVIDENCE
    | _READS_DRAFTS
    | {
        Permission.GIVE_PARTNER_VIEW,
        Permission.READ_READINESS,
        Permission.READ_ITEMS,
        Permission.EDIT_OWN_ITEMS,
        Permission.APPROVE_HEALTH_ITEMS,
        Permission.UPDATE_OWN_ACTIONS,
        Permission.APPROVE_EVIDENCE,
    },
    Role.SEND_TEAM: _SEND_TEAM,
    Role.DATA_LEAD: _READS_ALL
    | _READS_PLANS
    | _LOGS_EVIDENCE
    | _READS_DRAFTS
    | {
        Permission.EDIT_OWN_ITEMS,
        Permission.UPDATE_OWN_ACTIONS,
        Permission.EDIT_INDICATORS,
        Permission.READ_CHILD_ROWS,
        Permission.UPLOAD_LISTS,
        Permission.EXPORT_CHILD_ROWS,
    },
    Role.SYSTEM_LEAD: _READS_PLANS
    | _LOGS_EVIDENCE
    | {
        Permission.EDIT_OWN_ITEMS,
        Permission.UPDATE_OWN_ACTIONS,
        Permission.EDIT_OWN_CRITERION,
        Permission.READ_PUBLISHED,
    },
    Role.PARTNER: _COMMENTS
    | {
        Permission.EDIT_OWN_ITEMS,
        Permission.UPDATE_OWN_ACTIONS,
        Permission.ADD_EVIDENCE,
        Permission.GIVE_PARTNER_VIEW,
    },
    Role.CASE_WORKER: frozenset(),
    Role.AUDITOR: frozenset(),
    Role.LEAD_MEMBER: _COMMENTS,
    Role.MEMBER: _COMMENTS,
    Role.VIEWER: _READS_PLANS | {Permission.READ_PUBLISHED},
}

# Who sees these sees children: a real installation asks them for a second factor.
CHILD_PERMISSIONS = frozenset({Permission.READ_CHILD_ROWS, Permission.UPLOAD_LISTS, Permission.EXPORT_CHILD_ROWS})

# A grant of one of these is told to every LANO.
WATCHED_ROLES = frozenset({Role.LANO, Role.DIRECTOR, Role.DATA_LEAD})


def permissions_of_roles(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that carry a permission, in the order in which roles are listed."""
    return tuple(role for role in Role if permission in ROLE_PERMISSIONS[role])
