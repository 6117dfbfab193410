"""The navigation: one table, shown by permission. An address that no app has named is left out."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.domain.roles import ROLE_NAMES, Permission
from accounts.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the navigation.

    `url_names`: the first that resolves is the link. `permissions`: any of them shows it; none means everybody who is
    signed in. `unless`: any of them hides it, because another entry leads there. `prefixes`: the addresses beneath
    which this entry is marked as where one is. `about`: what one finds there, for the short first pages.
    """

    label: str
    url_names: tuple[str, ...]
    permissions: frozenset[Permission] = frozenset()
    prefixes: tuple[str, ...] = ()
    about: str = ""
    unless: frozenset[Permission] = frozenset()

    def is_for(self, permissions: frozenset[Permission]) -> bool:
        return (not self.permissions or bool(self.permissions & permissions)) and not self.unless & permissions


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    is_current: bool = False
    is_active: bool = False
    about: str = ""


# Who has something to read or to do in a self-evaluation that is still being written.
INSIDERS = frozenset({Permission.READ_DRAFTS, Permission.EDIT_OWN_CRITERION, Permission.GIVE_PARTNER_VIEW})

ENTRIES = (
    Entry("Home", ("inspection:home",)),
    Entry(
        "Inspection",
        ("inspection:visit-list",),
        frozenset({Permission.READ_ITEMS}),
        ("/inspection/",),
    ),
    Entry(
        "Annex A",
        ("inspection:item-list",),
        frozenset(
            {
                Permission.READ_ITEMS,
                Permission.EDIT_OWN_ITEMS,
                Permission.EDIT_ITEMS,
                Permission.APPROVE_ITEMS,
                Permission.APPROVE_HEALTH_ITEMS,
            }
        ),
        ("/annex-a/",),
        about="The documents that inspectors ask for: what is supplied, what is approved, what is yours.",
    ),
    Entry(
        "Packs",
        ("inspection:pack-list",),
        frozenset(
            {
                Permission.PREPARE_PACK,
                Permission.RELEASE_PACK,
                Permission.SIGN_OFF_PACK,
                Permission.EXPORT_CHILD_ROWS,
            }
        ),
        ("/packs/",),
    ),
    Entry(
        "Lists",
        ("children:upload-list",),
        frozenset({Permission.READ_CHILD_ROWS, Permission.READ_LIST_TOTALS, Permission.UPLOAD_LISTS}),
        ("/lists/",),
    ),
    Entry(
        "Strategy",
        ("strategy:strategy-show",),
        frozenset({Permission.READ_STRATEGY}),
        ("/strategy/",),
        about="What the partnership plans, and how far it has come.",
    ),
    Entry(
        "Data",
        ("indicators:indicator-list",),
        frozenset({Permission.READ_INDICATORS}),
        ("/data/",),
        about="The published figures, and how the area compares.",
    ),
    Entry(
        "Evidence",
        ("evidence:evidence-list",),
        frozenset({Permission.READ_EVIDENCE, Permission.ADD_EVIDENCE}),
        ("/evidence/",),
        about="What shows how well the partnership does, criterion by criterion.",
    ),
    Entry(
        "Self-evaluation",
        ("selfeval:cycle-open",),
        INSIDERS,
        ("/self-evaluation/",),
        about="How good the partnership is, in its own judgement, and where it is thin.",
    ),
    Entry(
        "Read and comment",
        ("reading:reading-open",),
        frozenset({Permission.COMMENT}),
        ("/read/",),
        about="The self-evaluation in plain words: read it, say what you think, see what came of it.",
    ),
    Entry(
        "Read the self-evaluation",
        ("reading:reading-open",),
        frozenset({Permission.READ_PUBLISHED}),
        ("/read/",),
        about="How good the partnership is, in its own judgement, as it was published.",
        unless=frozenset({Permission.COMMENT, *INSIDERS}),
    ),
    Entry(
        "Exports",
        ("documents:export-list",),
        frozenset(
            {
                Permission.PREPARE_PACK,
                Permission.RELEASE_PACK,
                Permission.SIGN_OFF_PACK,
                Permission.EXPORT_CHILD_ROWS,
                Permission.READ_STRATEGY,
                Permission.READ_INDICATORS,
            }
        ),
        ("/files/exports/",),
    ),
    Entry(
        "Criteria",
        ("framework:criteria-read",),
        prefixes=("/criteria/",),
        about="What inspectors judge a partnership by, and what they ask it for.",
    ),
    Entry(
        "People",
        ("accounts:person-list",),
        frozenset({Permission.READ_PEOPLE}),
        ("/people/",),
    ),
    Entry("Audit", ("accounts:audit-list",), frozenset({Permission.READ_AUDIT}), ("/audit/",)),
    Entry("Status", ("pages:status-show",), frozenset({Permission.READ_STATUS})),
    Entry(
        "Settings",
        ("sendready:settings-show",),
        frozenset({Permission.MANAGE_SETTINGS}),
        ("/settings/", "/checklist/"),
    ),
    Entry(
        "Admin",
        ("admin:index",),
        frozenset({Permission.MANAGE_FRAMEWORKS, Permission.MANAGE_PEOPLE, Permission.MANAGE_SETTINGS}),
        ("/admin/",),
    ),
)

