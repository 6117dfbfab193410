"""Days and times as people type them."""

from datetime import date, time
from typing import Any

from django import forms

from accounts.domain.typed_days import Unreadable, read_day, read_time


class TypedDayField(forms.CharField):
    """27/11/2026, 2026-11-27 or 27 November 2026; cleans to a date, or None when it may be empty."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_day(text)
        except Unreadable as refused:
            raise forms.ValidationError(refused.sentence) from refused

    def run_validators(self, value: Any) -> None:
        """A date needs none of the checks of a text."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


class TypedTimeField(forms.CharField):
    """12:00, 9.30 or 9am; cleans to a time, or None when it may be empty."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, time):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_time(text)
        except Unreadable as refused:
            raise forms.ValidationError(refused.sentence) from refused

    def run_validators(self, value: Any) -> None:
        """A time needs none of the checks of a text."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value
