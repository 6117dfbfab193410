"""Values → the words of a page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from documents.domain.words import Comparison, compare_words
from selfeval.citing import EVALUATION_FIELDS
from selfeval.models import Evaluation, EvaluationVersion, SelfEvaluation

QUESTION_NAMES = {
    "know": "What do we know?",
    "meaning": "What does it mean?",
    "next_steps": "What next?",
    "child_friendly": "In plain words for children and young people",
}


def home_crumb() -> dict[str, str]:
    return {"label": "Self-evaluation", "url": reverse("selfeval:cycle-open")}


def cycle_crumbs(cycle: SelfEvaluation) -> list[dict[str, str]]:
    if cycle.is_current:
        return [home_crumb()]
    return [home_crumb(), {"label": cycle.title, "url": reverse("selfeval:cycle-show", args=[cycle.pk])}]


def judgement_crumbs(evaluation: Evaluation) -> list[dict[str, str]]:
    label = f"{evaluation.criterion.code} {evaluation.criterion.title}"
    here = {"label": label, "url": reverse("selfeval:evaluation-show", args=[evaluation.pk])}
    return [*cycle_crumbs(evaluation.self_evaluation), here]


def compared(older: EvaluationVersion | None, newer: EvaluationVersion) -> list[dict[str, Any]]:
    """Each text of two versions word by word; without an older one everything is new."""
    found = []
    for name in EVALUATION_FIELDS:
        before = older.texts.get(name, "") if older else ""
        comparison: Comparison = compare_words(before, newer.texts.get(name, ""))
        found.append({"name": QUESTION_NAMES[name], "comparison": comparison})
    return found
