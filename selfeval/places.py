"""The pages of the self-evaluation in one line: who gets which. An address that nobody has named is left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from accounts.domain.roles import Permission
from accounts.models import User

READS_DRAFTS = frozenset({Permission.READ_DRAFTS})
READS_VERSIONS = frozenset({Permission.READ_DRAFTS, Permission.READ_PUBLISHED})
READS_CLAIMS = frozenset({Permission.READ_DRAFTS, Permission.EDIT_OWN_CRITERION})
PARTNERS_AND_READERS = frozenset({Permission.READ_DRAFTS, Permission.GIVE_PARTNER_VIEW})


@dataclass(frozen=True, slots=True)
class Place:
    """`key` is the word by which a page says that it is the current one; any of `permissions` shows the link."""

    key: str
    label: str
    url_name: str
    permissions: frozenset[Permission]


PLACES: tuple[Place, ...] = (
    Place("things", "My next three things", "selfeval:thing-list", frozenset({Permission.EDIT_OWN_CRITERION})),
    Place("overview", "Overview", "selfeval:cycle-open", READS_DRAFTS),
    Place("criteria", "Criteria", "selfeval:criterion-list", READS_DRAFTS),
    Place("views", "Our views", "selfeval:view-list", frozenset({Permission.GIVE_PARTNER_VIEW})),
    Place("documents", "Partners' documents", "selfeval:document-list", PARTNERS_AND_READERS),
    Place("thin-ice", "Thin ice", "selfeval:ice-list", READS_CLAIMS),
    Place("claims", "Claims and proof", "selfeval:claim-list", READS_CLAIMS),
    Place("coverage", "Evidence coverage", "selfeval:coverage-show", READS_CLAIMS),
    Place("versions", "Versions", "selfeval:published-list", READS_VERSIONS),
    Place("consultation", "Consultation", "selfeval:round-list", READS_DRAFTS),
)


@dataclass(frozen=True, slots=True)
class PlaceLink:
    label: str
    url: str
    is_current: bool


def place_links(user: User, current: str) -> list[PlaceLink]:
    """The links that this person gets."""
    found = []
    for place in PLACES:
        if not place.permissions & user.permissions:
            continue
        try:
            url = reverse(place.url_name)
        except NoReverseMatch:
            continue
        found.append(PlaceLink(label=place.label, url=url, is_current=place.key == current))
    return found