ACCOUNT_ENTRIES = (
    Entry("Your account", ("accounts:account-show",)),
    Entry("Your notifications", ("accounts:notification-list",)),
    Entry("Change password", ("account_change_password",)),
    Entry("Second step at sign-in", ("mfa_index",)),
    Entry("What is kept", ("documents:record-list",), frozenset({Permission.KEEP_RECORDS}), ("/files/kept/",)),
    Entry("Mail outbox", ("accounts:mail-list",), frozenset({Permission.MANAGE_PEOPLE})),
)

# Rooms of higher apps that the pages of figures lead to.
BESIDE_FIGURES = (
    Entry("Inspections elsewhere", ("inspection:elsewhere-list",), frozenset({Permission.READ_INDICATORS})),
)

FOOTER_ENTRIES = (
    Entry("Help and glossary", ("pages:help-show",)),
    Entry("Accessibility", ("pages:accessibility-show",)),
    Entry("Privacy", ("pages:privacy-show",)),
    Entry("Cookies", ("pages:cookies-show",)),
)
STATUS_ENTRY = next(entry for entry in ENTRIES if entry.label == "Status")


@cache
def address_of(url_names: tuple[str, ...]) -> str:
    """The address of the first name that resolves without arguments; empty when none does."""
    for name in url_names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def links(entries: tuple[Entry, ...], *, permissions: frozenset[Permission], path: str) -> list[Link]:
    """The links of a table that somebody with these permissions gets, the present one marked."""
    found = []
    for entry in entries:
        url = address_of(entry.url_names)
        if not url or not entry.is_for(permissions):
            continue
        is_active = path == url or path.startswith(entry.prefixes)
        found.append(Link(entry.label, url, is_current=path == url, is_active=is_active, about=entry.about))
    return found


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: `nav_links`, `account_links`, `footer_links`, `role_names`."""
    user = getattr(request, "user", None)
    permissions: frozenset[Permission] = frozenset()
    context: dict[str, Any] = {"nav_links": [], "account_links": [], "role_names": "", "more_rooms": []}
    if isinstance(user, User):
        permissions = user.permissions
        context["nav_links"] = links(ENTRIES, permissions=permissions, path=request.path)
        context["more_rooms"] = links(BESIDE_FIGURES, permissions=permissions, path=request.path)
        context["account_links"] = links(ACCOUNT_ENTRIES, permissions=permissions, path=request.path)
        context["role_names"] = ", ".join(ROLE_NAMES[role] for role in sorted(user.roles))
    footer = links(FOOTER_ENTRIES, permissions=permissions, path=request.path)
    if STATUS_ENTRY.is_for(permissions):
        footer += links((STATUS_ENTRY,), permissions=permissions, path=request.path)
    context["footer_links"] = footer
    return context
