"""The page of the call: what it starts with, and the preview in words."""

import hashlib
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms

from inspection.domain.calendar import WorkingCalendar
from inspection.domain.call_warnings import CALL_IN_FUTURE
from inspection.domain.clock import say
from inspection.domain.possible_calls import next_call
from inspection.gather.previews import Preview
from inspection.models import VisitKind
from inspection.presenters.deadlines import make_strip
from inspection.presenters.visits import make_row


def first_guess(today: date, calendar: WorkingCalendar) -> dict[str, str]:
    """The call comes today, or on the next day on which calls are made."""
    day = today if calendar.is_working(today) else next_call(today, calendar).call_on
    return {"notified_on": f"{day:%d/%m/%Y}", "kind": VisitKind.FULL}


def preview_context(preview: Preview, form: forms.Form, at: datetime, path: str) -> dict[str, Any]:
    """`others` are the further Mondays, each with the address of its own preview."""
    typed = {name: value for name in form.fields if (value := form.data.get(name))}
    kind, is_rehearsal = form.cleaned_data["kind"], form.cleaned_data["is_rehearsal"]
    return {
        "preview": preview,
        # The call that has not come is told apart, beside the button.
        "warnings": [warning for warning in preview.warnings if warning.code != CALL_IN_FUTURE],
        "call_words": say(preview.days.notified_on),
        "on_site_words": say(preview.days.on_site_on),
        "last_day_words": say(preview.days.last_day_on),
        "is_rehearsal": is_rehearsal,
        "kind_words": ("rehearsal of a " if is_rehearsal else "") + str(VisitKind(kind).label).lower(),
        "rows": [make_row(fact, at, preview.calendar) for fact in preview.deadlines],
        "strip": make_strip(preview.deadlines, preview.days, at, preview.calendar) if kind == VisitKind.FULL else (),
        "others": [
            {
                "words": say(other.day),
                "basis": other.basis,
                "url": f"{path}?{urlencode({**typed, 'on_site_on': f'{other.day:%d/%m/%Y}'})}",
            }
            for other in preview.others
        ],
        "start_url": f"{path}?{urlencode({'shown': mark_of(form)})}",
        "running": preview.running,
    }


def mark_of(form: forms.Form) -> str:
    """Tells one set of typed fields from another: the deadlines are shown for one, and start only for that one."""
    typed = "\0".join(str(form.data.get(name) or "").strip() for name in form.fields)
    return hashlib.sha256(typed.encode()).hexdigest()[:12]
