"""The proposal as it stands, with what the current lists say of its children."""

from dataclasses import dataclass

from children.domain.likely_six import Candidate
from children.gather import current_upload
from children.models import ListUpload
from children.stored_rows import candidates
from inspection.models import LikelyChild, LikelySix


@dataclass(frozen=True, slots=True)
class Standing:
    """A place with its child."""

    place: LikelyChild
    child: Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class SixNow:
    upload: ListUpload
    proposal: LikelySix
    six: tuple[Standing, ...]
    substitutes: tuple[Standing, ...]

    @property
    def children(self) -> tuple[Candidate, ...]:
        return tuple(standing.child for standing in self.six)

    def at(self, place: int) -> Standing | None:
        return next((standing for standing in self.six if standing.place.place == place), None)


def lists_that_count() -> ListUpload | None:
    """The current upload while its rows are kept."""
    upload = current_upload()
    return upload if upload and upload.has_rows else None


def six_now(upload: ListUpload) -> SixNow | None:
    """Three queries; None before anything was proposed."""
    proposal = LikelySix.objects.filter(upload=upload).select_related("made_by").first()
    if proposal is None:
        return None
    places = list(LikelyChild.objects.filter(proposal=proposal).select_related("swapped_by"))
    children = children_by_id(upload, [place.unique_id for place in places])
    standing = [Standing(place, children[place.unique_id]) for place in places if place.unique_id in children]
    return SixNow(
        upload=upload,
        proposal=proposal,
        six=tuple(one for one in standing if not one.place.is_substitute),
        substitutes=tuple(one for one in standing if one.place.is_substitute),
    )


def children_by_id(upload: ListUpload, unique_ids: list[str]) -> dict[str, Candidate]:
    """One query. A child on both lists counts with the plan."""
    found: dict[str, Candidate] = {}
    rows = sorted(
        candidates(upload, unique_ids=unique_ids), key=lambda child: (child.kind.value != "ehc_plan", repr(child))
    )
    for child in rows:
        found.setdefault(child.unique_id, child)
    return found
