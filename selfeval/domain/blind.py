"""Which partners' views somebody sees: blind until one's own is given or the LANO opens them. Nothing is averaged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFacts:
    """One partner's view of a criterion. `grade` is the label of the council's own scale, empty where none is given."""

    organisation: int
    name: str
    grade: str
    confidence: str
    text: str
    is_submitted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """Who looks: `organisation` is None for somebody who belongs to none; `is_moderator` sees what is submitted."""

    organisation: int | None
    gives_views: bool
    is_moderator: bool


def has_given(views: Iterable[ViewFacts], who: Onlooker) -> bool:
    return any(view.is_submitted and view.organisation == who.organisation for view in views)


def is_blind(views: Sequence[ViewFacts], who: Onlooker, *, is_open: bool) -> bool:
    """Whether the judgement of others, the partnership's own grade included, is still kept from this person."""
    if is_open or who.is_moderator:
        return False
    return who.gives_views and not has_given(views, who)


def visible_views(views: Sequence[ViewFacts], who: Onlooker, *, is_open: bool) -> tuple[ViewFacts, ...]:
    """One's own in any state; those of others once submitted, when one has given one's own or they are open."""
    sees_others = is_open or who.is_moderator or has_given(views, who)
    return tuple(view for view in views if view.organisation == who.organisation or (view.is_submitted and sees_others))


def disagreement(views: Iterable[ViewFacts], *, own_name: str = "", own_grade: str = "") -> str:
    """Who says what, where grades differ; empty where they agree or fewer than two are given. Never a mean."""
    said = {view.name: view.grade for view in views if view.is_submitted and view.grade}
    if own_grade:
        said = {own_name: own_grade, **said}
    if len(set(said.values())) < 2:
        return ""
    return "Seen differently. " + "; ".join(f"{name}: {grade}" for name, grade in said.items()) + "."
