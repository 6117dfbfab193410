"""Database → the texts of a cycle that go out to Word and may come back."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import reason_not_to
from selfeval.citing import EVALUATION_FIELDS
from selfeval.domain.word_copy import TextPlace
from selfeval.models import Evaluation, EvaluationState, LensChapter, Section, SelfEvaluation
from selfeval.permissions import check_can_edit_cycle, evaluations_for
from selfeval.presenters.words import QUESTION_NAMES

JOURNEY = "The journey since the last inspection"
CAPACITY = "Our capacity to improve"


def text_places(cycle: SelfEvaluation, *, evaluation: int | None = None) -> tuple[TextPlace, ...]:
    """Every text of a cycle in its order, or those of one criterion (three queries at most)."""
    rows = Evaluation.objects.filter(self_evaluation=cycle)
    if evaluation is not None:
        return _of_criteria(rows.filter(pk=evaluation))
    return (*_of_cycle(cycle), *_of_criteria(rows))


def writable_places(cycle: SelfEvaluation, user: User) -> tuple[TextPlace, ...]:
    """The texts that this person may write now: moderated criteria and those of others are left out."""
    drafts = evaluations_for(user).filter(self_evaluation=cycle, state=EvaluationState.DRAFT)
    own = () if reason_not_to(check_can_edit_cycle, user, cycle) else _of_cycle(cycle)
    return (*own, *_of_criteria(drafts))


def _of_cycle(cycle: SelfEvaluation) -> tuple[TextPlace, ...]:
    head = f"cycle:{cycle.pk}"
    chapters = LensChapter.objects.filter(self_evaluation=cycle).select_related("lens")
    seen: dict[str, int] = {}
    return tuple(_told_apart(place, seen) for place in _places_of_cycle(cycle, head, chapters))


def _told_apart(place: TextPlace, seen: dict[str, int]) -> TextPlace:
    """Two sections of one title get different headings."""
    seen[place.heading] = seen.get(place.heading, 0) + 1
    count = seen[place.heading]
    return place if count == 1 else replace(place, heading=f"{place.heading} ({count})")


def _places_of_cycle(cycle: SelfEvaluation, head: str, chapters: QuerySet[LensChapter]) -> tuple[TextPlace, ...]:
    return (
        _place(f"{head}:journey", JOURNEY, cycle.journey, cycle.version),
        _place(f"{head}:capacity_to_improve", CAPACITY, cycle.capacity_to_improve, cycle.version),
        *(
            _place(f"section:{row.pk}:text", row.title, row.text, row.version)
            for row in Section.objects.filter(self_evaluation=cycle)
        ),
        *(
            _place(f"chapter:{row.pk}:text", f"Through the lens: {row.lens.title}", row.text, row.version)
            for row in chapters
        ),
    )


def _of_criteria(rows: QuerySet[Evaluation]) -> tuple[TextPlace, ...]:
    ordered = rows.select_related("criterion").order_by("criterion__group__order", "criterion__order", "pk")
    return tuple(
        TextPlace(
            key=f"evaluation:{row.pk}:{name}",
            heading=f"{row.criterion.code} {row.criterion.title}",
            under=QUESTION_NAMES[name],
            text=getattr(row, name),
            version=row.version,
        )
        for row in ordered
        for name in EVALUATION_FIELDS
    )


def _place(key: str, heading: str, text: str, version: int) -> TextPlace:
    return TextPlace(key=key, heading=heading, under="", text=text, version=version)
