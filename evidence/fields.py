"""Form fields that name an item of the evidence log."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from evidence.models import Evidence, EvidenceQuerySet


class EvidenceNumberField(forms.CharField):
    """An item by its number, "E12" or "12". Set `permitted` to the items that the person may open."""

    permitted: EvidenceQuerySet

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, **kwargs)
        self.permitted = Evidence.objects.none()

    def clean(self, value: Any) -> Any:
        words: str = super().clean(value)
        if not words:
            return None
        number = re.fullmatch(r"[eE]?\s*(\d{1,9})", words)
        if not number:
            raise ValidationError("Give the number of an item of the evidence log, such as E12.")
        found = self.permitted.filter(number=int(number[1])).first()
        if found is None:
            raise ValidationError(f"There is no E{number[1]} that you may open. Look in the evidence log.")
        return found
